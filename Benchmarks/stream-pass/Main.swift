import Basics
import Foundation
import Programme
import RecordStream

/// `stream-pass FILE…` writes every record of the files through: what any tool costs before it does its own work.
/// `stream-pass --decode FILE…` reads the known ones as values and writes them again.
@main struct StreamPass {
  static func main() throws {
    let output = Output(descriptor: 1)
    let log = DiagnosticLog(Output(descriptor: 2))
    let decodes = CommandLine.arguments.contains("--decode")
    for path in CommandLine.arguments.dropFirst() where path != "--decode" {
      try RecordReader(try Input(path: path), log: log.report).forEachLine { line in
        if decodes, let record = try line.decode() {
          try output.writeLine(record.line)
        } else {
          try output.writeLine(line.bytes)
        }
      }
    }
    try output.flush()
    exit(log.errors == 0 ? 0 : 65)
  }
}
