import Basics
import Foundation
import RecordStream

/// `stream-pass FILE…` writes every record of the files through: what any tool costs before it does its own work.
@main struct StreamPass {
  static func main() throws {
    let output = Output(descriptor: 1)
    let log = DiagnosticLog(Output(descriptor: 2))
    for path in CommandLine.arguments.dropFirst() {
      try RecordReader(try Input(path: path), log: log.report).forEachLine { line in
        try output.writeLine(line.bytes)
      }
    }
    try output.flush()
    exit(log.errors == 0 ? 0 : 65)
  }
}
