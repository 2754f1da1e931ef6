import Basics
import Foundation
import Mailing
import Programme
import RecordStream
import Store
import ToolSupport

/// The outbox's files beside the store: notices and deliveries are the store's, and the files in the outbox are a copy for the
/// tool that sends.
///
/// The tool adds lines to the files while it works, so that a kill loses no mail that went out; each command takes lines that
/// the store does not know yet into it. What another clerk's command brought into the store is written to the files.
struct OutboxJournal {
  private let programme: OpenProgramme
  private var outbox: String { programme.folder.path(of: .outbox) }

  init(_ programme: OpenProgramme) { self.programme = programme }

  private struct File {
    var name: String
    var kind: String
    /// What files hold between the records.
    var isBatched: Bool
  }

  private static let files = [
    File(name: "journal.ndjson", kind: JournalEntry.fields.description.kind, isBatched: true),
    File(name: "deliveries.ndjson", kind: DeliveryEntry.fields.description.kind, isBatched: false),
  ]

  /// Makes store and files equal.
  func synchronize() throws {
    guard try isChanged() else { return }
    var entries: [LogEntry] = []
    var regions: [String: String]?
    for file in OutboxJournal.files {
      let path = FolderListing.path(outbox, file.name)
      var stored: [[UInt8]] = []
      try programme.store.forEachRecord(kinds: [file.kind]) { _, line in stored.append(line) }
      var known = Set(stored)
      var missing: [[UInt8]] = []
      var count = 0
      if try FileKind.at(path) != nil {
        var pending: [[UInt8]] = []
        try RecordReader(Input(path: path), log: { programme.console.report($0) }).forEachLine { line in
          guard line.kind == file.kind else {
            // The end of a batch: what comes before it went out.
            missing += pending
            pending = []
            return
          }
          count += 1
          let bytes = Array(copying: line.bytes)
          if known.insert(bytes).inserted { pending.append(bytes) }
        }
        if !file.isBatched { missing += pending }
      }
      if !missing.isEmpty {
        if regions == nil { regions = try regionsByAddress() }
        entries += try missing.map { line in
          let recipient = try JSONValue(parsing: line)["recipient"]?.string?.lowercased() ?? ""
          return LogEntry(
            kind: file.kind, region: regions?[recipient] ?? programme.folder.settings.regions[0], line: line)
        }
      }
      let all = stored + missing
      // Lines of another clerk are in the store alone.
      if all.count > count { try write(all, to: path, file) }
    }
    if !entries.isEmpty { try programme.commit([], onto: 0, entries: entries) }
    try mark()
  }

  private func write(_ lines: [[UInt8]], to path: String, _ file: File) throws {
    let box: Outbox
    do throws(MailingError) {
      // Made as the tool that sends makes it, and kept from that tool meanwhile.
      box = try Outbox(outbox)
    } catch {
      throw ToolFailure(.cannotCreate, error.message, file: outbox)
    }
    defer { withExtendedLifetime(box) {} }
    let draft = try FileDraft(path)
    for line in lines { try draft.output.writeLine(line.span) }
    if file.isBatched { try draft.output.writeLine(BatchEnd.line(of: lines.count)) }
    try draft.place()
  }

  private func regionsByAddress() throws -> [String: String] {
    var regions: [String: String] = [:]
    try programme.store.forEachRecord(kinds: ["person"]) { key, line in
      guard case .person(let person)? = try Record(stored: line, of: key) else { return }
      regions[person.email.lowercased()] = person.region
    }
    return regions
  }

  // MARK: What was seen last

  private var markPath: String { FolderListing.path(programme.folder.path, ".work/outbox") }

  /// The sizes of the files, which only grow, and the last entries of the store.
  private func state() throws -> String {
    try OutboxJournal.files.map { file in
      let size = SystemCall.status(FolderListing.path(outbox, file.name)).map { Int($0.st_size) } ?? 0
      return "\(file.name) \(size) \(try programme.store.lastID(of: file.kind) ?? "-")\n"
    }.joined()
  }

  private func isChanged() throws -> Bool {
    let state = try state()
    guard try FileKind.at(markPath) != nil else {
      return OutboxJournal.files.contains { SystemCall.status(FolderListing.path(outbox, $0.name)) != nil }
        || state.contains("/")
    }
    return try OpenedFile.bytes(markPath, limit: 1 << 16) != Array(state.utf8)
  }

  private func mark() throws {
    try Folders.make(markPath.parentFolder)
    try AtomicFile.write(Array(try state().utf8), to: markPath, synchronize: false)
  }
}
