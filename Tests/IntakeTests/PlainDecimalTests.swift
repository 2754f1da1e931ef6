import Basics
import Programme
import RecordStream
import Testing

@testable import Intake

struct PlainDecimalTests {
  /// Where the bytes are taken as they stand, they are what the stream's writer makes of the number.
  @Test func theShortestTextOfTheNumber() {
    var generator = SplitMix(seed: 8)
    let digits = Array("0123456789000.,".utf8)
    var taken = 0
    for _ in 0..<50_000 {
      let bytes = (0..<Int(generator.next() % 18)).map { _ in
        digits[Int(generator.next() % UInt64(digits.count))]
      }
      let text: String? = bytes.withUnsafeBufferPointer { buffer in
        guard let plain = ResponseEncoder.plainDecimal(buffer) else { return nil }
        let whole = String(decoding: bytes[..<plain.whole], as: UTF8.self)
        return plain.end > plain.whole
          ? "\(whole).\(String(decoding: bytes[(plain.whole + 1)..<plain.end], as: UTF8.self))" : whole
      }
      guard let text else { continue }
      taken += 1
      let original = String(
        decoding: bytes.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }, as: UTF8.self)
      var writer = JSONWriter()
      writer.double(Double(original) ?? .nan)
      #expect(text == String(decoding: writer.bytes, as: UTF8.self), "\(original)")
    }
    #expect(taken > 5000)
  }
}
