import Basics
import Foundation
import RecordStream
import ToolSupport

/// `tandem-store …` is `tandem store …`: the two share all that opens a programme and commits to it.
@main struct Main {
  static func main() {
    let own = SystemCall.realPath("/proc/self/exe") ?? CommandLine.arguments[0]
    let tandem = FolderListing.path(own.parentFolder, "tandem")
    SystemCall.execute(tandem, [tandem, "store"] + CommandLine.arguments.dropFirst())
    Console.ofProcess().report(
      Diagnostic(
        .error, "cannot be run: \(SystemCall.reason(errno)); is tandem installed completely?", file: tandem))
    exit(ToolStatus.noInput.rawValue)
  }
}
