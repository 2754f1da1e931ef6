import Basics
import Pages
import Regions

/// The tables of a survey's page: all figures, readable without the plots.
struct SurveyPageTable {
  let words: SurveyWording
  private let numbers: NumberWording

  init(words: SurveyWording) {
    self.words = words
    numbers = NumberWording(language: words.language)
  }

  func answers(_ question: SurveyPage.Question) -> String {
    var headings = [words[.surveyAsked], words[.surveyAnswered], words[.surveyResponseRate]]
    switch question.kind {
    case .likert:
      headings +=
        question.values + [
          words[.surveyMean], words[.surveyDeviation], words[.surveyMedian], words[.surveyTopTwo],
        ]
    case .nps:
      headings += [
        words[.surveyDetractors], words[.surveyPassives], words[.surveyPromoters], words[.surveyScore],
        words[.surveyMean],
      ]
    case .choice, .choices: headings += question.values
    case .number:
      headings += [
        words[.surveyMean], words[.surveyDeviation], words[.surveyMedian], words[.surveyQuartiles],
      ]
    case .text: break
    }
    return table(question.title, headings, question.rows) { figures in
      var cells = [number(figures.asked), number(figures.answered), share(figures.rate)]
      if figures.isCoarsened { return cells }
      let counts = figures.counts ?? []
      let plain = counts.map { count($0, of: figures.answered) }
      switch question.kind {
      case .likert:
        cells += plain
        cells += [
          interval(figures.mean, 2), decimal(figures.sd), decimal(figures.median), share(figures.top),
        ]
      case .nps:
        cells += SurveyPlot.groups(counts).map { count($0, of: figures.answered) }
        cells += [interval(figures.nps, 0), interval(figures.mean, 2)]
      case .choice, .choices: cells += plain
      case .number:
        let quartiles = [figures.lowerQuartile, figures.upperQuartile].map { decimal($0) }
        cells += [
          interval(figures.mean, 2), decimal(figures.sd), decimal(figures.median),
          quartiles.allSatisfy(\.isEmpty) ? "" : quartiles.joined(separator: " – "),
        ]
      case .text: break
      }
      return cells
    }
  }

  func changes(_ question: SurveyPage.Question) -> String {
    let headings = [
      words[.surveyPeople], words[.surveyBefore], words[.surveyNow], words[.surveyChange], "p",
      words[.surveyEffect],
    ]
    return table(words[.surveyChange] + ": " + question.title, headings, question.changes) { change in
      [
        number(change.people), decimal(change.before), decimal(change.after), interval(change.change, 2),
        change.p.map { $0 < 0.001 ? "< " + numbers.text(0.001, places: 3) : numbers.text($0, places: 3) }
          ?? "",
        decimal(change.effect),
      ]
    }
  }

  func reliability(_ scale: String, _ rows: [SurveyPage.Row<ScaleFigures>]) -> String {
    table(scale, [words[.surveyPeople], words[.surveyReliability], words[.surveyMean]], rows) {
      [number($0.complete), interval($0.alpha, 2), decimal($0.mean)]
    }
  }

  /// In a row of fewer cells than headings, the rest says that the figures are coarsened.
  private func table<Figures>(
    _ caption: String, _ headings: [String], _ rows: [SurveyPage.Row<Figures>],
    _ cells: (Figures) -> [String]
  ) -> String {
    let caption = MarkupText.escaped(caption)
    var html = "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"\(caption)\">\n<table>\n"
    html +=
      "<caption>\(caption)</caption>\n<thead><tr><th scope=\"col\">\(MarkupText.escaped(words[.surveyGroup]))</th>"
    for heading in headings { html += "<th scope=\"col\" class=\"n\">\(MarkupText.escaped(heading))</th>" }
    html += "</tr></thead>\n<tbody>\n"
    for row in rows {
      html += row.isTotal ? "<tr class=\"total\">" : "<tr>"
      html += "<th scope=\"row\">\(MarkupText.escaped(row.label))</th>"
      switch row.state {
      case .hidden(let reason):
        html += "<td class=\"why\" colspan=\"\(headings.count)\">\(MarkupText.escaped(words[reason]))</td>"
      case .figures(let figures):
        let texts = cells(figures)
        for text in texts { html += "<td class=\"n\">\(MarkupText.escaped(text))</td>" }
        if texts.count < headings.count {
          html += "<td class=\"why\" colspan=\"\(headings.count - texts.count)\">"
          html += MarkupText.escaped(words[.surveyCoarsened]) + "</td>"
        }
      }
      html += "</tr>\n"
    }
    return html + "</tbody>\n</table>\n</div>\n"
  }

  private func number(_ count: Int) -> String { numbers.text(Double(count)) }

  private func count(_ count: Int, of all: Int) -> String {
    all > 0 ? "\(number(count)) (\(numbers.percent(Double(count) / Double(all))))" : number(count)
  }

  private func decimal(_ value: Double?) -> String { value.map { numbers.text($0, places: 2) } ?? "" }

  private func interval(_ estimate: Estimate?, _ places: Int) -> String {
    guard let estimate else { return "" }
    let text = { numbers.text($0, places: places) }
    return "\(text(estimate.value)) (\(text(estimate.low)) – \(text(estimate.high)))"
  }

  private func share(_ estimate: Estimate?) -> String {
    guard let estimate else { return "" }
    return
      "\(numbers.percent(estimate.value)) (\(numbers.percent(estimate.low)) – \(numbers.percent(estimate.high)))"
  }
}
