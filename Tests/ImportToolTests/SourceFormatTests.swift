import Basics
import Foundation
import Programme
import RecordStream
import Testing

/// One small export of each source, all of them saying the same of the same two people.
struct SourceFormatTests {
  @Test(arguments: [
    ("limesurvey.csv", "limesurvey-csv", "UTF-8 with BOM, ';', CRLF, 1 heading row"),
    ("limesurvey.xml", "limesurvey-xml", "XML, UTF-8"),
    (
      "microsoft.csv", "microsoft-forms",
      "windows-1252 (99% sure), ';', CRLF, 1 heading row; dates month-first, which is usual in US"
    ),
    ("google.csv", "google-forms", "UTF-8, ',', LF, 1 heading row"),
    ("qualtrics.csv", "qualtrics", "UTF-8, ',', LF, 3 heading rows"),
    ("surveymonkey.csv", "surveymonkey", "UTF-8, ',', CR, 2 heading rows"),
    ("triple-s.csv", "triple-s", "windows-1252 (99% sure), ',', CRLF, 1 heading row"),
  ])
  func everyQuestionnaireSaysTheSame(file: String, form: String, summary: String) throws {
    let desk = try Desk()
    let run = desk.run(try desk.take("staff.csv"), try desk.take(file))
    #expect(run.notes.contains("\(file): note: form \(form) of xx; \(summary)"))
    #expect(run.status == 0, "\(run.errors)")
    try #require(run.lines.count == 2)
    let ann = try run.record(0)
    #expect(ann["id"]?.string == "xx:1")
    #expect(ann["role"]?.string == "mentor")
    #expect(ann["learn"]?.array == [.string("data-privacy")])
    #expect(ann["teach"]?.array == [.string("leadership"), .string("presentation")])
    #expect(ann["interests"]?.array == [])
    #expect(ann["said"]?["learn"]?.array == [.string("data privacy"), .string("knitting")])
    #expect(ann["said"]?["comments"]?.array?.count == 1)
    let bob = try run.record(1)
    #expect(bob["id"]?.string == "xx:2")
    #expect(bob["role"]?.string == "either")
    #expect(bob["learn"]?.array == [])
    #expect(bob["interests"]?.array == [.string("e-bike")])
    #expect(bob["said"]?["comments"] == nil)
  }

  @Test func anEncodingThatShowsLateIsReported() throws {
    let desk = try Desk()
    let heading = "Timestamp,Email Address,Role,What would you like to learn?\n"
    let row = "2026/08/02 1:39:41 PM,ann@x.example.com,Mentor,leadership\n"
    let bytes = Array((heading + String(repeating: row, count: 5000)).utf8)
    let late = Array("2026/08/02 1:39:42 PM,ann@x.example.com,Mentor,K".utf8) + [0xFC] + Array("hlung\n".utf8)
    let run = desk.run(try desk.take("staff.csv"), try desk.write(bytes + late, "google.csv"))
    #expect(
      run.notes.contains("google.csv: note: windows-1252, by the first letters beyond ASCII, which come late")
    )
    #expect(run.output.contains("Kühlung"))
  }

  @Test func excelInChinaWritesGBK() throws {
    let desk = try Desk()
    let text = "电子邮件,角色,您想学什么？,您擅长什么？,您对什么感兴趣？,备注\r\np9@cn.example.com,导帅,物流,,,镕𠮷\r\n"
    let bytes = EncodingBytes.gb18030(text)
    let file = try desk.write(bytes, "answers.csv")
    let run = desk.run("--region", "cn", file, "--rejects", desk.path("rejects.csv"))
    #expect(
      run.notes.first == "answers.csv: note: form answers of cn; GB18030 (99% sure), ',', CRLF, 1 heading row"
    )
    #expect(run.complaints.first?.contains("unknown role '导帅'") == true, "\(run.errors)")
    #expect(try desk.bytes("rejects.csv") == bytes, "word for word, in the file's own encoding")
    let named = desk.run("--region", "cn", "--encoding", "latin1", file)
    #expect(named.notes.first?.contains("GB18030") != true, "the caller knows better")
  }

  @Test func masterDataIsTheSameAsTableAndAsTimeSlices() throws {
    let desk = try Desk()
    let answers = try desk.take("google.csv")
    let table = desk.run(try desk.take("staff.csv"), answers)
    let slices = desk.run(try desk.take("successfactors.xml"), answers)
    #expect(slices.status == 0, "\(slices.errors)")
    try #require(table.lines.count == 2 && slices.lines.count == 2)
    for index in 0..<2 {
      guard case .object(var a) = try table.record(index), case .object(let b) = try slices.record(index)
      else { continue }
      // The table says besides on which days Ann works.
      a["workingHours"] = nil
      #expect(a == b)
    }
  }

  @Test func theWholeRecord() throws {
    let desk = try Desk()
    let run = desk.run(try desk.take("staff.csv"), try desk.take("google.csv"))
    #expect(
      run.lines == [
        #"{"attributes":{"costCentre":"C1"},"department":["Engineering","Software"],"email":"ann@x.example.com","#
          + #""id":"xx:1","interests":[],"languages":["de","en"],"learn":["data-privacy"],"level":2,"manager":"xx:3","#
          + #""name":"Ann Lee","record":"person","region":"xx","role":"mentor","said":{"comments":["hello"],"#
          + #""learn":["data privacy","knitting"],"teach":["leadership","presenting"]},"site":"North","#
          + #""source":{"file":"google.csv","line":2},"teach":["leadership","presentation"],"#
          + #""timeZone":"Europe/Berlin","#
          + #""workingHours":{"monday":["08:00-18:00"],"tuesday":["08:00-18:00"]}}"#,
        #"{"attributes":{"costCentre":"C2"},"department":["Sales"],"email":"bob@x.example.com","id":"xx:2","#
          + #""interests":["e-bike"],"languages":["en"],"learn":[],"level":5,"manager":"xx:3","name":"Bob Roe","#
          + #""record":"person","region":"xx","role":"either","said":{"interests":["e-bike"]},"site":"North","#
          + #""source":{"file":"google.csv","line":3},"teach":[],"timeZone":"Europe/Berlin"}"#,
      ])
  }

  @Test func profilesAddInterests() throws {
    let desk = try Desk()
    let run = desk.run(
      try desk.take("staff.csv"), try desk.take("google.csv"), try desk.take("connections.xml"))
    #expect(run.status == 0, "\(run.errors)")
    #expect(try run.record(0)["interests"]?.array == [.string("video")])
    #expect(
      try run.record(0)["said"]?["interests"]?.array == [.string("video and blogging"), .string("sourdough")])
  }

  @Test func guessesCanBeOverridden() throws {
    let desk = try Desk()
    let staff = try desk.take("staff.csv")
    let answers = try desk.write(
      "1|a|ann@x.example.com|mentor\n2|b|bob@x.example.com|mentee\n", "bare.csv")
    let form = """
      kind: questionnaire
      format: csv
      fields: {email: "3", role: {columns: ["4"], required: true}}
      roles: {mentor: mentor, mentee: mentee}
      """
    try desk.write(form, "Config/regions/xx/forms/bare.yaml")
    let plain = desk.run(staff, "--form", "staff-csv")
    #expect(plain.notes.first == "staff.csv: note: form staff-csv of xx; UTF-8, ',', LF, 1 heading row")
    let run = desk.run(
      "--form", "bare", "--heading-rows", "0", "--delimiter", "|", "--encoding", "latin2", answers)
    #expect(run.notes.first == "bare.csv: note: form bare of xx; ISO-8859-2, '|', LF, no heading row")
    let other = desk.run("--form", "nothing", staff)
    #expect(other.status == 65)
    #expect(
      other.complaints.first?.hasPrefix("staff.csv: error: no region has a form named 'nothing'") == true)
  }

  @Test func aFormThatRegionsShareIsReadByTheSiteOfEachRow() throws {
    let desk = try Desk()
    let row = { (number: Int, site: String) in
      "<sfobject><person><person_id_external>\(number)</person_id_external><formal_name>N \(number)</formal_name>"
        + "<email_information><email_address>p\(number)@x.example.com</email_address></email_information>"
        + "<employment_information><job_information><end_date>9999-12-31</end_date><department>Sales</department>"
        + "<location>\(site)</location></job_information></employment_information></person></sfobject>"
    }
    let staff = try desk.write(
      "<queryResponse><result>" + row(1, "Charleston") + row(2, "上海") + row(3, "Atlantis")
        + "</result></queryResponse>",
      "staff.xml")
    let answers = try desk.write(
      "Timestamp,Email Address,Role,What would you like to learn?,What can you do?,What are you interested in?,Comments\n"
        + "2026/08/02 1:39:41 PM GMT+1,p1@x.example.com,Mentor,,,,\n"
        + "2026/08/02 1:39:41 PM GMT+1,p2@x.example.com,Mentor,,,,\n", "google.csv")
    let run = desk.run("--region", "us,cn", staff, answers)
    #expect(
      run.notes.first { $0.hasPrefix("staff.xml") }
        == "staff.xml: note: form staff of us and cn; XML, UTF-8; the region by each row's site")
    #expect(
      run.lines.map { $0.contains("\"id\":\"cn:2\"") || $0.contains("\"id\":\"us:1\"") } == [true, true])
    #expect(
      run.complaints == [
        "staff.xml:1: error: row 3: the site of p3@x.example.com is none of us and cn, or of more than one of them: "
          + "correct it, or name the region with --region"
      ])
    #expect(run.status == 65)
  }
}
