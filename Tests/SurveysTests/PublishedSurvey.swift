import Basics
import Foundation
import Programme
import Regions
import TestSupport
import Testing

@testable import Surveys

/// A published survey with words of its own: every kind of question, and cells that show all, little and nothing.
struct PublishedSurvey {
  static let hostile = "</style><script>alert(1)</script>\"' onload=x & 李"

  var table: PublishedTable
  private let folder: WorkFolder
  private let region: Region

  init() throws {
    folder = try WorkFolder()
    try FileManager.default.createDirectory(atPath: folder.path + "/texts", withIntermediateDirectories: true)
    let words: [String: String] = [
      "results": "Zwischenbilanz 2026", "privacy": "Unter 5 Personen wird nichts gezeigt.",
      "group": "Standort", "response-rate": "Rücklauf", "distribution": "Verteilung",
      "coarsened": "Verteilung nicht ausgewiesen", "mean": "Mittelwert", "interval": "95-%-Intervall",
      "asked": "Befragt", "answered": "Geantwortet", "change": "Veränderung", "detractors": "Kritiker",
      "passives": "Passive", "promoters": "Promotoren", "question": "Fragen", "total": "Gesamt",
      "suppressed": "nicht ausgewiesen: weniger als 5 Personen", "protected": PublishedSurvey.hostile,
      "strongly-disagree": "Gar nicht", "disagree": "Eher nicht", "neutral": "Teils, teils", "agree": "Eher",
      "strongly-agree": "Voll", "deviation": "deviation", "median": "median", "quartiles": "quartiles",
      "top-two": "top", "score": "score", "before": "before", "now": "after", "effect": "effect",
      "reliability": "reliability", "people": "people", "unknown": "unknown", "earlier": "earlier-run",
      "withheld": "protection",
    ]
    // JSON is YAML.
    let texts = try JSONSerialization.data(withJSONObject: ["survey": words])
    try folder.file("texts/de.yaml", Array(texts))
    var region = try #require(ConfigurationFolder(path: Repository.path + "/Config").load(["pl"]).first)
    region.folder = folder.path + "/region"
    self.region = region
    table = PublishedSurvey.table
  }

  var words: SurveyWording {
    SurveyWording(table, asked: "de", regions: [region], config: folder.path)
  }

  var html: String { SurveyPage(table, words).html }

  private static func estimate(_ value: Double, _ half: Double) -> Estimate {
    Estimate(value: value, low: value - half, high: value + half)
  }

  private static func figures(_ asked: Int, _ counts: [Int], lowest: Double = 1) -> QuestionFigures {
    let answered = counts.reduce(0, +)
    var figures = QuestionFigures(asked: asked, answered: answered)
    let sum = counts.enumerated().reduce(0) { $0 + (Double($1.offset) + lowest) * Double($1.element) }
    figures.rate = estimate(Double(answered) / Double(asked), 0.05)
    figures.counts = counts
    figures.mean = estimate(sum / Double(answered), 0.25)
    figures.sd = 1.125
    figures.median = 4
    figures.top = estimate(Double(counts.suffix(2).reduce(0, +)) / Double(answered), 0.09)
    if counts.count == 11 { figures.nps = estimate(12.5, 9) }
    return figures
  }

  private static var table: PublishedTable {
    var alike = figures(31, [0, 0, 0, 0, 30])
    (alike.counts, alike.mean, alike.top, alike.isCoarsened) = (nil, nil, nil, true)
    var change = ChangeFigures(people: 61)
    (change.before, change.after, change.change) = (3.4, 3.725, estimate(0.325, 0.2))
    (change.p, change.effect) = (0.0004, 0.31)
    var worse = change
    (worse.change, worse.p) = (estimate(-0.1, 0.25), 0.44)
    var hours = QuestionFigures(asked: 1_500, answered: 1_234)
    (hours.rate, hours.mean, hours.sd) = (estimate(0.82, 0.02), estimate(12.25, 0.5), 6.5)
    (hours.median, hours.lowerQuartile, hours.upperQuartile) = (11, 8, 15.5)
    var text = QuestionFigures(asked: 1_500, answered: 640)
    text.rate = estimate(0.43, 0.03)
    typealias Kind = SurveyDefinition.Question.Kind
    func question(_ wording: String, _ kind: Kind) -> SurveyDefinition.Question {
      SurveyDefinition.Question(name: "name", kind: kind, wording: ["de": wording])
    }
    func cell(
      _ place: String?, _ questions: [PublishedTable.State<QuestionFigures>],
      changes: [PublishedTable.State<ChangeFigures>?] = [],
      scales: [PublishedTable.State<ScaleFigures>] = []
    ) -> PublishedTable.Cell {
      PublishedTable.Cell(slice: Slice([place]), questions: questions, scales: scales, changes: changes)
    }
    return PublishedTable(
      survey: SurveyDefinition(
        name: "midterm",
        questions: [
          question("Die Sitzungen nützen mir", .likert(points: 5)),
          question("Würden Sie Reverse Mentoring empfehlen?", .nps),
          question(hostile, .choice(["KI-Werkzeuge", "Videokonferenzen", hostile])),
          question("Stunden im Monat", .number), question("Was fehlt?", .text),
        ], scales: [.init(name: "Zufriedenheit", items: ["name"])], dimensions: ["site"], pairedWith: "start"),
      dimensions: ["site"],
      cells: [
        cell(
          "Berlin",
          [
            .figures(figures(60, [3, 6, 12, 20, 9])),
            .figures(figures(60, [1, 0, 0, 2, 1, 4, 5, 9, 10, 8, 9], lowest: 0)),
            .figures(figures(60, [31, 12, 0])), .figures(hours), .figures(text),
          ], changes: [.figures(change)]),
        cell(
          "Hamburg",
          [.figures(alike), .figures(alike), .figures(alike), .figures(alike), .hidden(.earlierRun)],
          changes: [.figures(worse)]),
        cell(
          "Köln", Array(repeating: .hidden(.tooFew), count: 5), changes: [.hidden(.tooFew)],
          scales: [.hidden(.tooFew)]),
        cell(hostile, Array(repeating: .hidden(.secondary), count: 5), changes: [nil]),
        cell(
          nil,
          [
            .figures(figures(1_500, [111, 140, 222, 400, 361])),
            .figures(figures(1_500, [10, 9, 12, 22, 31, 44, 95, 190, 210, 280, 331], lowest: 0)),
            .figures(figures(120, [60, 30, 10])), .figures(hours), .figures(text),
          ], scales: [.figures(ScaleFigures(complete: 1_100, alpha: estimate(0.84, 0.02), mean: 3.71))]),
      ], minimumGroup: MinimumGroup(figures: 5, text: 10))
  }
}
