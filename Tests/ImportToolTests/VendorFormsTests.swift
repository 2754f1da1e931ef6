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
    ("limesurvey-vv.csv", "use: limesurvey-csv\nheading-rows: 2\ndelimiter: tab\n", 2),
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
    #expect(ann["name"]?.string == "Ann Lee" && ann["site"]?.string == "North" && ann["level"]?.integer == 2)
    #expect(ann["department"]?.array == [.string("Engineering"), .string("Software")], "\(run.lines[0])")
    #expect(ann["languages"]?.array == [.string("de"), .string("en")])
    #expect(ann["attributes"]?["costCentre"]?.string == "C1")
    #expect(ann["manager"]?.string?.hasSuffix("3") == true, "\(run.lines[0])")
  }
}
