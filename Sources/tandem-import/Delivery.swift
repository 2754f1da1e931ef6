import Foundation
import Intake
import Programme
import RecordStream
import ToolSupport

/// What the tool makes, on its way to standard output: at once, or after all has proved good.
final class Delivery {
  private let console: Console
  private let format: OutputFormat
  /// Where lines wait under --strict: a file without a name, so that a million of them fill no memory.
  private let spool: (output: Output, file: UnsafeMutablePointer<FILE>)?
  private var people: [Person] = []

  init(console: Console, format: OutputFormat, isHeldBack: Bool) {
    self.console = console
    self.format = format
    spool = isHeldBack ? tmpfile().map { (Output(descriptor: fileno($0)), $0) } : nil
  }

  deinit { if let spool { fclose(spool.file) } }

  private var target: Output { spool?.output ?? console.output }

  func write(_ people: [Person]) throws {
    guard format == .ndjson else {
      self.people = people
      return
    }
    for person in people { try target.writeLine(Record.person(person).line) }
  }

  func write(response line: UnsafeRawBufferPointer) throws {
    if format == .ndjson { try target.write(line) }
  }

  /// Hands over what was held back, or shows it.
  func finish(_ outcome: ImportRun.Outcome) throws {
    switch format {
    case .ndjson:
      guard let spool else { return }
      try spool.output.flush()
      rewind(spool.file)
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = fread(&buffer, 1, buffer.count, spool.file)
        guard count > 0 else { return }
        try console.output.write(buffer[..<count])
      }
    case .csv: try console.output.write(Reports.csv(people, outcome))
    default: try console.output.write(Reports.table(outcome))
    }
  }
}
