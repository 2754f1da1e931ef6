import Regions

/// What may be told of every cell of a table: made by the suppression, and the only way to a `PublishedTable`.
package struct Decisions: Hashable, Sendable {
  /// In the order of the table's cells, and within a cell in that of the survey's questions.
  package var questions: [[Decision]]
  /// The same of the survey's scales.
  package var scales: [[Decision]]
  /// The same of the survey's questions, where it is paired.
  package var changes: [[Decision]]
  /// Whether an attacker was shown to pin no hidden figure. False where earlier publications left nothing that hiding could help.
  package var isProved: Bool
  /// Whether each figure that is hidden for another's sake was tried and found to be needed.
  package var isMinimal: Bool
}

extension PublishedTable {
  /// The table as far as the decisions let it out. What no decision speaks of stays hidden.
  package init(_ table: SurveyTable, _ decisions: Decisions, minimumGroup: MinimumGroup) {
    func state<Figures>(
      _ all: [[Decision]], _ cell: Int, _ index: Int, _ figures: (Bool) -> Figures
    ) -> State<Figures> {
      let decision = all.indices.contains(cell) && all[cell].indices.contains(index) ? all[cell][index] : nil
      switch decision {
      case .published: return .figures(figures(false))
      case .coarsened: return .figures(figures(true))
      case .hidden(let reason): return .hidden(reason)
      case nil: return .hidden(.tooFew)
      }
    }
    let survey = table.survey
    self.init(
      survey: survey, dimensions: table.dimensions,
      cells: table.cells.enumerated().map { number, cell in
        Cell(
          slice: cell.slice,
          questions: survey.questions.indices.map { index in
            state(decisions.questions, number, index) {
              QuestionFigures(cell.questions[index], kind: survey.questions[index].kind, isCoarsened: $0)
            }
          },
          scales: survey.scales.indices.map { index in
            state(decisions.scales, number, index) { ScaleFigures(cell.scales[index], isCoarsened: $0) }
          },
          changes: cell.changes.enumerated().map { index, change in
            guard let change else { return nil }
            return state(decisions.changes, number, index) { ChangeFigures(change, isCoarsened: $0) }
          })
      }, minimumGroup: minimumGroup)
  }
}
