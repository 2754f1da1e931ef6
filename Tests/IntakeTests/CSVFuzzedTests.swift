import Basics
import Foundation
import Testing

@testable import Intake

/// Inputs on which a fuzzer found a fault, kept so that it stays mended: Fixtures/crashes/csv-*, whose first two
/// bytes chose the dialect there.
@Suite("CSV inputs found by fuzzing")
struct CSVFuzzedTests {
  static func inputs(_ prefix: String) -> [String] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/crashes")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasPrefix(prefix) }.sorted().map { folder.appending(path: $0).path }
  }

  @Test("read the same whatever the pieces", arguments: inputs("csv-"))
  func pieces(path: String) throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)).dropFirst(2))
    let limits = CSVLimits(field: 300, record: 1000, columns: 20)
    var dialects = [CSVDialect.found(in: bytes, isWhole: true), CSVDialect.found(in: bytes, isWhole: false)]
    for encoding in [TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian, .windows1250, .windows1252] {
      for delimiter in ",;\t|".utf8 {
        for headingRows in 0...3 {
          dialects.append(CSVDialect(encoding: encoding, delimiter: delimiter, headingRows: headingRows))
        }
      }
    }
    for dialect in dialects {
      let whole = CSVTable(bytes, dialect, limits: limits)
      // Of a line longer than a row may be, only so much is kept, whatever else is wrong with it.
      let isCut = whole.problems.contains { $0.raw.count * 3 >= limits.record }
      if whole.end == nil, !isCut {
        let kept =
          whole.headingBytes.count + (whole.raws + whole.problems.map(\.raw)).reduce(0) { $0 + $1.count }
        let blank = bytes.count { $0 == 0x0A || $0 == 0x0D } * dialect.encoding.unitSize
        #expect((bytes.count - blank...bytes.count).contains(kept), "\(dialect.summary)")
      }
      for piece in [1, 2, 3, 7, 64] {
        let pieced = CSVTable(bytes, dialect, limits: limits, piece: piece)
        #expect(pieced == whole, "\(dialect.summary) \(piece)")
      }
    }
  }
}
