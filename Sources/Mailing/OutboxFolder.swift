import Basics
import Foundation
import Programme
import RecordStream

/// A folder that is certainly an outbox of ours: it carries our mark, and its folders are not symbolic links. The box may be
/// named by a link: it is then the folder that the link leads to.
///
/// Any other folder, such as somebody's Maildir, is refused before anything in it is touched.
struct OutboxFolder {
  /// Where the folder really is: no link leads to it.
  let path: String

  private static let mark = ".tandem-outbox"
  private static let markText = "tandem outbox 1: the tools of tandem manage this folder\n"
  private static let refusal =
    "is not an outbox; make it with `tandem-invite make --outbox`, which needs a new or an empty folder"

  /// - Parameter makes: makes the folder where it is missing or empty.
  /// - Throws: `MailingError.outbox` where it is not an outbox, or cannot be made.
  init(_ path: String, makes: Bool) throws(MailingError) {
    let path = OutboxFolder.resolved(path)
    self.path = path
    do {
      if try !OutboxFolder.isOutbox(path) {
        guard makes else { throw MailingError.outbox(path: path, reason: OutboxFolder.refusal) }
        if try OutboxFolder.mode(path) == nil { try OutboxFolder.make(path) }
      }
      let mark = "\(path)/\(OutboxFolder.mark)"
      if try OutboxFolder.mode(mark) == nil {
        try AtomicFile.write(Array(OutboxFolder.markText.utf8), to: mark)
      }
      for folder in Outbox.Folder.allCases { try complete("\(path)/\(folder.rawValue)") }
    } catch {
      throw OutboxFolder.mailingError(error, path)
    }
  }

  private static func mailingError(_ error: any Error, _ path: String) -> MailingError {
    switch error {
    case let error as MailingError: error
    case let error as InputError: .outbox(path: error.path, reason: error.message)
    case let error as FileError: .outbox(path: error.path, reason: error.message)
    default: .outbox(path: path, reason: String(describing: error))
    }
  }

  /// Without slashes at its end, and without a link for its last name.
  private static func resolved(_ path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    guard let status = SystemCall.linkStatus(path), status.st_mode & S_IFMT == S_IFLNK else { return path }
    return SystemCall.realPath(path) ?? path
  }

  /// Whether an outbox is there, without touching it; false where nothing or an empty folder is there.
  ///
  /// - Throws: `MailingError.outbox` where it is something else.
  static func isThere(_ path: String) throws(MailingError) -> Bool {
    let path = resolved(path)
    do { return try isOutbox(path) } catch { throw mailingError(error, path) }
  }

  private static func isOutbox(_ path: String) throws -> Bool {
    guard let mode = try mode(path) else { return false }
    guard mode & S_IFMT == S_IFDIR else {
      throw MailingError.outbox(
        path: path,
        reason: mode & S_IFMT == S_IFLNK ? "is a symbolic link that leads nowhere; name a folder" : refusal)
    }
    // Another run may be making it just now.
    let names = try FolderListing.names(in: path).filter { !FileDraft.isDraft($0) }
    if names.isEmpty { return false }
    if names.contains(mark) {
      guard try OpenedFile.bytes("\(path)/\(mark)", limit: 1 << 12).starts(with: "tandem outbox ".utf8) else {
        throw MailingError.outbox(path: path, reason: refusal)
      }
      return true
    }
    guard try isOfEarlierVersion(path, names) else { throw MailingError.outbox(path: path, reason: refusal) }
    return true
  }

  /// Of the type and the rights of what has this name, be it a link; nil where nothing has it.
  private static func mode(_ path: String) throws(InputError) -> mode_t? {
    if let status = SystemCall.linkStatus(path) { return status.st_mode }
    guard errno == ENOENT else { throw .cannotOpen(path: path, errno: errno) }
    return nil
  }

  /// Outboxes had no mark once: they are known by a journal that begins as ours do, or by being quite empty.
  private static func isOfEarlierVersion(_ path: String, _ names: [String]) throws -> Bool {
    let folders = Outbox.Folder.allCases.map(\.rawValue)
    guard names.contains("lock"), names.filter(folders.contains).count == folders.count else { return false }
    if names.contains("journal.ndjson") {
      let journal = try OpenedFile.bytes("\(path)/journal.ndjson", limit: 1 << 30)
      let first = journal[..<(journal.firstIndex(of: 10) ?? journal.endIndex)]
      if case .bad = JournalEntry.read(first) { return false }
      return true
    }
    guard names.count == folders.count + 1 else { return false }
    return try folders.allSatisfy { try FolderListing.names(in: "\(path)/\($0)").isEmpty }
  }

  /// With its mark at once, so that no crash leaves a folder of ours that we do not know.
  private static func make(_ path: String) throws {
    let parent = path.parentFolder
    if !parent.isEmpty { try Folders.make(parent) }
    let name = path.fileName
    let beside = FolderListing.path(parent, ".\(name).\(UUID())")
    guard SystemCall.mkdir(beside, 0o700) == 0 else { throw FileError.cannotCreate(path: path, errno: errno) }
    try AtomicFile.write(Array(markText.utf8), to: "\(beside)/\(mark)")
    if SystemCall.rename(beside, path) == 0 { return }
    let number = errno
    SystemCall.unlink("\(beside)/\(mark)")
    SystemCall.rmdir(beside)
    // Another run was faster.
    guard try isOutbox(path) else { throw FileError.cannotCreate(path: path, errno: number) }
  }

  private func complete(_ folder: String) throws {
    if try OutboxFolder.mode(folder) == nil { try Folders.make(folder) }
    guard let mode = try OutboxFolder.mode(folder), mode & S_IFMT == S_IFDIR else {
      throw MailingError.outbox(
        path: folder,
        reason: "is not the folder that was made here; restore the outbox from a backup, or begin a new one")
    }
  }

  /// Removes from `new` the mails that a killed run wrote and never entered into the journal.
  ///
  /// Everything whose name is not of the shape that `Notice.fileName` makes is somebody else's, and stays.
  func sweep(known: Set<String>) throws(MailingError) {
    do {
      for kind in Outbox.Folder.allCases { try FileDraft.sweep("\(path)/\(kind.rawValue)") }
      let new = "\(path)/\(Outbox.Folder.new.rawValue)"
      for name in try FolderListing.names(in: new) where OutboxFolder.isMail(name) {
        if !name.hasSuffix(".eml") || !known.contains(String(name.dropLast(4))) {
          SystemCall.unlink("\(new)/\(name)")
        }
      }
    } catch {
      throw OutboxFolder.mailingError(error, path)
    }
  }

  /// `…_0123456789abcdef.eml`, or what an earlier version called it in the making: `….eml.4711.part`.
  static func isMail(_ name: String) -> Bool {
    guard let end = name.range(of: ".eml") else { return false }
    let stem = name[..<end.lowerBound].utf8
    let rest = name[end.upperBound...]
    let isWhole = rest.isEmpty || rest.hasPrefix(".") && rest.hasSuffix(".part")
    let key = stem.suffix(17)
    return isWhole && key.count == 17 && key.first == UInt8(ascii: "_")
      && key.dropFirst().allSatisfy { $0.isASCIIDigit || (0x61...0x66).contains($0) }
      && stem.allSatisfy {
        $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
      }
  }
}
