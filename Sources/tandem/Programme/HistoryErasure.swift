import Basics
import Foundation
import Programme
import RecordStream
import Store
import ToolSupport

/// Erases a person from a programme. `tandem-import forget` knows all spellings: it searches the folders, and files with the
/// present records, every earlier content and every command of the log; what it takes out of these is erased in the store.
struct HistoryErasure {
  private let programme: OpenProgramme

  init(_ programme: OpenProgramme) { self.programme = programme }

  func erase(_ who: String, isDryRun: Bool, agreed: Bool) throws -> ToolStatus {
    let store = programme.store
    let copy = try WorkingCopy(store, in: programme.folder)
    let person = try person(who)
    let history = copy.path + ".history.ndjson"
    defer { SystemCall.unlink(history) }
    let before = try writeHistory(to: history)
    let parts = [ProgrammeFolder.Part.inbox, .outbox, .pages, .rejects].map { programme.folder.path(of: $0) }
    let searched = try parts.filter { try FileKind.at($0) == .folder }
    let receipt = FolderListing.path(programme.folder.path, "forgotten.ndjson")
    let words =
      ["forget", person.id.text, copy.path, history] + searched
      + ["--date", programme.now.date.description, "--format", "table"]
    if !isDryRun, !agreed {
      guard Confirmation.isAsked(on: programme.console) else {
        throw ToolFailure(.usage, "this cannot be undone: look with --dry-run, then give --yes")
      }
      guard
        try Confirmation.ask("Erase \(person.name) for good? Nothing brings it back.", on: programme.console)
      else {
        throw ToolFailure(.badInput, "nothing was erased")
      }
    }
    let status = try programme.plumbing.run(
      "import", words + (isDryRun ? ["--dry-run"] : ["--receipt", receipt]), to: .standardOutput)
    guard !isDryRun, [.done, .badInput].contains(status) else { return status }
    // The tool rewrote the files in place: what they lack now is what is about the person.
    let found = try copy.records.changes(in: [Input(path: copy.path)]) { programme.console.report($0) }
    guard found.mistakes == 0 else {
      throw ToolFailure(.ioError, "the records cannot be read after the search: nothing was committed")
    }
    let after = Set(try HistoryErasure.lines(of: history))
    let gone = before.subtracting(after)
    var changes = found.changes
    try store.forEachRecord(kinds: PresentRecords.logs) { key, line in
      if gone.contains(line) { changes.append(Change(key: key, before: line, after: nil)) }
    }
    try programme.commit(changes, onto: copy.records.base)
    // The tool took the same notices out of the outbox's files.
    try OutboxJournal(programme).synchronize()
    let erasure = try store.erase { gone.contains(HistoryErasure.line($0)) }
    programme.console.report(
      Diagnostic(
        .note,
        "\(counted(erasure.contents.values.reduce(0, +), "earlier content")) and \(counted(erasure.commands, "command")) erased from the history; the receipt is \(receipt)"
      ))
    if let remains = erasure.remains {
      programme.console.report(
        Diagnostic(
          .warning, "\(remains): whoever made the programme must run `tandem-store compact`",
          code: "not-compacted"))
    }
    return status
  }

  /// Of the present records or of earlier ones: a killed run may have erased the present ones alone.
  private func person(_ who: String) throws -> Person {
    var people: [PersonID: Person] = [:]
    try programme.store.forEachChange { _, key, line in
      guard key.kind == Record.Kind.person.rawValue, let line,
        case .person(let person)? = try Record(stored: line, of: key)
      else { return }
      people[person.id] = person
    }
    return try PersonWord(Array(people.values)).person(who)
  }

  /// Each content of the history and each command and id, once, a line each.
  private func writeHistory(to path: String) throws -> Set<[UInt8]> {
    var lines: Set<[UInt8]> = []
    try programme.store.forEachText { lines.insert(HistoryErasure.line($0)) }
    let draft = try FileDraft(path)
    for line in lines.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      try draft.output.writeLine(line.span)
    }
    try draft.place(synchronize: false)
    return lines
  }

  /// A record as it is, another text as a record that holds it.
  private static func line(_ text: [UInt8]) -> [UInt8] {
    guard text.first != UInt8(ascii: "{") else { return text }
    return JSONValue.object([
      "record": .string("text"), "text": .string(String(decoding: text, as: UTF8.self)),
    ]).line
  }

  private static func lines(of path: String) throws -> [[UInt8]] {
    try OpenedFile.bytes(path, limit: 1 << 34).split(separator: 0x0A).map { Array($0) }
  }
}
