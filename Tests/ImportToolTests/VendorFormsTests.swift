import Basics
import Foundation
import RecordStream
import Testing

/// Exports shaped like those of each vendor: all fields come out, no field is lost, and drafts, previews and people who have left
/// are left out.
@Suite("Forms of vendors")
struct VendorFormsTests {
  /// A region's own form, which adapts the shipped one to its questionnaire, as regions do.
  static let questionnaires: [(file: String, form: String, leftOut: Int)] = [
    (
      "sosci.csv",
      """
      use: sosci
      heading-rows: 2
      fields:
        email: AA01_01
        role: {columns: AA02, required: true}
        learn: {columns: LE01_02a, choices: {LE01_01: data privacy}, ticked: "2"}
        teach: {choices: {TE01_01: leadership, TE01_02: presenting}, ticked: "2"}
        interests: {choices: {IN01_01: e-bike}, ticked: "2"}
        comments: {columns: AA03_01, values: {"-9": ""}}
      roles: {"1": mentor, "2": mentee, "3": either}
      """, 2
    ),
    (
      "unipark.csv",
      """
      use: unipark
      fields:
        role: {columns: v_1, required: true}
        learn: {columns: v_4, choices: {v_2: data privacy}, values: {"-99": "", "-77": ""}, ticked: "1"}
        teach: {choices: {v_5: leadership, v_6: presenting}, ticked: "1"}
        interests: {choices: {v_7: e-bike}, ticked: "1"}
        comments: {columns: v_8, values: {"-99": "", "-77": ""}}
      roles: {"1": mentor, "2": mentee, "3": either}
      """, 2
    ),
    (
      "redcap.csv",
      """
      use: redcap
      fields:
        learn: {columns: learn_other, choices: {learn___1: data privacy, learn___2: spreadsheets}, ticked: "1"}
        teach: {choices: {teach___1: leadership, teach___2: presenting}, ticked: "1"}
        interests: {choices: {interests___1: e-bike}, ticked: "1"}
      roles: {"1": mentor, "2": mentee, "3": either}
      """, 1
    ),
    (
      "kobo.csv",
      """
      use: kobo
      fields:
        learn: {columns: learn, separators: [" "], values: {data_privacy: data privacy}}
        interests: {columns: interests, separators: [" "], values: {e_bike: e-bike}}
      """, 1
    ),
    (
      "typeform.csv",
      """
      use: typeform
      fields:
        learn: {columns: Other, choices: {data privacy: data privacy}}
        teach: {choices: {leadership: leadership, presenting: presenting}}
        interests: {choices: {e-bike: e-bike}}
      """, 1
    ),
    (
      "limesurvey-vv.csv",
      """
      use: limesurvey-csv
      heading-rows: 2
      delimiter: tab
      fields:
        learn: {columns: learn_other, choices: {learn_SQ001: data privacy, learn_SQ002: spreadsheets}}
      """, 2
    ),
    (
      "limesurvey-split.xml",
      """
      use: limesurvey-xml
      fields:
        learn: {columns: 282267X9X10other, choices: {282267X9X10SQ001: data privacy}}
        teach: {choices: {282267X9X11SQ001: leadership, 282267X9X11SQ002: presenting}}
        interests: {choices: {282267X9X12SQ001: e-bike}}
      """, 1
    ),
    ("qualtrics-legacy.csv", "use: qualtrics\nheading-rows: 2\nonly: {Finished: \"1\"}\n", 1),
    ("surveymonkey-one-row.csv", "use: surveymonkey\n", 0),
  ]

  @Test("questionnaires", arguments: questionnaires.indices)
  func questionnaire(_ index: Int) throws {
    let (file, form, leftOut) = Self.questionnaires[index]
    let desk = try Desk()
    try desk.write(form, "Config/regions/xx/forms/own.yaml")
    let run = desk.run(
      try desk.take("staff.csv") + "@form=staff-csv", try desk.take(file) + "@form=own", "--format", "ndjson")
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      leftOut == 0 || run.errors.contains("\(leftOut) row\(leftOut == 1 ? "" : "s") left out"),
      "\(run.errors)")
    try #require(run.lines.count == 2, "\(run.errors)")
    let ann = try run.record(0)
    #expect(ann["role"]?.string == "mentor")
    #expect(ann["learn"]?.array == [.string("data-privacy")], "\(run.lines[0])")
    #expect(
      Set(ann["said"]?["learn"]?.array ?? []) == [.string("data privacy"), .string("knitting")],
      "\(run.lines[0])")
    #expect(ann["teach"]?.array == [.string("leadership"), .string("presentation")], "\(run.lines[0])")
    #expect(ann["interests"]?.array == [])
    #expect(ann["said"]?["comments"]?.array?.count == 1)
    if file == "limesurvey-vv.csv" {
      #expect(ann["said"]?["comments"]?.array == [.string("\"one\"\ntwo {x}")])
    }
    let bob = try run.record(1)
    #expect(bob["role"]?.string == "either")
    #expect(bob["learn"]?.array == [] && bob["teach"]?.array == [], "\(run.lines[1])")
    #expect(bob["interests"]?.array == [.string("e-bike")], "\(run.lines[1])")
    #expect(bob["said"]?["comments"] == nil, "\(run.lines[1])")
  }

  @Test(
    "a code for no answer is not the number without its minus",
    arguments: [("sosci", "FINISHED", "1", "-9"), ("unipark", "dispcode", "31", "-99")])
  func codesOfNoAnswer(form: String, state: String, done: String, code: String) throws {
    let desk = try Desk()
    try desk.write("use: \(form)\n", "Config/regions/xx/forms/own.yaml")
    let file = try desk.write(
      "email,role,capacity,learn,\(state)\nann@x.example.com,mentor,9,leadership,\(done)\n"
        + "bob@x.example.com,mentor,\(code),leadership,\(done)\n", "answers.csv")
    let run = desk.run(try desk.take("staff.csv"), file + "@form=own", "--format", "ndjson")
    #expect(run.status == 0, "\(run.errors)")
    #expect(try run.record(0)["capacity"]?.integer == 9)
    #expect(try run.record(1)["capacity"] == nil)
  }

  @Test("a negative code in the column of a choice is no choice, and -1 is no consent")
  func negativeTicks() throws {
    let desk = try Desk()
    try desk.write(
      """
      kind: questionnaire
      format: csv
      fields:
        email: {columns: Email, required: true}
        role: {columns: Role, required: true}
        learn: {choices: {L1: leadership, L2: data privacy}}
        consent: Consent
      roles: {Mentor: mentor}

      """, "Config/regions/xx/forms/own.yaml")
    let staff = try desk.take("staff.csv")
    let file = try desk.write("Email,Role,L1,L2,Consent\nann@x.example.com,Mentor,1,-99,yes\n", "answers.csv")
    let run = desk.run(staff, file + "@form=own", "--format", "ndjson")
    #expect(try run.record(0)["learn"]?.array == [.string("leadership")], "\(run.errors)")
    #expect(try run.record(0)["said"]?["learn"]?.array == [.string("leadership")], "\(run.lines)")
    try desk.write("Email,Role,L1,L2,Consent\nann@x.example.com,Mentor,1,1,-1\n", "answers.csv")
    let refused = desk.run(staff, file + "@form=own", "--format", "ndjson")
    #expect(
      refused.lines.isEmpty && refused.errors.contains("'-1' is neither yes nor no"), "\(refused.errors)")
  }

  @Test(
    "master data",
    arguments: ["personio", "bamboohr", "workday", "sap-hcm"])
  func staff(_ form: String) throws {
    let desk = try Desk()
    try desk.write("use: \(form)\n", "Config/regions/xx/forms/own.yaml")
    let run = desk.run(
      try desk.take(form + ".csv") + "@form=own", try desk.take("google.csv"), "--format", "ndjson")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("1 row left out"), "\(run.errors)")
    try #require(run.lines.count == 2, "\(run.errors)")
    let ann = try run.record(0)
    #expect(ann["name"]?.string == "Ann Lee" && ann["site"]?.string == "North")
    // SAP HCM has no level: a pay scale group is a text.
    #expect(ann["level"]?.integer == (form == "sap-hcm" ? nil : 2))
    #expect(ann["department"]?.array == [.string("Engineering"), .string("Software")], "\(run.lines[0])")
    #expect(ann["languages"]?.array == [.string("de"), .string("en")])
    #expect(ann["attributes"]?["costCentre"]?.string == "C1")
    #expect(ann["manager"]?.string == "xx:" + (form == "sap-hcm" ? "00000003" : "3"), "\(run.lines[0])")
  }

  /// Another number of the system's own would make one person of two, or give somebody another's manager.
  @Test(
    "a row without the employee number gets no number of another kind",
    arguments: [("bamboohr", "\"1\",\"40\"", "\"\",\"40\""), ("personio", "40,1,", "40,,")])
  func otherNumbers(form: String, row: String, without: String) throws {
    let desk = try Desk()
    try desk.write("use: \(form)\n", "Config/regions/xx/forms/own.yaml")
    try desk.take(form + ".csv")
    let file = try desk.write(try desk.text(form + ".csv").replacing(row, with: without), "export.csv")
    let run = desk.run(file + "@form=own")
    #expect(run.status == 65 && run.errors.contains("no employee number: fill it in"), "\(run.errors)")
  }

  @Test("Workday: a name of first and last name, and the Worker where there is no other")
  func workdayNames() throws {
    for (heading, name) in [
      ("Legal First Name,Legal Last Name,Work Email", "Ann,Lee"), ("Worker,Title,Email - Work", "Ann Lee,Dr"),
    ] {
      let desk = try Desk()
      try desk.write("use: workday\n", "Config/regions/xx/forms/own.yaml")
      let file = try desk.write(
        "Employee ID,\(heading),Location\n1,\(name),ann@x.example.com,North\n", "export.csv")
      let run = desk.run(file + "@form=own", try desk.take("google.csv"), "--format", "ndjson")
      #expect(try run.record(0)["name"]?.string == "Ann Lee", "\(run.errors)")
    }
  }

  @Test("SAP HCM: labels as an ALV list has them")
  func sapLabels() throws {
    for heading in ["Personnel no.,Name,E-mail,Pers.subarea,Cost Ctr", "Personalnr.,Name,E-Mail,BTEXT,KOSTL"]
    {
      let desk = try Desk()
      try desk.write("use: sap-hcm\n", "Config/regions/xx/forms/own.yaml")
      let file = try desk.write("\(heading)\n0001,Ann Lee,ann@x.example.com,North,C1\n", "export.csv")
      let run = desk.run(file + "@form=own", try desk.take("google.csv"), "--format", "ndjson")
      let ann = try run.record(0)
      #expect(ann["id"]?.string == "xx:0001" && ann["attributes"]?["costCentre"]?.string == "C1")
    }
  }

  @Test("REDCap with labels: an instrument that is not complete is left out")
  func redcapLabels() throws {
    let desk = try Desk()
    try desk.write("use: redcap\n", "Config/regions/xx/forms/own.yaml")
    let file = try desk.write(
      """
      Record ID,Survey Timestamp,Email address,Role,Complete?
      1,2026-08-02 10:11:12,ann@x.example.com,mentor,Complete
      2,2026-08-02 10:11:12,bob@x.example.com,mentor,Incomplete

      """, "answers.csv")
    let run = desk.run(try desk.take("staff.csv"), file + "@form=own", "--format", "ndjson")
    #expect(run.lines.count == 1 && run.output.contains("ann@x.example.com"), "\(run.errors)")
    #expect(run.errors.contains("1 row is left out: Complete? is not '2' or 'Complete'"), "\(run.errors)")
  }

  @Test("Qualtrics: the address of a contact list")
  func qualtricsAddress() throws {
    let desk = try Desk()
    let file = try desk.write("ResponseId,EmailAddress,role\nR_1,ann@x.example.com,Mentor\n", "answers.csv")
    let run = desk.run(
      try desk.take("staff.csv"), file + "@form=qualtrics,heading-rows=1", "--format", "ndjson")
    #expect(run.lines.count == 1 && run.output.contains("ann@x.example.com"), "\(run.errors)")
    #expect(
      run.complaints.contains {
        $0.contains("no column for the condition on Finished: rows that are not to count are read too")
      }, "\(run.errors)")
  }
}
