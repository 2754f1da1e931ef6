import Basics
import Foundation
import Programme
import Testing

@testable import Mailing

/// Which folders are outboxes: only those that we made are swept.
@Suite struct OutboxFolderTests {
  private let folder: ScratchFolder
  private var box: String { folder.path + "/box" }

  init() throws { folder = try ScratchFolder() }

  private func make(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  private func write(_ text: String, _ path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  private func refusal(makes: Bool = true) -> String? {
    do throws(MailingError) {
      _ = try Outbox(box, makes: makes)
      return nil
    } catch {
      return error.message
    }
  }

  private func everything() throws -> [String] { try FolderTree(folder.path).entries.map(\.path) }

  @Test func aMaildirIsRefusedUntouched() throws {
    for name in ["cur", "new", "tmp", "sending", "sent", "failed"] { try make("\(box)/\(name)") }
    try write("x", box + "/lock")
    for name in ["1700000000.M1.host", "a_0123456789abcdef.eml"] { try write("a mail", "\(box)/new/\(name)") }
    let before = try everything()
    #expect(refusal()?.hasPrefix("is not an outbox; make it with `tandem-invite make --outbox`") == true)
    #expect(throws: MailingError.self) { try Outbox.peek(box) }
    #expect(try everything() == before)
  }

  @Test func aFileOrAFullFolderIsRefused() throws {
    try write("x", box)
    #expect(refusal() != nil)
    unlink(box)
    try make(box)
    try write("x", box + "/letter.txt")
    #expect(refusal() != nil)
    #expect(try everything() == [box + "/letter.txt"])
  }

  @Test func nothingIsMadeWhereAnOutboxMustBeThere() throws {
    #expect(refusal(makes: false) != nil)
    try make(box)
    #expect(refusal(makes: false) != nil)
    #expect(try FolderListing.names(in: box) == [])
  }

  @Test(arguments: [true, false]) func itIsMadeWithItsMark(isThere: Bool) throws {
    if isThere { try make(box) }
    #expect(refusal() == nil)
    #expect(
      try FolderListing.names(in: box) == [".tandem-outbox", "failed", "lock", "new", "sending", "sent"])
    #expect(refusal(makes: false) == nil)
    #expect(try FolderListing.names(in: folder.path) == ["box"])
  }

  /// A folder of the box must be no link. The box itself may be named by one, if it is a box that the link leads to.
  @Test func nothingIsRemovedThroughASymbolicLink() throws {
    let other = folder.path + "/other"
    try make(other)
    try write("a mail", other + "/a_0123456789abcdef.eml")
    #expect(refusal() == nil)
    rmdir(box + "/new")
    symlink(other, box + "/new")
    #expect(refusal()?.hasPrefix("is not the folder that was made here") == true)
    unlink(box + "/new")
    try FileManager.default.moveItem(atPath: box, toPath: folder.path + "/real")
    symlink("real", box)
    #expect(refusal() == nil)
    unlink(box)
    symlink("other", box)
    #expect(refusal()?.hasPrefix("is not an outbox") == true)
    unlink(box)
    symlink("nowhere", box)
    #expect(refusal()?.hasPrefix("is a symbolic link that leads nowhere") == true)
    #expect(try FolderListing.names(in: other) == ["a_0123456789abcdef.eml"])
  }

  @Test func onlyNamesOfOurOwnShapeAreSwept() throws {
    #expect(refusal() == nil)
    let ours = ["a-example-com_u_0_request_0123456789abcdef.eml", "x_0123456789abcdef.eml.77.part"]
    let others = ["letter.eml", "x_0123456789abcdeg.eml", "1700000000.M1.host", "x_0123456789abcdef.eml.bak"]
    for name in ours + others { try write("a mail", "\(box)/new/\(name)") }
    let outbox = try Outbox(box)
    #expect(try FolderListing.names(in: box + "/new") == others.sorted { $0.precedesByBytes($1) })
    #expect(try outbox.names(in: .new).mails == [])
    #expect(try outbox.names(in: .new).others.count == others.count)
  }

  /// The earlier version made no mark.
  @Test func anOutboxOfTheEarlierVersionIsAdopted() throws {
    #expect(refusal() == nil)
    let mark = box + "/.tandem-outbox"
    unlink(mark)
    #expect(refusal(makes: false) == nil, "an empty one")
    unlink(mark)
    try write(#"{"entries":0,"record":"batch"}"# + "\n", box + "/journal.ndjson")
    try write("a mail", box + "/sent/letter.eml")
    #expect(try Outbox.peek(box) == NotificationHistory([]))
    #expect(!FileManager.default.fileExists(atPath: mark), "peeking writes nothing")
    #expect(refusal(makes: false) == nil)
    #expect(FileManager.default.fileExists(atPath: mark))
    unlink(mark)
    try write(#"{"record":"person"}"# + "\n", box + "/journal.ndjson")
    #expect(refusal(makes: false) != nil, "somebody else's journal")
  }
}
