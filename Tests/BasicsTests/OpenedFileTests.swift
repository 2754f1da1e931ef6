import Basics
import Foundation
import Testing

@Suite struct OpenedFileTests {
  @Test func onlyARegularFileIsAFile() throws {
    let folder = NSTemporaryDirectory() + "opened-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (file, pipe) = (folder + "/file", folder + "/pipe")
    try Data("text".utf8).write(to: URL(fileURLWithPath: file))
    mkfifo(pipe, 0o600)

    #expect(try OpenedFile.bytes(file, limit: 4) == Array("text".utf8))
    #expect(throws: InputError.tooLarge(path: file, size: 4, limit: 3)) {
      try OpenedFile.bytes(file, limit: 3)
    }
    #expect(throws: InputError.isNoFile(path: pipe, kind: .pipe)) { try OpenedFile.bytes(pipe, limit: 9) }
    #expect(throws: InputError.isFolder(path: folder)) { try OpenedFile.bytes(folder, limit: 9) }
    #expect(throws: InputError.isNoFile(path: "/dev/null", kind: .device)) {
      try OpenedFile.bytes("/dev/null", limit: 9)
    }
    #expect(throws: InputError.cannotOpen(path: folder + "/none", errno: ENOENT)) {
      try OpenedFile.bytes(folder + "/none", limit: 9)
    }
  }

  /// What somebody names outright may be a pipe, but nothing that never ends.
  @Test func aStreamMayBeAPipeAndNoDeviceWithoutEnd() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    write(ends[1], "abc", 3)
    close(ends[1])
    let name = "/dev/fd/\(ends[0])"
    #expect(try OpenedFile.bytes(name, .stream, limit: 3) == Array("abc".utf8))
    close(ends[0])
    #expect(try OpenedFile.bytes("/dev/null", .stream, limit: 0) == [])
    #expect(throws: InputError.isNoFile(path: "/dev/zero", kind: .device)) {
      try OpenedFile.bytes("/dev/zero", .stream, limit: 9)
    }
  }
}
