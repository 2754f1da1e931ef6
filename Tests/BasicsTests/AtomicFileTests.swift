import Basics
import Foundation
import Testing

@Suite struct AtomicFileTests {
  private func folder() throws -> String {
    let path = NSTemporaryDirectory() + "/atomic-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  @Test func theFileIsWholeAndItsOwnersAlone() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try AtomicFile.write(Array("old".utf8), to: folder + "/a")
    try AtomicFile.write(Array("new".utf8), to: folder + "/a")
    #expect(try String(contentsOfFile: folder + "/a", encoding: .utf8) == "new")
    let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/a")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
  }

  @Test func aFolderThatIsNotThereIsNamed() {
    #expect(throws: FileError.cannotCreate(path: "/nowhere/at/all", errno: ENOENT)) {
      try AtomicFile.write([1], to: "/nowhere/at/all")
    }
  }

  @Test func aNameThatIsAFolderStaysAndNothingIsLeftBehind() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder + "/a/b", withIntermediateDirectories: true)
    #expect(throws: FileError.self) { try AtomicFile.write([1], to: folder + "/a") }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
  }
}
