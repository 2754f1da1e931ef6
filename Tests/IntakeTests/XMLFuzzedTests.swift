import Foundation
import Testing

@testable import Intake

/// Inputs on which a fuzzer found a fault, kept so that it stays mended: Fixtures/crashes/xml-*.
@Suite("XML inputs found by fuzzing")
struct XMLFuzzedTests {
  @Test("end, and hand out whole elements", arguments: CSVFuzzedTests.inputs("xml-"))
  func whole(path: String) throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)).dropFirst(1))
    let shape = try RowShape(row: "a/r", fields: ["b", "@x", "c[d=1]/e", "*", ".", "f/@y", "r/b"])
    let limits = XMLLimits(depth: 20, attributes: 20, text: 300, attribute: 100, record: 1000, values: 100)
    for piece in [1, 2, 3, 7, 64, .max] {
      let table = XMLTable(bytes, shape, limits: limits, piece: piece)
      #expect(table.raws.allSatisfy { $0.hasPrefix("<") && $0.hasSuffix(">") })
      #expect(table.lines == table.lines.sorted())
    }
    _ = try? XMLStructure.found(in: bytes, isWhole: true, name: "fuzzed")
  }
}
