import Basics
import Testing

@testable import Intake

@Suite("CSV dialect")
struct CSVDialectTests {
  func found(
    _ text: String, _ encoding: TextEncoding = .utf8, overrides: CSVDialect.Overrides = .init(),
    isWhole: Bool = true
  ) -> CSVDialect {
    CSVDialect.found(in: EncodingTests.bytes(text, encoding), isWhole: isWhole, overrides: overrides)
  }

  @Test(
    "finds delimiter, line end, quote and heading rows, and tells them",
    arguments: [
      ("a,b\r\n1,2\r\n", "UTF-8, ',', CRLF, 1 heading row"),
      ("a;b\n1,5;2,5\n", "UTF-8, ';', LF, 1 heading row"),
      ("a\tb\r1\t2\r", "UTF-8, tab, CR, 1 heading row"),
      ("a|b\n1|2\n", "UTF-8, '|', LF, 1 heading row"),
      ("\u{FEFF}\"a,b\";\"c\"\r\n\"1;2\";\"3\"\r\n", "UTF-8 with BOM, ';', CRLF, 1 heading row"),
      ("one\n1\n", "UTF-8, ',', LF, 1 heading row"),
      ("sep=|\r\na|b;c;d\r\n1|2;3;4\r\n", "UTF-8, '|', CRLF, 1 heading row"),
      ("\"sep=;\"\na;b\n1;2\n", "UTF-8, ';', LF, 1 heading row"),
      ("'a';'b'\n'1;2';'3'\n", "UTF-8, ';', quote ', LF, 1 heading row"),
      ("a\n\"x\r\ny\"\n", "UTF-8, ',', LF, 1 heading row"),
    ])
  func told(text: String, summary: String) { #expect(found(text).summary == summary) }

  @Test("finds Qualtrics' three heading rows and SurveyMonkey's two, and nobody else's")
  func headingRows() {
    let qualtrics = """
      StartDate,Q1,Q2
      Start Date,"What would you like to learn, and why?",Role
      "{""ImportId"":""startDate"",""timeZone"":""Z""}","{""ImportId"":""QID1_TEXT""}","{""ImportId"":""QID2""}"
      2026-10-05,"x, y",Mentor
      """
    #expect(found(qualtrics).headingRows == 3)
    let monkey = """
      Respondent ID,Collector ID,Start Date,What can you do?,,,Role
      ,,,E-bike,Data,Other (please specify),Response
      114,9,10/05/2026,E-bike,,,Mentor
      """
    #expect(found(monkey).headingRows == 2)
    #expect(found("id,name,note\n,x,y\n,z,\n").headingRows == 1)
    #expect(found("id,name,\n1,x,\n").headingRows == 1)
    #expect(found("id,name\n").headingRows == 1)
  }

  @Test("every guess can be overridden")
  func overrides() {
    let overrides = CSVDialect.Overrides(
      encoding: .windows1250, delimiter: UInt8(ascii: "#"), quote: .some(nil), headingRows: 0)
    let dialect = found("a,b\n1,2\n", overrides: overrides)
    #expect(dialect.summary == "windows-1250, '#', no quotes, LF, no heading row")
  }

  @Test("finds the dialect of each encoding")
  func encodings() {
    #expect(found(EncodingTests.hungarian, .windows1250).summary == "windows-1250, ';', CRLF, 1 heading row")
    #expect(found(EncodingTests.german, .windows1252).summary == "windows-1252, ';', CRLF, 1 heading row")
    let wide = CSVDialect.found(
      in: [0xFF, 0xFE] + EncodingTests.bytes("a\tb\r\n张\tx,y\r\n", .utf16LittleEndian), isWhole: true)
    #expect(wide.summary == "UTF-16LE with BOM, tab, CRLF, 1 heading row")
    #expect(found("a;b\r\n1;2\r\n", .utf16BigEndian).summary == "UTF-16BE, ';', CRLF, 1 heading row")
  }

  @Test("does not count the row that the end of the first piece cuts")
  func cut() {
    let text = "a;b;c\n" + String(repeating: "1;2,5;3,5\n", count: 3) + "1;2"
    #expect(found(text, isWhole: false).delimiter == UInt8(ascii: ";"))
  }

  @Test("decides the encoding late where the first piece is ASCII, and once")
  func lateDecision() throws {
    let ascii = "name;note\n" + String(repeating: "x;y\n", count: 100)
    let dialect = CSVDialect.found(
      in: Array(ascii.utf8), isWhole: false, overrides: .init(languages: ["hu"]))
    #expect(dialect.undecidedLanguages == ["hu"])
    #expect(CSVDialect.found(in: Array(ascii.utf8), isWhole: true).undecidedLanguages == nil)
    for (encoding, text) in [(TextEncoding.windows1250, "Győző;Tűnde\n"), (.utf8, "Győző;Tűnde\n")] {
      let reader = CSVReader(name: "t.csv", dialect: dialect)
      var rows: [String] = []
      var raws: [[UInt8]] = []
      var problems: [SourceProblem] = []
      for piece in [Array(ascii.utf8), EncodingTests.bytes(text, encoding)] {
        try piece.withUnsafeBufferPointer {
          try reader.feed(
            $0,
            row: {
              rows.append($0.string(0) ?? "")
              raws.append($0.raw)
            }
          ) { problems.append($0) }
        }
      }
      #expect(reader.dialect.encoding == encoding)
      #expect(rows.count == 101 && rows.last == "Győző")
      #expect(raws.last == EncodingTests.bytes(text, encoding))
      #expect(problems.isEmpty)
    }
  }
}
