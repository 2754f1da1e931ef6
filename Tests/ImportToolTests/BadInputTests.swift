import Basics
import Foundation
import Programme
import RecordStream
import Testing

/// Every kind of bad row: named, kept word for word, and never in the way of the good ones.
struct BadInputTests {
  static let staffHeading = "Employee number,Name,E-mail,Department,Site,Level,Manager,Languages\n"
  static let staff =
    staffHeading + "1,Ann Lee,ann@x.example.com,Sales,North,2,3,en\n"
    + "3,Cy Doe,cy@x.example.com,Sales,South,9,,en\n"
  static let heading =
    "Timestamp,Email Address,Role,What would you like to learn?,What can you do?,What are you interested in?,Comments\n"
  static let good = "2026/08/02 10:39:41 AM GMT+1,ann@x.example.com,Mentor,leadership,presenting,,\n"

  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var row: [UInt8]
    var complaint: String

    init(_ name: String, _ row: String, _ complaint: String) {
      self.init(name, bytes: Array(row.utf8), complaint)
    }

    init(_ name: String, bytes: [UInt8], _ complaint: String) {
      self.name = name
      row = bytes
      self.complaint = complaint
    }

    var testDescription: String { name }
  }

  static let when = "2026/08/02 10:39:41 AM GMT+1"

  static let answers: [Case] = [
    Case(
      "ragged", "\(when),cy@x.example.com,Mentor\n",
      "answers.csv:3: error: row 2: 3 fields where the headings are 7: add what is missing, or the quotes around a text "
        + "with a line break"),
    Case(
      "unterminated quote", "\(when),cy@x.example.com,Mentor,\"leadership,,,\n",
      "answers.csv:3: error: row 2, column 4 (What would you like to learn?): the quote that opens here is never "
        + "closed: close it, or double a quote meant as such"),
    Case(
      "NUL", bytes: Array("\(when),cy@x.example.com,Mentor,lead\u{0}ership,,,\n".utf8),
      "answers.csv:3: error: row 2, column 4 (What would you like to learn?): the row holds a NUL byte, which no text "
        + "has: export the file again as text"),
    Case(
      "unknown role", "\(when),cy@x.example.com,Mentr,leadership,,,\n",
      "answers.csv:3: error: row 2, column 3 (Role): unknown role 'Mentr' (nearest 'Mentor'): write one of Both, "
        + "Mentee, Mentor, or add the word to the roles of form google-forms"),
    Case(
      "no role", "\(when),cy@x.example.com,,leadership,,,\n",
      "answers.csv:3: error: row 2, column 3 (Role): no role: fill it in"),
    Case(
      "bad address", "\(when),cy.x.example.com,Mentor,leadership,,,\n",
      "answers.csv:3: error: row 2, column 2 (Email Address): the e-mail address 'cy.x.example.com' has no @: correct "
        + "it"),
    Case(
      "two addresses", "\(when),cy@x.example.com cy@y.example.com,Mentor,leadership,,,\n",
      "answers.csv:3: error: row 2, column 2 (Email Address): the e-mail address 'cy@x.example.com cy@y.example.com' "
        + "has more than one @: correct it"),
    Case(
      "anonymous", "\(when),anonymous,Mentor,leadership,,,\n",
      "answers.csv:3: error: row 2, column 2 (Email Address): the form was answered anonymously: ask the person to "
        + "answer signed in"),
    Case(
      "no address", "\(when),,Mentor,leadership,,,\n",
      "answers.csv:3: error: row 2, column 2 (Email Address): neither an e-mail address nor an employee number: fill "
        + "in one of them"),
    Case(
      "no staff record", "\(when),zoe@x.example.com,Mentor,leadership,,,\n",
      "answers.csv:3: error: row 2, column 2 (Email Address): no staff record for zoe@x.example.com: correct it, or "
        + "add the person to the master data"),
  ]

  @Test(arguments: answers)
  func badAnswer(_ bad: Case) throws {
    let desk = try Desk()
    let staff = try desk.write(BadInputTests.staff, "staff.csv")
    let file = try desk.write(
      Array((BadInputTests.heading + BadInputTests.good).utf8) + bad.row, "answers.csv")
    let run = desk.run(staff, file, "--rejects", desk.path("rejects.csv"))
    #expect(run.complaints == [bad.complaint])
    #expect(run.status == 65)
    #expect(run.lines.count == 1, "the good row goes through")
    #expect(try desk.bytes("rejects.csv") == Array(BadInputTests.heading.utf8) + bad.row)
    let attributes = try FileManager.default.attributesOfItem(atPath: desk.path("rejects.csv"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(run.notes.contains("rejects.csv: note: 1 row of answers.csv kept to be corrected"))
  }

  static let staffRows: [Case] = [
    Case(
      "site", "1,Ann Lee,ann@x.example.com,Sales,Middle,2,3,en\n",
      "staff.csv:2: error: row 1, column 5 (Site): unknown site 'Middle': write one of North and South, or name it in "
        + "the region.yaml of xx: sites: {North: {aliases: [Middle]}}; where such rows are of other companies, leave them out "
        + "by `only: {site: …}` in the form staff-csv"),
    Case(
      "level", "1,Ann Lee,ann@x.example.com,Sales,North,two,3,en\n",
      "staff.csv:2: error: row 1, column 6 (Level): the level 'two' is not a whole number: correct it, or state in the form's "
        + "values what it means"),
    Case(
      "address", "1,Ann Lee,ann@nowhere,Sales,North,2,3,en\n",
      "staff.csv:2: error: row 1, column 3 (E-mail): the e-mail address 'ann@nowhere' has no domain: correct it"
    ),
    Case(
      "department", "1,Ann Lee,ann@x.example.com,,North,2,3,en\n",
      "staff.csv:2: error: row 1, column 4 (Department): no department: fill it in"),
    Case(
      "language", "1,Ann Lee,ann@x.example.com,Sales,North,2,3,Klingonish\n",
      "staff.csv:2: error: row 1, column 8 (Languages): unknown language 'Klingonish': write its name or a tag such as "
        + "'de', or state in the form's values what it means"),
    Case(
      "number", ",Ann Lee,ann@x.example.com,Sales,North,2,3,en\n",
      "staff.csv:2: error: row 1, column 1 (Employee number): no employee number: fill it in"),
  ]

  @Test(arguments: staffRows)
  func badMasterData(_ bad: Case) throws {
    let desk = try Desk()
    let staff = try desk.write(
      Array(BadInputTests.staffHeading.utf8) + bad.row
        + Array("3,Cy Doe,cy@x.example.com,Sales,South,9,,en\n".utf8),
      "staff.csv")
    let answers = try desk.write(BadInputTests.heading + BadInputTests.good, "answers.csv")
    let run = desk.run(staff, answers, "--rejects", desk.path("rejects.csv"))
    #expect(run.complaints.contains(bad.complaint), "\(run.errors)")
    // Whoever answered is not told that nobody of the name is there, but what to correct.
    let hint =
      bad.name == "address"
      ? "no staff record for ann@x.example.com: correct it, or add the person to the master data"
      : "the staff record of ann@x.example.com was rejected (staff.csv:2): correct that row and import both again"
    #expect(
      run.complaints.contains("answers.csv:2: error: row 1, column 2 (Email Address): \(hint)"),
      "\(run.errors)")
    #expect(run.status == 65)
    #expect(try desk.bytes("rejects-staff.csv") == Array(BadInputTests.staffHeading.utf8) + bad.row)
    #expect(try desk.text("rejects-answers.csv") == BadInputTests.heading + BadInputTests.good)
  }

  @Test func bytesThatAreNotOfTheEncoding() throws {
    let desk = try Desk()
    let staff = try desk.write(BadInputTests.staff, "staff.csv")
    let bytes = [0xEF, 0xBB, 0xBF] + Array((BadInputTests.heading + BadInputTests.good).utf8)
    let bad =
      Array("\(BadInputTests.when),cy@x.example.com,Mentor,f".utf8) + [0xFC] + Array("hrung,,,\n".utf8)
    let file = try desk.write(bytes + bad, "answers.csv")
    let run = desk.run(staff, file, "--rejects", desk.path("rejects.csv"))
    #expect(
      run.complaints == [
        "answers.csv:3: error: row 2, column 4 (What would you like to learn?): byte 0xFC at offset "
          + "\(bytes.count + bad.count - 10) is not UTF-8: name the file's encoding, or export it again"
      ])
    #expect(run.status == 65 && run.lines.count == 1)
    #expect(try desk.bytes("rejects.csv") == bytes.prefix(3 + BadInputTests.heading.utf8.count) + bad)
  }

  @Test func whatAQuestionnaireSaysOfDepartmentsAndAcquaintances() throws {
    let desk = try Desk()
    try desk.write(
      """
      use: google-forms
      fields:
        department: {columns: Team, separators: [/]}
        acquainted: {columns: Known, separators: [";"]}
      """, "Config/regions/xx/forms/long.yaml")
    let heading = "Timestamp,Email Address,Role,Team,Known\n"
    let file = try desk.write(
      heading + "\(BadInputTests.when),ann@x.example.com,Mentor,Sales,3;Cy Doe;cy@x.example.com;Zoe\n"
        + "\(BadInputTests.when),cy@x.example.com,Mentor,Magic,\n", "answers.csv")
    let run = desk.run(try desk.write(BadInputTests.staff, "staff.csv"), file)
    #expect(
      run.complaints == [
        "answers.csv: warning: form long of xx: no column for learn and teach, and no similar heading: left empty",
        "answers.csv:2: warning: 'Zoe', whom ann@x.example.com knows, is not in the master data: write an employee "
          + "number or an e-mail address",
        "answers.csv:3: error: row 2, column 4 (Team): the department 'Magic' of cy@x.example.com is not in the master "
          + "data of xx: correct it there or here",
      ])
    #expect(try run.record(0)["acquainted"]?.array == [.string("xx:3")])
  }

  @Test func mendedRejectsAreImportedAgain() throws {
    let desk = try Desk()
    let staff = try desk.write(BadInputTests.staff, "staff.csv")
    let bad = "\(BadInputTests.when),cy@x.example.com,Mentr,leadership,,,\n"
    let answers = try desk.write(BadInputTests.heading + BadInputTests.good + bad, "answers.csv")
    _ = desk.run(staff, answers, "--rejects", desk.path("rejects.csv"))
    let mended = try desk.write(
      try desk.text("rejects.csv").replacing("Mentr", with: "Mentor"), "rejects.csv")
    let run = desk.run(staff, mended)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.count == 1 && run.output.contains("\"id\":\"xx:3\""))
  }

  @Test func rejectsOfXMLAreXMLAgain() throws {
    let desk = try Desk()
    let staff = try desk.take("staff.csv")
    let xml = try String(contentsOf: Desk.fixtures.appending(path: "limesurvey.xml"), encoding: .utf8)
    let answers = try desk.write(xml.replacing("[mentor]", with: "[guru]"), "answers.xml")
    let run = desk.run(staff, answers, "--rejects", desk.path("rejects.xml"))
    #expect(run.status == 65 && run.lines.count == 1)
    let rejects = try desk.text("rejects.xml")
    #expect(rejects.hasPrefix(String(xml.prefix(200))))
    #expect(rejects.contains("<row><id><![CDATA[1]]></id>") && !rejects.contains("bob@x.example.com"))
    #expect(rejects.contains("two") || rejects.contains("<comments><![CDATA[a <b> & c]]></comments>"))
    let mended = try desk.write(rejects.replacing("[guru]", with: "[mentor]"), "mended.xml")
    let again = desk.run(staff, mended)
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.lines.count == 1 && again.output.contains("ann@x.example.com"))
  }

  @Test func theEncodingOfRejectsIsThatOfTheFile() throws {
    let desk = try Desk()
    let staff = try desk.take("staff.csv")
    let text = "电子邮件\t角色\t您想学什么？\t您擅长什么？\t您对什么感兴趣？\t备注\r\np9@cn.example.com\t导帅\t物流\t\t\t\r\n"
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let answers = try desk.write(bytes, "answers.txt")
    let run = desk.run("--region", "cn", answers, "--rejects", desk.path("rejects.txt"))
    #expect(
      run.complaints == [
        "answers.txt:2: error: row 1, column 2 (角色): unknown role '导帅' (nearest '导师'): write one of Both, Mentee, Mentor, 均可, 学员, 导师, or "
          + "add the word to the roles of form answers"
      ])
    #expect(try desk.bytes("rejects.txt") == bytes)
    _ = staff
  }

  @Test func headingsThatAFieldNeeds() throws {
    let desk = try Desk()
    let twice = try desk.write(
      "Timestamp,Email Address,Role,Role\n1,a@x.example.com,Mentor,Mentee\n", "twice.csv")
    #expect(
      desk.run("--form", "google-forms", twice).complaints == [
        "twice.csv: error: the heading 'Role' for role appears 2 times (columns 3 and 4): rename those that are not meant"
      ])
    let empty = try desk.write("Timestamp,Email Address,\n1,a@x.example.com,Mentor\n", "empty.csv")
    #expect(
      desk.run("--form", "google-forms", empty).complaints == [
        "empty.csv: error: no form of xx fits; the nearest is google-forms of xx: no heading 'Role' or 'Your role' for "
          + "role (column 3 without a heading): give the column its heading, or name it in the form"
      ])
    let other = try desk.write("a,b,c\n1,2,3\n", "other.csv")
    let run = desk.run(other)
    #expect(
      run.complaints == [
        "other.csv: error: no form of xx knows it (its headings are 'a', 'b', 'c'): is it a questionnaire? if so, add "
          + "a form for it, or name one with --form"
      ])
    #expect(run.status == 65)
  }

  @Test(arguments: [
    ("", "empty.csv: error: the file is empty: export it again"),
    ("%PDF-1.7\n", "empty.csv: error: this is a PDF, not a table: export the answers as CSV or XML"),
    (
      "PK\u{3}\u{4}rest",
      "empty.csv: error: the workbook is damaged, the archive's directory, which is at its end, is missing or damaged: "
        + "the file was cut: open it in Excel or LibreOffice and save it again, or export it again"
    ),
  ])
  func noTable(text: String, complaint: String) throws {
    let desk = try Desk()
    let run = desk.run(try desk.write(text, "empty.csv"))
    #expect(run.complaints == [complaint])
    #expect(run.status == 65)
    #expect(run.output.isEmpty)
  }

  /// An attack before the first element leaves no form to find: it is named all the same, at its place.
  @Test(arguments: [
    (
      "<!DOCTYPE document [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><document>&e;</document>",
      "x.xml:1:59: error: the document declares the entity 'e', which is not allowed: export it without a DTD"
    ),
    (
      "<?xml version='1.0' encoding='UTF-7'?><document/>",
      "x.xml:1: error: the encoding 'UTF-7' is not read: export the file as UTF-8 (read are UTF-8, UTF-16, ISO-8859-x, "
        + "windows-125x and US-ASCII)"
    ),
  ])
  func hostileXML(text: String, complaint: String) throws {
    let desk = try Desk()
    let run = desk.run(try desk.write(text, "x.xml"))
    #expect(run.complaints == [complaint])
    #expect(run.status == 65 && run.output.isEmpty)
  }

  @Test(arguments: ["\n\n\n", "\u{FEFF}", "\u{FEFF}\r\n"])
  func blankFiles(text: String) throws {
    let desk = try Desk()
    let run = desk.run(try desk.write(text, "blank.csv"))
    #expect(run.complaints == ["blank.csv: error: the file is empty: export it again"])
  }

  @Test func truncatedXMLKeepsTheRowsBefore() throws {
    let desk = try Desk()
    let xml = try [UInt8](Data(contentsOf: Desk.fixtures.appending(path: "limesurvey.xml")))
    let answers = try desk.write(Array(xml.dropLast(60)), "answers.xml")
    let run = desk.run(try desk.take("staff.csv"), answers)
    #expect(run.status == 65)
    #expect(run.lines.count >= 1)
    let errors = run.complaints.filter { $0.contains(": error: ") }
    #expect(errors.count == 1 && errors[0].contains("the file ends inside <"))
  }

  @Test func aMissingFileEndsTheToolBeforeAnyWork() throws {
    let desk = try Desk()
    let run = desk.run(desk.path("none.csv"), try desk.take("staff.csv"), desk.path("neither.csv"))
    #expect(run.status == 66)
    #expect(run.complaints.map { $0.prefix { $0 != ":" } } == ["none.csv", "neither.csv"])
    #expect(run.output.isEmpty)
  }

  @Test func unknownTopicsAreWarnedOfWithTheNearest() throws {
    let desk = try Desk()
    let staff = try desk.write(BadInputTests.staff, "staff.csv")
    let rows =
      "\(BadInputTests.when),ann@x.example.com,Mentor,\"leadershop, qqqq\",qqqq,\"leadersh, presenting\",\n"
      + "\(BadInputTests.when),cy@x.example.com,Mentor,qqqq,,,\n"
    let answers = try desk.write(BadInputTests.heading + rows, "answers.csv")
    let run = desk.run(staff, answers, "--topics-report=\(desk.path("words.csv"))")
    #expect(run.status == 0)
    #expect(
      run.complaints == [
        "answers.csv: warning: 2 phrases name no topic and stay free words, 1 is taken for topics that it mentions or "
          + "nearly spells: add what is a topic to the aliases of the catalogue"
      ])
    #expect(
      run.notes.filter { $0.contains("  ") } == [
        "answers.csv: note: count  line  phrase      topic",
        "answers.csv: note:     3     2  qqqq        none",
        "answers.csv: note:     1     2  leadersh    none; the nearest is 'leadership'",
        "answers.csv: note:     1     2  leadershop  leadership",
      ])
    #expect(try run.record(0)["learn"]?.array == [.string("leadership")])
    #expect(try run.record(0)["said"]?["learn"]?.array == [.string("leadershop"), .string("qqqq")])
    #expect(
      try desk.text("words.csv").replacing("\r\n", with: "\n") == """
        word,region,count,nearest,taken for
        qqqq,xx,3,,
        leadersh,xx,1,leadership,
        leadershop,xx,1,leadership,leadership

        """)
    let bare = desk.run("--topics-report", staff, answers)
    #expect(bare.errors.contains("qqqq,xx,3,,"))
  }
}
