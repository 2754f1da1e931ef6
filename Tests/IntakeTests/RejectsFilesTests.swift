import Foundation
import Testing

@testable import Intake

struct RejectsFilesTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "rejects-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  private func rejection(_ file: String, _ line: Int, _ raw: String) -> Rejection {
    Rejection(file: file, line: line, row: line - 1, code: "x", fault: "x", raw: Array(raw.utf8))
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  @Test func rowsInTheOrderOfTheirFileEachOnItsLine() throws {
    let rejects = RejectsFiles(path: folder.appending(path: "r.csv").path)
    let frame = Frame(head: Array("h\r\n".utf8), lineEnd: [0x0D, 0x0A])
    try rejects.add(rejection("a.csv", 9, "last"), frame: frame)
    try rejects.add(rejection("a.csv", 3, "b\r\n"), frame: frame)
    try rejects.add(rejection("a.csv", 2, "a\r\n"), frame: frame)
    let written = try rejects.finish()
    #expect(written.map(\.rows) == [3])
    #expect(try text("r.csv") == "h\r\na\r\nb\r\nlast")
  }

  @Test func aRowThatEndedWithTheFileDoesNotRunIntoTheNext() throws {
    let rejects = RejectsFiles(path: folder.appending(path: "r.csv").path)
    let frame = Frame(head: Array("h\n".utf8))
    try rejects.add(rejection("a.csv", 2, "a"), frame: frame)
    try rejects.add(rejection("a.csv", 2, "b"), frame: frame)
    _ = try rejects.finish()
    #expect(try text("r.csv") == "h\na\nb")
  }

  @Test func eachInputHasItsOwnFile() throws {
    let rejects = RejectsFiles(path: folder.appending(path: "r.csv").path)
    for file in ["pl/answers.csv", "de/answers.csv", "de/staff.csv"] {
      try rejects.add(rejection(file, 2, file), frame: Frame())
    }
    let names = try rejects.finish().map { $0.path.split(separator: "/").last }
    #expect(names == ["r-de-answers.csv", "r-staff.csv", "r-pl-answers.csv"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 3, "nothing is left behind")
  }

  @Test func aFolderTakesThemUnderTheirNames() throws {
    let rejects = RejectsFiles(path: folder.path)
    try rejects.add(rejection("x/answers.csv", 2, "a"), frame: Frame())
    #expect(try rejects.finish().map(\.path) == [folder.path + "/answers.csv"])
  }

  @Test func aFolderThatIsNotThere() throws {
    let rejects = RejectsFiles(path: folder.appending(path: "none/r.csv").path)
    try rejects.add(rejection("a.csv", 2, "a"), frame: Frame())
    #expect(throws: (any Error).self) { try rejects.finish() }
  }

  @Test func nothingRejectedNothingWritten() throws {
    #expect(try RejectsFiles(path: folder.appending(path: "r.csv").path).finish().isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func openTagsOfADocument() {
    let head = "<?xml version=\"1.0\"?><!-- <a> --><d:x a=\"1\"><b/><c>t</c><rows>\n<![CDATA[<z>]]>"
    #expect(Frame.openTags(Array(head.utf8)) == ["d:x", "rows"])
    #expect(Frame.openTags(head.utf8.flatMap { [$0, 0] }) == ["d:x", "rows"])
  }
}
