import Regions
import Surveys

/// The published table as a page.
enum TableHTML {
  static func text(_ table: PublishedTable, _ wording: TableWording) -> String {
    TablePage(table: table, wording: wording).page.html
  }
}

/// One published table on its way to a page.
private struct TablePage {
  let table: PublishedTable
  let wording: TableWording

  var page: SurveyPage {
    let words = SurveyPage.Words(language: wording.language, wording.word)
    return SurveyPage(
      words: words, questions: table.survey.questions.indices.map(question),
      scales: table.survey.scales.enumerated().map { index, scale in
        SurveyPage.Scale(
          title: scale.name,
          rows: rows {
            $0.scales.indices.contains(index) ? $0.scales[index] : nil
          } _: { figures in
            SurveyPage.Reliability(
              people: figures.complete, alpha: figures.alpha.map(Self.estimate), mean: figures.mean)
          })
      })
  }

  private func question(_ index: Int) -> SurveyPage.Question {
    let question = table.survey.questions[index]
    let kind: SurveyPage.Kind =
      switch question.kind {
      case .likert: .likert
      case .nps: .recommendation
      case .choice, .choices: .choice
      case .number: .number
      case .text: .text
      }
    return SurveyPage.Question(
      title: wording.wording(question), kind: kind, values: wording.values(question.kind),
      rows: rows {
        $0.questions[index]
      } _: {
        Self.figures($0)
      },
      changes: rows {
        $0.changes.indices.contains(index) ? $0.changes[index] : nil
      } _: { figures in
        var change = SurveyPage.Change(people: figures.people)
        change.before = figures.before
        change.after = figures.after
        change.change = figures.change.map(Self.estimate)
        change.p = figures.p
        change.effect = figures.effect
        return change
      })
  }

  private func rows<Figures, Shown>(
    _ state: (PublishedTable.Cell) -> PublishedTable.State<Figures>?, _ shown: (Figures) -> Shown
  ) -> [SurveyPage.Row<Shown>] {
    table.cells.compactMap { cell in
      guard let state = state(cell) else { return nil }
      let total = wording.word("total")
      let parts = cell.slice.values.compactMap { $0 }.map { $0.isEmpty ? wording.word("unknown") : $0 }
      let content: SurveyPage.Cell<Shown> =
        switch state {
        case .figures(let figures): .figures(shown(figures))
        case .hidden(let reason): .withheld(wording.word(reason))
        }
      return SurveyPage.Row(
        label: parts.isEmpty ? total : parts.joined(separator: ", "), isTotal: !cell.slice.isLeaf,
        cell: content)
    }
  }

  private static func estimate(_ own: Estimate) -> SurveyPage.Estimate {
    SurveyPage.Estimate(value: own.value, low: own.low, high: own.high)
  }

  private static func figures(_ own: QuestionFigures) -> SurveyPage.Figures {
    var figures = SurveyPage.Figures(asked: own.asked, answered: own.answered)
    figures.rate = own.rate.map(estimate)
    figures.counts = own.counts
    figures.mean = own.mean.map(estimate)
    figures.deviation = own.sd
    figures.median = own.median
    figures.lowerQuartile = own.lowerQuartile
    figures.upperQuartile = own.upperQuartile
    figures.top = own.top.map(estimate)
    figures.score = own.nps.map(estimate)
    figures.isCoarsened = own.isCoarsened
    return figures
  }
}
