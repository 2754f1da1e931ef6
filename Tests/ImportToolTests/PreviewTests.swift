import Foundation
import Testing
import ToolSupport

/// The preview says what the import does, and does nothing.
@Suite struct PreviewTests {
  private static let staff = """
    Employee number,Name,E-mail,Department,Location,Level,Languages
    101,Anna Ray,anna@x.example.com,Sales,North,1,en
    102,Bob Lee,bob@x.example.com,Sales,North,7,en
    103,Cy Poe,cy@x.example.com,Sales,South,7,en

    """
  private static let form = """
    kind: questionnaire
    format: csv
    fields:
      timestamp: [When]
      email: {columns: [Email], required: true}
      role: {columns: [Role], required: true}
      learn: [What would you like to learn?]
      consent: [I agree]
    roles: {Mentor: mentor, Mentee: mentee}
    except: {Role: Visitor}

    """
  private static let answers = """
    When,Email,Role,What would you love to learn?,I agree,Shirt
    1/2/2026,anna@x.example.com,Mentor,Excel,yes,<b>M</b>
    13/2/2026,bob@x.example.com,Boss,Excel,yes,L
    14/2/2026,cy@x.example.com,Mentee,Excel,no,L
    15/2/2026,eve@x.example.com,Visitor,Excel,yes,L

    """

  private func desk() throws -> Desk {
    let desk = try Desk()
    try desk.write(Self.form, "Config/regions/xx/forms/own.yaml")
    try desk.write(Self.staff, "staff.csv")
    try desk.write(Self.answers, "answers.csv")
    return desk
  }

  @Test func whatTheScreenHasNoRoomForIsNamedWithTheWayToIt() throws {
    let desk = try Desk()
    let extra = (1...12).map { "Extra \($0)" }.joined(separator: ",")
    let file = try desk.write(
      "Employee number,Name,Email,Department,Site,\(extra)\n1,Ann Lee,ann@x.example.com,Sales,North"
        + String(
          repeating: ",x", count: 12) + "\n", "staff.csv")
    let screen = desk.run("preview", file, "--format", "table")
    #expect(screen.output.contains("  and 4 more columns: --format html shows all\n"), "\(screen.output)")
    let page = desk.run("preview", file, "--format", "html")
    #expect(page.output.contains("Extra 12"))
  }

  @Test func aScreenHasAllThatTheFormFinds() throws {
    let desk = try desk()
    let run = desk.run("preview", desk.path("answers.csv"), desk.path("staff.csv"))
    #expect(run.status == 65)
    #expect(
      run.output.hasPrefix(
        """
        answers.csv
          Form      own of xx (questionnaire)
          Format    CSV, UTF-8, ',', LF
          Headings  row 1
          Dates     day-first by line 3 (13/2/2026)
          Rows      4 rows

          Field      Column     First values
          timestamp  1 When     1/2/2026 | 13/2/2026 | 14/2/2026
          email      2 Email    anna@x.example.com | bob@x.example.com | cy@x.example.c…
          role       3 Role     Mentor | Boss | Mentee
          consent    5 I agree  yes | no

          Not found  Looked for                   Nearest unused heading
          learn      What would you like to lea…  What would you love to learn?

          Not used                         First value
          4 What would you love to learn?  Excel
          6 Shirt                          <b>M</b>

          Row  Line  Becomes
          1    2     person xx:101, Anna Ray, mentor
          2    3     rejected: Role: unknown role 'Boss': write one of Mentee, Mentor, …
          3    4     left out: cy@x.example.com gives no consent
          4    5     left out: Role is 'Visitor'

          note: 1 row is left out: Role is 'Visitor'

        staff.csv
        """), "\(run.output)")
    #expect(run.output.contains("  1    2     master data of Anna Ray, anna@x.example.com\n"))
    // What is wrong is reported as the import reports it.
    let done = desk.run(desk.path("answers.csv"), desk.path("staff.csv"), "--format", "ndjson")
    #expect(run.complaints == done.complaints)
    #expect(run.status == done.status)
  }

  @Test func thePageHasTheSame() throws {
    let desk = try desk()
    let run = desk.run("preview", desk.path("answers.csv"), desk.path("staff.csv"), "--format", "html")
    #expect(run.output.contains("<td>person xx:101, Anna Ray, mentor</td>"))
    #expect(run.output.contains("<td>5 I agree</td>"))
    #expect(run.output.contains("&lt;b&gt;M&lt;/b&gt;") && !run.output.contains("<b>M</b>"))
    #expect(run.output.contains("<dd>day-first by line 3 (13/2/2026)</dd>"))
  }

  @Test func nothingIsWritten() throws {
    let desk = try desk()
    func names() throws -> [String] {
      try FileManager.default.subpathsOfDirectory(atPath: desk.folder.path).sorted()
    }
    let before = try names()
    #expect(desk.run("preview", desk.path("answers.csv")).status == 65)
    #expect(try names() == before)
  }

  @Test func aFileThatNoFormKnowsShowsItsColumns() throws {
    let desk = try Desk()
    let run = desk.run("preview", try desk.write("Vorname;Wunsch\nAnna;Excel\n", "own.csv"))
    #expect(run.status == 65)
    #expect(
      run.output == """
        own.csv
          Form      none fits; draft one with `tandem-region form`
          Format    CSV, UTF-8, ';', LF
          Headings  row 1
          Rows      1 row

          Column     First value
          1 Vorname  Anna
          2 Wunsch   Excel

        """)
  }

  /// What cases/newcomer/14 asks for: a shipped form that fits is named.
  @Test func aShippedFormThatFitsIsNamed() throws {
    let desk = try Desk()
    let region = desk.path("Config/regions/xx/region.yaml")
    let text = try String(contentsOfFile: region, encoding: .utf8)
    let forms = text.split(separator: "forms:", maxSplits: 1)
    try Data("\(forms[0])forms: [staff-csv]\n".utf8).write(to: URL(filePath: region))
    let run = desk.run(try desk.take("midterm.csv"))
    #expect(run.status == 65)
    #expect(
      run.errors.contains(
        "midterm.csv: error: no form of xx fits; headquarters' form midterm does: add `forms: [midterm]` to "
          + "Config/regions/xx/region.yaml, or add midterm to the forms named there"), "\(run.errors)")
  }

  @Test func theCallIsChecked() throws {
    let desk = try desk()
    #expect(desk.run("preview", desk.path("nothing.csv")).status == 66)
    #expect(desk.run("preview", desk.path("staff.csv"), "--format", "csv").status == 64)
    #expect(desk.run("preview", desk.path("staff.csv"), "--heading-rows", "11").status == 64)
  }

  /// The first rows of a preview are what the import makes of them, and no line is wider than the screen.
  @Test(arguments: [
    "limesurvey.csv", "limesurvey.xml", "microsoft.csv", "google.csv", "qualtrics.csv", "surveymonkey.csv",
    "triple-s.csv", "connections.xml", "midterm.csv", "successfactors.xml",
  ])
  func thePreviewIsTheImport(file: String) throws {
    let desk = try Desk()
    let files = [try desk.take("staff.csv"), try desk.take(file)]
    let done = desk.run(files + ["--format", "ndjson"])
    let preview = desk.run(["preview"] + files)
    #expect(preview.status == done.status)
    #expect(preview.complaints == done.complaints)
    let made = preview.lines.count { $0.contains("  person xx:") || $0.hasSuffix("  response") }
    #expect(made == done.lines.count)
    #expect(preview.lines.allSatisfy { TerminalText.width($0) <= 80 })
  }
}
