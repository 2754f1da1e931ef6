import Basics
import Pages
import Regions

/// A survey's published results as one page that needs nothing beside it: plots, and beside each the table of the same figures.
///
/// It is made of the published table alone, so no plot, label or width can come from a figure that is withheld.
package struct SurveyPage: Sendable {
  /// A line of a plot and of the table beside it.
  struct Row<Figures: Hashable & Sendable> {
    var label: String
    var isTotal: Bool
    var state: PublishedTable.State<Figures>
  }

  struct Question {
    var title: String
    var kind: SurveyDefinition.Question.Kind
    /// What each value is called, in the order of the counts.
    var values: [String]
    var rows: [Row<QuestionFigures>]
    var changes: [Row<ChangeFigures>]
  }

  private let table: PublishedTable
  private let words: SurveyWording

  package init(_ table: PublishedTable, _ words: SurveyWording) {
    self.table = table
    self.words = words
  }

  /// O(questions × rows × values).
  package var html: String {
    let title = words[.surveyResults]
    var page = """
      \(PageHead.html(title: title, language: words.language, style: SurveyPageStyle.css))\
      <body>
      <a class="skip" href="#results">\(MarkupText.escaped(words[.surveyDistribution]))</a>
      <header>
      <h1>\(MarkupText.escaped(title))</h1>
      <p>\(MarkupText.escaped(words[.surveyPrivacy]))</p>
      </header>
      <nav aria-label="\(MarkupText.escaped(words[.surveyQuestion]))">
      <ol>

      """
    let questions = table.survey.questions.indices.map(question)
    for (number, question) in questions.enumerated() {
      page += "<li><a href=\"#q\(number + 1)\">\(MarkupText.escaped(question.title))</a></li>\n"
    }
    for (number, scale) in table.survey.scales.enumerated() {
      page += "<li><a href=\"#s\(number + 1)\">\(MarkupText.escaped(scale.name))</a></li>\n"
    }
    page += "</ol>\n</nav>\n<main id=\"results\" tabindex=\"-1\">\n"
    let plot = SurveyPlot(words: words)
    let tables = SurveyPageTable(words: words)
    for (number, question) in questions.enumerated() {
      let id = "q\(number + 1)"
      var body = plot.answers(question, id: id) + tables.answers(question)
      if !question.changes.isEmpty {
        body += "<h3>\(MarkupText.escaped(words[.surveyChange]))</h3>\n"
        body += plot.changes(question, id: id) + tables.changes(question)
      }
      page += section(id, question.title, body)
    }
    for (index, scale) in table.survey.scales.enumerated() {
      let rows = rows { $0.scales.indices.contains(index) ? $0.scales[index] : nil }
      page += section("s\(index + 1)", scale.name, tables.reliability(scale.name, rows))
    }
    return page + "</main>\n</body>\n</html>\n"
  }

  private func section(_ id: String, _ title: String, _ body: String) -> String {
    "<section aria-labelledby=\"\(id)\">\n<h2 id=\"\(id)\">\(MarkupText.escaped(title))</h2>\n\(body)</section>\n"
  }

  private func question(_ index: Int) -> Question {
    let question = table.survey.questions[index]
    return Question(
      title: words.wording(question), kind: question.kind, values: words.values(question.kind),
      rows: rows { $0.questions[index] },
      changes: rows { $0.changes.indices.contains(index) ? $0.changes[index] : nil })
  }

  private func rows<Figures>(
    _ state: (PublishedTable.Cell) -> PublishedTable.State<Figures>?
  ) -> [Row<Figures>] {
    table.cells.compactMap { cell in
      guard let state = state(cell) else { return nil }
      let parts = cell.slice.values.compactMap { $0 }.map { $0.isEmpty ? words[.surveyUnknown] : $0 }
      return Row(
        label: parts.isEmpty ? words[.surveyTotal] : parts.joined(separator: ", "),
        isTotal: !cell.slice.isLeaf, state: state)
    }
  }
}
