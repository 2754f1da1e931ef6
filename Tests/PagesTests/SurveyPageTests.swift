import Basics
import Foundation
import Programme
import Surveys
import TestSupport
import Testing

@Suite struct SurveyPageTests {
  typealias Page = SurveyPage

  private static func estimate(_ value: Double, _ half: Double) -> Page.Estimate {
    Page.Estimate(value: value, low: value - half, high: value + half)
  }

  private static func figures(_ asked: Int, _ counts: [Int], lowest: Double = 1) -> Page.Figures {
    let answered = counts.reduce(0, +)
    var figures = Page.Figures(asked: asked, answered: answered)
    let sum = counts.enumerated().reduce(0) { $0 + (Double($1.offset) + lowest) * Double($1.element) }
    figures.rate = estimate(Double(answered) / Double(asked), 0.05)
    figures.counts = counts
    figures.mean = estimate(sum / Double(answered), 0.25)
    figures.deviation = 1.125
    figures.median = 4
    figures.top = estimate(Double(counts.suffix(2).reduce(0, +)) / Double(answered), 0.09)
    if counts.count == 11 { figures.score = estimate(12.5, 9) }
    return figures
  }

  static let hostile = "</style><script>alert(1)</script>\"' onload=x & 李"

  static func page(language: String = "de") -> Page {
    let words = Page.Words(language: language) { name in
      [
        "title": "Zwischenbilanz 2026", "privacy": "Unter 5 Personen wird nichts gezeigt.",
        "group": "Standort",
        "rate": "Rücklauf", "distribution": "Verteilung", "coarsened": "Verteilung nicht ausgewiesen",
        "mean": "Mittelwert",
        "interval": "95-%-Intervall", "asked": "Befragt", "answered": "Geantwortet", "change": "Veränderung",
        "detractors": "Kritiker", "passives": "Passive", "promoters": "Promotoren", "question": "Fragen",
      ][name] ?? name
    }
    var alike = figures(31, [0, 0, 0, 0, 30])
    alike.counts = nil
    alike.mean = nil
    alike.top = nil
    alike.isCoarsened = true
    var change = Page.Change(people: 61)
    change.before = 3.4
    change.after = 3.725
    change.change = estimate(0.325, 0.2)
    change.p = 0.0004
    change.effect = 0.31
    var worse = change
    worse.change = estimate(-0.1, 0.25)
    worse.p = 0.44
    var hours = Page.Figures(asked: 1_500, answered: 1_234)
    hours.rate = estimate(0.82, 0.02)
    hours.mean = estimate(12.25, 0.5)
    hours.deviation = 6.5
    hours.median = 11
    hours.lowerQuartile = 8
    hours.upperQuartile = 15.5
    var text = Page.Figures(asked: 1_500, answered: 640)
    text.rate = estimate(0.43, 0.03)
    let few = Page.Cell<Page.Figures>.withheld("nicht ausgewiesen: weniger als 5 Personen")
    return Page(
      words: words,
      questions: [
        .init(
          title: "Die Sitzungen nützen mir", kind: .likert,
          values: ["Gar nicht", "Eher nicht", "Teils, teils", "Eher", "Voll"],
          rows: [
            .init(label: "Berlin", isTotal: false, cell: .figures(figures(60, [3, 6, 12, 20, 9]))),
            .init(label: "Hamburg", isTotal: false, cell: .figures(alike)),
            .init(label: "Köln", isTotal: false, cell: few),
            .init(label: hostile, isTotal: false, cell: .withheld(hostile)),
            .init(label: "Gesamt", isTotal: true, cell: .figures(figures(1_500, [111, 140, 222, 400, 361]))),
          ],
          changes: [
            .init(label: "Berlin", isTotal: false, cell: .figures(change)),
            .init(label: "Hamburg", isTotal: false, cell: .figures(worse)),
            .init(
              label: "Köln", isTotal: false, cell: .withheld("nicht ausgewiesen: weniger als 5 Personen")),
          ]),
        .init(
          title: "Würden Sie Reverse Mentoring empfehlen?", kind: .recommendation,
          values: (0...10).map { "\($0)" },
          rows: [
            .init(
              label: "Berlin", isTotal: false,
              cell: .figures(figures(60, [1, 0, 0, 2, 1, 4, 5, 9, 10, 8, 9], lowest: 0))),
            .init(label: "Köln", isTotal: false, cell: few),
            .init(
              label: "Gesamt", isTotal: true,
              cell: .figures(figures(1_500, [10, 9, 12, 22, 31, 44, 95, 190, 210, 280, 331], lowest: 0))),
          ]),
        .init(
          title: hostile, kind: .choice, values: ["KI-Werkzeuge", "Videokonferenzen", hostile],
          rows: [.init(label: "Gesamt", isTotal: true, cell: .figures(figures(120, [60, 30, 10])))]),
        .init(
          title: "Stunden im Monat", kind: .number, values: [],
          rows: [.init(label: "Gesamt", isTotal: true, cell: .figures(hours))]),
        .init(
          title: "Was fehlt?", kind: .text, values: [],
          rows: [
            .init(label: "Köln", isTotal: false, cell: few),
            .init(label: "Gesamt", isTotal: true, cell: .figures(text)),
          ]),
      ],
      scales: [
        .init(
          title: "Zufriedenheit",
          rows: [
            .init(
              label: "Gesamt", isTotal: true,
              cell: .figures(.init(people: 1_100, alpha: estimate(0.84, 0.02), mean: 3.71)))
          ])
      ])
  }

  /// Every byte of a page. After a change that is meant: `RECORD=1` writes it anew; look at it in a browser.
  @Test func thePageIsTheGoldenFile() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Fixtures/survey-page.html")
    let html = Self.page().html
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try Data(html.utf8).write(to: file)
    }
    #expect(try html == String(contentsOf: file, encoding: .utf8))
  }

  @Test func nothingGetsIntoItsMarkupAndNothingIsLoaded() {
    let html = Self.page().html
    for word in ["<script", "onload=x\"", "src=", "@import", "url(", "http:", "https:"] {
      #expect(
        !html.replacingOccurrences(of: MarkupText.escaped(Self.hostile), with: "").contains(word), "\(word)")
    }
    #expect(html.contains("default-src 'none'"))
    #expect(html.components(separatedBy: "</style>").count == 2)
  }

  @Test func aReaderWithoutEyesOrMouseFindsEverything() {
    let html = Self.page().html
    #expect(html.contains("<html lang=\"de\">"))
    for mark in ["<header>", "<nav aria-label=", "<main id=\"results\"", "class=\"skip\" href=\"#results\""] {
      #expect(html.contains(mark), "\(mark)")
    }
    // Each plot has a name, and a table that can be scrolled by the keyboard.
    #expect(html.components(separatedBy: "<svg ").count == html.components(separatedBy: "role=\"img\"").count)
    #expect(html.components(separatedBy: "<svg ").count == html.components(separatedBy: "<title id=").count)
    #expect(
      html.components(separatedBy: "<table>").count == html.components(separatedBy: "role=\"region\"").count)
    #expect(html.components(separatedBy: "<table>").count == html.components(separatedBy: "<caption>").count)
    let ids = html.components(separatedBy: " id=\"").dropFirst().compactMap {
      $0.split(separator: "\"").first
    }
    #expect(Set(ids).count == ids.count)
  }

  /// What is withheld is no figure of the page's input; a width or a label can be made of nothing else.
  @Test func aWithheldCellHasItsReasonAndNoMark() {
    var page = Self.page()
    page.questions = [page.questions[0]]
    page.questions[0].changes = []
    page.scales = []
    page.questions[0].rows = [
      .init(label: "Köln", isTotal: false, cell: .withheld("zu wenige")),
      .init(label: "Bonn", isTotal: false, cell: .withheld("zu wenige")),
    ]
    let html = page.html
    // In the plot and in the table, of either.
    #expect(html.components(separatedBy: "zu wenige").count == 5)
    let body = html.components(separatedBy: "<main").last ?? ""
    #expect(
      !body.contains("<rect class=\"rate\"") && !body.contains("class=\"mark\"") && !body.contains("%<"))
  }

  @Test func figuresThatAreNoNumbersStopNothing() {
    var page = Self.page()
    var odd = Page.Figures(asked: 0, answered: 0)
    odd.counts = [0, 0, 0, 0, 0]
    odd.mean = Page.Estimate(value: .nan, low: -.infinity, high: .infinity)
    odd.rate = odd.mean
    odd.score = odd.mean
    odd.median = .nan
    odd.lowerQuartile = -.infinity
    odd.upperQuartile = .infinity
    var change = Page.Change(people: 0)
    change.change = odd.mean
    for index in page.questions.indices {
      page.questions[index].rows = [.init(label: "", isTotal: false, cell: .figures(odd))]
      page.questions[index].changes = [.init(label: "", isTotal: false, cell: .figures(change))]
    }
    #expect(!page.html.contains("nan") && !page.html.contains("inf\""))
  }

  @Test func inABrowserTheKeyboardReachesPlotsTablesAndLinks() throws {
    let dom = try Browser.dump(Self.page().html)
    #expect(dom.contains("<title>Zwischenbilanz 2026</title>"))
    #expect(dom.components(separatedBy: "<tr>").count > 8)
    #expect(dom.components(separatedBy: "<rect ").count > 30)
  }
}
