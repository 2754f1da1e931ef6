import Basics
import Foundation
import TestSupport
import Testing

@testable import Intake

/// A workbook's first sheet as the readers get it, and what was wrong with its cells.
struct SheetReading {
  var lines: [String] = []
  /// `C7: why`
  var faults: [String] = []
  var notes: [String] = []

  init(_ bytes: [UInt8], _ name: String = "a.xlsx") throws {
    let folder = try WorkFolder()
    let source = try ByteSource(path: try folder.file(name, bytes))
    let workbook = try #require(source.workbook)
    let table = try workbook.firstTable()
    var text: [UInt8] = []
    try table.forEachPiece { text += $0 }
    lines = String(decoding: text.dropFirst(3), as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    #expect(lines.popLast() == "")
    for row in 1...max(1, lines.count) {
      while let fault = table.fault(row: row, among: Set(0..<20_000)) {
        faults.append("\(CellReference(row: row, column: fault.column + 1).text): \(fault.fault.message)")
      }
    }
    notes = table.diagnostics(headingRows: 1, titles: []).map(\.description)
  }

  static func fixture(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/workbooks")
    return [UInt8](try Data(contentsOf: folder.appending(path: name)))
  }

  /// Why a file is not read.
  static func fault(_ bytes: [UInt8], _ name: String = "a.xlsx") -> String {
    do {
      _ = try SheetReading(bytes, name)
      return "read"
    } catch let problem as SourceProblem {
      return problem.fault.message
    } catch {
      return (error as? IntakeError)?.message ?? "\(error)"
    }
  }
}

@Suite("Workbooks")
struct WorkbookTests {
  @Test("hand out cells of every type as they were typed (openpyxl)")
  func types() throws {
    let sheet = try SheetReading(SheetReading.fixture("types-openpyxl.xlsx"))
    #expect(
      sheet.lines == [
        "text,integer,decimal,percent,date,time,moment,flag,error,formula,padded",
        "00101,101,1.5,0.25,2026-03-25,08:30,2026-03-25 10:11:12,TRUE,#REF!,,00101",
        "\"a,\"\"b\"\"", "c\",123456789012346000,0.3,,1900-01-01,,,FALSE,,,",
      ])
    #expect(
      sheet.faults == [
        "I2: the cell shows the error #REF!: correct it in the workbook, or fill it in"
      ])
    #expect(sheet.notes.contains { $0.contains("1 row hidden by the filter is read too") }, "\(sheet.notes)")
    #expect(sheet.notes.contains { $0.contains("hidden column D is read too") }, "\(sheet.notes)")
  }

  @Test("read OpenDocument: repeated cells and rows, notes, dates, leading zeros (odfpy)")
  func openDocument() throws {
    let sheet = try SheetReading(SheetReading.fixture("types-odfpy.ods"), "a.ods")
    #expect(
      sheet.lines == [
        "text,integer,date,time,flag,same,same2", "00101,101,2026-03-25,08:30,TRUE,x,x", "\"again",
        "below\",00007,,,,,",
        "\"again", "below\",00007,,,,,",
      ])
    #expect(sheet.faults.isEmpty)
  }

  @Test("join rich texts, drop phonetic runs, undo escapes, keep blanks")
  func strings() throws {
    let strings = """
      <sst><si><t>plain</t></si><si><r><rPr><b/></rPr><t>An</t></r><r><t xml:space="preserve">na </t></r></si>\
      <si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si><si><t>a_x000D_\nb_x005F_x0041__x0041_</t></si>\
      <si><t>_xD83D__xDE00__xD83D_</t></si></sst>
      """
    let cells = (0..<5).map { "<c t='s'><v>\($0)</v></c>" }.joined()
    let sheet = try SheetReading(StoredZip.xlsx("<row>\(cells)</row>", strings: strings))
    #expect(sheet.lines == ["plain,Anna ,東京,\"a", "b_x0041_A\",😀\u{FFFD}"])
  }

  @Test("find the place of cells and rows that lack it, and of those that skip some")
  func sparse() throws {
    let rows = """
      <row><c t="inlineStr"><is><t>a</t></is></c><c r="D1" t="str"><v>d</v></c><c><v>5</v></c></row>\
      <row r="4"><c r="C4" t="b"><v>0</v></c></row><row><c r="$A$5"><v>1e3</v></c></row>
      """
    let sheet = try SheetReading(StoredZip.xlsx(rows))
    #expect(sheet.lines == ["a,,,d,5", "", "", ",,FALSE,,", "1000,,,,"])
  }

  @Test("name the cells whose value cannot be known")
  func faults() throws {
    let cells = [
      ("<c t='s'><v>3</v></c>", "names the shared text '3', and there are 0"),
      ("<c s='9'><v>1</v></c>", "number format"),
      ("<c t='e'><v>#N/A</v></c>", "shows the error #N/A"), ("<c><f>1+1</f></c>", "without a stored value"),
      ("<c><v>x</v></c>", "holds 'x'"), ("<c r='A6'><v>1</v></c><c r='A6'><v>2</v></c>", "the cell twice"),
      ("<c s='1'><v>2958466</v></c>", "########"), ("<c s='1'><v>-1</v></c>", "########"),
      ("<c s='1'><v>60</v></c>", "1900-02-29"), ("<c t='str'><f>\"\"</f><v></v></c><c><v>1</v></c>", nil),
    ]
    let styles = "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"
    let rows = cells.map { "<row>\($0.0)</row>" }.joined()
    let sheet = try SheetReading(StoredZip.xlsx(rows, styles: styles))
    let expected = cells.enumerated().compactMap { index, cell in cell.1.map { ("A\(index + 1): ", $0) } }
    try #require(sheet.faults.count == expected.count, "\(sheet.faults)")
    for (fault, (place, reason)) in zip(sheet.faults, expected) {
      #expect(fault.hasPrefix(place) && fault.contains(reason), "\(fault)")
    }
  }

  @Test(
    "refuse what is damaged, with the reason",
    arguments: [
      ("<row r='2'/><row r='1'/>", "row 1 comes again behind row 2"),
      ("<row r='1048577'/>", "a row has the number '1048577'"),
      ("<row r='1'><c r='XFE1'/></row>", "a cell of row 1 has the place 'XFE1'"),
      ("<row r='1'><c r='A2'/></row>", "a cell of row 1 has the place 'A2'"),
      ("<row><c", "sheet1.xml, line 1: "),
      ("<!DOCTYPE a [<!ENTITY e 'x'>]><row/>", "sheet1.xml, line 1: "),
      ("<row><c t='str'><v>&e;</v></c></row>", "sheet1.xml, line 1: the entity '&e;' is not defined"),
    ])
  func damaged(rows: String, reason: String) {
    let fault = SheetReading.fault(StoredZip.xlsx(rows))
    #expect(fault.contains(reason), "\(fault)")
  }

  @Test("name what is no workbook and what to do")
  func others() throws {
    func zip(_ names: String...) -> [UInt8] { StoredZip.bytes(names.map { ($0, "x") }) }
    #expect(SheetReading.fault(zip("survey.csv")).contains("a zip archive that holds 'survey.csv'"))
    #expect(SheetReading.fault(zip("a.csv", "b.csv")).contains("a zip archive of 2 files"))
    #expect(SheetReading.fault(zip("Index/Document.iwa", "b")).contains("an Apple Numbers document"))
    #expect(SheetReading.fault(zip("[Content_Types].xml", "xl/workbook.bin")).contains(".xlsb"))
    #expect(SheetReading.fault(zip("[Content_Types].xml", "word/document.xml")).contains("a Word document"))
    #expect(SheetReading.fault(zip("inner.xlsx")).contains("a zip archive that holds 'inner.xlsx'"))
    #expect(SheetReading.fault(zip("xl/a.xml", "XL/A.xml")).contains("two parts named"))
    #expect(SheetReading.fault(Array(zip("a").dropLast(30))).contains("the file was cut"))
    let encrypted =
      "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    let ods: [(String, String)] = [
      ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "…"),
      ("META-INF/manifest.xml", encrypted),
    ]
    #expect(SheetReading.fault(StoredZip.bytes(ods)).contains("the workbook is encrypted"))
  }

  @Test(
    "name compound files by their directory",
    arguments: [
      ("EncryptedPackage", "the workbook is encrypted"), ("Workbook", "old kind (.xls)"),
      ("Book", "old kind (.xls)"),
      ("WordDocument", "a Word document"), ("Else", "an old Office document"),
    ])
  func compound(name: String, told: String) {
    var bytes: [UInt8] =
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 2048)
    bytes[30] = 9
    bytes[48] = 1
    for (index, unit) in Array(name.utf16).enumerated() {
      bytes[1024 + index * 2] = UInt8(truncatingIfNeeded: unit)
    }
    bytes[1024 + 64] = UInt8(name.utf16.count * 2 + 2)
    #expect(SheetReading.fault(bytes).contains(told))
  }

  @Test("stop at a part that grows beyond all measure")
  func bomb() throws {
    let folder = try WorkFolder()
    let file = try folder.file("a.xlsx", try SheetReading.fixture("bomb.xlsx"))
    let handle = try #require(FileHandle(forReadingAtPath: file))
    // The whole 72 MB take a debug build long.
    var limits = WorkbookLimits()
    limits.ratioFrom = 1 << 20
    let archive = try ZipArchive(descriptor: handle.fileDescriptor, limits: limits)
    let sheet = try #require(archive.entry(named: "XL/worksheets/Sheet1.xml"))
    #expect {
      try archive.read(sheet, limit: limits.sheet) { _ in }
    } throws: {
      ($0 as? IntakeError)?.message.contains("grows more than 200 times when unpacked") == true
    }
    #expect {
      try archive.read(sheet, limit: 1000) { _ in }
    } throws: {
      ($0 as? IntakeError)?.message.contains("more than 0 MB") == true
    }
  }

  @Test("count from 1904 where the workbook does")
  func epoch() throws {
    let styles = "<styleSheet><cellXfs><xf/><xf numFmtId='14'/></cellXfs></styleSheet>"
    let workbook =
      "<workbook xmlns:r='r'><workbookPr date1904='1'/><sheets><sheet name='S' r:id='rId1'/></sheets></workbook>"
    let sheet = try SheetReading(
      StoredZip.xlsx("<row><c s='1'><v>44644</v></c></row>", styles: styles, workbook: workbook))
    #expect(sheet.lines == ["2026-03-25"])
  }

  @Test("read XML Spreadsheet 2003")
  func spreadsheetXML() throws {
    let text = """
      <?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
      <ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><ss:Styles><ss:Style ss:ID="z">\
      <ss:NumberFormat ss:Format="0000"/></ss:Style></ss:Styles><ss:Worksheet ss:Name="A"><ss:Table>
      <ss:Row><ss:Cell><ss:Data ss:Type="String">a</ss:Data><ss:Comment><ss:Data>note</ss:Data></ss:Comment></ss:Cell>\
      <ss:Cell ss:Index="3"><ss:Data ss:Type="String"><B>b</B>old</ss:Data></ss:Cell></ss:Row>
      <ss:Row ss:Index="3"><ss:Cell ss:StyleID="z"><ss:Data ss:Type="Number">7</ss:Data></ss:Cell>\
      <ss:Cell><ss:Data ss:Type="DateTime">2026-03-25T00:00:00.000</ss:Data></ss:Cell>\
      <ss:Cell ss:Formula="=1"/></ss:Row></ss:Table></ss:Worksheet></ss:Workbook>
      """
    let sheet = try SheetReading(Array(text.utf8), "a.xls")
    #expect(sheet.lines == ["a,,bold", "", "0007,2026-03-25,"])
    #expect(sheet.faults.count == 1)
  }

  @Test("read tables of web pages, tags closed or not")
  func html() throws {
    let text = """
      <html><head><meta charset=windows-1250><style>td{a:b}</style></head><body><!-- <table> -->
      <TABLE border=1><TR><TH colspan=2>Name &amp; &eacute;<TH>x
      <tr><td rowspan="2">1<td>&nbsp;<td>a<br/>b  c</td></tr><tr><td>q<td>#REF!</tr></table></body></html>
      """
    let sheet = try SheetReading(Array(text.utf8), "a.xls")
    #expect(sheet.lines == ["Name & é,,x", "1,,\"a", "b c\"", ",q,#REF!"])
    #expect(sheet.faults.count == 1)
  }

  /// Flipped bytes may change what is read; they must neither crash, nor hang, nor fill the memory.
  @Test(
    "survive any byte that is changed",
    arguments: [
      "types-openpyxl.xlsx", "titles-xlsxwriter.xlsx", "types-odfpy.ods",
    ])
  func mutated(name: String) throws {
    let original = try SheetReading.fixture(name)
    var random = SplitMix(seed: 7)
    for _ in 0..<60 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if Int.random(in: 0..<4, using: &random) == 0 {
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
      }
      _ = SheetReading.fault(bytes, name)
    }
  }

  /// Within the parts the same: there the archive is whole.
  @Test("survive any change of what the parts hold")
  func mutatedParts() throws {
    let rows = """
      <row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1" t="n"><v>46106.5</v></c></row>\
      <row r="2"><c r="A2" t="inlineStr"><is><r><t>x</t></r></is></c><c r="C2" t="e"><v>#REF!</v></c></row>
      """
    let styles =
      "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='[h]:mm'/></numFmts><cellXfs><xf/>"
      + "<xf numFmtId='170'/></cellXfs></styleSheet>"
    let behind = "<autoFilter ref='A1:C2'/><mergeCells><mergeCell ref='A1:B1'/></mergeCells>"
    let texts = [rows, "<sst><si><t>a_x000D_</t></si></sst>", styles, behind]
    var random = SplitMix(seed: 11)
    let signs = Array("0123456789ABCXr<>/=\"' &;#-.eE_tsv\u{0}".utf8)
    for _ in 0..<150 {
      var changed = texts
      let part = Int.random(in: 0..<texts.count, using: &random)
      var bytes = Array(texts[part].utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] =
          signs[Int.random(in: signs.indices, using: &random)]
      }
      changed[part] = String(decoding: bytes, as: UTF8.self)
      _ = SheetReading.fault(
        StoredZip.xlsx(changed[0], strings: changed[1], styles: changed[2], behind: changed[3]))
    }
  }
}

@Suite("Number formats")
struct NumberFormatTests {
  @Test(
    "tell dates and times from numbers",
    arguments: [
      ("dd.mm.yyyy", NumberFormat.moment(hasDate: true, hasTime: false)),
      ("[$-407]d. mmmm yyyy;@", .moment(hasDate: true, hasTime: false)),
      ("yyyy\\-mm\\-dd\\ hh:mm:ss", .moment(hasDate: true, hasTime: true)),
      ("TT.MM.JJJJ", .moment(hasDate: true, hasTime: false)),
      ("[$-F400]h:mm:ss AM/PM", .moment(hasDate: false, hasTime: true)),
      ("mm:ss.0", .moment(hasDate: false, hasTime: true)), ("[hh]:mm", .elapsed), ("00000", .padded(5)),
      ("General", .plain), ("Standard", .plain), ("0.00", .plain), ("#,##0.00 \"days\"", .plain),
      ("0%", .plain),
      ("0.00E+00", .plain), ("[Red]#,##0\\ \"zł\"", .plain), ("@", .plain), ("[$€-407]0.00", .plain),
      ("0\\d", .plain),
    ])
  func codes(code: String, format: NumberFormat) { #expect(NumberFormat(code: code) == format) }

  @Test(
    "write numbers as they were typed",
    arguments: [
      ("101", "101"), ("101.0", "101"), ("1.5", "1.5"), ("0.30000000000000004", "0.3"),
      ("1.01E+05", "101000"),
      ("123456789012345678", "123456789012345678"), ("1.2345678901234499E+17", "123456789012345000"),
      ("-0.0", "0"),
      ("1E-7", "0.0000001"), ("00101", "101"), ("-12", "-12"),
    ])
  func numbers(written: String, text: String) throws {
    #expect(try CellNumber.text(written, format: .plain, isFrom1904: false) == text)
  }

  @Test(
    "write moments",
    arguments: [
      (59.0, "1900-02-28"), (61, "1900-03-01"), (1, "1900-01-01"), (46_106, "2026-03-25"),
      (2_958_465, "9999-12-31"),
      (46_106.424444444444, "2026-03-25 10:11:12"), (0.5, "12:00"),
    ])
  func moments(serial: Double, text: String) throws {
    let format = NumberFormat.moment(hasDate: true, hasTime: false)
    #expect(try CellNumber.text("\(serial)", format: format, isFrom1904: false) == text)
  }

  @Test("write hours beyond a day")
  func elapsed() throws {
    #expect(try CellNumber.text("1.5625", format: .elapsed, isFrom1904: false) == "37:30")
  }
}
