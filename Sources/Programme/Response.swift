/// What somebody answered to one question.
package enum Answer: Hashable, Sendable {
  /// Shown, and left empty. A question that was never shown has no answer at all.
  case notAnswered
  case number(Double)
  case text(String)
  /// Several choices, in the order of the form.
  case choices([String])
}

/// One sheet of survey answers. It carries no name: a survey's own number identifies it.
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
