import Basics
import Foundation
import Programme
import RecordStream
import Testing
import ToolSupport

@testable import tandem_match

@Suite struct MatchCommandTests {
  private let people = MatchTool.stream(MatchTool.five)
  private let cohort = ["--cohort", "2026-autumn", "--format", "ndjson"]

  @Test func recordsPassByteForByteAndTandemsFollow() {
    let odd = "{\"record\":\"badge\" , \"x\":[1,2]}\n"
    let run = MatchTool.run(cohort, input: odd + people)
    #expect(run.status == .done)
    #expect(run.text.hasPrefix(odd + people))
    #expect(run.tandems == ["2026-autumn/pl:1+pl:11", "2026-autumn/pl:2+pl:12"])
    #expect(run.records("unmatched").compactMap { $0["person"]?.string } == ["pl:13"])
    #expect(run.errors == "note: 5 applicants, 2 tandems, 1 unmatched\n")
  }

  @Test func shuffledLinesAndASecondRunGiveTheSame() {
    func made(_ run: MatchTool.Run) -> [JSONValue] { run.records("tandem") + run.records("unmatched") }
    let first = MatchTool.run(cohort, input: people)
    #expect(made(MatchTool.run(cohort, input: MatchTool.stream(MatchTool.five.reversed()))) == made(first))
    // The result as input: what was made is made anew, nothing stands twice.
    #expect(MatchTool.run(cohort, input: first.text).output == first.output)
  }

  @Test func aStreamWithoutPeopleIsTheWrongFile() {
    let odd = "{\"record\":\"badge\"}\n"
    let run = MatchTool.run(cohort, input: odd)
    #expect(run.status == .badInput)
    #expect(run.text == odd)
    #expect(
      run.errors.hasPrefix(
        "error: no person is on the stream: is it the right file? `tandem-import` makes the people of exports\n"
      ))
  }

  @Test func locksAndForbidsComeFromFiles() throws {
    let folder = try MatchTool.Folder()
    let lock = try folder.file("lock.csv", "Mentor;Mentee\nŁukasz Żak;Jan Kos\n")
    let locked = MatchTool.run(cohort + ["--lock", lock], input: people)
    #expect(locked.tandems.first == "2026-autumn/pl:1+pl:12")
    #expect(locked.records("tandem").first?["locked"] == .bool(true))
    let forbid = try folder.file("forbid.csv", "p1@example.com,11\n")
    #expect(
      !MatchTool.run(cohort + ["--forbid", forbid], input: people).tandems.contains("2026-autumn/pl:1+pl:11"))
    let wrong = try folder.file("wrong.csv", "1,11\nnobody at all,11\n")
    let refused = MatchTool.run(cohort + ["--forbid", wrong], input: people)
    #expect(refused.status == .badInput)
    #expect(refused.tandems.isEmpty)
    #expect(
      refused.errors.hasPrefix(
        "\(wrong):2:1: error: \"nobody at all\" is nobody on the stream; write an id, an address or a whole name\n"
      ))
    #expect(MatchTool.run(cohort + ["--lock", folder.path + "/none"], input: people).status == .noInput)
  }

  @Test func anEarlierResultIsKeptAndItsWaitingPeopleCountFirst() throws {
    let folder = try MatchTool.Folder()
    let waiting = Record.unmatched(Unmatched(person: PersonID("pl:13"), cohort: "2025-autumn", reasons: []))
      .line
    let previous = try folder.file("previous.ndjson", String(decoding: waiting, as: UTF8.self) + "\n")
    let run = MatchTool.run(cohort + ["--previous", previous], input: people)
    #expect(run.records("unmatched").compactMap { $0["person"]?.string } != ["pl:13"])
    #expect(run.text.hasPrefix(people + "{\"cohort\":\"2026-autumn\",\"id\""))
    // A pair of an earlier cohort does not come again, whether on the stream or in the file.
    let before = Record.tandem(
      Tandem(
        cohort: "2025-autumn", region: "pl", mentor: PersonID("pl:1"), mentee: PersonID("pl:11"),
        score: TandemScore(total: 1, taught: 1, returned: 1, shared: 1, distance: 1))
    ).line
    let line = String(decoding: before, as: UTF8.self) + "\n"
    let again = MatchTool.run(cohort, input: people + line)
    #expect(!again.tandems.contains("2026-autumn/pl:1+pl:11"))
    #expect(again.text.contains(line))
    let file = try folder.file("before.ndjson", line)
    #expect(
      !MatchTool.run(cohort + ["--previous", file], input: people).tandems.contains("2026-autumn/pl:1+pl:11"))
  }

  @Test func candidatesGoToAFileAndComeBackAsScores() throws {
    let folder = try MatchTool.Folder()
    let file = folder.path + "/candidates.csv"
    let run = MatchTool.run(cohort + ["--candidates", file], input: people)
    let lines = try folder.text("candidates.csv").split(separator: "\n").map { String($0) }
    #expect(lines.first == "mentor,mentee,score")
    #expect(lines.count == 6)
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(MatchTool.run(cohort + ["--scores", file], input: people).tandems == run.tandems)
  }

  @Test func aBareFileOfScoresIsSolved() throws {
    let folder = try MatchTool.Folder()
    let file = try folder.file("scores.csv", "left,right,score\na,x,5\na,y,9\nb,y,8\n")
    let run = MatchTool.run(["--scores", file, "--format", "csv"])
    #expect(run.status == .done)
    #expect(run.text == "left,right,score\na,x,5\nb,y,8\n")
    #expect(run.errors.hasPrefix("note: 2 pairs, total 13, worst 5, 0."))
    #expect(MatchTool.run(cohort + ["--scores", file], input: "").text == run.text)
    let wrong = try folder.file("wrong.csv", "left,right,score\na,x,much\n")
    let refused = MatchTool.run(["--scores", wrong])
    #expect(refused.status == .badInput)
    #expect(refused.errors.hasPrefix("\(wrong):2: error: score 'much' is not an integer"))
  }

  @Test func aCertificateProvesTheResultAndNoOther() throws {
    let folder = try MatchTool.Folder()
    let file = folder.path + "/certificate"
    #expect(MatchTool.run(cohort + ["--certificate", file], input: people).status == .done)
    let proved = MatchTool.run(["verify", file])
    #expect(proved.status == .done)
    #expect(proved.text.hasPrefix("proved: 2 tandems (0 locked), total "))
    let text = try folder.text("certificate")
    let changed = try folder.file(
      "changed", text.replacingOccurrences(of: "\"chosen\":[0]", with: "\"chosen\":[1]"))
    #expect(MatchTool.run(["verify", changed]).status == .badInput)
    #expect(MatchTool.run(["verify", folder.path + "/none"]).status == .noInput)
  }

  @Test func aTandemThatEndsIsReplaced() {
    let before = MatchTool.run(cohort, input: people).text
    let run = MatchTool.run(
      ["replace", "2026-autumn/pl:1+pl:11", "--for", "Łukasz Żak", "--format", "ndjson"], input: before)
    // 13 is the only one free, and of the department of 1.
    #expect(run.status == .unavailable)
    #expect(run.errors.hasPrefix("error: nobody is free for pl:1: "))
    let other = MatchTool.run(
      ["replace", "2026-autumn/pl:2+pl:12", "--for", "pl:2", "--format", "ndjson"], input: before)
    #expect(other.status == .done)
    #expect(
      other.tandems == ["2026-autumn/pl:1+pl:11", "2026-autumn/pl:2+pl:12", "2026-autumn/pl:2+pl:13"])
    #expect(other.records("tandem")[1]["status"]?.string == "ended")
    #expect(MatchTool.run(["replace", "2026-autumn/x+y"], input: before).status == .badInput)
  }

  @Test func wrongCallsAndBadStreamsEndAsTheHouseSays() throws {
    #expect(MatchTool.run([]).status == .usage)
    #expect(MatchTool.run(cohort + ["--format", "ics"], input: people).status == .usage)
    #expect(MatchTool.run(cohort + ["--objective", "best"], input: people).status == .usage)
    #expect(MatchTool.run(cohort + ["/no/such/file"]).status == .noInput)
    #expect(MatchTool.run(cohort, input: people, region: "nowhere").status == .configuration)
    let broken = MatchTool.run(cohort, input: people + "{\"record\":\"person\"\n")
    #expect(broken.status == .badInput)
    #expect(broken.tandems.count == 2)
    let twice = MatchTool.run(cohort, input: people + MatchTool.stream([MatchTool.five[0]]))
    #expect(twice.status == .badInput)
    #expect(
      twice.errors.contains(
        "standard input:6: error: pl:1 is on the stream twice; the first record counts"))
    let stranger = MatchTool.run(
      cohort, input: people + MatchTool.stream([MatchTool.person(1, .mentor, region: "xx")]))
    #expect(stranger.status == .badInput)
    #expect(stranger.errors.contains("the region is not declared"))
    let other = MatchTool.run(
      cohort, input: people + MatchTool.stream([MatchTool.person(1, .mentor, region: "de")]))
    #expect(other.status == .done)
    #expect(other.tandems.count == 2)
  }

  @Test func theTableCountsWhatHRAsksFor() {
    let text = MatchTool.run(["--cohort", "2026-autumn", "--format", "table"], input: people).text
    #expect(text.hasPrefix("Cohort 2026-autumn\n\nmentor "))
    #expect(text.contains("\nregion  applicants  mentors  mentees  either  tandems  unmatched\n"))
    #expect(text.contains("\npl               5        2        3       0        2          1\n"))
    #expect(text.contains("Ewa Lis"))
    #expect(text.contains("capacity 1, department 1"))
  }

  @Test func csvIsSafeForASpreadsheet() {
    var people = MatchTool.five
    people[0].name = "=cmd()"
    let run = MatchTool.run(
      ["--cohort", "2026-autumn", "--format", "csv"], input: MatchTool.stream(people))
    #expect(run.text.contains("\r\npl:1,'=cmd(),pl:11,Zofia Łącka,pl,Warszawa,"))
  }

  @Test func explanationsAreRecordsThatAddUp() {
    let run = MatchTool.run(cohort + ["--explain"], input: people)
    let explanations = run.records("explanation")
    #expect(explanations.compactMap { $0["person"]?.string } == ["pl:1", "pl:11", "pl:12", "pl:13", "pl:2"])
    for explanation in explanations {
      for tandem in explanation["tandems"]?.array ?? [] {
        let points = (tandem["parts"]?.array ?? []).compactMap { $0["points"]?.integer }.reduce(0, +)
        #expect(points == tandem["total"]?.integer)
      }
    }
    let one = MatchTool.run(cohort + ["--explain", "Ewa Lis"], input: people)
    #expect(one.records("explanation").count == 1)
    #expect(
      MatchTool.run(cohort + ["--explain", "Ewa Lys"], input: people).errors.contains(
        "is Ewa Lis (pl:13) meant?"))
  }

  /// What a person of HR reads; `RECORD=1` writes the golden files anew.
  @Test(arguments: ["Łukasz Żak", "Ewa Lis"]) func anExplanationReadsAsTheGoldenFileSays(_ name: String)
    throws
  {
    let run = MatchTool.run(
      ["--cohort", "2026-autumn", "--format", "table", "--explain", name], input: people)
    let path = "\(MatchTool.fixtures)/\(name.split(separator: " ")[0]).txt"
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try Data(run.output).write(to: URL(fileURLWithPath: path))
    }
    let golden = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(run.text == String(decoding: golden, as: UTF8.self))
  }
}
