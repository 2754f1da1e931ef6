import Basics
import Foundation
import Testing

@testable import Intake

/// Whatever is thrown out of a reader, and wherever, the reader is over: every further call throws the same again.
@Suite("A reader that threw never goes on") struct EndsWithFailureTests {
  private struct Stop: Error {}

  /// Rows of all lengths, with quotes and broken quotes, of which the faulty row lies at every offset of a block.
  private static func ragged(_ shift: Int, _ random: inout SplitMix) -> [UInt8] {
    var text = "head" + String(repeating: "x", count: shift) + ",b,c\n"
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let cells = ["1", "", "\"q\"\"q\"", "\"a\nb\"", "\"broken", "x\"y", "\u{0}", "ż"]
      let row = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        cells.randomElement(using: &random) ?? ""
      }
      text += row.joined(separator: ",") + (["\n", "\r\n", "\r", ""].randomElement(using: &random) ?? "\n")
    }
    return Array(text.utf8)
  }

  /// Throws at the row or problem of that number, feeds on and finishes in spite of it.
  private func abuse(
    _ bytes: [UInt8], _ piece: Int, stopAt: Int,
    feed: (UnsafeBufferPointer<UInt8>, () throws -> Void) throws -> Void,
    finish: (() throws -> Void) throws -> Void
  ) {
    var events = 0
    func event() throws {
      events += 1
      if events == stopAt { throw Stop() }
    }
    var hasFailed = false
    func call(_ work: () throws -> Void) {
      let before = events
      do {
        try work()
        #expect(!hasFailed)
      } catch {
        if hasFailed { #expect(events == before) }
        hasFailed = true
      }
    }
    var start = 0
    while start < bytes.count {
      let end = min(start + piece, bytes.count)
      bytes[start..<end].withUnsafeBufferPointer { part in call { try feed(part, event) } }
      start = end
    }
    for _ in 0..<2 {
      call { try finish(event) }
      if !hasFailed { return }
    }
  }

  @Test("CSV, at every alignment and every use", arguments: 0..<64)
  func csv(_ shift: Int) {
    var random = SplitMix(seed: UInt64(shift))
    for round in 0..<60 {
      let bytes = Self.ragged(shift, &random)
      var dialect = CSVDialect()
      dialect.headingRows = round % 4
      for stopAt in 1...4 {
        let reader = CSVReader(name: "t.csv", dialect: dialect)
        abuse(bytes, [7, 64, bytes.count][round % 3], stopAt: stopAt) { piece, event in
          try reader.feed(piece) { _ in
            try event()
          } problem: { _ in
            try event()
          }
        } finish: { event in
          try reader.finish { _ in
            try event()
          } problem: { _ in
            try event()
          }
        }
      }
      _ = CSVHead(of: bytes, isWhole: true, name: "t.csv", dialect)
    }
  }

  @Test("triple-s, of both shapes", arguments: 0..<64)
  func tripleS(_ shift: Int) throws {
    let definitions = try [false, true].map { isCSV in
      let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).sss").path
      defer { try? FileManager.default.removeItem(atPath: path) }
      try Self.definition(isCSV: isCSV).write(toFile: path, atomically: false, encoding: .utf8)
      return try TripleSDefinition(ByteSource(path: path))
    }
    var random = SplitMix(seed: UInt64(shift))
    for round in 0..<20 {
      let bytes = Self.ragged(shift, &random)
      let definition = definitions[round % 2]
      for stopAt in 1...3 {
        let reader = TripleSReader(name: "t.asc", definition: definition, dialect: CSVDialect())
        abuse(bytes, 64, stopAt: stopAt) { piece, event in
          try reader.feed(piece) { _ in
            try event()
          } problem: { _ in
            try event()
          }
        } finish: { event in
          try reader.finish { _ in
            try event()
          } problem: { _ in
            try event()
          }
        }
      }
    }
  }

  @Test("XML", arguments: 0..<64)
  func xml(_ shift: Int) throws {
    var random = SplitMix(seed: UInt64(shift))
    for _ in 0..<20 {
      var text = "<rows>" + String(repeating: " ", count: shift)
      for _ in 0..<4 {
        text +=
          ["<row><a>1</a></row>", "<row><a>&x;</a></row>", "<row><a></row>", "<row/>", "\u{0}"]
          .randomElement(using: &random) ?? ""
      }
      for stopAt in 1...3 {
        let reader = XMLReader(name: "t.xml", shape: try RowShape(row: "rows/row", fields: ["a"]))
        abuse(Array((text + "</rows>").utf8), 32, stopAt: stopAt) { piece, event in
          try reader.feed(piece) { _ in try event() }
        } finish: { event in
          try reader.finish { _ in try event() }
        }
      }
    }
  }

  @Test("a source that is handed out in part is not handed out again")
  func source() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).csv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(repeating: 0x61, count: 3 * ByteSource.pieceSize).write(to: URL(fileURLWithPath: path))
    let source = try ByteSource(path: path)
    #expect(throws: Stop.self) { try source.forEachPiece { _ in throw Stop() } }
    var bytes = 0
    #expect(throws: SourceProblem.self) { try source.forEachPiece { bytes += $0.count } }
    #expect(bytes == 0)
  }

  private static func definition(isCSV: Bool) -> String {
    """
    <sss version="2.0"><survey><record ident="A" skip="1"\(isCSV ? " format=\"csv\"" : "")>
    <variable ident="1" type="single"><name>q</name><label>Q</label><position start="1"/>
    <values><value code="1">yes</value><value code="2">no</value></values></variable>
    <variable ident="2" type="quantity"><name>n</name><label>N</label><position start="2" finish="\(isCSV ? 2 : 4)"/>
    <values><range from="0" to="999"/></values></variable></record></survey></sss>
    """
  }
}
