import Basics
import Foundation
import Programme
import Regions
import TestSupport
import Testing

@testable import Intake

/// What a questionnaire asks, its export has under the headings of the form.
@Suite struct QuestionnaireTests {
  /// Answers to every question of a questionnaire, as a person who ticks the first and the last choice gives them.
  private struct Answered {
    var headings: [String] = []
    var cells: [String] = []

    mutating func add(_ heading: String, _ cell: String) {
      headings.append(heading)
      cells.append(cell)
    }

    var text: String { CSVText.row(headings) + CSVText.row(cells) }
  }

  static let regions = ["cn", "de", "hu", "us", "new"]

  private func region(_ id: String) throws -> Region {
    let folder = ConfigurationFolder(path: Repository.config)
    if id != "new" { return try #require(folder.load([id]).first) }
    // A region as `tandem-region new` begins it.
    var region = try #require(folder.load(["us"]).first)
    let draft = RegionDraft(
      id: "new", name: "New", country: "US", subdivision: nil, language: "en", timeZone: "America/Chicago",
      sites: ["Chicago"], officeName: "Tandem", officeEmail: "tandem@new.example.com")
    let files = draft.files(headquarters: folder, hasHolidays: false)
    let text = try #require(files.first { $0.path == "forms/answers.yaml" }?.text)
    region.forms = [try #require(Form.read(text, named: "answers", file: "answers.yaml").form)]
    return region
  }

  private func questionnaire(_ region: Region) throws -> (Form, Questionnaire) {
    let form = try #require(region.forms.first { $0.kind == .questionnaire && $0.format == .csv })
    return (form, Questionnaire(form, region: region, language: region.language))
  }

  private func plain(_ question: Questionnaire.Question) -> String {
    switch question.field {
    case "email": "anna@x.example.com"
    case "employeeNumber", "manager": "101"
    case "capacity", "level": "2"
    case "languages": "en"
    default: "Anna"
    }
  }

  /// The facts that the region's form reads of an export, and that every question's field is filled.
  private func check(_ text: String, _ form: Form, _ questionnaire: Questionnaire, _ region: Region) throws {
    let folder = try WorkFolder()
    let path = try folder.file("asked.csv", text)
    defer { withExtendedLifetime(folder) {} }
    var region = region
    region.forms = [form]
    var faults: [Diagnostic] = []
    let preview = try ImportPreview(
      [try ByteSource(path: path)], regions: [region], wishes: FormWishes()
    ) { if $0.severity != .note, $0.code != "no-staff-record" { faults.append($0) } }
    #expect(faults.isEmpty, "\(faults)\n\(text)")
    let file = try #require(preview.files.first)
    for question in questionnaire.questions {
      #expect(file.filled[question.field] == 1, "\(question.heading) of \(region.id)\n\(text)")
    }
    #expect(file.missing.allSatisfy { one in !questionnaire.questions.contains { $0.field == one.name } })
  }

  @Test(arguments: regions) func anExportOfMicrosoftFormsIsRead(id: String) throws {
    let region = try region(id)
    let (form, questionnaire) = try questionnaire(region)
    var answered = Answered()
    for (heading, cell) in [
      ("ID", "1"), ("Start time", "10/25/2026 9:00:00"), ("Completion time", "10/25/2026 9:05:00"),
      ("Email", "anna@x.example.com"), ("Name", "Anna"),
    ] { answered.add(heading, cell) }
    if let stamp = questionnaire.timestamp, stamp != "Completion time" {
      answered.add(stamp, "2026-10-05 09:05:00")
    }
    for row in questionnaire.rows {
      let choices = row[3].split(separator: "\n").map(String.init)
      let question = try #require(questionnaire.questions.first { $0.heading == row[1] })
      switch row[2] {
      case "choice, one answer": answered.add(row[1], choices[0])
      case "choice, several answers": answered.add(row[1], choices[0] + ";" + (choices.last ?? "") + ";")
      default: answered.add(row[1], plain(question))
      }
    }
    try check(answered.text, form, questionnaire, region)
  }

  @Test(arguments: regions) func anExportOfLimeSurveyIsRead(id: String) throws {
    let region = try region(id)
    let (form, questionnaire) = try questionnaire(region)
    let xml = LimeSurveyStructure(questionnaire).xml
    let structure = try XMLStructure.found(in: Array(xml.utf8), isWhole: true, name: "survey.lss")
    #expect(structure.fault == nil && structure.root == "document")
    #expect(structure.has("document/questions/rows/row/title"))
    func rows(_ section: String) -> [[String: String]] {
      xml.matches(of: /<row>(.*?)<\/row>/).compactMap { match -> [String: String]? in
        guard let start = xml.range(of: "<\(section)>"), let end = xml.range(of: "</\(section)>"),
          match.range.lowerBound > start.upperBound, match.range.upperBound < end.lowerBound
        else { return nil }
        var row: [String: String] = [:]
        for cell in match.1.matches(of: /<(\w+)>(.*?)<\/\1>/) {
          row[String(cell.1)] = String(cell.2).replacing("&#39;", with: "'").replacing("&amp;", with: "&")
        }
        return row
      }
    }
    // With codes as headings where they are the form's, else with the texts of the questions.
    let questions = rows("questions")
    let usesCodes = questions.allSatisfy { $0["title"] == $0["question"] }
    var answered = Answered()
    for (heading, cell) in [("id", "1"), ("submitdate", "2026-10-05 09:05:00")] {
      answered.add(heading, cell)
    }
    if let stamp = questionnaire.timestamp, stamp != "submitdate" {
      answered.add(stamp, "2026-10-05 09:05:00")
    }
    for row in questions {
      let heading = (usesCodes ? row["title"] : row["question"]) ?? ""
      let question = try #require(questionnaire.questions.first { $0.heading == heading })
      switch row["type"] {
      case "L":
        let first = rows("answers").first { $0["qid"] == row["qid"] }
        answered.add(heading, try #require(first?["answer"]))
      case "M":
        for (index, part) in rows("subquestions").filter({ $0["parent_qid"] == row["qid"] }).enumerated() {
          let choice = try #require(usesCodes ? part["title"] : part["question"])
          answered.add("\(heading)[\(choice)]", index < 2 ? "Y" : "")
        }
      default: answered.add(heading, plain(question))
      }
    }
    try check(answered.text, form, questionnaire, region)
  }

  @Test(arguments: regions) func theTextOfThePageIsRead(id: String) throws {
    let region = try region(id)
    let (form, questionnaire) = try questionnaire(region)
    let html = QuestionnairePage(questionnaire).html
    // What the page's script makes of its items, in their order.
    var answered = Answered()
    if let stamp = questionnaire.timestamp { answered.add(stamp, "2026-10-05 09:05:00") }
    let items = html.matches(of: /<(?:p|fieldset) data-heading="(.*?)"/).map {
      String($0.1).replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }
    #expect(items == questionnaire.questions.map(\.heading))
    for (heading, question) in zip(items, questionnaire.questions) {
      switch question.answer {
      case .choice(let choices):
        #expect(html.contains("<option>\(MarkupText.escaped(choices[0].word))</option>"))
        answered.add(heading, choices[0].word)
      case .choices(let choices, let separator):
        answered.add(heading, choices.prefix(2).map(\.word).joined(separator: separator))
      default: answered.add(heading, plain(question))
      }
    }
    try check(answered.text, form, questionnaire, region)
  }
}
