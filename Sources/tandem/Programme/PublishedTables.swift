import Basics
import Foundation
import Programme
import RecordStream
import Store
import ToolSupport

/// The tables of surveys that went out: each is kept before it is shown, and the next is checked against all before.
struct PublishedTables {
  private let programme: OpenProgramme

  init(_ programme: OpenProgramme) { self.programme = programme }

  func publish(_ call: ToolWords) throws -> ToolStatus {
    try programme.twice {
      let copy = try WorkingCopy(programme.store, in: programme.folder)
      let published = copy.path + ".published"
      defer { SystemCall.unlink(published) }
      var known: Set<RecordKey> = []
      var hidden: Set<Summary> = []
      let draft = try FileDraft(published)
      for key in copy.records.lines.keys.sorted() where key.kind == Record.Kind.summary.rawValue {
        known.insert(key)
        guard let line = copy.records.lines[key] else { continue }
        try draft.output.writeLine(line.span)
        if let cell = PublishedTables.hidden(try Record(stored: line, of: key)) { hidden.insert(cell) }
      }
      try draft.place(synchronize: false)
      let against = known.isEmpty ? [] : ["--published", published]
      let input = call.words + against
      let status = try programme.plumbing.run(
        "survey", [copy.path] + PublishedTables.without("--format", input) + ["--format", "ndjson"],
        to: .file(copy.result))
      guard [.done, .badInput].contains(status) else { return status }
      let found = try copy.records.changes(in: [Input(path: copy.result)]) { programme.console.report($0) }
      guard found.mistakes == 0 else {
        throw ToolFailure(
          .ioError, "the figures cannot be read back: nothing was committed, and no table is shown")
      }
      // The tool writes figures alone: the other records stay as they are. What was hidden already is not hidden anew: where a
      // table is made again, the earlier publication is the reason.
      let changes = found.changes.filter { change in
        guard change.key.kind == Record.Kind.summary.rawValue, change.after != nil,
          known.insert(change.key).inserted
        else { return false }
        return PublishedTables.hidden(found.records[change.key]).map { hidden.insert($0).inserted } ?? true
      }
      if let number = try programme.commit(changes, onto: copy.records.base) {
        programme.console.report(
          Diagnostic(.note, "revision \(number): \(counted(changes.count, "figure")) kept as published"))
      }
      // The same table once more, for people: its messages were told.
      return try programme.plumbing.run(
        "survey", [copy.path] + input + call.adding("--format", OutputFormat.table.rawValue) + ["--quiet"],
        to: .standardOutput)
    }
  }

  /// A cell without figures, whatever the reason; nil: it has some.
  private static func hidden(_ record: Record?) -> Summary? {
    guard case .summary(var cell)? = record, cell.suppressed != nil else { return nil }
    cell.suppressed = nil
    return cell
  }

  /// The words without an option and its value.
  private static func without(_ option: String, _ words: [String]) -> [String] {
    var result: [String] = []
    var isValue = false
    for word in words {
      if isValue {
        isValue = false
      } else if word == option {
        isValue = true
      } else if !word.hasPrefix(option + "=") {
        result.append(word)
      }
    }
    return result
  }
}
