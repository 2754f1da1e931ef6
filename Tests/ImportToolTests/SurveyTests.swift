import Basics
import Foundation
import Programme
import RecordStream
import Testing

/// Survey answers become `response` records.
struct SurveyTests {
  @Test func theWholeRecords() throws {
    let desk = try Desk()
    let run = desk.run(try desk.take("midterm.csv"))
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.lines == [
        #"{"answers":{"q1_useful":5,"q2_recommend":9,"q3_comment":"good, \"really\""},"cohort":"2026-autumn","#
          + #""id":"midterm:xx:1","record":"response","region":"xx","role":"mentor","survey":"midterm"}"#,
        #"{"answers":{"q1_useful":null,"q2_recommend":10,"q3_comment":null},"cohort":"2026-autumn","#
          + #""id":"midterm:xx:2","record":"response","region":"xx","role":"mentee","survey":"midterm"}"#,
        #"{"answers":{"q1_useful":4,"q2_recommend":0,"q3_comment":"two\nlines"},"cohort":"2026-autumn","#
          + #""id":"midterm:xx:3","record":"response","region":"xx","role":"mentee","survey":"midterm"}"#,
      ])
    #expect(run.notes.last == "note: 3 responses, 0 of 3 rows rejected")
  }

  /// What is written byte by byte is what the stream's own writer writes.
  @Test func theBytesAreThoseOfTheStream() throws {
    let desk = try Desk()
    try desk.write(SurveyTests.form, "Config/regions/xx/forms/pulse.yaml")
    let file = try desk.write(SurveyTests.answers, "pulse.csv")
    let run = desk.run(file)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.count == 3)
    try RecordReader(Input(name: "", bytes: Array(run.output.utf8))) { Issue.record("\($0)") }.forEachLine {
      line in
      let record = try line.decode()
      #expect(record?.line == Array(copying: line.bytes))
    }
    let first = try run.record(0)
    #expect(first["answers"]?["tools"]?.array == [.string("Mail"), .string("Teams, chat")])
    #expect(first["answers"]?["hours"] == .double(2.5))
    #expect(first["answers"]?["mood"] == .integer(5))
    #expect(first["answers"]?["site"] == nil && first["site"]?.string == "North")
    #expect(try run.record(1)["answers"] == .object(["hours": .integer(3)]), "bare-empty was not asked")
    #expect(try run.record(2)["answers"]?["best"] == .null, "quoted and empty was not answered")
    #expect(
      try run.record(1)["id"]?.string == "pulse:xx:pulse.csv#2", "without a number its place is its name")
  }

  static let form = """
    kind: survey
    format: csv
    survey: pulse
    bare-empty: not-asked
    fields:
      site: Where
      team: Team
    questions:
      mood: {kind: likert, points: 5, columns: Mood, values: {great: "5", bad: "1"}}
      best: {kind: choice, columns: Best, choices: [Talks, Visits]}
      tools: {kind: choices, columns: Tools, choices: [Mail, "Teams, chat", Phone]}
      hours: {kind: number, columns: Hours}
      why: {kind: text, columns: Why}
    """
  static let heading = "Where,Team,Mood,Best,Tools,Hours,Why\n"
  static let answers =
    heading + "N,\"a \"\"b\"\"\",great,talks,\"Teams, chat, Mail\",\"2,5\",\"tab\there \u{1} ünïcode \\\"\n"
    + ",,,,,3,\nSouth,x,3,\"\",\"\",0.50,\"\"\n"

  struct Bad: Sendable, CustomTestStringConvertible {
    var row: String
    var complaint: String
    var testDescription: String { row }
  }

  @Test(arguments: [
    Bad(
      row: "N,,6,,,,",
      complaint:
        "column 3 (Mood): '6' is not on the scale of mood, 1 to 5: correct it, or state in the form's values what it means"
    ),
    Bad(
      row: "N,,fine,,,,",
      complaint:
        "column 3 (Mood): 'fine' is not on the scale of mood, 1 to 5: correct it, or state in the form's values what it means"
    ),
    Bad(
      row: "N,,2.5,,,,",
      complaint:
        "column 3 (Mood): '2.5' is not on the scale of mood, 1 to 5: correct it, or state in the form's values what it means"
    ),
    Bad(
      row: "N,,,Talk,,,",
      complaint:
        "column 4 (Best): 'Talk' is not a choice of best (nearest 'Talks'): correct it, or add it to the choices of the question"
    ),
    Bad(
      row: "N,,,,Fax,,",
      complaint:
        "column 5 (Tools): 'Fax' is not a choice of tools: correct it, or add it to the choices of the question"
    ),
    Bad(
      row: "N,,,,,many,",
      complaint: "column 6 (Hours): 'many' is not a number, which hours asks for: correct it"
    ),
    Bad(
      row: "N,,,,,1e999,",
      complaint: "column 6 (Hours): '1e999' is not a number, which hours asks for: correct it"),
    Bad(
      row: "Mid,,,,,,",
      complaint:
        "column 1 (Where): unknown site 'Mid': write one of North and South, or add it to the sites of region xx"
    ),
  ])
  func offTheScale(_ bad: Bad) throws {
    let desk = try Desk()
    try desk.write(SurveyTests.form, "Config/regions/xx/forms/pulse.yaml")
    let file = try desk.write(SurveyTests.heading + bad.row + "\nN,,3,,,,\n", "pulse.csv")
    let run = desk.run(file, "--rejects", desk.path("rejects.csv"))
    #expect(run.complaints == ["pulse.csv:2: error: row 1, \(bad.complaint)"])
    #expect(run.status == 65 && run.lines.count == 1)
    #expect(try desk.text("rejects.csv") == SurveyTests.heading + bad.row + "\n")
  }

  @Test func theLaterAnswerOfOnePersonCounts() throws {
    let desk = try Desk()
    try desk.write(SurveyTests.dated, "Config/regions/xx/forms/dated.yaml")
    let heading = "nr,when,who,mail,mood,why\n"
    let rows = [
      "1,2026-10-01 10:00:00,7,,1,early", "2,2026-10-01 09:00:00,8,,2,", "3,2026-10-02 10:00:00,7,,3,late",
      "4,2026-10-01 08:00:00,,Ann@x.example.com,4,", "5,2026-10-01 08:30:00,,ann@X.example.com,5,",
      "6,2026-10-01 07:00:00,8,,4,before",
    ]
    let file = try desk.write(heading + rows.joined(separator: "\n") + "\n", "dated.csv")
    let run = desk.run(file, "--rejects", desk.path("rejects.csv"))
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.complaints == [
        "dated.csv:2: warning: row 1: this answer to dated is replaced by the same person's later one at dated.csv:4",
        "dated.csv:5: warning: row 4: this answer to dated is replaced by the same person's later one at dated.csv:6",
        "dated.csv:7: warning: row 6: this answer to dated is replaced by the same person's later one at dated.csv:3",
      ])
    #expect(
      try (0..<3).map { try run.record($0)["id"]?.string } == ["dated:xx:2", "dated:xx:3", "dated:xx:5"])
    #expect(run.notes.last == "note: 3 responses, 3 answers replaced by later ones, 0 of 6 rows rejected")
    #expect(!desk.exists("rejects.csv"))
    // Whatever the order of the rows, and over two files as over one.
    let other = desk.run(
      try desk.write(heading + rows.reversed().prefix(3).joined(separator: "\n") + "\n", "a.csv"),
      try desk.write(heading + rows.prefix(3).joined(separator: "\n") + "\n", "b.csv"))
    #expect(Set(other.lines) == Set(run.lines))
    // The same export twice over is told, and changes nothing.
    let twice = desk.run(file, try desk.write(heading + rows[1] + "\n", "again.csv"))
    #expect(twice.status == 0, "\(twice.errors)")
    #expect(twice.lines.count == 3 && Set(twice.lines) == Set(run.lines))
    #expect(
      twice.complaints.contains(
        "dated.csv:3: warning: row 2: the same answer to dated is repeated at again.csv:2: one of them counts"
      ))
  }

  static let dated = """
    kind: survey
    format: csv
    survey: dated
    fields: {response: nr, timestamp: when, employeeNumber: who, email: mail}
    questions:
      mood: {kind: likert, points: 5}
      why: {kind: text}
    """

  @Test func withoutATimeStampNobodyKnowsWhichCounts() throws {
    let desk = try Desk()
    try desk.write(SurveyTests.dated, "Config/regions/xx/forms/dated.yaml")
    let heading = "nr,when,who,mail,mood,why\n"
    let file = try desk.write(
      heading + "1,,7,,1,\n2,,8,,2,\"two\nlines\"\n3,x,7,,3,\n4,2026-10-01,8,,2,\"two\nlines\"\n", "dated.csv"
    )
    let run = desk.run(file, "--rejects", desk.path("rejects.csv"))
    let why = "and no time stamp shows which is later: keep the one that counts"
    #expect(
      run.complaints == [
        "dated.csv:6: warning: row 4: the same answer to dated is repeated at dated.csv:3: one of them counts",
        "dated.csv: warning: 'x' cannot be read as a time, by which the later of two answers counts: say in the form's "
          + "`time-format` how times are written",
        "dated.csv:2: error: row 1, column 3 (who): the same person answered dated differently at dated.csv:5, \(why)",
        "dated.csv:5: error: row 3, column 3 (who): the same person answered dated differently at dated.csv:2, \(why)",
      ])
    #expect(run.status == 65)
    #expect(run.lines.count == 1 && run.output.contains("dated:xx:2"))
    #expect(try desk.text("rejects.csv") == heading + "1,,7,,1,\n3,x,7,,3,\n")
  }

  @Test func nobodyAnswersTwice() throws {
    let desk = try Desk()
    let file = try desk.write(
      "response,employee,cohort,role,q1_useful,q2_recommend,q3_comment\n1,1,a,mentor,1,1,\n1,2,a,mentor,1,1,\n"
        + "3,1,a,mentor,1,1,\n4,1,b,mentor,1,1,\n", "midterm.csv")
    let run = desk.run(file)
    #expect(
      run.complaints == [
        "midterm.csv:3: error: row 2, column 1 (response): response '1' of midterm is there already: keep one of the two "
          + "rows",
        "midterm.csv:4: warning: row 3: the same answer to midterm is repeated at midterm.csv:2: one of them counts",
      ])
    #expect(run.lines.count == 2, "another cohort is another survey")
  }

  @Test func theRegionFollowsFromThePeopleOrTheFolder() throws {
    let desk = try Desk()
    let people = try desk.write(
      "Personalnummer;Name;E-Mail;Abteilung;Standort;Ebene;Vorgesetzter;Sprachen\n"
        + "7;A;a@de.example.com;Sales;Stuttgart;1;;de\n", "staff.csv")
    let rows =
      "response,employee,cohort,role,q1_useful,q2_recommend,q3_comment\n1,7,a,mentor,1,1,\n2,8,a,mentor,1,1,\n"
    let run = desk.run("--region", "de,pl", people, try desk.write(rows, "x/midterm.csv"))
    #expect(run.output.contains("\"region\":\"de\""))
    #expect(
      run.complaints == [
        "x/midterm.csv:3: error: row 2: no staff record for 8 in de and pl, or more than one: import the master data with "
          + "it, or name the region with --region"
      ])
    let folder = desk.run("--region", "de,pl", try desk.write(rows, "pl/midterm.csv"))
    #expect(folder.status == 0 && folder.lines.count == 2)
    #expect(folder.lines.allSatisfy { $0.contains("\"region\":\"pl\"") })
  }

  @Test func aQuestionWithoutAColumnIsReported() throws {
    let desk = try Desk()
    let file = try desk.write("response,q1_useful\n1,3\n", "midterm.csv")
    let run = desk.run(file)
    #expect(
      run.complaints.contains(
        "midterm.csv: warning: no column for the question q3_comment: it counts as not asked"))
    #expect(try run.record(0)["answers"] == .object(["q1_useful": .integer(3)]))
  }

  @Test func xmlOfASurvey() throws {
    let desk = try Desk()
    try desk.write(
      """
      kind: survey
      format: xml
      rows: document/responses/rows/row
      survey: pulse
      fields: {response: id}
      questions:
        mood: {kind: likert, points: 7, columns: _1X2X3}
        why: {kind: text, columns: _1X2X4}
      """, "Config/regions/xx/forms/pulse.yaml")
    let file = try desk.write(
      "<document><responses><rows><row><id>1</id><_1X2X3>7</_1X2X3><_1X2X4><![CDATA[<b>]]></_1X2X4></row>"
        + "<row><id>2</id><_1X2X3></_1X2X3></row></rows></responses></document>", "pulse.xml")
    let run = desk.run(file)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try run.record(0)["answers"] == .object(["mood": .integer(7), "why": .string("<b>")]))
    #expect(try run.record(1)["answers"] == .object(["mood": .null]))
  }
}
