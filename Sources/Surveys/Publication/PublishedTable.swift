package import Regions

/// Why a cell is empty. Never how many people it is about.
package enum HiddenReason: String, CaseIterable, Hashable, Sendable {
  /// Fewer people than the minimum group, or a single tandem, whose members know what the other said. One word covers both, because the
  /// second alone would reveal that there are two.
  case tooFew = "too-few"
  /// Secondary suppression: hidden so that nobody can compute another cell of the run by subtraction.
  case secondary = "complement"
  /// Hidden so that nobody can compute a cell by subtraction from what was published before.
  case earlierRun = "earlier-run"
  /// Any of these, where the exact reason would narrow down a hidden count.
  case protection
}

/// What may be published of one cell and question.
package enum Decision: Hashable, Sendable {
  case published
  /// Only asked, answered and the rate: all answered alike, so anything more would reveal what each of them said.
  case coarsened
  case hidden(HiddenReason)
}

/// A figure and its 95 % interval.
package struct Estimate: Hashable, Sendable {
  package var value: Double
  package var low: Double
  package var high: Double
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
  /// All answered alike: only the rate may be published.
  package var isCoarsened = false
}

package struct ScaleFigures: Hashable, Sendable {
  /// Responses with every item.
  package var complete: Int
  /// nil where it is not defined: one item, fewer than two responses, or no spread.
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
  package var isExact = false
  /// Rank-biserial effect, −1 … 1; positive: more rose than fell.
  package var effect: Double?
}

/// What is published: each cell has figures, or the reason why it has none.
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
    package var scales: [State<ScaleFigures>] = []
    /// In the order of the survey's questions, nil where the earlier survey did not ask it; empty: not paired.
    package var changes: [State<ChangeFigures>?] = []
  }

  package var survey: SurveyDefinition
  package var dimensions: [String]
  /// By slice, margins behind their parts.
  package var cells: [Cell]
  /// Fewest people of a figure, and of a free text.
  package var minimumGroup: MinimumGroup
}

/// Fewest distinct people about whom anything is published.
package struct MinimumGroup: Hashable, Sendable {
  package var figures: Int
  package var text: Int
}
