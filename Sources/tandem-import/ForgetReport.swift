import Basics
import Foundation
import Intake
import Programme
import RecordStream
import ToolSupport

/// What became of one file, or of one word of the call.
struct ForgetResult: Hashable {
  enum Outcome: Hashable {
    case removed(Removal)
    /// With the reason.
    case unsearched(String)
    /// What is still there.
    case left(String)
    /// Nobody is known by this word, which is the path.
    case notFound
  }

  /// Nothing in it is personal.
  let path: String
  let outcome: Outcome

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

  fileprivate func line(_ date: String?) -> String {
    var members: [String: JSONValue] = ["record": .string("receipt")]
    members["date"] = date.map { .string($0) }
    switch outcome {
    case .removed(let removal):
      members["removed"] =
        removal.isDeleted ? .string("file") : .object(removal.counts.mapValues { .integer($0) })
    case .unsearched(let reason): members["notSearched"] = .string(reason)
    case .left(let what): members["left"] = .string(what)
    case .notFound: break
    }
    members[outcome == .notFound ? "notFound" : "file"] = .string(path)
    return String(decoding: JSONValue.object(members).line, as: UTF8.self) + "\n"
  }
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

  private var lines: [String] { results.map { $0.line(date) } }

  /// Adds to the receipts of a file, which may be those of a run that was killed; each is there once.
  func add(to receipts: String) throws {
    var all = Set(lines)
    if FileManager.default.fileExists(atPath: receipts) {
      let text = String(decoding: try Input(path: receipts).readAll(), as: UTF8.self)
      for line in text.split(separator: "\n") { all.insert(line + "\n") }
    }
    try AtomicFile.write(all.sorted { $0.precedesByBytes($1) }.joined().utf8, to: receipts)
  }

  var table: String {
    var table = TextTable([.init("file"), .init("removed")])
    for result in results { table.add([result.path, result.text]) }
    return (date.map { "\($0)\n\n" } ?? "") + table.text
  }

  var csv: String {
    CSVText.rows([["file", "removed", "date"]] + results.map { [$0.path, $0.text, date ?? ""] })
  }
}
