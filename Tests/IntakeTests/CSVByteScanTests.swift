import Basics
import Testing

@testable import Intake

@Suite("CSV byte scan")
struct CSVByteScanTests {
  @Test("finds in 64 bytes exactly what a loop over them finds")
  func exact() {
    var numbers = SplitMix(seed: 1)
    let near: [UInt8] = [
      0x0A, 0x0B, 0x09, 0x0D, 0x0C, 0x22, 0x21, 0x23, 0x2C, 0x2D, 0x3B, 0xA2, 0x8A, 0xAC, 0, 0x80, 0xFF,
    ]
    for round in 0..<2000 {
      let delimiter: UInt8 = [0x2C, 0x3B, 0x09, 0x7C].randomElement(using: &numbers) ?? 0x2C
      let quote: UInt8? = round % 5 == 0 ? nil : 0x22
      let bytes = (0..<64).map { _ in
        Bool.random(using: &numbers)
          ? near.randomElement(using: &numbers) ?? 0 : UInt8.random(in: 0...255, using: &numbers)
      }
      let scan = ByteScan(delimiter: delimiter, quote: quote)
      let blocks = bytes.withUnsafeBytes { raw in
        raw.baseAddress.map { [scan.block(at: $0), scan.wordBlock(at: $0)] }
      }
      var expected = ByteScan.Block(
        delimiters: 0, others: 0, hasNUL: bytes.contains(0), hasHigh: bytes.contains { $0 >= 0x80 })
      for (index, byte) in bytes.enumerated() {
        if byte == delimiter {
          expected.delimiters |= 1 << UInt64(index)
        } else if byte == quote || byte == 0x0A || byte == 0x0D {
          expected.others |= 1 << UInt64(index)
        }
      }
      #expect(blocks == [expected, expected])
    }
  }
}
