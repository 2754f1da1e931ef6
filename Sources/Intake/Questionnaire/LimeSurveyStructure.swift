import Basics
import Programme

/// A questionnaire as a survey's structure that LimeSurvey imports (.lss): its format of version 2.05 (DBVersion 178), which later
/// versions read as well.
package struct LimeSurveyStructure {
  private let questionnaire: Questionnaire
  /// Any number: LimeSurvey gives another where it is taken.
  private static let survey = "100001"

  package init(_ questionnaire: Questionnaire) { self.questionnaire = questionnaire }

  /// A code as LimeSurvey allows it: letters and digits, a letter first.
  static func isCode(_ text: String) -> Bool {
    text.utf8.count <= 20 && text.first?.isLetter == true
      && text.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
      }
  }

  package var xml: String {
    let language = questionnaire.language
    var questions: [[(String, String)]] = []
    var subquestions: [[(String, String)]] = []
    var answers: [[(String, String)]] = []
    var next = questionnaire.questions.count
    for (index, question) in questionnaire.questions.enumerated() {
      let id = String(index + 1)
      // The codes are headings where the export is asked for codes.
      let code = LimeSurveyStructure.isCode(question.heading) ? question.heading : "Q\(index + 1)"
      questions.append(
        row(
          id: id, parent: "0", kind: kind(question.answer), code: code, text: question.heading, order: index,
          isRequired: question.isRequired))
      switch question.answer {
      case .choice(let choices):
        for (order, choice) in choices.enumerated() {
          answers.append([
            ("qid", id), ("code", choice.code), ("answer", choice.word), ("sortorder", String(order + 1)),
            ("assessment_value", "0"), ("language", language), ("scale_id", "0"),
          ])
        }
      case .choices(let choices, _):
        for (order, choice) in choices.enumerated() {
          next += 1
          subquestions.append(
            row(
              id: String(next), parent: id, kind: "T", code: choice.code, text: choice.word, order: order,
              isRequired: false))
        }
      default: break
      }
    }
    let sid = LimeSurveyStructure.survey
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <document>
      <LimeSurveyDocType>Survey</LimeSurveyDocType>
      <DBVersion>178</DBVersion>
      <languages><language>\(MarkupText.escaped(language))</language></languages>
      \(section("answers", answers))\
      \(section("groups", [[("gid", "1"), ("sid", sid), ("group_name", questionnaire.title), ("group_order", "0"),
        ("description", ""), ("language", language), ("grelevance", "1")]]))\
      \(section("questions", questions))\
      \(section("subquestions", subquestions))\
      \(section("surveys", [[("sid", sid), ("owner_id", "1"), ("admin", questionnaire.title), ("active", "N"),
        ("adminemail", questionnaire.office), ("anonymized", "N"), ("format", "A"), ("language", language),
        ("datestamp", "Y"), ("allowprev", "Y")]]))\
      \(section("surveys_languagesettings", [[("surveyls_survey_id", sid), ("surveyls_language", language),
        ("surveyls_title", questionnaire.title), ("surveyls_description", ""), ("surveyls_welcometext", ""),
        ("surveyls_endtext", "")]]))\
      </document>

      """
  }

  private func kind(_ answer: Questionnaire.Answer) -> String {
    switch answer {
    case .text: "S"
    case .longText: "T"
    case .number: "N"
    case .choice: "L"
    case .choices: "M"
    }
  }

  private func row(
    id: String, parent: String, kind: String, code: String, text: String, order: Int, isRequired: Bool
  ) -> [(String, String)] {
    [
      ("qid", id), ("parent_qid", parent), ("sid", LimeSurveyStructure.survey), ("gid", "1"), ("type", kind),
      ("title", code), ("question", text), ("preg", ""), ("help", ""), ("other", "N"),
      ("mandatory", isRequired ? "Y" : "N"), ("question_order", String(order + 1)),
      ("language", questionnaire.language), ("scale_id", "0"), ("same_default", "0"), ("relevance", "1"),
    ]
  }

  private func section(_ name: String, _ rows: [[(String, String)]]) -> String {
    guard let first = rows.first else { return "" }
    var xml = "<\(name)>\n<fields>"
    xml += first.map { "<fieldname>\($0.0)</fieldname>" }.joined() + "</fields>\n<rows>\n"
    for row in rows {
      xml += "<row>" + row.map { "<\($0.0)>\(MarkupText.escaped($0.1))</\($0.0)>" }.joined() + "</row>\n"
    }
    return xml + "</rows>\n</\(name)>\n"
  }
}
