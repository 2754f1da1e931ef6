import Testing

@testable import Mailing

@Suite struct TransferEncodingTests {
  /// Bytes by a fixed rule, so that a failure comes again.
  private func samples() -> [[UInt8]] {
    var seed: UInt64 = 42
    func next() -> UInt64 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return seed >> 33
    }
    return (0..<300).map { size in
      (0..<size).map { _ in
        let kind = next() % 8
        return kind == 0 ? 13 : kind == 1 ? 10 : kind == 2 ? 0x20 : UInt8(truncatingIfNeeded: next())
      }
    } + [Array("a \r\n\r\n. \r\nFrom x\r\n=3D\r\n\t".utf8), [13], [10], Array("äöü€😀".utf8)]
  }

  @Test func base64ComesBack() {
    for bytes in samples() {
      #expect(Base64.decode(Base64.encode(bytes)) == bytes)
      let lines = Base64.encodeLines(bytes)
      #expect(Base64.decode(lines) == bytes)
      #expect(lines.split(separator: 10).allSatisfy { $0.count <= 77 && $0.last == 13 })
    }
    #expect(Base64.encode(Array("Man".utf8)) == Array("TWFu".utf8))
    #expect(Base64.encode(Array("Ma".utf8)) == Array("TWE=".utf8))
    #expect(Base64.encode(Array("M".utf8)) == Array("TQ==".utf8))
  }

  @Test func quotedPrintableComesBack() {
    for bytes in samples() {
      let encoded = QuotedPrintable.encode(bytes)
      var decoded = QuotedPrintable.decode(encoded[...])
      // The last line is ended where it was not.
      if decoded != bytes { decoded.removeLast(2) }
      #expect(decoded == bytes)
      for line in String(decoding: encoded, as: UTF8.self).utf8.split(separator: 10) {
        #expect(line.last == 13 && line.count <= 77)
        #expect(line.dropLast().allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == 9 })
        #expect(line.dropLast().last != 0x20 && line.dropLast().last != 9)
        #expect(line.first != UInt8(ascii: ".") && !line.starts(with: "From ".utf8))
      }
    }
  }

  @Test func foreignQuotedPrintableIsRead() {
    func decoded(_ text: String) -> String {
      String(decoding: QuotedPrintable.decode(Array(text.utf8)[...]), as: UTF8.self)
    }
    #expect(decoded("a=\nb") == "ab")
    #expect(decoded("a= \t\r\nb") == "ab")
    #expect(decoded("=c3=BC") == "ü")
    #expect(decoded("100 % = all=") == "100 % = all=")
    #expect(decoded("=") == "=")
  }
}
