import Foundation
import Programme
import RecordStream
import Testing
import ToolSupport

@testable import tandem_survey

@Suite struct MissingCommandTests {
  private let desk: SurveyDesk
  private let stream: String

  init() throws {
    desk = try SurveyDesk()
    // Twelve mentors in Warszawa, each with a mentee in Wrocław; one more pair elsewhere, and one that ended.
    var lines = ""
    for number in 0..<28 {
      let site = number >= 24 ? "Gdańsk" : number % 2 == 0 ? "Warszawa" : "Wrocław"
      lines +=
        #"{"capacity":1,"department":["Sales"],"email":"p\#(number)@pl.example.com","id":"pl:\#(100_000 + number)","#
        + #""languages":["pl"],"name":"Person \#(number)","record":"person","region":"pl","role":"either","#
        + #""site":"\#(site)","timeZone":"Europe/Warsaw"}"# + "\n"
    }
    for pair in 0..<14 {
      let tandem = Tandem(
        cohort: "2026-autumn", region: "pl", mentor: PersonID("pl:\(100_000 + 2 * pair)"),
        mentee: PersonID("pl:\(100_001 + 2 * pair)"),
        score: TandemScore(total: 0, taught: 0, returned: 0, shared: 0, distance: 0),
        status: pair == 13 ? .ended : .active)
      lines += String(decoding: Record.tandem(tandem).line, as: UTF8.self) + "\n"
    }
    stream = try desk.file("plan.ndjson", lines)
  }

  private let call = ["missing", "--survey", "midterm", "--cohort", "2026-autumn"]

  @Test func countsOfGroupsAndNamesForTheOfficeAlone() throws {
    let answers = try desk.file("midterm.csv", SurveyDesk.midterm(0..<20))
    let names = desk.path + "/names.csv"
    let run = desk.run(call + ["--by", "site", "--names", names, "--quiet", stream, answers])
    // Of the two in Gdańsk nothing is told: neither a count nor a name.
    #expect(run.output == "site,asked,missing\r\nWarszawa,12,2\r\nWrocław,12,2\r\n", "\(run.errors)")
    let text = try String(contentsOfFile: names, encoding: .utf8)
    #expect(
      text == "person,name,email,region,site,department,role\r\n"
        + [20, 22, 21, 23].map { number in
          "pl:\(100_000 + number),Person \(number),p\(number)@pl.example.com,pl,\(number % 2 == 0 ? "Warszawa" : "Wrocław"),Sales,"
            + "\(number % 2 == 0 ? "mentor" : "mentee")\r\n"
        }.joined())
    let mode = try FileManager.default.attributesOfItem(atPath: names)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func namesDoNotOverwriteAnInput() throws {
    let text = SurveyDesk.midterm(0..<20)
    let answers = try desk.file("midterm.csv", text)
    let link = desk.path + "/link.csv"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: answers)
    for names in [answers, desk.path + "/./midterm.csv", link] {
      let run = desk.run(call + ["--names", names, stream, answers + "@form=midterm"])
      #expect(run.status == .usage && run.errors.contains("is an input too"), "\(run.errors)")
      #expect(try String(contentsOfFile: answers, encoding: .utf8) == text)
    }
  }

  @Test func remindersWaitInTheOutboxAndCountAsNotices() throws {
    let answers = try desk.file("midterm.csv", SurveyDesk.midterm(0..<20))
    let box = desk.path + "/outbox"
    let words =
      call + [
        "--outbox", box, "--link", "https://survey.example.com/m", "--closes", "2027-01-31", "--by", "site",
        stream, answers,
      ]
    let first = desk.run(words + ["--now", "2027-01-20T09:00:00Z"])
    #expect(
      first.errors.contains("outbox: note: 4 reminders wait to be sent; 0 deferred"), "\(first.errors)")
    let mails = try FileManager.default.contentsOfDirectory(atPath: box + "/new").sorted()
    #expect(mails.count == 4)
    let mail = try String(contentsOfFile: box + "/new/" + (mails.first ?? ""), encoding: .utf8)
    #expect(
      mail.contains("To: \"Person 20\" <p20@pl.example.com>\r\n")
        && mail.contains("https://survey.example.com/m")
    )
    #expect(mail.contains("Content-Language: pl\r\n") && mail.utf8.allSatisfy { $0 < 0x80 })
    // In the same week nobody is written to again; in the next one they are.
    let again = desk.run(words + ["--now", "2027-01-22T09:00:00Z"])
    #expect(again.errors.contains("0 reminders wait to be sent; 4 deferred"))
    #expect(
      desk.run(words + ["--now", "2027-01-29T09:00:00Z"]).errors.contains("4 reminders wait to be sent"))
  }

  @Test(arguments: [
    (["--outbox", "box"], "--outbox needs --link and --closes"),
    (["--closes", "soon"], "--closes soon: write the day"),
    (["--now", "today"], "\"today\" is not a time; write it as 2026-12-01"),
    (["--format", "html"], "--format html: write table, csv or xlsx"),
  ])
  func aWrongCallIsTold(_ words: [String], _ message: String) {
    let run = desk.run(call + words + [stream])
    #expect(run.status == .usage && run.errors.contains(message))
  }

  @Test func aCohortOfNobodyIsReported() {
    let run = desk.run(["missing", "--survey", "midterm", "--cohort", "none", stream])
    #expect(run.status == .badInput)
    #expect(
      run.errors
        == "error: nobody is in a tandem of `none`: give the stream with its people and tandems too\n")
  }
}
