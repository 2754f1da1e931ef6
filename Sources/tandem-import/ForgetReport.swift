import Basics
import Foundation
import Intake
import Programme
import RecordStream
import ToolSupport

extension ForgetResult {
  fileprivate var text: String {
    switch outcome {
    case .removed(let removal):
      if removal.isDeleted { return "the file" }
      return removal.counts.keys.sorted { $0.precedesByBytes($1) }
        .map { counted(removal.counts[$0] ?? 0, $0, Self.plurals[$0]) }.joined(separator: ", ")
    case .unsearched(let reason): return "not searched: \(reason)"
    case .left(let what): return "left: \(what)"
    case .notFound: return "nobody found"
    }
  }

  /// Of kinds whose plural is not an s.
  private static let plurals = [
    "person": "people", "reply": "replies", "delivery": "deliveries", "summary": "summaries",
    "unmatched": "unmatched", "progress": "progress", "batch": "batches",
  ]
}

/// The receipt: what was removed where, and what was not looked at.
struct ForgetReport {
  let results: [ForgetResult]
  let date: String?

  init(results: [ForgetResult], date: String?) {
    self.results = results.enumerated().sorted {
      $0.element.path == $1.element.path
        ? $0.offset < $1.offset : $0.element.path.precedesByBytes($1.element.path)
    }.map(\.element)
    self.date = date
  }

  var ndjson: String { lines.joined() }

  private var lines: [String] {
    results.map { String(decoding: ForgetReceipt.fields.line(.init($0, date: date)), as: UTF8.self) + "\n" }
  }

  /// Adds to the receipts of a file, which may be those of a run that was killed; each is there once.
  func add(to receipts: String) throws {
    var all = Set(lines)
    if FileManager.default.fileExists(atPath: receipts) {
      let text = String(decoding: try Input(path: receipts).readAll(), as: UTF8.self)
      for line in text.split(separator: "\n") { all.insert(line + "\n") }
    }
    try AtomicFile.write(all.sorted { $0.precedesByBytes($1) }.joined().utf8, to: receipts)
  }

  func table(width: Int?) -> String {
    var table = TextTable([.init("file"), .init("removed")])
    for result in results { table.add([result.path, result.text]) }
    return (date.map { "\($0)\n\n" } ?? "") + table.text(width: width)
  }

  var data: DataTable {
    DataTable(["file", "removed", "date"], results.map { [$0.path, $0.text, date ?? ""] })
  }
}
