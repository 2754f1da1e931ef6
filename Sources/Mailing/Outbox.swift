package import Basics
import Foundation
package import Programme
import RecordStream

/// The folder that remembers what went out, and holds the mails on their way: `new`, `sending`, `sent`, `failed`, each mail
/// under the name of its notice, and `journal.ndjson`.
///
/// The journal is the truth. The mails of a run are written first, then its lines are added, and last the line that ends
/// the batch: what a crash left behind without that line was never sent; the next run sweeps it away, and it is
/// made again. One run at a time: the others wait for the lock.
package final class Outbox {
  package enum Folder: String, CaseIterable, Sendable {
    case new, sending, sent, failed
  }

  package let path: String
  package private(set) var book: NotificationHistory
  /// The names of its mails, without their ending.
  private var mails: Set<String>
  private let lock: Int32

  /// Waits for the lock, and sweeps up after a crash.
  ///
  /// - Parameter makes: makes the folder where it is missing or empty.
  /// - Throws: `MailingError.outbox`; a folder that is not an outbox is refused untouched.
  package init(_ path: String, makes: Bool = true) throws(MailingError) {
    let folder = try OutboxFolder(path, makes: makes)
    self.path = folder.path
    lock = SystemCall.open("\(self.path)/lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard lock >= 0 else {
      throw .outbox(
        path: self.path, reason: "its lock \(FileError.cannotCreate(path: "lock", errno: errno).message)")
    }
    while flock(lock, LOCK_EX) != 0 {
      guard errno == EINTR else {
        close(lock)
        throw .outbox(path: self.path, reason: "cannot be locked: \(SystemCall.reason(errno))")
      }
    }
    let entries: [JournalEntry]
    do throws(MailingError) {
      let length: Int?
      (entries, length) = try Outbox.readJournal(self.path)
      if let length { try Outbox.cut("\(self.path)/journal.ndjson", to: length) }
      try Outbox.endLines("\(self.path)/deliveries.ndjson")
    } catch {
      // No deinit follows a throwing init: the lock would stay.
      close(lock)
      throw error
    }
    book = NotificationHistory(entries)
    mails = Set(entries.compactMap(\.file))
    do throws(MailingError) {
      try folder.sweep(known: mails)
    } catch {
      close(lock)
      throw error
    }
  }

  deinit { close(lock) }

  /// What an outbox remembers, without touching it; nothing where there is none.
  ///
  /// - Throws: `MailingError.outbox`, also where something else is there.
  package static func peek(_ path: String) throws(MailingError) -> NotificationHistory {
    guard try OutboxFolder.isThere(path) else { return NotificationHistory([]) }
    return NotificationHistory(try readJournal(path).entries)
  }

  package func folder(_ folder: Folder) -> String { "\(path)/\(folder.rawValue)" }

  /// Puts mails into `new` and remembers their news, all or nothing.
  ///
  /// - Parameters:
  ///   - baselines: what others know of news that is deferred.
  /// - Throws: `FileError`, `MailingError.outbox`.
  package func add(
    _ mails: [(notice: Notice, bytes: [UInt8])],
    baselines: [(uid: String, recipient: String, notified: NotifiedState)] = [], at now: Timestamp
  ) throws {
    guard !mails.isEmpty || !baselines.isEmpty else { return }
    for (notice, bytes) in mails {
      try AtomicFile.write(bytes, to: "\(folder(.new))/\(notice.fileName).eml", synchronize: false)
    }
    // After all are written: the disk takes most of them with the first.
    for (notice, _) in mails { try Outbox.synchronize("\(folder(.new))/\(notice.fileName).eml") }
    try synchronize(.new)
    try append(
      Outbox.entries(baselines)
        + mails.map { notice, _ in JournalEntry(notice, file: notice.fileName, at: now) })
  }

  /// Remembers what goes out by other means than a mail of this outbox: files that somebody sends by hand.
  ///
  /// - Throws: `MailingError.outbox`.
  package func remember(
    _ notices: [Notice], baselines: [(uid: String, recipient: String, notified: NotifiedState)] = [],
    at now: Timestamp
  ) throws {
    guard !notices.isEmpty || !baselines.isEmpty else { return }
    try append(Outbox.entries(baselines) + notices.map { JournalEntry($0, file: nil, at: now) })
  }

  /// Remembers that notices came back: their recipients do not know of them. What the recipient was notified of again since is
  /// left alone.
  ///
  /// - Returns: how many recipients of a meeting are no longer counted as notified.
  /// - Throws: `MailingError.outbox`.
  package func takeBack(_ undelivered: [Undelivered]) throws(MailingError) -> Int {
    var entries: [JournalEntry] = []
    var seen: Set<NoticeName> = []
    for item in undelivered {
      // A report that names no meeting speaks of all that went to the address.
      let uids = item.uid.map { [$0] } ?? book.states.keys.sorted { $0.precedesByBytes($1) }
      for uid in uids {
        guard let state = book.states[uid]?[item.address],
          seen.insert(NoticeName(uid: uid, recipient: item.address)).inserted
        else { continue }
        if let stamp = item.stamp?.secondsSinceEpoch, let at = book.moments[uid]?[item.address], stamp < at {
          continue
        }
        var entry = JournalEntry(
          at: item.stamp, file: nil, uid: uid, recipient: item.address, notified: state)
        entry.notified.isOn = false
        entry.undelivered = [item.status, item.reason].compactMap(\.self).joined(separator: " ")
        if item.isPermanent { entry.isUnreachable = true }
        entries.append(entry)
      }
    }
    if !entries.isEmpty { try append(entries) }
    return entries.count
  }

  private static func entries(_ baselines: [(uid: String, recipient: String, notified: NotifiedState)])
    -> [JournalEntry]
  {
    baselines.map {
      JournalEntry(at: nil, file: nil, uid: $0.uid, recipient: $0.recipient, notified: $0.notified)
    }
  }

  /// One batch.
  private func append(_ entries: [JournalEntry]) throws(MailingError) {
    var bytes: [UInt8] = []
    for entry in entries { bytes += JournalEntry.fields.line(entry) + [10] }
    bytes += BatchEnd.fields.line(BatchEnd(entries: entries.count)) + [10]
    try append(bytes, to: "journal.ndjson")
    for entry in entries {
      book.add(entry)
      if let file = entry.file { mails.insert(file) }
    }
  }

  /// The mails in a folder, by name; and what is there beside them, which nobody touches.
  package func names(in folder: Folder) throws(InputError) -> (mails: [String], others: [String]) {
    var names: (mails: [String], others: [String]) = ([], [])
    for name in try FolderListing.names(in: self.folder(folder)) {
      if name.hasSuffix(".eml"), mails.contains(String(name.dropLast(4))) {
        names.mails.append(name)
      } else {
        names.others.append(name)
      }
    }
    return names
  }

  /// A line of `deliveries.ndjson`: what became of a mail, when, and in the server's words.
  package func record(
    delivery name: String, to recipient: String, status: String, reply: String
  ) throws(MailingError) {
    let now = Timestamp(secondsSinceEpoch: Int(Date().timeIntervalSince1970), offset: 0)
    let line = DeliveryEntry(at: now, file: name, recipient: recipient, status: status, reply: reply)
    try append(DeliveryEntry.fields.line(line) + [10], to: "deliveries.ndjson")
  }

  /// Puts the names of a folder on the disk.
  package func synchronize(_ folder: Folder) throws(MailingError) {
    try Outbox.synchronize(self.folder(folder))
  }

  private static func synchronize(_ path: String) throws(MailingError) {
    let descriptor = SystemCall.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .outbox(path: path, reason: "cannot be opened: \(SystemCall.reason(errno))")
    }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .outbox(path: path, reason: Outbox.unwritten) }
  }

  /// Why the last write failed.
  private static var unwritten: String {
    FileError.cannotWrite(path: "journal", errno: errno).message
  }

  /// The names of the mails that the server took: of those in `sending`, a killed run knew that before it could move them.
  package func delivered() throws -> Set<String> {
    guard let bytes = try Outbox.contents("\(path)/deliveries.ndjson") else { return [] }
    var last: [String: String] = [:]
    for line in bytes.split(separator: 10) {
      if let mail = try? DeliveryEntry.fields.value(of: line) { last[mail.file] = mail.status }
    }
    return Set(last.filter { $0.value == "sent" }.keys)
  }

  /// Takes away what a killed run, or a full disk, left of a line: the next would run into it.
  private static func endLines(_ path: String) throws(MailingError) {
    guard let bytes = try contents(path) else { return }
    let end = bytes.lastIndex(of: 10).map { $0 + 1 } ?? 0
    if end < bytes.count { try cut(path, to: end) }
  }

  /// nil where there is no such file.
  private static func contents(_ path: String) throws(MailingError) -> [UInt8]? {
    do throws(InputError) {
      return try FileKind.at(path) == nil ? nil : OpenedFile.bytes(path, limit: 1 << 30)
    } catch {
      throw .outbox(path: path, reason: error.message)
    }
  }

  private static func cut(_ path: String, to length: Int) throws(MailingError) {
    guard SystemCall.truncate(path, length) == 0 else { throw .outbox(path: path, reason: unwritten) }
  }

  private func append(_ bytes: [UInt8], to name: String) throws(MailingError) {
    let journal = "\(path)/\(name)"
    let descriptor = SystemCall.open(journal, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw .outbox(path: journal, reason: FileError.cannotCreate(path: journal, errno: errno).message)
    }
    defer { close(descriptor) }
    let output = Output(descriptor: descriptor)
    do throws(OutputError) {
      try output.write(bytes)
      try output.flush()
    } catch {
      throw .outbox(path: journal, reason: error.message)
    }
    guard fsync(descriptor) == 0 else { throw .outbox(path: journal, reason: Outbox.unwritten) }
  }

  /// The entries of all batches that were ended; and how long the journal is without what follows the last of them, where
  /// something does.
  private static func readJournal(
    _ path: String
  ) throws(MailingError) -> (entries: [JournalEntry], truncated: Int?) {
    let journal = "\(path)/journal.ndjson"
    guard let bytes = try contents(journal) else { return ([], nil) }
    var entries: [JournalEntry] = []
    var open: [JournalEntry] = []
    var ended = 0
    var start = 0
    var number = 0
    while let feed = bytes[start...].firstIndex(of: 10) {
      number += 1
      let line = bytes[start..<feed]
      start = feed + 1
      switch JournalEntry.read(line) {
      case .entry(let entry): open.append(entry)
      case .end(let count):
        guard count == open.count else {
          throw .outbox(
            path: journal,
            reason:
              "line \(number) ends a batch of \(counted(count, "notice")), but \(open.count) come before "
              + "it: restore the journal from a backup")
        }
        entries += open
        open = []
        ended = start
      case .bad:
        throw .outbox(
          path: journal,
          reason: "line \(number) is not an entry of a journal: restore the journal from a backup")
      }
    }
    return (entries, ended < bytes.count ? ended : nil)
  }
}
