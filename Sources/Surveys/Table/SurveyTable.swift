package import Regions

/// A whole run over the answers to one survey: every cell with all its margins, nothing suppressed. Never to be shown.
package struct SurveyTable: Hashable, Sendable {
  package struct Cell: Hashable, Sendable {
    package var slice: Slice
    /// Responses, and the distinct people behind them.
    package var responses = 0
    package var respondents = 0
    package var tandems = TandemSketch()
    /// In the order of the survey's questions.
    package var questions: [QuestionAggregate]
    /// In the order of the survey's scales.
    package var scales: [ScaleAggregate] = []
    /// In the order of the survey's questions, where the survey is paired: those that both ask; else empty.
    package var changes: [ChangeAggregate?] = []
  }

  package var survey: SurveyDefinition
  /// At most three, in the order asked for.
  package var dimensions: [String]
  /// Leaves and margins, by slice; a slice without a response has no cell.
  package var cells: [Cell]
}
