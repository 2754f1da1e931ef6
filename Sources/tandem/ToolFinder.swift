import Basics
import Foundation
import Programme
import RecordStream
import Regions
import ToolSupport

/// Finds the programs named `tandem-NAME`: beside `tandem`, then in the `tools` folders of the regions at work, then on
/// the PATH. The first wins, so that nothing on a PATH can replace our own tools.
struct ToolFinder {
  let folders: [String]

  /// - Parameters:
  ///   - executable: the path of `tandem` itself.
  ///   - arguments: of the call; `--config` and `--region` in them say whose `tools` count.
  init(executable: String, arguments: [String], environment: [String: String]) {
    func option(_ name: String) -> String? {
      for (index, argument) in arguments.enumerated() {
        if argument == name, index + 1 < arguments.count { return arguments[index + 1] }
        if argument.hasPrefix(name + "=") { return String(argument.dropFirst(name.count + 1)) }
      }
      return nil
    }
    let config = ConfigurationFolder.found(
      asked: option("--config"), environment: environment, executable: executable
    ).path
    let regions = (option("--region") ?? environment["TANDEM_REGION"] ?? "").split(separator: ",").map(
      String.init
    )
    .filter { !$0.contains("/") && !$0.hasPrefix(".") }
    folders =
      [executable.parentFolder]
      + regions.map { "\(config)/regions/\($0)/tools" }
      + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
  }

  /// This process becomes `tandem-NAME`: its exit code, signals and terminal are its own.
  static func become(_ name: String, _ words: [String], on console: Console) -> Never {
    let finder = ToolFinder(
      executable: executable, arguments: [name] + words, environment: console.environment)
    guard let path = finder.path(of: name) else {
      console.report(Diagnostic(.error, finder.complaint(about: name)))
      exit(ToolStatus.usage.rawValue)
    }
    // Of this program alone: the other decides for itself.
    signal(SIGPIPE, SIG_DFL)
    SystemCall.execute(path, [path] + words)
    console.report(Diagnostic(.error, "cannot be run: \(SystemCall.reason(errno))", file: path))
    exit(ToolStatus.noInput.rawValue)
  }

  /// The folder of this program, where the tools that came with it are, wherever they were installed.
  static var ownFolder: String { executable.parentFolder }

  private static var executable: String {
    SystemCall.realPath("/proc/self/exe") ?? CommandLine.arguments[0]
  }

  /// The program's path; nil where there is none. A name that is a path is none: only what was put into one of the folders
  /// is run.
  func path(of name: String) -> String? {
    guard !name.isEmpty, !name.hasPrefix("-"), !name.contains("/") else { return nil }
    for folder in folders {
      let path = "\(folder)/tandem-\(name)"
      if FileManager.default.isExecutableFile(atPath: path), !ConfigurationBytes.isFolder(path) {
        return path
      }
    }
    return nil
  }

  /// All names that can be run, in byte order, and the folders that could not be looked into.
  func tools() -> (names: [String], unreadable: [InputError]) {
    var names: Set<String> = []
    var unreadable: [InputError] = []
    for folder in folders {
      do throws(InputError) {
        for entry in try FolderListing.namesIfPresent(in: folder)
        where entry.hasPrefix("tandem-") && !entry.contains(".") {
          let name = String(entry.dropFirst("tandem-".count))
          if path(of: name) != nil { names.insert(name) }
        }
      } catch {
        unreadable.append(error)
      }
    }
    return (names.sorted { $0.precedesByBytes($1) }, unreadable)
  }

  private var names: [String] { tools().names }

  func complaint(about name: String) -> String {
    let known = Set(names).union(TandemCommand.names).sorted { $0.precedesByBytes($1) }
    let near = NearestName.place(
      of: FoldedText(name).scalars, among: known.lazy.map { FoldedText($0).scalars }
    ) {
      max(1, $0 / 3)
    }
    return "there is no command \(name); "
      + (near.map { "did you mean \(known[$0.place])? " } ?? "") + "`tandem --help` lists them"
  }
}
