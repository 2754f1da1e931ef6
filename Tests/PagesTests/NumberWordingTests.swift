import Pages
import Testing

@Suite struct NumberWordingTests {
  @Test(arguments: [
    ("en", 1234.5, 1, "1,234.5"), ("en-GB", 1_234_567, 0, "1,234,567"), ("de", 1234.5, 1, "1.234,5"),
    ("de-CH", 1234.5, 1, "1’234.5"), ("pl", 1234.5, 1, "1234,5"), ("pl", 12345, 0, "12\u{A0}345"),
    ("es", 1234, 0, "1234"), ("es", 12345, 0, "12.345"), ("es-MX", 1234, 0, "1,234"),
    ("hu", 1234, 0, "1\u{A0}234"),
    ("zh", 1234.25, 2, "1,234.25"), ("de", -0.25, 2, "−0,25"), ("en", 0.005, 2, "0.01"),
    ("en", -0.001, 2, "0.00"),
    ("en", .nan, 2, "–"), ("en", .infinity, 0, "–"), ("en", 1e300, 0, "–"), ("", 1234, 0, "1,234"),
    ("fr", 1234, 0, "1\u{202F}234"),
  ]) func asTheLanguageWritesIt(_ language: String, _ value: Double, _ places: Int, _ expected: String) {
    #expect(NumberWording(language: language).text(value, places: places) == expected)
  }

  @Test(arguments: [
    ("en", "84%"), ("de", "84\u{A0}%"), ("es", "84\u{A0}%"), ("pl", "84%"), ("hu", "84%"), ("zh", "84%"),
    ("fr", "84\u{202F}%"),
  ]) func shares(_ language: String, _ expected: String) {
    #expect(NumberWording(language: language).percent(0.84) == expected)
  }
}
