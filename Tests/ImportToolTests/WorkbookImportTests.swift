import Basics
import Foundation
import TestSupport
import Testing

/// Workbooks as the tool reads them: the table is found by the forms, and messages name cells.
struct WorkbookImportTests {
  private static func row(_ number: Int, _ cells: [String]) -> String {
    let texts = cells.enumerated().map { column, text in
      let place = "\(Character(UnicodeScalar(UInt8(65 + column))))\(number)"
      return text.isEmpty
        ? ""
        : text.hasPrefix("<")
          ? text.replacing("<c", with: "<c r='\(place)'")
          : "<c r='\(place)' t='inlineStr'><is><t>\(text)</t></is></c>"
    }
    return "<row r='\(number)'>\(texts.joined())</row>"
  }

  private static let headings = [
    "Employee number", "Name", "E-mail", "Department", "Site", "Level", "Languages",
  ]

  private static func workbook(_ rows: [[String]], behind: String = "") -> [UInt8] {
    StoredZip.xlsx(
      rows.enumerated().map { $1.isEmpty ? "" : row($0 + 1, $1) }.joined(), behind: behind)
  }

  private static let ann = [
    "1", "Ann Lee", "ann@x.example.com", "Engineering", "North", "<c><v>2</v></c>", "en",
  ]

  @Test func messagesNameTheCell() throws {
    let desk = try Desk()
    let bytes = Self.workbook([
      Self.headings, Self.ann,
      ["2", "Bob\nRoe", "bob@x.example.com", "Sales", "Nowhere", "<c><v>5</v></c>", "en"],
      ["3", "Cy", "cy@x.example.com", "Sales", "South", "<c t='e'><v>#REF!</v></c>", "en"],
    ])
    let run = desk.run(try desk.write(bytes, "staff.xlsx"), "--rejects", desk.path("rejects/"))
    #expect(
      run.complaints == [
        "staff.xlsx:S!E3: error: Site: unknown site 'Nowhere': write one of North and South, or name it in the "
          + "region.yaml of xx: sites: {North: {aliases: [Nowhere]}}; where such rows are of other companies, leave them out by "
          + "`only: {site: …}` in the form staff-csv",
        "staff.xlsx:S!F4: error: Level: the cell shows the error #REF!: correct it in the workbook, or fill it in",
      ])
    #expect(run.status == 65)
    // The rows are kept as text, under a name by which a spreadsheet opens it, and can be read again.
    #expect(
      try desk.text("rejects/staff.xlsx.csv")
        == "\u{FEFF}" + Self.headings.joined(separator: ",")
        + "\n2,\"Bob\nRoe\",bob@x.example.com,Sales,Nowhere,5,en\n3,Cy,cy@x.example.com,Sales,South,#REF!,en\n"
    )
    let json = desk.run(desk.path("staff.xlsx"), "--diagnostics", "json")
    #expect(json.errors.contains("\"cell\":\"S!E3\""), "\(json.errors)")
  }

  @Test func theHeadingRowIsFoundAndTheFooterLeftOut() throws {
    let desk = try Desk()
    let bytes = Self.workbook([["Report"], [], Self.headings, Self.ann, [], ["Total: 1"]])
    let run = desk.run(try desk.write(bytes, "staff.xlsx"), try desk.take("google.csv"))
    #expect(run.status == 65, "bob of google.csv is not in the workbook")
    #expect(
      run.notes.contains(
        "staff.xlsx: note: form staff-csv of xx; Excel workbook, sheet 'S', headings in row 3"))
    #expect(
      run.notes.contains(
        "staff.xlsx: note: the headings are in row 3; 1 row above left out, the first 'Report'"))
    #expect(
      run.notes.contains("staff.xlsx:S!A6: note: 1 line behind the table left out, the first 'Total: 1'"))
    #expect(run.output.contains("\"id\":\"xx:1\""))
  }

  @Test func sheetsThatFitEquallyAreNamed() throws {
    let desk = try Desk()
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    let bytes = StoredZip.xlsx(
      Self.row(1, Self.headings) + Self.row(2, Self.ann),
      workbook: """
        <workbook xmlns:r='r'><sheets><sheet name='Jan' r:id='rId1'/><sheet name='Feb' r:id='rId4'/>\
        <sheet name='Old' state='hidden' r:id='rId1'/></sheets></workbook>
        """,
      others: [
        (
          "xl/_rels/workbook.xml.rels",
          "<Relationships><Relationship Id='rId1' Type='\(relation)' Target='worksheets/sheet1.xml'/>"
            + "<Relationship Id='rId4' Type='\(relation)' Target='worksheets/sheet1.xml'/></Relationships>"
        ),
        ("xl/vbaProject.bin", "x"),
      ])
    let file = try desk.write(bytes, "staff.xlsm")
    let run = desk.run(file)
    #expect(
      run.complaints == [
        "staff.xlsm: error: a form fits the sheets 'Jan' and 'Feb' equally well: name the one that is meant with "
          + "--sheet, or with `sheet:` in the form"
      ])
    #expect(run.status == 65)
    let named = desk.run(file, "--sheet", "feb")
    #expect(named.status == 0, "\(named.errors)")
    #expect(named.notes.contains("staff.xlsm: note: its macros are not run"))
    #expect(named.notes.contains("staff.xlsm: note: 'Old' hidden, not read"))
    #expect(
      desk.run(file, "--sheet", "March").complaints == [
        "staff.xlsm: error: no sheet named 'March': the sheets are 'Jan', 'Feb' and 'Old'"
      ])
  }

  @Test func cellsBesideTheTableAreTold() throws {
    let desk = try Desk()
    let bytes = Self.workbook(
      [Self.headings, Self.ann, Self.ann, Self.ann + ["on leave"]],
      behind: "<mergeCells><mergeCell ref='D2:D3'/></mergeCells>")
    let run = desk.run(try desk.write(bytes, "staff.xlsx"))
    #expect(
      run.complaints.contains(
        "staff.xlsx:S!H4: warning: 1 cell to the right of the headings not read: give the column a heading, or clear it"
      ), "\(run.errors)")
    #expect(
      run.complaints.contains(
        "staff.xlsx:S!D2: warning: 1 merged area below the headings, the first D2:D3: only the first cell of each has "
          + "its value; unmerge them and fill in every row"))
  }
}
