package import ArgumentParser
import Basics
import Foundation
package import Programme
package import RecordStream

/// The options that every tool has.
package struct SharedOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The configuration folder; else $TANDEM_CONFIG, else ./Config, else the installed one.",
      valueName: "dir"), completion: .directory)
  package var config: String?

  @Option(
    help: ArgumentHelp(
      "The regions at work, comma-separated; else $TANDEM_REGION, else all.", valueName: "id"),
    completion: .settings(.regions))
  package var region: String?

  @Option(help: "How messages on standard error are written.")
  package var diagnostics: DiagnosticLog.Style = .text

  @Flag(name: .shortAndLong, help: "Report errors and warnings only.")
  package var quiet = false

  package init() {}
}

/// A time on the command line, RFC 3339.
extension Timestamp: ExpressibleByArgument {
  package init?(argument: String) { self.init(rfc3339: argument) }
}

/// A day on the command line, 2026-12-01.
extension LocalDate: ExpressibleByArgument {
  package init?(argument: String) { self.init(iso8601: argument) }
}

/// An id on the command line.
extension ExpressibleByArgument where Self: Identifier {
  package init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    self.init(argument)
  }
}

extension TandemID: ExpressibleByArgument {}
extension SessionID: ExpressibleByArgument {}

extension DiagnosticLog.Style: ExpressibleByArgument {}

/// How a tool writes what it makes.
package enum OutputFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
  case ndjson, table, csv, xlsx, ics, html

  /// Refuses a format that a command does not write.
  package static func check(_ asked: OutputFormat?, among formats: OutputFormat...) throws {
    guard let asked, !formats.contains(asked) else { return }
    let names = formats.map(\.rawValue)
    let list = names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
    throw ValidationError("--format \(asked.rawValue): write \(list)")
  }

  /// The one asked for; else a table on a terminal and records in a pipe.
  package static func resolve(_ asked: OutputFormat?, on console: Console) -> OutputFormat {
    asked ?? (console.output.isTerminal ? .table : .ndjson)
  }
}
