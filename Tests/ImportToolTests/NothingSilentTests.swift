import Testing

/// What a file says is read whole, or named: choices in columns, drafts, the order of dates, what spreadsheets do to values, and
/// people who have changed since the last import.
@Suite struct NothingSilentTests {
  private static let staff = """
    Employee number,Name,Email,Department,Site,Level,Languages
    101,Anna Ray,anna@x.example.com,Sales,North,1,en
    102,Bob Lee,bob@x.example.com,Sales,North,7,en

    """
  private static let head = """
    kind: questionnaire
    format: csv
    roles: {Mentor: mentor, Mentee: mentee}

    """

  private func run(_ form: String, _ answers: String, staff: String = staff, _ words: [String] = []) throws
    -> Desk.Result
  {
    let desk = try Desk()
    try desk.write(Self.head + form, "Config/regions/xx/forms/own.yaml")
    return desk.run(
      [try desk.write(staff, "staff.csv"), try desk.write(answers, "answers.csv"), "--format", "ndjson"]
        + words)
  }

  // MARK: - One column for each choice

  private static let choices =
    "fields: {email: Email, role: Role, learn: {choices: {l1: Logistics, l2: Leadership}}}\n"

  @Test(arguments: [
    ("1,1", #""said":{"learn":["Logistics","Leadership"]}"#), ("0,1", #""said":{"learn":["Leadership"]}"#),
    ("Y,", #""said":{"learn":["Logistics"]}"#), ("Logistics,", #""said":{"learn":["Logistics"]}"#),
  ])
  func everyTickCounts(cells: String, said: String) throws {
    let found = try run(Self.choices, "Email,Role,l1,l2\nanna@x.example.com,Mentor,\(cells)\n")
    #expect(found.status == 0 && found.output.contains(said), "\(found.errors)")
  }

  @Test func whatATickIsCanBeStated() throws {
    let form =
      "fields: {email: Email, role: Role, learn: {choices: {l1: Logistics, l2: Leadership}, ticked: \"2\"}}\n"
    let found = try run(form, "Email,Role,l1,l2\nanna@x.example.com,Mentor,1,2\n")
    #expect(found.output.contains(#""said":{"learn":["Leadership"]}"#))
  }

  @Test func ticksWithoutAChoiceAreNamedOnceForTheirColumn() throws {
    let found = try run(
      "fields: {email: Email, role: Role, learn: [l1, l2]}\n",
      "Email,Role,l1,l2\nanna@x.example.com,Mentor,1,1\nbob@x.example.com,Mentee,0,Y\n")
    #expect(found.status == 65 && found.lines.count == 2)
    #expect(
      found.complaints.filter { $0.contains("error") } == [
        "answers.csv:2: error: row 1, column 3 (l1): ticks, and the form does not say which choice they stand for: write it "
          + "under `fields.learn`: choices: {\"l1\": …}",
        "answers.csv:2: error: row 1, column 4 (l2): ticks, and the form does not say which choice they stand for, 2 times in "
          + "this file: write it under `fields.learn`: choices: {\"l2\": …}",
      ])
  }

  @Test func theWordsOfAllColumnsCount() throws {
    let found = try run(
      "fields: {email: Email, role: Role, learn: [Logistics, Leadership]}\n",
      "Email,Role,Logistics,Leadership\nanna@x.example.com,Mentor,Logistics,Leadership\n")
    #expect(found.output.contains(#""learn":["logistics","leadership"]"#))
  }

  @Test func aChoiceWithoutAColumnIsNamed() throws {
    let found = try run(Self.choices, "Email,Role,l1\nanna@x.example.com,Mentor,1\n")
    #expect(found.errors.contains("no column for a choice of learn"))
  }

  // MARK: - Only what counts

  @Test(arguments: [
    ("only: {Sent: any}", "Sent is empty"), ("only: {Sent: [\"yes\", done]}", "Sent is not 'yes' or 'done'"),
    ("except: {Kind: preview}", "Kind is 'preview'"),
  ])
  func rowsThatDoNotCountAreCounted(rule: String, reason: String) throws {
    let found = try run(
      "fields: {email: Email, role: Role}\n" + rule + "\n",
      "Email,Role,Sent,Kind\nanna@x.example.com,Mentor,YES,\nanna@x.example.com,Mentee,,Preview\n")
    #expect(found.status == 0 && found.lines.count == 1 && found.output.contains(#""role":"mentor""#))
    #expect(found.notes.contains("answers.csv: note: 1 row is left out: \(reason)"), "\(found.errors)")
    #expect(found.notes.last == "note: 1 person, 1 row left out by the form's rules, 0 of 4 rows rejected")
  }

  @Test func aRuleAboutAMissingColumnLeavesNothingOut() throws {
    let found = try run(
      "fields: {email: Email, role: Role}\nonly: {Sent: any}\n", "Email,Role\nanna@x.example.com,Mentor\n")
    #expect(found.lines.count == 1 && found.errors.contains("no column for the condition on Sent"))
  }

  // MARK: - One order of dates in a column

  private static let dated = "fields: {email: Email, role: Role, timestamp: When}\n"

  @Test(arguments: [
    ("25/03/2026", "04/03/2026", "", "mentor"), ("03/25/2026", "04/03/2026", "", "mentee"),
    ("03/04/2026", "04/03/2026", "date-order: day-first\n", "mentor"),
    // The region is American.
    ("03/04/2026", "04/03/2026", "", "mentee"),
  ])
  func theLaterAnswerCounts(first: String, second: String, order: String, role: String) throws {
    let found = try run(
      Self.dated + order,
      "Email,Role,When\nanna@x.example.com,Mentor,\(first)\nanna@x.example.com,Mentee,\(second)\n")
    #expect(found.output.contains("\"role\":\"\(role)\""), "\(found.errors)")
  }

  @Test func bothOrdersInOneColumnAreNamed() throws {
    let found = try run(
      Self.dated,
      "Email,Role,When\nanna@x.example.com,Mentor,25/03/2026\nbob@x.example.com,Mentee,03/25/2026\n")
    #expect(found.errors.contains("dates are day-first in line 2 ('25/03/2026') and month-first in line 3"))
  }

  @Test func aTimeThatCannotBeReadIsNamedOnce() throws {
    let found = try run(
      Self.dated, "Email,Role,When\nanna@x.example.com,Mentor,soon\nbob@x.example.com,Mentee,later\n")
    #expect(
      found.complaints.filter { $0.contains("as a time") } == [
        "answers.csv:2: warning: row 1, column 3 (When): 'soon' and 1 more cannot be read as a time: say in the form's "
          + "`time-format` how times are written"
      ])
  }

  // MARK: - Spreadsheets

  @Test func whatASpreadsheetDidIsUndoneOrNamed() throws {
    let staff = #"""
      Employee number,Name,Email,Department,Site,Level,Languages
      "=""00101""",Anna Ray,anna@x.example.com,Sales,North,1,en
      102.0,Bob Lee,bob@x.example.com,NULL,North,7,German
      ########,Cy Fox,cy@x.example.com,#REF!,North,7,en
      1.01E+05,Di Fox,di@x.example.com,#BEZUG!,North,7,en

      """#
    let found = try run(
      "fields: {email: Email, role: Role}\n",
      "Email,Role\nanna@x.example.com,Mentor\nbob@x.example.com,Mentee\n", staff: staff)
    #expect(found.output.contains("\"id\":\"xx:00101\""))
    let faults = found.complaints.filter { $0.hasPrefix("staff.csv") }
    #expect(
      faults.map { $0.split(separator: ":")[1] } == ["3", "4", "4", "5", "5"],
      "\(found.errors)")
  }

  // MARK: - Titles and footers

  @Test(arguments: [("", ","), (",,,,,,", ","), (";;;;;;", ";"), ("", ";"), ("", "\t")])
  func linesAroundTheTableAreNoted(padding: String, delimiter: String) throws {
    let table = Self.staff.split(separator: "\n").map { $0.replacing(",", with: delimiter) }
    let text =
      "Employee report\(padding)\nPrinted 2026-09-01\(padding)\n\n" + table.joined(separator: "\n")
      + "\n\nTotal: 2\(padding)\nConfidential\(padding)\n"
    let found = try run(
      "fields: {email: Email, role: Role}\n", "Email,Role\nanna@x.example.com,Mentor\n", staff: text)
    #expect(found.status == 0 && found.lines.count == 1 && found.complaints.isEmpty, "\(found.errors)")
    #expect(
      found.errors.contains("staff.csv: note: 2 rows above the headings left out, the first 'Employee report")
    )
    #expect(found.errors.contains("note: 2 lines below the last row left out, the first 'Total: 2"))
  }

  @Test(arguments: ["103,Cy Fox,cy@x", "103,Cy F", "103\n104,Di Ray,di@x.example.com,Sales,North,7,en\n"])
  func aCutRowIsNoFooter(end: String) throws {
    let found = try run(
      "fields: {email: Email, role: Role}\n", "Email,Role\nanna@x.example.com,Mentor\n",
      staff: Self.staff + end)
    #expect(found.status == 65 && found.errors.contains("staff.csv:4: error: row 3"), "\(found.errors)")
  }

  @Test func whatIsNoTableIsNamed() throws {
    let desk = try Desk()
    let text = "Employee number,Name,Email"
    let host: [UInt8] = text.utf8.map { byte -> UInt8 in
      switch byte {
      case 0x20: 0x40
      case 0x2C: 0x6B
      case UInt8(ascii: "a")...UInt8(ascii: "i"): byte - 0x61 + 0x81
      case UInt8(ascii: "j")...UInt8(ascii: "r"): byte - 0x6A + 0x91
      case UInt8(ascii: "s")...UInt8(ascii: "z"): byte - 0x73 + 0xA2
      case UInt8(ascii: "A")...UInt8(ascii: "I"): byte - 0x41 + 0xC1
      default: 0xD5
      }
    }
    for (bytes, word) in [(host, "EBCDIC"), (Array("[{\"a\":1}]".utf8), "JSON")] {
      let found = desk.run(try desk.write(bytes, "x.csv"))
      #expect(
        found.status != 0 && found.complaints.count == 1 && found.errors.contains(word), "\(found.errors)")
    }
  }

  @Test func timesOfSurveyAnswersThatCannotBeReadAreCounted() throws {
    let desk = try Desk()
    try desk.write("use: midterm\nfields: {timestamp: When}\n", "Config/regions/xx/forms/own.yaml")
    let rows = [("1", "soon"), ("1", "later"), ("2", "2026-08-02 10:11:12")]
    let text =
      "response,When,employee,cohort,role,q1_useful,q2_recommend,q3_comment\n"
      + rows.enumerated().map { "\($0),\($1.1),\($1.0),2026-autumn,mentor,5,9,\n" }.joined()
    let found = desk.run(try desk.take("staff.csv"), try desk.write(text, "midterm.csv") + "@form=own")
    #expect(
      found.errors.contains("midterm.csv: warning: 'soon' and 1 more cannot be read as a time"),
      "\(found.errors)")
  }

  // MARK: - XML

  @Test(arguments: [
    ("R & D", "x.xml:3: error: a bare '&'"), ("J\u{FC}rgen", "x.xml:3: error: byte 0xFC"),
    ("J&uuml;rgen", "error: the entity '&uuml;' is not defined"),
    ("a\u{1}b", "x.xml:3"), ("a</b>", "Opening and ending tag mismatch"),
  ])
  func aFaultInTheFirstRecordIsNamed(name: String, complaint: String) throws {
    let desk = try Desk()
    try desk.write(
      "kind: staff\nformat: xml\nrows: all/one\nfields: {employeeNumber: nr, name: name, email: mail, site: site}\n",
      "Config/regions/xx/forms/own.yaml")
    let text =
      "<?xml version='1.0' encoding='UTF-8'?>\n<all><one>\n<name>\(name)</name>\n<nr>1</nr></one></all>\n"
    let bytes = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    let found = desk.run(try desk.write(bytes, "x.xml"))
    #expect(found.status == 65 && found.complaints.count == 1, "\(found.errors)")
    #expect(found.errors.contains(complaint), "\(found.errors)")
  }

  // MARK: - One cause, one message; all causes of a row

  @Test func allFaultsOfARowAreNamedAtOnce() throws {
    let staff =
      "Employee number,Name,Email,Department,Site,Level,Languages\n1,Ann,ann@nowhere,,Oz,two,Klingonish\n"
    let found = try run("fields: {email: Email, role: Role}\n", "Email,Role\n", staff: staff)
    #expect(found.complaints.filter { $0.hasPrefix("staff.csv:2: error") }.count == 5, "\(found.errors)")
    #expect(found.errors.contains("1 of 1 row rejected"))
  }

  @Test func anUnknownManagerIsAWarning() throws {
    let staff =
      "Employee number,Name,Email,Department,Site,Level,Manager,Languages\n1,Ann,ann@x.example.com,A,North,2,99,en\n"
      + "2,Ben,ben@x.example.com,A,North,2,99,en\n"
    let found = try run(
      "fields: {email: Email, role: Role}\n",
      "Email,Role\nann@x.example.com,Mentor\nben@x.example.com,Mentee\n",
      staff: staff)
    #expect(found.status == 0 && found.lines.count == 2)
    #expect(found.lines.allSatisfy { $0.contains("\"manager\":\"xx:99\"") })
    #expect(
      found.complaints == [
        "warning: 2 people of xx name managers who are not in the master data ('99'): the numbers are kept"
      ])
  }

  @Test func aCorrectedRowElsewhereIsNoError() throws {
    let desk = try Desk()
    let bad = try desk.write(
      "Employee number,Name,Email,Department,Site,Level,Languages\n1,Ann,annx.example.com,A,North,2,en\n",
      "staff.csv")
    let good = try desk.write(
      "Employee number,Name,Email,Department,Site,Level,Languages\n1,Ann,ann@x.example.com,A,North,2,en\n",
      "corrected.csv")
    let found = desk.run(bad, good)
    #expect(found.status == 0 && found.complaints.isEmpty)
    #expect(found.errors.contains("staff.csv:2: note: row 1: not read ("))
    #expect(found.errors.contains("and corrected at corrected.csv:2"))
  }

  // MARK: - Who somebody was

  private static let answers = "Email,Role\nanna@x.example.com,Mentor\nbob@x.example.com,Mentee\n"

  private func again(_ first: String, _ second: String, answers: String = answers) throws -> Desk.Result {
    let desk = try Desk()
    try desk.write(Self.head + "fields: {email: Email, role: Role}\n", "Config/regions/xx/forms/own.yaml")
    let answers = try desk.write(answers, "answers.csv")
    let before = desk.run(try desk.write(first, "one.csv"), answers, "--format", "ndjson")
    let previous = try desk.write(before.output, "people.ndjson")
    return desk.run(
      try desk.write(second, "two.csv"), answers, "--format", "ndjson", "--previous", previous)
  }

  private static func week(_ rows: [String]) -> String {
    "Employee number,Name,Email,Department,Site,Level,Manager,Languages\n" + rows.map { $0 + "\n" }.joined()
  }

  @Test func lostZerosAreGivenBack() throws {
    let found = try again(
      Self.week([
        "00101,Anna Ray,anna@x.example.com,A,North,1,00103,en",
        "00102,Bob Lee,bob@x.example.com,A,North,7,,en",
        "00103,Cy Fox,cy@x.example.com,A,North,7,,en",
      ]),
      Self.week([
        "101,Anna Ray,anna@x.example.com,A,North,1,103,en", "102,Bob Lee,bob@x.example.com,A,North,7,,en",
        "103,Cy Fox,cy@x.example.com,A,North,7,,en",
      ]))
    #expect(found.status == 0 && found.lines.map { $0.contains("\"id\":\"xx:0010") } == [true, true])
    #expect(found.errors.contains("warning: 2 employee numbers of xx lost leading zeros"))
    #expect(found.errors.contains("0 new, 0 changed, 0 gone, 2 as before"), "\(found.errors)")
  }

  @Test func anAnswerUnderTheEarlierAddressCounts() throws {
    let found = try again(
      Self.week([
        "101,Anna Ray,anna@x.example.com,A,North,1,,en", "102,Bob Lee,bob@x.example.com,A,North,7,,en",
      ]),
      Self.week([
        "101,Anna Fox,anna.fox@x.example.com,A,North,1,,en", "102,Bob Lee,bob@x.example.com,A,North,7,,en",
      ]))
    #expect(found.status == 0 && found.lines.count == 2)
    #expect(
      found.errors.contains(
        "answers.csv:2: note: 'anna@x.example.com' was the address of xx:101 (now 'anna.fox@x.example.com')"))
  }

  @Test func anotherNumberUnderTheSameAddressIsNoNewPerson() throws {
    let found = try again(
      Self.week([
        "101,Anna Ray,anna@x.example.com,A,North,1,,en", "102,Bob Lee,bob@x.example.com,A,North,7,,en",
      ]),
      Self.week([
        "555,Anna Ray,anna@x.example.com,A,North,1,,en", "102,Bob Lee,bob@x.example.com,A,North,7,,en",
      ]))
    #expect(found.status == 65 && found.lines.count == 1)
    #expect(
      found.errors.contains("'anna@x.example.com' was employee 101 in the earlier import and is 555 now"))
  }

  @Test func anExchangeOfMostPeopleWritesNothing() throws {
    let names = (1...12).map { "p\($0)" }
    let answers =
      "Email,Role\n" + names.map { "\($0)@x.example.com,Mentor\n\($0)@y.example.com,Mentor\n" }.joined()
    let found = try again(
      Self.week(names.map { "\($0),Name \($0),\($0)@x.example.com,A,North,1,,en" }),
      Self.week(names.map { "q\($0),Other \($0),\($0)@y.example.com,A,North,1,,en" }), answers: answers)
    #expect(found.status == 65 && found.output.isEmpty)
    #expect(found.errors.contains("12 of 12 people are gone and 12 are new, so that nothing is written"))
  }
}
