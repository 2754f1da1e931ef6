import Foundation
import Programme
import RecordStream
import Testing
import ToolSupport

@testable import tandem_survey

@Suite struct SurveyCommandTests {
  private let desk: SurveyDesk
  init() throws { desk = try SurveyDesk() }

  private let heading =
    "region,question,asked,answered,rate,mean,sd,median,top,nps,rate_low,rate_high,mean_low,mean_high,top_low,top_high,"
    + "nps_low,nps_high,lower_quartile,upper_quartile,distribution,hidden"

  @Test func anExportBecomesATableWithoutADetour() throws {
    let export = try desk.file("midterm.csv", SurveyDesk.midterm(0..<40))
    let run = desk.run(["--survey", "midterm", "--format", "csv", export])
    #expect(run.status == .done, "\(run.errors)")
    #expect(run.rows.first == Substring(heading))
    #expect(run.rows.count == 7, "three questions by one region, and in all")
    #expect(run.rows[1].hasPrefix("pl,q1_useful,40,40,1,3,1.4322297480788657,3,0.4,,"))
    #expect(run.rows[4].hasPrefix(",q1_useful,40,40,1,3,"))
  }

  /// A plan says who is mentor and who mentee, where the export has no such column.
  @Test func theRoleIsKnownFromThePlan() throws {
    var plan = ""
    var answers = "employee,q1_useful,q2_recommend,q3_comment\n"
    for number in 1...24 {
      plan +=
        #"{"department":["Sales"],"email":"p\#(number)@pl.example.com","id":"pl:\#(number)","name":"P \#(number)","#
        + #""record":"person","region":"pl","role":"either","site":"Warszawa","timeZone":"Europe/Warsaw"}"#
        + "\n"
      answers += "\(number),\(1 + number % 5),8,\n"
    }
    for number in 1...12 {
      plan +=
        #"{"cohort":"2026-autumn","id":"2026-autumn/pl:\#(number)+pl:\#(number + 12)","mentee":"pl:\#(number + 12)","#
        + #""mentor":"pl:\#(number)","record":"tandem","region":"pl"}"# + "\n"
    }
    let files = [try desk.file("plan.ndjson", plan), try desk.file("midterm.csv", answers)]
    let run = desk.run(["--survey", "midterm", "--by", "role", "--format", "csv"] + files)
    #expect(run.rows.contains { $0.hasPrefix("mentor,q1_useful,12,12,") }, "\(run.output)\(run.errors)")
    #expect(run.rows.contains { $0.hasPrefix("mentee,q1_useful,12,12,") }, "\(run.output)")
  }

  @Test func optionsFollowTheNameOfAFile() throws {
    let export = try desk.file("midterm.csv", SurveyDesk.midterm(0..<40))
    let good = desk.run(["--survey", "midterm", "--format", "csv", export + "@form=midterm,delimiter=comma"])
    #expect(good.status == .done && good.rows.count == 7, "\(good.errors)")
    let bad = desk.run(["--survey", "midterm", export + "@delimiter=;"])
    #expect(bad.status == .badInput && bad.output.isEmpty)
    #expect(bad.errors.contains("no row has it, and ',' makes 8 columns"), "\(bad.errors)")
    #expect(desk.run(["--survey", "midterm", export + "@from=midterm"]).status == .usage)
    let sheet = desk.run(["--survey", "midterm", "--sheet", "Q1", export])
    #expect(sheet.status == .done && !sheet.output.isEmpty, "\(sheet.errors)")
    #expect(sheet.errors.contains("none of the files is a workbook"), "\(sheet.errors)")
  }

  /// What cannot be opened is 66, what is no export is 65, and both before any table is made: as in tandem-import.
  @Test func filesThatAreNoExports() throws {
    let export = try desk.file("midterm.csv", SurveyDesk.midterm(0..<40))
    let pdf = try desk.file("a.pdf", "%PDF-1.7\n")
    let empty = try desk.file("b.csv", "")
    let call = ["--survey", "midterm", "--format", "csv", export]
    let bad = desk.run(call + [pdf, empty])
    #expect(bad.status == .badInput && bad.output.isEmpty)
    #expect(bad.errors.contains("a.pdf: error:") && bad.errors.contains("b.csv: error:"), "\(bad.errors)")
    let missing = desk.run(call + [pdf, desk.path + "/none.csv"])
    #expect(missing.status == .noInput && missing.output.isEmpty, "\(missing.errors)")
    #expect(desk.run(call + [desk.path]).status == .noInput)
  }

  /// Who was a mentor until the tandem ended answers as one.
  @Test func whoseTandemsHaveEndedKeepTheirRole() throws {
    var lines = ""
    for number in 0..<24 {
      lines +=
        #"{"capacity":1,"department":["Sales"],"email":"p\#(number)@pl.example.com","id":"pl:\#(100_000 + number)","#
        + #""languages":["pl"],"name":"Person \#(number)","record":"person","region":"pl","role":"either","#
        + #""site":"Warszawa","timeZone":"Europe/Warsaw"}"# + "\n"
    }
    func tandem(_ mentor: Int, _ mentee: Int, _ status: Tandem.Status) -> String {
      let tandem = Tandem(
        cohort: "2026-autumn", region: "pl", mentor: PersonID("pl:\(100_000 + mentor)"),
        mentee: PersonID("pl:\(100_000 + mentee)"),
        score: TandemScore(total: 0, taught: 0, returned: 0, shared: 0, distance: 0), status: status)
      return String(decoding: Record.tandem(tandem).line, as: UTF8.self) + "\n"
    }
    // The last pair was the other way round before.
    for pair in 0..<12 { lines += tandem(2 * pair, 2 * pair + 1, pair < 6 ? .ended : .active) }
    lines += tandem(23, 22, .ended)
    let stream = try desk.file("plan.ndjson", lines)
    // The export does not say who is what.
    let export = try desk.file(
      "midterm.csv",
      "response,employee,cohort,q1_useful,q2_recommend\n"
        + (0..<24).map { "\($0),\(100_000 + $0),2026-autumn,4,9\n" }.joined())
    let run = desk.run(["--survey", "midterm", "--by", "role", "--format", "csv", stream, export])
    let usefulRows = run.rows.filter { $0.contains("q1_useful") }
    #expect(
      usefulRows.contains { $0.hasPrefix("mentor,q1_useful,12,12,") }
        && usefulRows.contains { $0.hasPrefix("mentee,q1_useful,12,12,") }, "\(run.errors)\(run.output)")
  }

  @Test func recordsGiveTheSameAsTheExport() throws {
    let export = try desk.file("midterm.csv", SurveyDesk.midterm(0..<30))
    let records = (0..<30).map { number in
      #"{"record":"response","id":"midterm:pl:\#(number)","survey":"midterm","region":"pl","cohort":"2026-autumn","#
        + #""role":"\#(number % 2 == 0 ? "mentor" : "mentee")","answers":{"q1_useful":\#(1 + number * 7 % 5),"#
        + #""q2_recommend":\#(number * 3 % 11),"q3_comment":\#(number % 3 == 0 ? "null" : #""fine""#)}}"#
        + "\n"
    }.joined()
    let stream = try desk.file("midterm.ndjson", records)
    for format in ["csv", "ndjson", "table", "html"] {
      let words = ["--survey", "midterm", "--by", "role", "--format", format]
      let first = desk.run(words + [export])
      let second = desk.run(words + [stream])
      #expect(first.output == second.output && first.output.utf8.count > 300)
      #expect(second.errors == "" || second.errors.hasPrefix("note: what is hidden is proved to protect"))
    }
  }

  @Test func fewAreNotShown() throws {
    let export = try desk.file("midterm.csv", SurveyDesk.midterm(0..<30) { $0 < 3 ? "mentee" : "mentor" })
    let run = desk.run(["--survey", "midterm", "--by", "role", "--format", "csv", export])
    let cells = run.rows.filter { $0.contains("q1_useful") }
    #expect(cells.count == 3)
    // The mentees are few; of the others and of all one must go too, or three is the difference.
    #expect(cells.filter { $0.hasPrefix("mentee,q1_useful,,,,") }.count == 1)
    #expect(cells.filter { $0.contains(",q1_useful,,,,") }.count == 2)
    let table = desk.run(["--survey", "midterm", "--by", "role", "--format", "table", export]).output
    #expect(table.contains("nie pokazujemy") && !table.contains("few") && !table.contains("protect"))
    #expect(
      run.errors.hasSuffix(
        "note: what is hidden is proved to protect, table by table, and none of it can be shown alone\n"))
    // Raised, never lowered.
    #expect(
      desk.run(["--survey", "midterm", "--minimum-group", "31", "--format", "csv", export]).rows[1].contains(
        "q1_useful,,,,"))
    for group in [1, 1001, Int.max] {
      let wrong = desk.run(["--survey", "midterm", "--minimum-group", "\(group)", export])
      #expect(wrong.status == .usage)
      #expect(
        wrong.errors.contains(
          "--minimum-group \(group): write the fewest people of a figure, from 2 to 1000"), "\(wrong.errors)")
    }
    let lowered = desk.run(["--survey", "midterm", "--minimum-group", "4", export])
    #expect(lowered.status == .usage)
    #expect(
      lowered.errors
        == "error: --minimum-group 4 is less than 5, which is asked for here: it can only be raised\n")
  }

  /// English is what a person sees where the texts have no word; `Median` and the like are words of other languages too.
  @Test(arguments: ["de", "es", "hu", "pl", "zh"])
  func noEnglishWordIsLeftInAnotherLanguage(_ language: String) throws {
    let own = try desk.file("final.csv", Self.final(0..<60))
    let before = try desk.file("midterm.csv", SurveyDesk.midterm(0..<60))
    for (survey, files) in [("midterm", [before]), ("final", [own, before])] {
      for format in ["html", "table"] {
        func words(_ language: String) -> Set<String> {
          let run = desk.run(
            ["--survey", survey, "--by", "role", "--language", language, "--format", format, "--quiet"]
              + files)
          #expect(run.status == .done, "\(run.errors)")
          let body = run.output.replacing(/<style>[^§]*?<\/style>|<[^>]*>/, with: " ")
          return Set(body.split { !$0.isLetter }.map { $0.lowercased() })
        }
        let english = [
          "answered", "asked", "response", "rate", "mean", "deviation", "agree", "disagree", "total",
          "people",
          "before", "now", "change", "since", "effect", "shown", "results", "groups", "distribution",
          "question",
          "of", "all", "too", "few", "protected", "withheld", "top", "score", "known", "role", "group",
          "interval",
        ]
        #expect(words("en").intersection(english).count > 3)
        let left = words(language).intersection(english)
        #expect(
          left.isEmpty || left == (language == "es" ? ["total"] : language == "de" ? ["score"] : []),
          "\(survey) \(format): \(left)")
      }
    }
  }

  private static func final(_ people: Range<Int>) -> String {
    "response,employee,submitted,cohort,role,f1_useful,f2_recommend\n"
      + people.map {
        "\($0),\(100_000 + $0),2027-04-01 10:00:00,2026-autumn,\($0 < 3 ? "mentee" : "mentor"),\(1 + $0 * 3 % 5),\($0 % 11)\n"
      }.joined()
  }

  @Test func aLanguageWithoutTextsIsReported() throws {
    let export = try desk.file("midterm.csv", SurveyDesk.midterm(0..<40))
    let run = desk.run(["--survey", "midterm", "--format", "html", "--language", "xx", export])
    #expect(run.status == .usage && run.output == "")
    #expect(run.errors.hasSuffix("error: --language xx: no texts/xx.yaml has all the words of a survey\n"))
    // Of several regions the programme's language; of one its own.
    let own = desk.run(["--survey", "midterm", "--format", "html", export])
    #expect(own.output.contains("<html lang=\"pl\">"))
    let partial = try desk.file("pl.ndjson", desk.run(["--survey", "midterm", "--partial", export]).output)
    let several = desk.run(["merge", "--format", "html", partial], region: "pl,de")
    #expect(several.output.contains("<html lang=\"en\">"))
  }

  @Test func whatWentOutBeforeCounts() throws {
    let first = try desk.file("first.csv", SurveyDesk.midterm(0..<30))
    let published = desk.run(["--survey", "midterm", "--format", "ndjson", first])
    let before = try desk.file("before.ndjson", published.output)
    let more = try desk.file("more.csv", SurveyDesk.midterm(0..<31))
    let words = ["--survey", "midterm", "--format", "csv"]
    #expect(!desk.run(words + [more]).rows[1].contains("q1_useful,,,"))
    // One more than before: the difference is what that one said.
    #expect(desk.run(words + ["--published", before, more]).rows[1].contains("q1_useful,,,"))
    let empty = try desk.file("empty.ndjson", "")
    #expect(
      desk.run(words + ["--published", empty, more]).errors.contains(
        "empty.ndjson: error: holds no figures of `midterm`: give what `--format ndjson` wrote before"))
  }

  @Test func theLaterSheetOfOnePersonCountsAndIsReported() throws {
    let final = "response,employee,submitted,cohort,role,f1_useful,f2_recommend\n"
    let rows = (0..<8).map { "\($0),\(100 + $0),2026-10-0\($0 + 1) 10:00:00,c,mentor,\(3 - $0 % 2),7\n" }
      .joined()
    let export = try desk.file("final.csv", final + "90,103,2026-11-01 09:00:00,c,mentor,5,10\n" + rows)
    let run = desk.run(["--survey", "final", "--format", "csv", "--quiet", export])
    #expect(
      run.errors.hasSuffix(
        "final.csv:6: warning: the same person answered `final` again in line 2: the later response counts\n"),
      "\(run.errors)")
    #expect(run.rows[1].contains("2:3; 3:4; 4:0; 5:1"))
    #expect(run.status == .done)
  }

  @Test(arguments: [
    (
      "3,100003,c,mentee,4,6,7,\n",
      "midterm.csv:2: error: row 1, column 6 (q1_useful): '6' is not on the scale of q1_useful, 1 to 5: correct it, or "
        + "state in the form's values what it means"
    ),
    (
      "3,100003,c,mentee,4,5,11,\n",
      "midterm.csv:2: error: row 1, column 7 (q2_recommend): '11' is not on the scale of q2_recommend, 0 to 10: correct "
        + "it, or state in the form's values what it means"
    ),
    (
      "3,100003,c,mentee,4,five,1,\n",
      "midterm.csv:2: error: row 1, column 6 (q1_useful): 'five' is not on the scale of q1_useful, 1 to 5: correct it, "
        + "or state in the form's values what it means"
    ),
  ])
  func anAnswerOffItsScaleIsNamedAndTheOthersCount(_ row: String, _ message: String) throws {
    let rest = SurveyDesk.midterm(10..<20).dropFirst(SurveyDesk.heading.count)
    let export = try desk.file("midterm.csv", SurveyDesk.heading + row + rest)
    let run = desk.run(["--survey", "midterm", "--format", "csv", "--quiet", export])
    #expect(run.errors == message + "\n")
    #expect(run.status == .badInput && run.rows[1].hasPrefix("pl,q1_useful,10,10,"))
  }

  @Test(arguments: [
    (
      #"{"q9":3}"#,
      "unknown question `q9`: `midterm` asks q1_useful, q2_recommend, q3_comment; correct it, or declare the question"
    ),
    (
      #"{"q1_useful":6}"#,
      "6 is not an answer to `q1_useful`, which takes a whole number from 1 to 5: correct it"
    ),
    (
      #"{"q1_useful":2.5}"#,
      "2.5 is not an answer to `q1_useful`, which takes a whole number from 1 to 5: correct it"
    ),
    (
      #"{"q2_recommend":"much"}"#,
      #""much" is not an answer to `q2_recommend`, which takes a whole number from 0 to 10: correct it"#
    ),
    (#"{"q3_comment":["a"]}"#, "[a] is not an answer to `q3_comment`, which takes a text: correct it"),
  ])
  func aRecordWithAWrongAnswerIsNamed(_ answers: String, _ message: String) throws {
    let line =
      #"{"record":"response","id":"midterm:pl:1","survey":"midterm","region":"pl","answers":\#(answers)}"#
    let run = desk.run(["--survey", "midterm", "--format", "csv", try desk.file("r.ndjson", line + "\n")])
    #expect(run.errors.contains("r.ndjson:1") && run.errors.contains(": error: " + message), "\(run.errors)")
    #expect(run.status == .badInput && run.output == "")
  }

  @Test func aDimensionOfTenThousandValuesIsRefused() throws {
    let rows = (0..<10_000).map { "\($0),\($0),c\($0),mentor,4,3,7,\n" }.joined()
    let export = try desk.file("midterm.csv", SurveyDesk.heading + rows)
    let records = (0..<1100).map {
      #"{"record":"response","id":"\#($0)","survey":"midterm","region":"pl","cohort":"c\#($0)","answers":{}}"#
        + "\n"
    }.joined()
    for file in [export, try desk.file("r.ndjson", records)] {
      let run = desk.run(["--survey", "midterm", "--by", "cohort", "--quiet", file])
      #expect(
        run.errors
          == "error: the dimension `cohort` has more than 1000 values: by it the table would be a list of "
          + "people; take a broader one\n")
      #expect(run.status == .badInput && run.output == "")
    }
  }

  @Test func anEmptySurveyIsReported() throws {
    let export = try desk.file("midterm.csv", SurveyDesk.heading)
    let run = desk.run(["--survey", "midterm", export])
    #expect(run.status == .badInput && run.output == "")
    #expect(
      run.errors.hasSuffix(
        "error: nobody answered `midterm`: check that the files are its answers, and the form they are read by\n"
      ))
    let nothing = desk.run(["--survey", "midterm", try desk.file("none.csv", "")])
    #expect(
      nothing.errors == "none.csv: error: the file is empty: export it again\n" && nothing.status == .badInput
    )
    #expect(desk.run(["--survey", "midterm", desk.path + "/missing.csv"]).status == .noInput)
  }

  @Test(arguments: [
    (
      ["--survey", "midtrem"],
      "error: no survey `midtrem` is declared: write one of pulse, midterm, final, or add it to `surveys`\n"
    ),
    (
      ["--survey", "midterm", "--by", "age"],
      "error: `midterm` is not tabulated by `age`: write region, site, department, cohort, role, or add it to the survey's dimensions\n"
    ),
    (
      ["--survey", "midterm", "--by", "site,role,cohort,region"],
      "error: 4 dimensions at once: a table has three at most, since each makes its cells smaller\n"
    ),
    (
      ["--survey", "midterm", "--by", "role,role"],
      "error: the dimension `role` is asked for twice: name it once\n"
    ),
  ])
  func aWrongCallIsTold(_ words: [String], _ message: String) {
    let run = desk.run(words)
    #expect(run.errors == message && run.status == .usage)
  }

  @Test(arguments: [
    ["--survey", "midterm", "--format", "ics"], ["--survey", "midterm", "--partial", "--format", "csv"],
    ["--survey", "midterm", "--key", "k"], ["--survey", "midterm", "--minimum-group", "1"], [],
  ])
  func optionsThatContradictAreUsage(_ words: [String]) { #expect(desk.run(words).status == .usage) }
}
