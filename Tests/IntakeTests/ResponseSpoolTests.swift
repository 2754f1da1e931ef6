import Basics
import Testing

@testable import Intake

/// The responses that wait on the disk.
@Suite struct ResponseSpoolTests {
  private struct Stop: Error {}

  private func spool(_ lines: [String]) throws -> ResponseSpool {
    let spool = try ResponseSpool()
    for line in lines { try add(line, to: spool) }
    return spool
  }

  private func add(_ line: String, to spool: ResponseSpool) throws {
    let row = SourceRow(file: "t.csv", transcoder: Transcoder(.utf8), hasOneLine: false)
    try Array(line.utf8).withUnsafeBytes { try spool.add($0, raw: [], of: nil, sheet: 0, row: row) }
  }

  private func finish(_ spool: ResponseSpool, stopAt: Int? = nil) throws -> [String] {
    var lines: [String] = []
    try spool.finish { _, _ in
      nil
    } lost: { _, _, _ in
    } line: { _, bytes in
      lines.append(String(decoding: bytes, as: UTF8.self))
      if lines.count == stopAt { throw Stop() }
    }
    return lines
  }

  @Test func whatWasPutInComesOut() throws {
    let lines = ["a", "", String(repeating: "x", count: 200_000), "b"]
    #expect(try finish(try spool(lines)) == lines)
  }

  /// It stands in the midst of its file: a line that was added there would overwrite others.
  @Test func afterAThrowItIsOver() throws {
    let spool = try spool(["a", "b", "c"])
    #expect(throws: Stop.self) { try finish(spool, stopAt: 2) }
    #expect(throws: Stop.self) { try add("d", to: spool) }
    #expect(throws: Stop.self) { try finish(spool) }
  }
}
