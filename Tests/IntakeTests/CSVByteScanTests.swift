import Testing

@testable import Intake

@Suite("CSV byte scan")
struct CSVByteScanTests {
  @Test("finds in 64 bytes exactly what a loop over them finds")
  func exact() {
    var numbers = SeededNumbers(state: 1)
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
      let block = bytes.withUnsafeBytes { raw in
        raw.baseAddress.map { ByteScan(delimiter: delimiter, quote: quote).block(at: $0) }
      }
      var expected: UInt64 = 0
      for (index, byte) in bytes.enumerated()
      where byte == delimiter || byte == quote || byte == 0x0A || byte == 0x0D {
        expected |= 1 << UInt64(index)
      }
      #expect(block?.structural == expected)
      #expect(block?.isDoubtful == bytes.contains { $0 == 0 || $0 >= 0x80 })
    }
  }
}
