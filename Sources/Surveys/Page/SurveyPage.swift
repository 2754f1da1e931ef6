import Basics
import Pages
import Programme

/// A survey's published results as one page that needs nothing beside it: plots, and beside each the table that says the same.
///
/// It holds what may be shown and no more: a cell that is withheld has words alone, and no plot, label or width is made of anything else.
package struct SurveyPage: Sendable {
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

  package enum Cell<Figures: Hashable & Sendable>: Hashable, Sendable {
    case figures(Figures)
    /// Why nothing is shown.
    case withheld(String)
  }

  package struct Row<Figures: Hashable & Sendable>: Hashable, Sendable {
    package var label: String
    package var isTotal: Bool
    package var cell: Cell<Figures>

    package init(label: String, isTotal: Bool, cell: Cell<Figures>) {
      self.label = label
      self.isTotal = isTotal
      self.cell = cell
    }
  }

  package struct Figures: Hashable, Sendable {
    package var asked: Int
    package var answered: Int
    package var rate: Estimate?
    package var counts: [Int]?
    package var mean: Estimate?
    package var deviation: Double?
    package var median: Double?
    package var lowerQuartile: Double?
    package var upperQuartile: Double?
    package var top: Estimate?
    package var score: Estimate?
    /// Only the rate is shown.
    package var isCoarsened: Bool

    package init(asked: Int, answered: Int) {
      self.asked = asked
      self.answered = answered
      isCoarsened = false
    }
  }

  package struct Change: Hashable, Sendable {
    package var people: Int
    package var before: Double?
    package var after: Double?
    package var change: Estimate?
    package var p: Double?
    package var effect: Double?

    package init(people: Int) { self.people = people }
  }

  package struct Reliability: Hashable, Sendable {
    package var people: Int
    package var alpha: Estimate?
    package var mean: Double?

    package init(people: Int, alpha: Estimate?, mean: Double?) {
      self.people = people
      self.alpha = alpha
      self.mean = mean
    }
  }

  package enum Kind: Hashable, Sendable {
    /// From the least agreement to the greatest.
    case likert, recommendation, choice, number, text
  }

  package struct Question: Hashable, Sendable {
    package var title: String
    package var kind: Kind
    /// What each value is called, in the order of the counts.
    package var values: [String]
    package var rows: [Row<Figures>]
    package var changes: [Row<Change>]

    package init(
      title: String, kind: Kind, values: [String], rows: [Row<Figures>], changes: [Row<Change>] = []
    ) {
      self.title = title
      self.kind = kind
      self.values = values
      self.rows = rows
      self.changes = changes
    }
  }

  package struct Scale: Hashable, Sendable {
    package var title: String
    package var rows: [Row<Reliability>]

    package init(title: String, rows: [Row<Reliability>]) {
      self.title = title
      self.rows = rows
    }
  }

  /// The page's own words, in its language.
  package struct Words: Hashable, Sendable {
    /// BCP 47.
    package var language: String
    package var title: String
    /// What is never shown, and why.
    package var privacy: String
    package var coarsened: String
    /// Heading of the rows: what they are grouped by.
    package var group: String
    package var question: String
    package var asked: String
    package var answered: String
    package var rate: String
    package var interval: String
    package var mean: String
    package var deviation: String
    package var median: String
    package var quartiles: String
    package var top: String
    package var score: String
    package var promoters: String
    package var passives: String
    package var detractors: String
    package var distribution: String
    package var change: String
    package var before: String
    package var after: String
    package var effect: String
    package var reliability: String
    package var people: String

    /// - Parameter word: each word by its name here.
    package init(language: String, _ word: (String) -> String) {
      self.language = language
      title = word("title")
      privacy = word("privacy")
      coarsened = word("coarsened")
      group = word("group")
      question = word("question")
      asked = word("asked")
      answered = word("answered")
      rate = word("rate")
      interval = word("interval")
      mean = word("mean")
      deviation = word("deviation")
      median = word("median")
      quartiles = word("quartiles")
      top = word("top")
      score = word("score")
      promoters = word("promoters")
      passives = word("passives")
      detractors = word("detractors")
      distribution = word("distribution")
      change = word("change")
      before = word("before")
      after = word("after")
      effect = word("effect")
      reliability = word("reliability")
      people = word("people")
    }
  }

  package var words: Words
  package var questions: [Question]
  package var scales: [Scale]

  package init(words: Words, questions: [Question], scales: [Scale]) {
    self.words = words
    self.questions = questions
    self.scales = scales
  }

  /// O(questions × rows × values).
  package var html: String {
    let title = MarkupText.escaped(words.title)
    var page = """
      \(PageHead.html(title: words.title, language: words.language, style: SurveyPageStyle.css))\
      <body>
      <a class="skip" href="#results">\(MarkupText.escaped(words.distribution))</a>
      <header>
      <h1>\(title)</h1>
      <p>\(MarkupText.escaped(words.privacy))</p>
      </header>
      <nav aria-label="\(MarkupText.escaped(words.question))">
      <ol>

      """
    for (number, question) in questions.enumerated() {
      page += "<li><a href=\"#q\(number + 1)\">\(MarkupText.escaped(question.title))</a></li>\n"
    }
    for (number, scale) in scales.enumerated() {
      page += "<li><a href=\"#s\(number + 1)\">\(MarkupText.escaped(scale.title))</a></li>\n"
    }
    page += "</ol>\n</nav>\n<main id=\"results\" tabindex=\"-1\">\n"
    let plot = SurveyPlot(words: words)
    let table = SurveyPageTable(words: words)
    for (number, question) in questions.enumerated() {
      let id = "q\(number + 1)"
      page +=
        "<section aria-labelledby=\"\(id)\">\n<h2 id=\"\(id)\">\(MarkupText.escaped(question.title))</h2>\n"
      page += plot.answers(question, id: id) + table.answers(question)
      if !question.changes.isEmpty {
        page += "<h3>\(MarkupText.escaped(words.change))</h3>\n"
        page += plot.changes(question, id: id) + table.changes(question)
      }
      page += "</section>\n"
    }
    for (number, scale) in scales.enumerated() {
      let id = "s\(number + 1)"
      page +=
        "<section aria-labelledby=\"\(id)\">\n<h2 id=\"\(id)\">\(MarkupText.escaped(scale.title))</h2>\n"
      page += table.reliability(scale) + "</section>\n"
    }
    return page + "</main>\n</body>\n</html>\n"
  }
}
