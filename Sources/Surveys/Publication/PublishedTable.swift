package import Regions

/// Why nothing stands in a cell. Never how many.
package enum HiddenReason: String, CaseIterable, Hashable, Sendable {
  /// Fewer people than the minimum group, or a single tandem, whose members know what the other said. One word for both: the second
  /// alone would tell that they are two.
  case tooFew = "too-few"
  /// Hidden so that another cell cannot be had by subtraction within the run.
  case complement
  /// Hidden so that a cell cannot be had by subtraction from what was published before.
  case earlierRun = "earlier-run"
  /// Any of these: where telling which would narrow down a hidden count.
  case protection
}

/// What may be told of one cell and question.
package enum Decision: Hashable, Sendable {
  case published
  /// Asked, answered and the rate alone: all answered alike, so that any more would say what each one said.
  case coarsened
  case hidden(HiddenReason)
}

/// A figure and its 95 % interval.
package struct Estimate: Hashable, Sendable {
  package var value: Double
  package var low: Double
  package var high: Double

  package init(value: Double, low: Double, high: Double) {
    self.value = value
    self.low = low
    self.high = high
  }
}

/// The figures of one cell and question; nil where the kind of question has none, or where it is withheld.
package struct QuestionFigures: Hashable, Sendable {
  package var asked: Int
  package var answered: Int
  /// Share of those asked, 0 … 1.
  package var rate: Estimate?
  /// By the question's values, in order; nil for numbers and texts, and where it is coarsened.
  package var counts: [Int]?
  package var mean: Estimate?
  package var sd: Double?
  package var median: Double?
  package var lowerQuartile: Double?
  package var upperQuartile: Double?
  /// The two highest of a likert scale, 9–10 of a recommendation: share of those who answered, 0 … 1.
  package var top: Estimate?
  /// 100 (promoters − detractors).
  package var nps: Estimate?
  /// All answered alike: nothing more than the rate may be told.
  package var isCoarsened: Bool

  package init(asked: Int, answered: Int) {
    self.asked = asked
    self.answered = answered
    isCoarsened = false
  }
}

package struct ScaleFigures: Hashable, Sendable {
  /// Sheets with every item.
  package var complete: Int
  /// nil where it is not defined: one item, fewer than two sheets, or no spread.
  package var alpha: Estimate?
  package var mean: Double?
}

package struct ChangeFigures: Hashable, Sendable {
  /// People in both surveys.
  package var people: Int
  /// Means of the same people, then and now; nil where the change is withheld.
  package var before: Double?
  package var after: Double?
  package var change: Estimate?
  /// Wilcoxon signed-rank: the lesser rank sum, and the two-sided p.
  package var statistic: Double?
  package var p: Double?
  package var isExact: Bool
  /// Rank-biserial effect, −1 … 1; positive: more rose than fell.
  package var effect: Double?

  package init(people: Int) {
    self.people = people
    isExact = false
  }
}

/// What goes out: every cell either with figures or with the reason why it has none.
package struct PublishedTable: Hashable, Sendable {
  package enum State<Figures: Hashable & Sendable>: Hashable, Sendable {
    case figures(Figures)
    case hidden(HiddenReason)
  }

  package struct Cell: Hashable, Sendable {
    package var slice: Slice
    /// In the order of the survey's questions.
    package var questions: [State<QuestionFigures>]
    /// In the order of the survey's scales.
    package var scales: [State<ScaleFigures>]
    /// In the order of the survey's questions, nil where the earlier survey did not ask it; empty: not paired.
    package var changes: [State<ChangeFigures>?]

    package init(
      slice: Slice, questions: [State<QuestionFigures>], scales: [State<ScaleFigures>] = [],
      changes: [State<ChangeFigures>?] = []
    ) {
      self.slice = slice
      self.questions = questions
      self.scales = scales
      self.changes = changes
    }
  }

  package var survey: SurveyDefinition
  package var dimensions: [String]
  /// By slice, margins behind their parts.
  package var cells: [Cell]
  /// Fewest people of a figure, and of a free text.
  package var minimumGroup: MinimumGroup

  package init(
    survey: SurveyDefinition, dimensions: [String], cells: [Cell], minimumGroup: MinimumGroup
  ) {
    self.survey = survey
    self.dimensions = dimensions
    self.cells = cells
    self.minimumGroup = minimumGroup
  }
}

/// Fewest distinct people of whom anything is told.
package struct MinimumGroup: Hashable, Sendable {
  package var figures: Int
  package var text: Int

  package init(figures: Int, text: Int) {
    self.figures = figures
    self.text = text
  }
}
