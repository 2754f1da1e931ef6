import Basics
import Testing

@testable import Intake

@Suite("XML reader")
struct XMLReaderTests {
  static let pieces = [1, 2, 3, 7, 65_536]

  @Test("reads LimeSurvey: absent is null, empty is empty, CDATA is text")
  func limeSurvey() throws {
    let code = RowShape.limeSurveyElement("282267X9X100#0")
    #expect(code == "_282267X9X100-0")
    let shape = try RowShape(row: "document/responses/rows/row", fields: ["id", code, "missing"])
    let text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <document><responses><fields><fieldname>id</fieldname></fields>
      <rows>
      <row><id><![CDATA[1]]></id><_282267X9X100-0><![CDATA[a <b> & c]]>]]&gt;</_282267X9X100-0></row>
      <row>
       <id>2</id><_282267X9X100-0/></row>
      <row/>
      </rows></responses></document>
      """
    for piece in Self.pieces {
      let table = XMLTable(text, shape, piece: piece)
      #expect(table.end == nil)
      #expect(table.rows == [[["1"], ["a <b> & c]]>"], nil], [["2"], [""], nil], [nil, nil, nil]])
      #expect(table.lines == [4, 5, 7])
      #expect(
        table.raws == [
          "<row><id><![CDATA[1]]></id><_282267X9X100-0><![CDATA[a <b> & c]]>]]&gt;</_282267X9X100-0></row>",
          "<row>\n <id>2</id><_282267X9X100-0/></row>", "<row/>",
        ])
    }
  }

  @Test("takes the time slice that a condition names, wherever the condition's element stands")
  func timeSlices() throws {
    let text = """
      <q xmlns="urn:x"><result><sfobject><person><id>7</id>
      <job><end_date>2025-12-31</end_date><start_date>2020-01-01</start_date><dept>Old</dept></job>
      <job><dept>New</dept><city>Wien</city><start_date>2026-01-01</start_date><end_date>9999-12-31</end_date></job>
      <lang>en</lang><lang>zh</lang></person></sfobject></result></q>
      """
    let shape = try RowShape(
      row: "q/result/sfobject/person",
      fields: [
        "id", "job[end_date=9999-12-31]/dept", "job[start_date<=2024-05-05][end_date>=2024-05-05]/dept",
        "job/dept", "job[end_date!=9999-12-31]/city", "lang", "job[end_date=2000-01-01]/dept",
      ])
    for piece in Self.pieces {
      let table = XMLTable(text, shape, piece: piece)
      #expect(table.end == nil)
      #expect(table.rows == [[["7"], ["New"], ["Old"], ["Old", "New"], nil, ["en", "zh"], nil]])
    }
  }

  @Test("reads attributes, any-element steps, the row's own text and text of elements within")
  func attributes() throws {
    let text = """
      <f:feed xmlns:f="http://www.w3.org/2005/Atom"><f:entry n="1">x<f:link rel="self" href="a"/>\
      <f:link rel="alternate" href="b&amp;c"/><f:content><div>one <b>two</b></div></f:content></f:entry>\
      <f:entry n="2"/></f:feed>
      """
    let shape = try RowShape(
      row: "feed/entry",
      fields: ["@n", "link/@href", "link[@rel=alternate]/@href", "content", "*/div/b", "."])
    let table = XMLTable(text, shape)
    #expect(table.end == nil)
    #expect(
      table.rows == [
        [["1"], ["a", "b&c"], ["b&c"], ["one two"], ["two"], ["xone two"]],
        [["2"], nil, nil, nil, nil, [""]],
      ])
  }

  @Test("leaves rows out that do not meet a condition of their own")
  func conditionalRows() throws {
    let shape = try RowShape(row: "a/r[kind=x]", fields: ["v"])
    let table = XMLTable("<a><r><v>1</v><kind>y</kind></r><r><kind>x</kind><v>2</v></r></a>", shape)
    #expect(table.rows == [[["2"]]])
  }

  @Test("lets row elements stand within rows and elsewhere without mistaking them")
  func nestedRows() throws {
    let shape = try RowShape(row: "a/r", fields: ["v", "r/v"])
    let table = XMLTable("<a><b><r><v>0</v></r></b><r><v>1</v><r><v>2</v></r></r><r><v>3</v></r></a>", shape)
    #expect(table.rows == [[["1"], ["2"]], [["3"], nil]])
  }

  @Test(
    "reads each encoding that it accepts, by mark or declaration",
    arguments: [
      TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian, .windows1250, .windows1252, .iso8859Part2,
      .iso8859Part15,
    ])
  func encodings(encoding: TextEncoding) throws {
    let shape = try RowShape(row: "a/r", fields: ["v"])
    let declared = encoding.unitSize == 2 ? "UTF-16" : encoding.rawValue
    let text = "<?xml version='1.0' encoding='\(declared)'?>\n<a><r><v>Jürgen Šíp</v></r></a>"
    let bytes = Array(text.utf8).withUnsafeBufferPointer { Transcoder(encoding).original($0) }
    let mark = encoding.byteOrderMark
    for start in mark.isEmpty ? [[]] : [[], mark] {
      for piece in Self.pieces {
        let table = XMLTable(start + bytes, shape, piece: piece)
        #expect(table.rows == [[["Jürgen Šíp"]]])
        #expect(table.end == nil)
        #expect(table.lines == [2])
      }
    }
  }

  @Test("hands out the rows before a break, then names it")
  func truncated() throws {
    let shape = try RowShape(row: "a/r", fields: ["v"])
    let table = XMLTable("<a>\n<r><v>1</v></r>\n<r><v>2</v></r>\n<r><v>3", shape)
    #expect(table.rows == [[["1"]], [["2"]]])
    #expect(table.end?.fault == .truncated(open: "v"))
    #expect(table.end?.line == 4)
    #expect(
      table.end?.message == "the file ends inside <v>: it was cut off, export it again")
  }

  @Test("names what is malformed by line and column")
  func malformed() throws {
    let shape = try RowShape(row: "a/r", fields: ["v"])
    let table = XMLTable("<a>\n<r><v>1</v></r>\n<r><v>2</w></r></a>", shape)
    #expect(table.rows == [[["1"]]])
    #expect(
      table.end?.description
        == "t.xml:3:12: error: Opening and ending tag mismatch: v line 3 and w: export the file again")
  }

  @Test("names a bare ampersand, wherever it stands", arguments: ["R & D", "R&D", "R &amp; D & E"])
  func bareAmpersand(text: String) throws {
    let shape = try RowShape(row: "a/r", fields: ["v"])
    for rows in ["", "<r><v>1</v></r>\n"] {
      for piece in Self.pieces {
        let table = XMLTable("<a>\n\(rows)<r><v>\(text)</v></r></a>", shape, piece: piece)
        #expect(table.end?.fault == .bareAmpersand)
        #expect(table.end?.line == (rows.isEmpty ? 2 : 3))
      }
    }
  }

  @Test("names a document of another shape")
  func otherShape() throws {
    let shape = try RowShape(row: "document/responses/rows/row", fields: ["id"])
    #expect(
      XMLTable("<html><body/></html>", shape).end?.description
        == "t.xml: error: no element document/responses/rows/row in it, its root is <html>: check which export "
        + "it is, or name its form")
    #expect(XMLTable("<document><responses><rows/></responses></document>", shape).end == nil)
    #expect(XMLTable("", shape).end?.fault == .empty)
  }

  @Test(
    "refuses paths that mean nothing",
    arguments: ["", "a//b", "a[b", "a[b]", "a[=c]/d", "@", "a/@b/c", "a[b=c]x", "/", "a]b", "a[@=c]"])
  func badPaths(path: String) {
    #expect(throws: IntakeError.badPath(path)) { try RowShape(row: "a", fields: [path]) }
  }

  @Test("refuses a row path with an attribute or a condition around many rows")
  func badRowPaths() {
    #expect(throws: IntakeError.badPath("a/@b")) { try RowShape(row: "a/@b", fields: []) }
    #expect(throws: IntakeError.badPath("a[x=1]/b")) { try RowShape(row: "a[x=1]/b", fields: []) }
    #expect(throws: IntakeError.badPath(".")) { try RowShape(row: ".", fields: []) }
  }

  @Test("passes on what a caller throws, at once")
  func callerThrows() throws {
    struct Enough: Error {}
    let reader = XMLReader(name: "t.xml", shape: try RowShape(row: "a/r", fields: ["v"]))
    var seen = 0
    #expect(throws: Enough.self) {
      try Array("<a><r/><r/><r/></a>".utf8).withUnsafeBufferPointer {
        try reader.feed($0) { _ in
          seen += 1
          if seen == 2 { throw Enough() }
        }
      }
    }
    #expect(seen == 2)
  }

  @Test("the same rows whatever the size of the pieces, in random documents")
  func pieces() throws {
    var numbers = SplitMix(seed: 11)
    let shape = try RowShape(row: "d/r", fields: ["a", "b", "a/@k", "c[d=1]/e"])
    for _ in 0..<40 {
      var text = "<d>\n"
      var expected: [[[String]?]] = []
      for _ in 0..<Int.random(in: 0...6, using: &numbers) {
        var row: [[String]?] = [nil, nil, nil, nil]
        text += "<r>"
        for _ in 0..<Int.random(in: 0...5, using: &numbers) {
          let value =
            ["", "x", "ż ő", "1 & 2", "<t>", "line\nbreak", "😀"].randomElement(using: &numbers) ?? ""
          let escaped = value.split(separator: "&", omittingEmptySubsequences: false).joined(
            separator: "&amp;"
          )
          .split(separator: "<", omittingEmptySubsequences: false).joined(separator: "&lt;")
          switch Int.random(in: 0..<4, using: &numbers) {
          case 0:
            text += "<a>\(escaped)</a>"
            row[0] = (row[0] ?? []) + [value]
          case 1:
            text += "<b><![CDATA[\(value)]]></b>"
            row[1] = (row[1] ?? []) + [value]
          case 2:
            text += "<a k='k'>\(escaped)</a>\n"
            row[0] = (row[0] ?? []) + [value]
            row[2] = (row[2] ?? []) + ["k"]
          default:
            let isMet = Bool.random(using: &numbers)
            text += "<c><e>\(escaped)</e><d>\(isMet ? 1 : 2)</d></c>"
            if isMet { row[3] = (row[3] ?? []) + [value] }
          }
        }
        text += "</r>\n"
        expected.append(row)
      }
      text += "</d>"
      for piece in Self.pieces {
        let table = XMLTable(text, shape, piece: piece)
        #expect(table.rows == expected, "\(text)")
        #expect(table.end == nil)
        #expect(table.raws.allSatisfy { $0.hasPrefix("<r>") && $0.hasSuffix("</r>") })
      }
    }
  }

  @Test("holds a few pieces and one row, however long the file")
  func flatMemory() throws {
    let reader = XMLReader(name: "t.xml", shape: try RowShape(row: "a/r", fields: ["v"]))
    let piece = Array(String(repeating: "<r><v>12345</v></r>\n", count: 3000).utf8)
    try Array("<a>".utf8).withUnsafeBufferPointer { try reader.feed($0) { _ in } }
    for _ in 0..<100 { try piece.withUnsafeBufferPointer { try reader.feed($0) { _ in } } }
    #expect(reader.rowCount == 300_000)
    #expect(reader.parser.recent.capacity <= 1 << 20)
  }
}
