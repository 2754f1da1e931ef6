import Basics
import Foundation
import Testing

@testable import Intake

/// Every attack of "XML is hostile" ends with a name, soon and in little memory.
///
/// The clock is not asked, for a test must not hang on the machine's load; the guard is that no attack makes the
/// process grow by more than 100 MB and that the whole suite ends at all, which without the guards it would not
/// do in minutes.
@Suite("Hostile XML", .serialized)
struct XMLHostileTests {
  func shape() throws -> RowShape { try RowShape(row: "a/r", fields: ["v", "@x"]) }

  /// The largest resident size of the process so far, in kilobytes.
  func peak() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_maxrss)
  }

  func ending(_ bytes: [UInt8]) throws -> String? {
    let before = peak()
    let table = XMLTable(bytes, try shape(), piece: 256 * 1024)
    #expect(peak() - before < 100_000)
    return table.end?.description
  }

  func ending(_ text: String) throws -> String? { try ending(Array(text.utf8)) }

  @Test("an external entity is not read")
  func externalEntity() throws {
    #expect(
      try ending("<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n<a><r><v>&e;</v></r></a>")
        == "t.xml:1:52: error: the document declares the entity 'e', which is not allowed: export it without a DTD"
    )
    #expect(
      try ending("<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://localhost:1/x.dtd\">%p;]><a/>")
        == "t.xml:1:60: error: the document declares the entity 'p', which is not allowed: export it without a DTD"
    )
  }

  @Test("a billion laughs are not laughed")
  func billionLaughs() throws {
    var text = "<!DOCTYPE a [<!ENTITY l0 \"ha\">"
    for level in 1..<10 {
      text += "<!ENTITY l\(level) \"" + String(repeating: "&l\(level - 1);", count: 10) + "\">"
    }
    text += "]><a><r><v>&l9;</v></r></a>"
    #expect(
      try ending(text)
        == "t.xml:1:30: error: the document declares the entity 'l0', which is not allowed: export it without a DTD"
    )
  }

  @Test("quadratic blow-up is not blown up")
  func quadratic() throws {
    let text =
      "<!DOCTYPE a [<!ENTITY b \"" + String(repeating: "x", count: 50_000) + "\">]><a><r><v>"
      + String(repeating: "&b;", count: 50_000) + "</v></r></a>"
    #expect(
      try ending(text)
        == "t.xml:1:50027: error: the document declares the entity 'b', which is not allowed: export it without a DTD"
    )
  }

  @Test("an undefined entity is named, with an external DOCTYPE as well")
  func undefinedEntity() throws {
    let message = "the entity '&nbsp;' is not defined in XML: write the character itself"
    #expect(try ending("<a><r><v>&nbsp;</v></r></a>") == "t.xml:1:16: error: " + message)
    #expect(
      try ending("<!DOCTYPE a SYSTEM \"a.dtd\">\n<a><r><v>&nbsp;</v></r></a>") == "t.xml:2:16: error: "
        + message)
  }

  @Test("an external DOCTYPE passes unread")
  func externalDocumentType() throws {
    let table = XMLTable(
      """
      <?xml version="1.0" encoding="ISO-8859-1"?>
      <!DOCTYPE a PUBLIC "-//triple-s//DTD Survey Interchange v1.1//EN" "http://127.0.0.1:1/x.dtd">
      <a><r><v>1</v></r></a>
      """, try shape())
    #expect(table.rows == [[["1"], nil]])
    #expect(table.end == nil)
  }

  @Test("200,000 attributes, also where they come in one tag of short names")
  func attributes() throws {
    let message = "t.xml:1: error: an element with more than 1000 attributes: this is not an export of rows"
    let many = (0..<200_000).map { " a\($0)=''" }.joined()
    #expect(try ending("<a><r\(many)/></a>") == message)
    let some = (0..<1_001).map { " a\($0)=''" }.joined()
    #expect(
      try ending("<a><r\(some)/></a>")
        == "t.xml:1:7905: error: an element with more than 1000 attributes: this is not an export of rows")
    let spaces = (0..<7_000).map { " xmlns:a\($0)='u'" }.joined()
    #expect(
      try ending("<a><r\(spaces)/></a>")?.hasSuffix(
        "more than 1000 attributes: this is not an export of rows")
        == true)
    let names = (0..<200_000).map { " xmlns:a\($0)='u'" }.joined()
    #expect(try ending("<a><r\(names)/></a>") == message)
  }

  @Test("attributes by default, which would make each element of a small file a large one")
  func defaultAttributes() throws {
    let many = (0..<900).map { "a\($0) CDATA '\(String(repeating: "y", count: 60))' " }.joined()
    let text = "<!DOCTYPE a [<!ATTLIST b \(many)>]><a>" + String(repeating: "<b/>", count: 50_000) + "</a>"
    #expect(
      try ending(text)
        == "t.xml:1:98: error: the document declares a default for the attribute 'a0', which is not allowed: "
        + "export it without a DTD")
    let table = XMLTable(
      "<!DOCTYPE a [<!ELEMENT a (r)*><!ATTLIST r x (p|q) #IMPLIED>]><a><r x='p'/></a>", try shape())
    #expect(table.rows == [[nil, ["p"]]])
  }

  @Test("100,000 levels")
  func depth() throws {
    let text = String(repeating: "<b>", count: 100_000)
    #expect(
      try ending("<a>" + text)
        == "t.xml:1:303: error: elements nested deeper than 100: this is not an export of rows")
  }

  @Test("12 MB of text, of CDATA, of an attribute, a comment, a name and a tag")
  func longTexts() throws {
    let long = String(repeating: "x", count: 12 << 20)
    let text = "more than 1048576 bytes of text in <v>: shorten it"
    #expect(try ending("<a><r><v>\(long)</v></r></a>")?.hasSuffix(": error: " + text) == true)
    #expect(
      try ending("<a><r x='\(long)'/></a>")
        == "t.xml:1: error: an attribute longer than 65536 bytes: shorten it")
    #expect(
      try ending("<a><r x='\(long.prefix(70_000))'/></a>")
        == "t.xml:1:70011: error: an attribute longer than 65536 bytes: shorten it")
    let held =
      "t.xml:1: error: a name, tag, comment or section longer than 1048576 bytes: this is not an export of rows"
    #expect(try ending("<a><r><v><![CDATA[\(long)]]></v></r></a>") == held)
    #expect(try ending("<a><!--\(long)--></a>") == held)
    #expect(try ending("<a><?p \(long)?></a>") == held)
    #expect(try ending("<!DOCTYPE a [<!-- \(long) -->]><a/>") == held)
    #expect(try ending("<a><\(long)/></a>") == held)
  }

  @Test("one row without end")
  func longRow() throws {
    let part = "<v>" + String(repeating: "x", count: 1000) + "</v>"
    #expect(
      try ending("<a><r>" + String(repeating: part, count: 5000) + "</r></a>")?
        .hasSuffix("error: a row longer than 4194304 bytes: check its line ends and quotes") == true)
    #expect(
      try ending("<a><r>" + String(repeating: "<v/>", count: 60_000) + "</r></a>")?
        .hasSuffix("error: more than 50000 values in one row: check the path of the rows") == true)
  }

  @Test(
    "encodings that are not let in",
    arguments: ["UTF-7", "utf-7", "UTF-32", "EBCDIC-CP-US", "ISO-2022-JP", "GB18030", "HTML", "x'y"])
  func encodings(name: String) throws {
    let quoted = name.contains("'") ? "\"\(name)\"" : "'\(name)'"
    #expect(
      try ending("<?xml version='1.0' encoding=\(quoted)?><a>+ADw-r/+AD4-</a>")
        == "t.xml:1: error: the encoding '\(name)' is not read: export the file as UTF-8 (read are UTF-8, UTF-16, "
        + "ISO-8859-x, windows-125x and US-ASCII)")
  }

  @Test("UTF-32 and EBCDIC by their first bytes")
  func otherFamilies() throws {
    #expect(
      try ending([0x3C, 0, 0, 0, 0x61, 0, 0, 0])?.contains("the encoding 'UTF-32' is not read") == true)
    #expect(
      try ending([0x4C, 0x6F, 0xA7, 0x94, 0x93])?.contains("the encoding 'EBCDIC' is not read") == true)
  }

  @Test("a NUL and bytes that are not of the encoding, after the rows before them")
  func badBytes() throws {
    let good = "<a>\n<r><v>1</v></r>\n<r><v>"
    let nul = XMLTable(Array(good.utf8) + [0] + Array("</v></r></a>".utf8), try shape())
    #expect(nul.rows == [[["1"], nil]])
    #expect(
      nul.end?.description
        == "t.xml:3: error: the row holds a NUL byte, which no text has: export the file again as text")
    let bad = XMLTable(Array(good.utf8) + [0xC3, 0x28] + Array("</v></r></a>".utf8), try shape())
    #expect(bad.rows == [[["1"], nil]])
    #expect(
      bad.end?.description
        == "t.xml:3: error: byte 0xC3 at offset 26 is not UTF-8: name the file's encoding, or export it again"
    )
    let ascii = Array("<?xml version='1.0' encoding='US-ASCII'?>\n".utf8) + Array(good.utf8) + [0xE9]
    #expect(
      XMLTable(ascii, try shape()).end?.description
        == "t.xml:4: error: byte 0xE9 at offset 68 is not US-ASCII: name the file's encoding, or export it again"
    )
    let cut = XMLTable(Array(good.utf8) + [0xC3], try shape())
    #expect(cut.end?.fault == .invalidBytes([0xC3], encoding: .utf8, offset: 26))
  }

  @Test("names without end do not make the parser grow")
  func names() throws {
    var text = "<a><r>"
    for index in 0..<300_000 { text += "<n\(index)xxxxxxxxxxxxxxxxxxxxxxxxxxxx/>" }
    #expect(try ending(text)?.contains(": error: ") == true)
  }
}
