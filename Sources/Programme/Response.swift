package import Basics

/// What somebody answered to one question.
package enum Answer: Hashable, Sendable {
  /// Shown, and left empty. A question that was never shown has no answer at all.
  case notAnswered
  case number(Double)
  case text(String)
  /// Several choices, in the order of the form.
  case choices([String])
}

extension Answer: FieldValue {
  package static var shape: FieldShape { .orNull(.either([.text, .number, .list(.text)])) }

  package init(reading scanner: inout JSONScanner) throws(JSONError) {
    if try scanner.null() {
      self = .notAnswered
      return
    }
    switch scanner.peek() {
    case UInt8(ascii: "\""): self = .text(try scanner.string())
    case UInt8(ascii: "["): self = .choices(try [String](reading: &scanner))
    default: self = .number(try scanner.double())
    }
  }

  package func write(to writer: inout JSONWriter) {
    switch self {
    case .notAnswered: writer.null()
    case .number(let number): writer.double(number)
    case .text(let text): writer.string(text)
    case .choices(let choices): writer.strings(choices)
    }
  }
}

/// One response to a survey. It carries no name: a survey's own number identifies it.
package struct Response: Hashable, Sendable {
  package var id: String
  package var survey: String
  package var region: String
  package var cohort: String?
  /// The dimensions that the survey declares (site, department, role …), by name.
  package var dimensions: [String: String]
  /// By question; an absent key is "not asked".
  package var answers: [String: Answer]

  package init(
    id: String, survey: String, region: String, cohort: String? = nil, dimensions: [String: String] = [:],
    answers: [String: Answer]
  ) {
    self.id = id
    self.survey = survey
    self.region = region
    self.cohort = cohort
    self.dimensions = dimensions
    self.answers = answers
  }
}

extension Response: FieldObject {
  package static let fields = FieldTable(
    "response", "One response to a survey. It carries no name.", place: "`tandem-import`",
    blank: Response(id: "", survey: "", region: "", answers: [:]),
    others: ("a text is a dimension that the survey declares (`site`, `department`, `role` …)", \.dimensions),
    [
      .required("id", \.id, "the response's number in the export"),
      .required("survey", \.survey, "the survey's name"),
      .required("region", \.region, "the region's id"),
      .optional("cohort", \.cohort, "the cohort's id"),
      .defaulted(
        "answers", \.answers, "by question; an absent one was not asked, null was not answered"),
    ])
}

/// An aggregated cell, as `tandem-survey` publishes it.
package struct Summary: Hashable, Sendable {
  package var survey: String
  package var question: String
  /// The slice: dimension → value; a dimension that is absent is totalled.
  package var slice: [String: String]
  /// Figures by name (`asked`, `answered`, `mean` …); empty where the cell is suppressed.
  package var figures: [String: Double]
  /// Why the cell is empty; never how many.
  package var suppressed: String?

  package init(
    survey: String, question: String, slice: [String: String], figures: [String: Double],
    suppressed: String? = nil
  ) {
    self.survey = survey
    self.question = question
    self.slice = slice
    self.figures = figures
    self.suppressed = suppressed
  }
}

extension Summary: FieldObject {
  package static let fields = FieldTable(
    "summary", "A published cell of a survey's table: nothing of fewer people than the region allows.",
    place: "`tandem-survey --format ndjson`, read again by `--published`",
    blank: Summary(survey: "", question: "", slice: [:], figures: [:]),
    [
      .required("survey", \.survey, "the survey's name"),
      .required("question", \.question, "the question's name"),
      .defaulted("slice", \.slice, "by dimension; one that is absent is totalled"),
      .defaulted(
        "figures", \.figures, "by name (`asked`, `answered`, `mean` …); empty where suppressed"),
      .optional("suppressed", \.suppressed, "why there are no figures"),
    ])
}
