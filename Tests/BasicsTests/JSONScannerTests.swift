import Basics
import Foundation
import Testing

@Suite struct JSONScannerTests {
  private static let good = [
    "null", "true", "false", "0", "-0", "12.5e-3", "\"\"", "[]", "{}", "[1,2,[3,{}]]",
    "{\"a\":{\"b\":[null]}}",
    " { \"a\" : [ 1 , \"x\" ] } ", "\"\\u00e9\\n\\\"\\\\\\/\\ud83d\\ude00\"", "\"Łódź 会议\"", "1e308",
    "-9223372036854775808", "9223372036854775807", "-9.223372036854775808e18", "99999999999999999999",
    "-1e308",
    "\"12345678901234567890 with a long tail and \\\\ in it\"",
  ]
  private static let bad = [
    "", "nul", "tru", "01", "1.", ".5", "+1", "1e", "\"", "\"\\x\"", "\"\\u12g4\"", "[1,]", "[1 2]",
    "{\"a\"}",
    "{\"a\":1,}", "{a:1}", "{\"a\":1 \"b\":2}", "[1", "{", "\"\u{1}\"", "[1]]", "'a'", "NaN", "{\"a\":}",
    "[,1]",
    "\"\\ud800\"", "1e999",
  ]

  @Test(arguments: good) func readsWhatFoundationReads(_ text: String) throws {
    let value = try JSONValue(parsing: text.utf8)
    let expected = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    let written = try JSONSerialization.jsonObject(with: Data(value.line), options: .fragmentsAllowed)
    // A whole number beyond 2⁵³ is written as the double that it is.
    let numbers = [expected, written].compactMap { ($0 as? NSNumber)?.doubleValue }
    #expect(
      (expected as? NSObject) == (written as? NSObject) || numbers.count == 2 && numbers[0] == numbers[1])
  }

  @Test(arguments: bad) func refusesWhatIsNotJSON(_ text: String) {
    #expect(throws: JSONError.self) { try JSONValue(parsing: text.utf8) }
  }

  @Test(arguments: [
    ("{\"a\":1,}", 7, "expected a value after ','"),
    ("{\"a\" 1}", 5, "expected ':' after the key"),
    ("[1 2]", 3, "expected ',' or ']'"),
    ("{\"a\":1 \"b\"", 7, "expected ',' or '}'"),
    ("[\"abc]", 1, "the string that begins here is not closed"),
    ("{\"a\":tru}", 5, "expected a value"),
    ("[01]", 1, "a number may not begin with 0"),
    ("{} x", 3, "text after the end of the object"),
  ])
  func namesTheOffset(_ text: String, _ offset: Int, _ message: String) {
    #expect(throws: JSONError(offset: offset, message: message)) { try JSONValue(parsing: text.utf8) }
  }

  /// A line that one tool passes on unread must not be refused by the next.
  @Test(arguments: [
    #""\ud83d""#, #""\ude00""#, #""\ud83dx""#, #""\ud83d\u0041""#, #""a\ud83d\ud83d\ude00""#, #""\ud83d\n""#,
  ])
  func skippingRefusesHalfASurrogatePair(_ text: String) throws {
    let place = try #require(text.utf8.firstIndex(of: UInt8(ascii: "\\")))
    let expected = JSONError(
      offset: text.utf8.distance(from: text.startIndex, to: place), message: "half of a surrogate pair in \\u"
    )
    #expect(throws: expected) { try JSONValue(parsing: text.utf8) }
    #expect(throws: expected) {
      let bytes = Array(text.utf8)
      var scanner = JSONScanner(bytes.span)
      try scanner.skipValue()
    }
  }

  @Test func aHundredThousandBracketsAreRefusedNotRecursedInto() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: JSONError(offset: 512, message: "nested too deeply")) {
      try JSONValue(parsing: text.utf8)
    }
    #expect(throws: JSONError(offset: 512, message: "nested too deeply")) {
      let bytes = Array(text.utf8)
      var scanner = JSONScanner(bytes.span)
      try scanner.skipValue()
    }
  }

  /// Skipping and reading must agree on what is JSON, whatever byte is broken.
  @Test func skippingRefusesExactlyWhatReadingRefuses() throws {
    let text = Array("{\"a\":[1,-2.5e3,\"x\\u0041\\n\"],\"b\":{\"c\":null,\"d\":[true,false]}}".utf8)
    for index in text.indices {
      for byte in Array("\"\\,:[]{}0ae \u{1}-".utf8) {
        var broken = text
        broken[index] = byte
        let reads = (try? JSONValue(parsing: broken)) != nil
        let skips = JSONScannerTests.isSkipped(broken)
        #expect(reads == skips, "byte \(index) as \(byte): \(String(decoding: broken, as: UTF8.self))")
      }
    }
  }

  private static func isSkipped(_ text: [UInt8]) -> Bool {
    do throws(JSONError) {
      var scanner = JSONScanner(text.span)
      try scanner.skipValue()
      try scanner.end()
      return true
    } catch {
      return false
    }
  }
}
