import Foundation
import Testing

@testable import Basics

@Suite struct FileDraftTests {
  private final class Folder {
    let path = NSTemporaryDirectory() + "/draft-" + UUID().uuidString
    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
    func text(_ name: String) -> String? { try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }
    func write(_ text: String, _ name: String, mode: Int = 0o600) throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(path)/\(name)")
    }
  }

  @Test func whatAKilledRunLeftIsTakenOver() throws {
    let folder = try Folder()
    try folder.write("much more than what is written now", "a.tandem-part")
    try AtomicFile.write(Array("new".utf8), to: folder.path + "/a")
    #expect(folder.names == ["a"])
    #expect(folder.text("a") == "new")
  }

  /// Whoever may read a draft that lay there before must not read what is written now.
  @Test func aDraftThatOthersCanReachIsMadeAgain() throws {
    let folder = try Folder()
    try folder.write("", "a.tandem-part", mode: 0o666)
    let other = open(folder.path + "/a.tandem-part", O_RDONLY)
    defer { close(other) }
    try AtomicFile.write(Array("secret".utf8), to: folder.path + "/a")
    var status = stat()
    #expect(fstat(other, &status) == 0 && status.st_size == 0)
    #expect(stat(folder.path + "/a", &status) == 0 && status.st_mode & 0o777 == 0o600)

    try folder.write("theirs", "theirs")
    #expect(link(folder.path + "/theirs", folder.path + "/b.tandem-part") == 0)
    try AtomicFile.write(Array("ours".utf8), to: folder.path + "/b")
    #expect(folder.text("theirs") == "theirs" && folder.text("b") == "ours")

    #expect(symlink(folder.path + "/theirs", folder.path + "/c.tandem-part") == 0)
    #expect(throws: FileError.cannotCreate(path: folder.path + "/c", errno: ELOOP)) {
      try AtomicFile.write([1], to: folder.path + "/c")
    }
    #expect(folder.text("theirs") == "theirs")
  }

  @Test func whatIsNotPlacedIsGone() throws {
    let folder = try Folder()
    try folder.write("old", "a")
    do {
      let draft = try FileDraft(folder.path + "/a")
      try draft.output.write("half")
      try draft.output.flush()
      #expect(folder.names == ["a", "a.tandem-part"])
    }
    #expect(folder.names == ["a"])
    #expect(folder.text("a") == "old")
  }

  /// Each reads the number and writes the next: none is lost.
  @Test func whoChangesAFileWaitsForTheOther() async throws {
    let folder = try Folder()
    let path = folder.path + "/count"
    try folder.write("0", "count")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<20 {
            let draft = try FileDraft(path)
            let count = Int(try String(contentsOfFile: path, encoding: .utf8)) ?? -1000
            try draft.place("\(count + 1)".utf8, synchronize: false)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(folder.text("count") == "160")
    #expect(folder.names == ["count"])
  }

  @Test func sweepingLeavesWhatIsAtWork() throws {
    let folder = try Folder()
    try folder.write("dead", "dead.tandem-part")
    try folder.write("of another program", "film.part")
    let draft = try FileDraft(folder.path + "/alive")
    try FileDraft.sweep(folder.path)
    #expect(folder.names == ["alive.tandem-part", "film.part"])
    try draft.place("alive".utf8)
    #expect(folder.text("alive") == "alive")
    try FileDraft.sweep("/nowhere/at/all")
  }

  @Test(arguments: ["", "/", "//", "/.", "/./"]) func sweepingFollowsNoLink(_ ending: String) throws {
    let (theirs, folder) = (try Folder(), try Folder())
    try theirs.write("theirs", "film.tandem-part")
    #expect(symlink(theirs.path, folder.path + "/link") == 0)
    try FileDraft.sweep(folder.path + "/link" + ending)
    #expect(theirs.names == ["film.tandem-part"])
    try FileDraft.sweep(theirs.path + ending)
    #expect(theirs.names.isEmpty)
  }

  /// A device or a pipe stays one.
  @Test func whatIsNoFileIsWrittenTo() throws {
    let folder = try Folder()
    let pipe = folder.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let reader = open(pipe, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    try AtomicFile.write(Array("through".utf8), to: pipe)
    var bytes = [UInt8](repeating: 0, count: 20)
    #expect(read(reader, &bytes, 20) == 7)
    #expect(folder.names == ["pipe"])
    try AtomicFile.write([1], to: "/dev/null")
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    #expect(throws: FileError.cannotWrite(path: "/dev/full", errno: ENOSPC)) {
      try AtomicFile.write([1], to: "/dev/full")
    }
  }

  @Test func anErrorSaysWhatToDo() {
    #expect(
      FileError.cannotWrite(path: "a", errno: ENOSPC).message
        == "cannot be written: No space left on device; make room and run it again")
    #expect(
      FileError.cannotCreate(path: "a", errno: ENOSPC).message
        == "cannot be created: No space left on device; make room and run it again")
    #expect(
      FileError.cannotCreate(path: "a", errno: EACCES).message
        == "cannot be created: Permission denied; check the folder and the rights")
  }

  @Test func foldersAreMadeForTheirOwnerAlone() throws {
    let folder = try Folder()
    try Folders.make(folder.path + "/a/b/c")
    try Folders.make(folder.path + "/a/b/c")
    var status = stat()
    for name in ["a", "a/b", "a/b/c"] {
      #expect(stat("\(folder.path)/\(name)", &status) == 0 && status.st_mode & 0o777 == 0o700)
    }
    try folder.write("", "file")
    #expect(throws: FileError.cannotCreate(path: folder.path + "/file", errno: EEXIST)) {
      try Folders.make(folder.path + "/file")
    }
    #expect(throws: FileError.cannotCreate(path: folder.path + "/file/x", errno: ENOTDIR)) {
      try Folders.make(folder.path + "/file/x")
    }
  }

  @Test func anOutputOutlivesItsReaderOnDemand() throws {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    close(ends[0])
    defer { close(ends[1]) }
    let output = Output(descriptor: ends[1])
    #expect(throws: OutputError.readerClosed) {
      try output.write("x")
      try output.flush()
    }
    output.outlivesReader = true
    try output.write("x")
    try output.flush()
  }
}
