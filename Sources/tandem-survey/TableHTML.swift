import Programme
import RecordStream
import Regions
import Reports
import Surveys
import ToolSupport

/// The published table as a page, in the region's own words; of several regions in English.
enum TableHTML {
  static func text(
    _ table: PublishedTable, regions: [Region], config: String, on console: Console
  ) throws -> String {
    let language = regions.count == 1 ? regions[0].language : "en"
    var texts: LanguageTexts?
    if let region = regions.first {
      let (catalogue, _) = TextCatalogue.load(config: config, region: region)
      texts = try? catalogue.language(language, for: Array(keys.values))
    }
    let page = TablePage(table: table, texts: texts, language: texts?.tag ?? language)
    return page.page.html
  }

  /// The page's words that the texts have.
  static let keys: [String: TextKey] = [
    "question": .surveyQuestion, "asked": .surveyAsked, "answered": .surveyAnswered,
    "rate": .surveyResponseRate,
    "interval": .surveyInterval, "mean": .surveyMean, "deviation": .surveyDeviation, "median": .surveyMedian,
    "quartiles": .surveyQuartiles, "top": .surveyTopTwo, "score": .surveyScore, "promoters": .surveyPromoters,
    "passives": .surveyPassives, "detractors": .surveyDetractors, "distribution": .surveyDistribution,
    "title": .surveyResults, "privacy": .surveyPrivacy, "coarsened": .surveyCoarsened, "group": .surveyGroup,
    "change": .surveyChange, "before": .surveyBefore, "after": .surveyNow, "effect": .surveyEffect,
    "reliability": .surveyReliability, "people": .surveyPeople, "total": .surveyTotal,
    "unknown": .surveyUnknown,
    "too-few": .surveySuppressed, "complement": .surveyProtected, "earlier-run": .surveyEarlier,
    "protection": .surveyWithheld,
  ]
}

/// One published table on its way to a page.
private struct TablePage {
  let table: PublishedTable
  let texts: LanguageTexts?
  let language: String

  /// A word by its name in `keys`; where no region lends its language, the name itself.
  private func word(_ name: String) -> String {
    guard let texts, let key = TableHTML.keys[name] else { return name }
    let figures = texts.counted(table.minimumGroup.figures, .people)
    let values: [String: any Sendable] =
      switch key {
      case .surveyResults: ["survey": table.survey.name]
      case .surveyChange: ["survey": table.survey.pairedWith ?? ""]
      case .surveyPrivacy: ["people": figures, "texts": texts.counted(table.minimumGroup.text, .people)]
      case .surveySuppressed: ["people": figures, "minimum": table.minimumGroup.figures]
      default: [:]
      }
    return texts.render(key, values)
  }

  var page: SurveyPage {
    let words = SurveyPage.Words(language: language, word)
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
    let wording = question.wording[language] ?? question.wording["en"] ?? question.name
    let kind: SurveyPage.Kind =
      switch question.kind {
      case .likert: .likert
      case .nps: .recommendation
      case .choice, .choices: .choice
      case .number: .number
      case .text: .text
      }
    return SurveyPage.Question(
      title: wording, kind: kind, values: values(question.kind),
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

  /// Five points have names; seven, and the numbers of a recommendation, are their numbers.
  private func values(_ kind: SurveyDefinition.Question.Kind) -> [String] {
    guard case .likert(points: 5) = kind, let texts else { return kind.values }
    let keys: [TextKey] = [
      .surveyStronglyDisagree, .surveyDisagree, .surveyNeutral, .surveyAgree, .surveyStronglyAgree,
    ]
    return texts.has(keys) ? keys.map { texts.render($0, [:]) } : kind.values
  }

  private func rows<Figures, Shown>(
    _ state: (PublishedTable.Cell) -> PublishedTable.State<Figures>?, _ shown: (Figures) -> Shown
  ) -> [SurveyPage.Row<Shown>] {
    table.cells.compactMap { cell in
      guard let state = state(cell) else { return nil }
      let total = word("total")
      let parts = cell.slice.values.compactMap { $0 }.map { $0.isEmpty ? word("unknown") : $0 }
      let content: SurveyPage.Cell<Shown> =
        switch state {
        case .figures(let figures): .figures(shown(figures))
        case .hidden(let reason): .withheld(word(reason.rawValue))
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
