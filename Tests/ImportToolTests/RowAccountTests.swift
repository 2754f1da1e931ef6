import Basics
import Foundation
import TestSupport
import Testing

/// Nothing is lost on the way: of every export of every reader, rows in are records out, rows named and rows excluded by a
/// stated rule.
@Suite("Every row is accounted for")
struct RowAccountTests {
  /// What the summary of a run says.
  struct Account {
    var rows = 0
    var rejected = 0
    /// Records, and rows that a stated rule leaves out.
    var others = 0
    let text: String

    /// `2 people, 1 answer replaced by a later one, 1 row left out by the form's rules, 3 of 9 rows rejected`
    init?(_ run: Desk.Result) {
      guard let line = run.notes.last(where: { $0.contains("rejected") }) else { return nil }
      text = line
      let parts = line.drop { $0 != ":" }.dropFirst().split(separator: ", ")
      for part in parts {
        let numbers = part.split { !$0.isNumber }.compactMap { Int($0) }
        guard let first = numbers.first else { continue }
        if part.hasSuffix("rejected"), numbers.count == 2 {
          rejected = first
          rows = numbers[1]
        } else if !part.hasSuffix("not read") {
          others += first
        }
      }
    }

    var isComplete: Bool { rows == rejected + others }

    /// How many rows the errors of a run name: each its own, or as many as it counts (`300 rows (lines 2, 3, 4 … 301)`). A row
    /// with two mistakes is named twice.
    static func named(_ run: Desk.Result) -> Int {
      run.complaints.reduce(0) { sum, line in
        // `staff.csv:2: error: row 1, …`, and of a sheet, whose row is named before: `staff.xlsx:S!C2: error: Role: …`.
        guard let found = line.firstMatch(of: /[:!][A-Z]*\d+(?::\d+)?: error: (?:(\d+) rows \()?/) else {
          return sum
        }
        return sum + (found.1.flatMap { Int($0) } ?? 1)
      }
    }
  }

  /// Rows of a delimited file without its headings, counted by nothing of ours but quotes and line ends.
  static func rows(_ bytes: [UInt8], headings: Int) -> Int {
    var rows = 0
    var (isQuoted, isFilled) = (false, false)
    for byte in bytes + [0x0A] {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == 0x0A || byte == 0x0D, !isQuoted {
        if isFilled { rows += 1 }
        isFilled = false
      } else if byte != 0 {
        isFilled = true
      }
    }
    return rows - headings
  }

  /// Files whose rows become people or responses, with how many rows each has, counted by eye.
  static let files: [(names: [String], rows: Int)] = [
    (["google.csv"], 2), (["limesurvey.csv"], 2), (["limesurvey.xml"], 2), (["microsoft.csv"], 2),
    (["qualtrics.csv"], 2), (["surveymonkey.csv"], 2), (["triple-s.csv"], 2),
    (["fixed.asc", "fixed.sss"], 2),
    (["comma.data.csv", "comma.sss"], 2), (["midterm.csv"], 3), (["surveymonkey-one-row.csv"], 2),
  ]
  /// Rows of the staff list that each run reads too.
  static let staffRows = 3

  private func account(_ desk: Desk, _ names: [String]) throws -> Account {
    let run = desk.run([try desk.take("staff.csv")] + names.map(desk.path))
    var account = try #require(Account(run), "\(run.errors)")
    account.rows -= Self.staffRows
    // Every row that is rejected is named: alone, or in a message that counts those like it.
    #expect(Account.named(run) >= account.rejected, "\(run.errors)")
    return account
  }

  @Test("files as they are", arguments: files.indices)
  func asTheyAre(_ index: Int) throws {
    let (names, rows) = Self.files[index]
    let desk = try Desk()
    for name in names { try desk.take(name) }
    let found = try account(desk, names)
    #expect(found.rows == rows && found.isComplete, "\(names): \(found.text)")
  }

  @Test("files of vendors", arguments: VendorFormsTests.questionnaires.indices)
  func ofVendors(_ index: Int) throws {
    let (file, form, leftOut) = VendorFormsTests.questionnaires[index]
    let desk = try Desk()
    try desk.write(form, "Config/regions/xx/forms/own.yaml")
    try desk.take(file)
    let run = desk.run(try desk.take("staff.csv") + "@form=staff-csv", desk.path(file) + "@form=own")
    var found = try #require(Account(run))
    found.rows -= Self.staffRows
    #expect(found.rows == 2 + leftOut && found.isComplete, "\(file): \(found.text)")
  }

  @Test("staff lists of vendors", arguments: ["personio", "bamboohr", "workday", "sap-hcm"])
  func ofVendorsStaff(_ form: String) throws {
    let desk = try Desk()
    try desk.write("use: \(form)\n", "Config/regions/xx/forms/own.yaml")
    let file = try desk.take(form + ".csv")
    // Workday has two lines of title above the headings, and an empty one.
    let count = Self.rows(try desk.bytes(form + ".csv"), headings: form == "workday" ? 3 : 1)
    let run = desk.run(file + "@form=own", try desk.take("google.csv"))
    let found = try #require(Account(run), "\(run.errors)")
    // One who has left, two who answered, and their manager, who is staff and no applicant.
    #expect(found.rows == count + 2 && found.rejected == 0, "\(found.text)")
    #expect(found.others == 3, "\(found.text)")
    #expect(count == 4)
  }

  @Test("rows of one cause are counted as many as they are")
  func manyOfOneCause() throws {
    let desk = try Desk()
    let rows = (0..<300).map { "2026/08/02 10:39:41 PM GMT+1,p\($0)@x.example.com,Wizard,logistics\n" }
    let file = try desk.write(Self.table[0].joined(separator: ",") + "\n" + rows.joined(), "answers.csv")
    let run = desk.run(try desk.take("staff.csv"), file)
    let found = try #require(Account(run), "\(run.errors)")
    #expect(found.rejected == 300 && Account.named(run) == 300, "\(run.errors)")
  }

  @Test("a delimited file has as many rows as are in it")
  func independentCount() throws {
    for (names, rows) in Self.files where names[0].hasSuffix(".csv") {
      let desk = try Desk()
      try desk.take(names[0])
      let headings = ["qualtrics.csv": 3, "surveymonkey.csv": 2][names[0]] ?? 1
      #expect(Self.rows(try desk.bytes(names[0]), headings: headings) >= rows, "\(names[0])")
    }
  }

  /// A table of answers with a draft, a repeated answer, an unknown person and a row that is no answer.
  private static let table = [
    ["Timestamp", "Email Address", "Role", "What would you like to learn?"],
    ["2026/08/02 10:39:41 PM GMT+1", "ann@x.example.com", "Mentor", "data privacy"],
    ["2026/08/03 10:39:41 PM GMT+1", "bob@x.example.com", "Both", "knitting"],
    ["2026/08/04 10:39:41 PM GMT+1", "bob@x.example.com", "Mentee", "leadership"],
    ["2026/08/04 10:39:41 PM GMT+1", "nobody@x.example.com", "Mentee", ""],
    ["2026/08/04 10:39:41 PM GMT+1", "cy@x.example.com", "Wizard", ""],
  ]

  static func workbook(_ kind: String, _ table: [[String]]) -> [UInt8] {
    func rows(_ row: String, _ cell: (String) -> String) -> String {
      table.map { "<\(row)>" + $0.map(cell).joined() + "</\(row.prefix { $0 != " " })>" }.joined(
        separator: "\n")
    }
    switch kind {
    case "html":
      return Array("<html><table>\(rows("tr") { "<td>\($0)</td>" })</table></html>".utf8)
    case "2003":
      return Array(
        ("<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>"
          + "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet' "
          + "xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet ss:Name='S'><Table>"
          + rows("Row") { "<Cell><Data ss:Type='String'>\($0)</Data></Cell>" }
          + "</Table></Worksheet></Workbook>").utf8)
    case "fods":
      return Array(
        ("<?xml version='1.0'?><office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
          + "xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' "
          + "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' "
          + "office:mimetype='application/vnd.oasis.opendocument.spreadsheet'><office:body><office:spreadsheet>"
          + "<table:table table:name='S'>"
          + rows("table:table-row") {
            "<table:table-cell office:value-type='string'><text:p>\($0)</text:p></table:table-cell>"
          } + "</table:table></office:spreadsheet></office:body></office:document>").utf8)
    default:
      return StoredZip.xlsx(
        table.enumerated().map { number, cells in
          "<row r='\(number + 1)'>"
            + cells.enumerated().map { column, text in
              "<c r='\(Character(UnicodeScalar(UInt8(65 + column))))\(number + 1)' t='inlineStr'><is><t>\(text)</t></is></c>"
            }.joined() + "</row>"
        }.joined())
    }
  }

  @Test("workbooks of every kind", arguments: ["xlsx", "2003", "fods", "html"])
  func workbooks(kind: String) throws {
    let desk = try Desk()
    try desk.write(Self.workbook(kind, Self.table), "answers.\(kind)")
    let found = try account(desk, ["answers.\(kind)"])
    #expect(found.rows == 5 && found.rejected == 2 && found.isComplete, "\(kind): \(found.text)")
  }

  /// Damage of the kind that hands and programs do; what is read of it is accounted for all the same.
  @Test("damaged files", arguments: files.indices)
  func damaged(_ index: Int) throws {
    let names = Self.files[index].names
    let desk = try Desk()
    for name in names { try desk.take(name) }
    let whole = try desk.bytes(names[0])
    var numbers = SplitMix(seed: UInt64(index) &+ 77)
    for round in 0..<6 {
      var bytes = whole
      let place = Int.random(in: 0..<bytes.count, using: &numbers)
      switch round {
      case 0:
        let start = bytes[..<place].lastIndex { $0 == 10 || $0 == 13 }.map { $0 + 1 } ?? 0
        let end = bytes[place...].firstIndex { $0 == 10 || $0 == 13 }.map { $0 + 1 } ?? bytes.count
        bytes.insert(contentsOf: bytes[start..<end], at: end)
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(UInt8(ascii: "\""), at: place)
      case 3: bytes[place] = 0xFF
      case 4: bytes.insert(contentsOf: Array("\n\nTotal: 2\n".utf8), at: bytes.count)
      default: bytes.removeSubrange(place..<min(bytes.count, place + 9))
      }
      try desk.write(bytes, names[0])
      let found = try account(desk, names)
      #expect(found.isComplete, "\(names) \(round) at \(place): \(found.text)")
    }
  }
}
