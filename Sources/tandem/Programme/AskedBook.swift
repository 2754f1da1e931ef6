import Basics
import Finding
import Foundation
import Programme
import Store
import ToolSupport

/// Who was asked when, for the finder: entries of the store's log, and a file only while the tool runs.
struct AskedBook {
  private let programme: OpenProgramme
  private static let kind = "asked"

  init(_ programme: OpenProgramme) { self.programme = programme }

  func find(_ call: ToolWords) throws -> ToolStatus {
    let copy = try WorkingCopy(programme.store, in: programme.folder)
    let file = copy.path + ".asked"
    defer { SystemCall.unlink(file) }
    var stored = AskedLedger()
    try programme.store.forEachRecord(kinds: [AskedBook.kind]) { _, line in
      if let entry = try AskedBook.entry(JSONValue(parsing: line)) { stored.add(entry) }
    }
    try AtomicFile.write(Array(stored.csv.utf8), to: file, synchronize: false)
    let status = try programme.plumbing.run(
      "find",
      [copy.path] + call.words + ["--asked", file] + call.adding("--on", programme.now.date.description)
        + call.adding("--format", OutputFormat.table.rawValue), to: .standardOutput)
    let ledger = AskedLedger(csv: try OpenedFile.bytes(file, limit: 1 << 28), file: file) {
      programme.console.report($0)
    }
    let new = ledger.entries.filter { !stored.entries.contains($0) }
    if let number = try programme.commit([], onto: copy.records.base, entries: new.map(AskedBook.logEntry)) {
      programme.console.report(
        Diagnostic(
          .note, "revision \(number): \(counted(new.count, "person is", "people are")) entered as asked"))
    }
    return status
  }

  private static func logEntry(_ entry: AskedLedger.Entry) -> LogEntry {
    let value = JSONValue.object([
      "asker": .string(entry.asker.text), "date": .string(entry.date.description),
      "person": .string(entry.person.text), "purpose": .string(entry.purpose), "record": .string(kind),
    ])
    return LogEntry(kind: kind, region: entry.person.region, line: value.line)
  }

  private static func entry(_ value: JSONValue) -> AskedLedger.Entry? {
    guard let person = value["person"]?.string, let asker = value["asker"]?.string,
      let date = value["date"]?.string.flatMap({ LocalDate(iso8601: $0) })
    else { return nil }
    return AskedLedger.Entry(
      person: PersonID(person), date: date, asker: PersonID(asker), purpose: value["purpose"]?.string ?? "")
  }
}
