import Basics
import Testing

@Suite struct CSVTextTests {
  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+48 1", "'+48 1"), ("-5.5", "-5.5"), ("@x", "'@x"), ("\tx", "'\tx"),
    ("a,b", "\"a,b\""),
    ("a\"b", "\"a\"\"b\""), ("=\"x\"", "\"'=\"\"x\"\"\""), (" a", "\" a\""), ("", ""), ("Łódź", "Łódź"),
    ("'=x", "''=x"), ("'x", "'x"),
  ])
  func aSpreadsheetSeesTextOnly(_ cell: String, _ written: String) {
    #expect(CSVText.row([cell, "x"]) == "\(written),x\r\n")
    let field =
      written.first == "\"" ? String(written.dropFirst().dropLast()).replacing("\"\"", with: "\"") : written
    #expect(CSVText.unguarded(field) == cell)
  }
}
