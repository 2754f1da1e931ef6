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
    var isSecond = false
    while true {
      let copy = try WorkingCopy(programme.store, in: programme.folder)
      let published = copy.path + ".published"
      defer { SystemCall.unlink(published) }
      var known: Set<RecordKey> = []
      let draft = try FileDraft(published)
      for key in copy.present.keys.sorted() where key.kind == Record.Kind.summary.rawValue {
        known.insert(key)
        if let line = copy.present[key] { try draft.output.writeLine(line.span) }
      }
      try draft.place(synchronize: false)
      let against = known.isEmpty ? [] : ["--published", published]
      let input = call.words + against
      let status = try programme.plumbing.run(
        "survey", [copy.path] + PublishedTables.without("--format", input) + ["--format", "ndjson"],
        to: .file(copy.result))
      guard [.done, .badInput].contains(status) else { return status }
      var changes: [Change] = []
      try RecordReader(Input(path: copy.result), log: { programme.console.report($0) }).forEachLine { line in
        guard line.knownKind == .summary else { return }
        let key = try RecordFacts(line.bytes).key
        if known.insert(key).inserted {
          changes.append(Change(key: key, before: nil, after: Array(copying: line.bytes)))
        }
      }
      do {
        if let number = try programme.commit(changes, onto: copy.base) {
          programme.console.report(
            Diagnostic(
              .note, "revision \(number): \(counted(changes.count, "figure")) kept as published"))
        }
      } catch StoreError.conflict where !isSecond {
        isSecond = true
        continue
      }
      // The same table once more, for people: its messages were told.
      return try programme.plumbing.run(
        "survey", [copy.path] + input + call.adding("--format", OutputFormat.table.rawValue) + ["--quiet"],
        to: .standardOutput)
    }
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
