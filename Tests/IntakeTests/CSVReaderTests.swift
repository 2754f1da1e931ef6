import Basics
import Testing

@testable import Intake

@Suite("CSV reader")
struct CSVReaderTests {
  let semicolon = CSVDialect(delimiter: UInt8(ascii: ";"))

  // MARK: Good files, after max-mapper/csv-spectrum and RFC 4180 section 2

  @Test(
    "reads what csv-spectrum holds",
    arguments: [
      ("a,b\n1,2\n", [["1", "2"]]),
      ("a,b\r\n1,2\r\n3,4\r\n", [["1", "2"], ["3", "4"]]),
      ("a,b\r1,2\r3,4", [["1", "2"], ["3", "4"]]),
      ("a,b\n1,2", [["1", "2"]]),
      (
        "first,last,address\nJohn,Doe,\"120 any st., Anytown, WW 08123\"\n",
        [
          ["John", "Doe", "120 any st., Anytown, WW 08123"]
        ]
      ),
      ("a,b\n1,\"ha \"\"ha\"\" ha\"\n3,4\n", [["1", "ha \"ha\" ha"], ["3", "4"]]),
      (
        "key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"coordinates\"\": [102.0, 0.5]}\"\n",
        [
          ["1", "{\"type\": \"Point\", \"coordinates\": [102.0, 0.5]}"]
        ]
      ),
      (
        "a,b,c\n1,2,3\n\"Once upon \na time\",5,6\n7,8,9\n",
        [
          ["1", "2", "3"], ["Once upon \na time", "5", "6"], ["7", "8", "9"],
        ]
      ),
      (
        "a,b,c\r\n1,2,3\r\n\"Once upon \r\na time\",5,6\r\n",
        [
          ["1", "2", "3"], ["Once upon \r\na time", "5", "6"],
        ]
      ),
      ("a,b\n1,\"ha \n\"\"ha\"\" \nha\"\n3,4\n", [["1", "ha \n\"ha\" \nha"], ["3", "4"]]),
      ("a,b,c\n1,2,3\n4,5,ʤ\n", [["1", "2", "3"], ["4", "5", "ʤ"]]),
      ("a,b\n\"\"\"\",\"\"\"x\"\"\"\n", [["\"", "\"x\""]]),
    ])
  func spectrum(text: String, rows: [[String]]) {
    let table = CSVTable(text)
    #expect(table.rows == rows)
    #expect(table.problems.isEmpty)
    #expect(table.end == nil)
  }

  @Test("tells a field that is absent from one that is empty")
  func nullAndEmpty() {
    let table = CSVTable("a,b,c\n,\"\",x\n\"\",,\n")
    #expect(table.rows == [[nil, "", "x"], ["", nil, nil]])
  }

  @Test("ends rows at CR LF, LF and CR, also mixed, and counts physical lines")
  func mixedLineEnds() {
    let table = CSVTable("a,b\r\n1,\"x\r\ny\rz\nw\"\r3,4\n5,6\r\n\r\n7,8")
    #expect(table.rows == [["1", "x\r\ny\rz\nw"], ["3", "4"], ["5", "6"], ["7", "8"]])
    #expect(table.lines == [2, 6, 7, 9])
  }

  @Test("passes over blank lines and allows one delimiter too many")
  func blankLinesAndTrailingDelimiter() {
    let table = CSVTable("\n\na;b;\n\n1;2;\n3;4\n5;6;;\n\n", semicolon)
    #expect(table.headings == [["a", "b", ""]])
    #expect(table.rows == [["1", "2", nil], ["3", "4"], ["5", "6", nil]])
    #expect(table.problems.isEmpty)
  }

  @Test("keeps a quote inside an unquoted field as text, like a spreadsheet")
  func quoteAsText() {
    #expect(CSVTable("a,b\n5\" disk,x\"y\"\n").rows == [["5\" disk", "x\"y\""]])
  }

  @Test("reads headings of no, one, two and three rows, line breaks in them included")
  func headingRows() {
    var dialect = CSVDialect()
    for count in 0...3 {
      dialect.headingRows = count
      let table = CSVTable("a,\"b\nc\"\nd,e\nf,g\nh,i\n", dialect)
      let all = [["a", "b\nc"], ["d", "e"], ["f", "g"], ["h", "i"]]
      #expect(table.headings == Array(all.prefix(count)))
      #expect(table.rows == Array(all.dropFirst(count)))
    }
  }

  @Test("keeps duplicate and empty headings as they are")
  func duplicateHeadings() {
    let table = CSVTable("a,,a,\n1,2,3,4\n5,6,7\n")
    #expect(table.headings == [["a", "", "a", ""]])
    #expect(table.rows == [["1", "2", "3", "4"], ["5", "6", "7"]])
  }

  @Test("keeps what stands before the rows word for word: mark, sep= and headings")
  func headingBytes() {
    let text: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("sep=;\r\na;\"b\r\nc\"\r\n1;2\r\n".utf8)
    let dialect = CSVDialect.found(in: text, isWhole: true)
    let table = CSVTable(text, dialect)
    #expect(table.headingBytes == Array(text.dropLast(5)))
    #expect(table.headings == [["a", "b\r\nc"]])
    #expect(table.rows == [["1", "2"]])
    #expect(table.lines == [4])
  }

  @Test("gives each row's own bytes and line")
  func raw() {
    let rows = ["1,\"x\ny\"\r\n", "2,\"\"\"q\"\"\"\n", "żółw,3"]
    let table = CSVTable("a,b\n" + rows.joined())
    #expect(table.raws == rows.map { Array($0.utf8) })
    #expect(table.lines == [2, 4, 5])
  }

  @Test("names the line of a field within a row of several lines")
  func lineOfField() throws {
    let reader = CSVReader(name: "t.csv", dialect: CSVDialect())
    var lines: [Int] = []
    let bytes = Array("a,b,c\n\"1\n2\",\"3\n4\",5\n".utf8)
    try bytes.withUnsafeBufferPointer {
      try reader.feed($0, row: { row in lines = (0..<3).map(row.line(of:)) }, problem: { _ in })
    }
    #expect(lines == [2, 3, 4])
  }

  @Test("reads without quotes where the caller says there are none")
  func noQuotes() {
    let dialect = CSVDialect(delimiter: 0x09, quote: nil)
    #expect(CSVTable("a\tb\n\"x\t'y\"\n", dialect).rows == [["\"x", "'y\""]])
  }

  // MARK: Bad files

  @Test("names a ragged row and goes on")
  func ragged() {
    let table = CSVTable("a,b,c\n1,2\n3,4,5\n6,7,8,9\n")
    #expect(table.rows == [["3", "4", "5"]])
    #expect(
      table.messages == [
        "t.csv:2: error: row 1: 2 fields where the headings are 3: add what is missing, or the quotes around "
          + "a text with a line break",
        "t.csv:4: error: row 3: 4 fields where the headings are 3: remove what is too much, or put a text "
          + "that holds the delimiter in quotes",
      ])
    #expect(table.problems.map(\.raw) == ["1,2\n", "6,7,8,9\n"].map { Array($0.utf8) })
    #expect(table.problems.map(\.fault.code) == ["ragged-row", "ragged-row"])
  }

  @Test("gives up the one line that opens a quote which nothing closes")
  func unterminated() {
    let table = CSVTable("a,b\n1,2\n3,\"4\n5,6\n7,8\n")
    #expect(table.rows == [["1", "2"], ["5", "6"], ["7", "8"]])
    #expect(
      table.messages == [
        "t.csv:3: error: row 2, column 2 (b): the quote that opens here is never closed: close it, or double "
          + "a quote meant as such"
      ])
    #expect(table.problems.first?.raw == Array("3,\"4\n".utf8))
  }

  @Test("gives up the one line when a later quote closes the wrong way")
  func straySwallowing() {
    let table = CSVTable("a,b\n1,\"2\n3,4\n5,\"six\"\n7,8\n")
    #expect(table.rows == [["3", "4"], ["5", "six"], ["7", "8"]])
    #expect(
      table.messages == [
        "t.csv:2: error: row 1, column 2 (b): text follows a closing quote: double each quote inside a quoted "
          + "field, or remove the outer ones"
      ])
  }

  @Test("does not let two stray quotes swallow the good rows between them")
  func swallowedRows() {
    let table = CSVTable("a,b,c\n1,\"2,x\n3,4,y\n5,6,z\n7\",8,w\n9,0,v\n")
    #expect(table.rows == [["3", "4", "y"], ["5", "6", "z"], ["9", "0", "v"]])
    #expect(table.problems.map(\.line) == [2, 5])
    #expect(table.problems.map(\.fault.code) == ["unterminated-quote", "stray-quote"])
    #expect(table.problems.map(\.raw) == ["1,\"2,x\n", "7\",8,w\n"].map { Array($0.utf8) })
  }

  @Test("names a quote that is not closed within the longest field")
  func quoteLimit() {
    let limits = CSVLimits(field: 100)
    let rows = (0..<50).map { "\($0),x\n" }.joined()
    let table = CSVTable("a,b\n1,\"2\n" + rows, limits: limits)
    #expect(table.rows.count == 50)
    #expect(
      table.messages == [
        "t.csv:2: error: row 1, column 2 (b): the quote that opens here is not closed within 100 bytes: close "
          + "it, or double a quote meant as such"
      ])
  }

  @Test("names text behind a closing quote")
  func textAfterQuote() {
    let table = CSVTable("a,b\n\"x\"y,2\n3,\"z\" \n5,6\n")
    #expect(table.rows == [["5", "6"]])
    #expect(table.problems.map(\.line) == [2, 3])
    #expect(table.problems.map(\.column) == [1, 2])
    #expect(table.problems.map(\.fault) == [.textAfterQuote, .textAfterQuote])
  }

  @Test("names a NUL by its column")
  func nul() {
    let table = CSVTable(Array("a,b\n1,x".utf8) + [0] + Array("y\n3,4\n".utf8))
    #expect(table.rows == [["3", "4"]])
    #expect(
      table.messages == [
        "t.csv:2: error: row 1, column 2 (b): the row holds a NUL byte, which no text has: export the file "
          + "again as text"
      ])
  }

  @Test("names bytes that are not of the encoding by line, column and offset, and keeps them")
  func invalidBytes() {
    let bad = Array("a,b\nż,\"x\n".utf8) + [0xC5, 0x22, 0x0A] + Array("3,4\n".utf8)
    let table = CSVTable(bad)
    #expect(table.rows == [["3", "4"]])
    #expect(
      table.messages == [
        "t.csv:3: error: row 1, column 2 (b): byte 0xC5 at offset 10 is not UTF-8: name the file's encoding, "
          + "or export it again"
      ])
    #expect(table.problems.first?.raw == Array(bad[4...12]))

    let page = CSVDialect(encoding: .windows1252)
    let other = CSVTable(Array("a\n".utf8) + [0xE9, 0x0A, 0x41, 0x81, 0x0A], page)
    #expect(other.rows == [["é"]])
    #expect(
      other.messages == [
        "t.csv:3: error: row 2, column 1 (a): byte 0x81 at offset 5 is not windows-1252: name the file's "
          + "encoding, or export it again"
      ])
    #expect(other.problems.first?.raw == [0x41, 0x81, 0x0A])
  }

  @Test("names a field, a row and a number of columns beyond the limits, and goes on")
  func limits() {
    let limits = CSVLimits(field: 10, record: 200, columns: 4)
    let long = String(repeating: "x", count: 11)
    let endless = String(repeating: "y", count: 500)
    let table = CSVTable("a,b\n\(long),1\n2,3\n\(endless),4\n5,6\n7,8,9,0,1\n1,2\n", limits: limits)
    #expect(table.rows == [["2", "3"], ["5", "6"], ["1", "2"]])
    #expect(
      table.messages == [
        "t.csv:2: error: row 1, column 1 (a): a field longer than 10 bytes: shorten it, or close a quote before it",
        "t.csv:4: error: row 3: a row longer than 200 bytes: check its line ends and quotes",
        "t.csv:6: error: row 5: more than 4 columns: check the delimiter",
      ])
    #expect(table.problems[1].raw.count == 200)
  }

  @Test("ends at a file without headings")
  func noHeadings() {
    #expect(CSVTable("").end?.description == "t.csv: error: the file is empty: export it again")
    #expect(CSVTable("\n\r\n").end?.fault == .empty)
    var two = CSVDialect()
    two.headingRows = 2
    #expect(CSVTable("a,b\n", two).end?.fault == .empty)
    #expect(CSVTable("a,b\n").end == nil)
  }

  @Test("ends at headings that cannot be read")
  func badHeadings() {
    let table = CSVTable("a,\"b\"c\n1,2\n")
    #expect(table.end?.fault == .textAfterQuote)
    #expect(table.end?.line == 1)
    #expect(table.end?.row == nil)
  }

  @Test("passes on what a caller throws, at once")
  func callerThrows() {
    struct Enough: Error {}
    let reader = CSVReader(name: "t.csv", dialect: CSVDialect())
    var seen = 0
    #expect(throws: Enough.self) {
      try Array("a\n1\n2\n3\n".utf8).withUnsafeBufferPointer {
        try reader.feed(
          $0,
          row: { _ in
            seen += 1
            if seen == 2 { throw Enough() }
          }, problem: { _ in })
      }
    }
    #expect(seen == 2)
  }

  @Test("takes the row away when the call is over")
  func staleRow() throws {
    let reader = CSVReader(name: "t.csv", dialect: CSVDialect())
    var kept: SourceRow?
    try Array("a\n1\n".utf8).withUnsafeBufferPointer {
      try reader.feed($0, row: { kept = $0 }, problem: { _ in })
    }
    #expect(kept?.columnCount == 0)
    #expect(kept?.string(0) == nil)
    #expect(kept?.raw == [])
    #expect(kept?.line(of: 3) == 2)
  }

  @Test("holds one piece and one row, however long the file")
  func flatMemory() throws {
    let reader = CSVReader(name: "t.csv", dialect: CSVDialect(encoding: .windows1250))
    let piece = Array(("a,b\n" + String(repeating: "12345,\"x\"\"y\"\n", count: 1000)).utf8)
    for _ in 0..<300 {
      try piece.withUnsafeBufferPointer { try reader.feed($0, row: { _ in }, problem: { _ in }) }
    }
    #expect(reader.rowCount == 300_299)
    // A byte of a code page may become three.
    #expect(reader.buffer.capacity <= 8 * piece.count)
    #expect(reader.aside.capacity <= 4096)
  }
}
