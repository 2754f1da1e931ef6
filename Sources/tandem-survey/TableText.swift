import Pages
import Programme
import Regions
import Surveys
import ToolSupport

/// The table as it is read on a terminal: a part for each question, a line for each cell, with bars.
struct TableText {
  private let table: PublishedTable
  private let wording: SurveyWording
  /// The columns of a line; nil: no bound.
  private let width: Int?

  init(_ table: PublishedTable, _ wording: SurveyWording, width: Int?) {
    self.table = table
    self.wording = wording
    self.width = width
  }

  var text: String {
    var parts = table.survey.questions.indices.map(question)
    parts += table.survey.scales.indices.map(scale)
    if table.survey.pairedWith != nil { parts += table.survey.questions.indices.compactMap(change) }
    return parts.joined(separator: "\n")
  }

  private func question(_ index: Int) -> String {
    let question = table.survey.questions[index]
    let title = wording.wording(question)
    var columns = places + [word(.surveyAnswered), column("%")]
    switch question.kind {
    case .likert, .nps:
      columns += [word(.surveyMean), column("σ"), word(.surveyMedian)]
      if case .nps = question.kind { columns += [column("NPS")] }
      columns += [
        column(top(question.kind)), TextTable.Column("", spare: 1),
        TextTable.Column(spread(question.kind), spare: 2),
      ]
    case .choice(let choices), .choices(let choices):
      columns += choices.map { column($0) } + [TextTable.Column("", spare: 1)]
    case .number: columns += [word(.surveyMean), column("σ"), word(.surveyMedian), word(.surveyQuartiles)]
    case .text: break
    }
    var lines = TextTable(columns)
    for cell in table.cells {
      let place = self.place(cell.slice)
      switch cell.questions[index] {
      case .hidden(let reason): lines.add(place + ["–", TableText.mark(reason)])
      case .figures(let figures): lines.add(place + self.cells(figures, question.kind))
      }
    }
    return prose("\(question.name)\(title == question.name ? "" : ": \(title)")") + "\n" + text(lines)
  }

  private func cells(_ figures: QuestionFigures, _ kind: SurveyDefinition.Question.Kind) -> [String] {
    var cells = ["\(figures.answered)/\(figures.asked)", percent(figures.rate?.value)]
    if figures.isCoarsened { return cells + [TableText.coarsened] }
    let mean = [
      around(figures.mean?.value, figures.mean.map { $0.high - $0.value }, 2), decimal(figures.sd, 2),
    ]
    switch kind {
    case .likert, .nps:
      cells += mean + [decimal(figures.median, 1)]
      if case .nps = kind {
        cells += [around(figures.nps?.value, figures.nps.map { ($0.high - $0.low) / 2 }, 0)]
      }
      cells += [percent(figures.top?.value), bar(figures.top?.value ?? 0), sparks(figures.counts ?? [])]
    case .choice, .choices:
      let total = Double(max(1, figures.answered))
      cells += (figures.counts ?? []).map { percent(Double($0) / total) } + [sparks(figures.counts ?? [])]
    case .number:
      cells += mean
      cells += [
        decimal(figures.median, 2),
        "\(decimal(figures.lowerQuartile, 2)) – \(decimal(figures.upperQuartile, 2))",
      ]
    case .text: break
    }
    return cells
  }

  private func scale(_ index: Int) -> String {
    let scale = table.survey.scales[index]
    var lines = TextTable(
      places + [word(.surveyPeople), word(.surveyMean), column("α"), column("95\u{A0}%")])
    for cell in table.cells where cell.scales.indices.contains(index) {
      switch cell.scales[index] {
      case .hidden(let reason): lines.add(place(cell.slice) + ["–", TableText.mark(reason)])
      case .figures(let figures):
        let interval = figures.alpha.map { "\(decimal($0.low, 2)) … \(decimal($0.high, 2))" } ?? ""
        lines.add(
          place(cell.slice) + [
            String(figures.complete), decimal(figures.mean, 2), decimal(figures.alpha?.value, 2), interval,
          ])
      }
    }
    return prose("\(scale.name): \(scale.items.joined(separator: ", "))") + "\n" + text(lines)
  }

  private func change(_ index: Int) -> String? {
    guard table.cells.contains(where: { $0.changes.indices.contains(index) && $0.changes[index] != nil })
    else {
      return nil
    }
    var lines = TextTable(
      places + [
        word(.surveyPeople), word(.surveyBefore), word(.surveyNow), column("Δ"), column("±"), column("p"),
        word(.surveyEffect),
      ])
    for cell in table.cells where cell.changes.indices.contains(index) {
      switch cell.changes[index] {
      case nil: continue
      case .hidden(let reason): lines.add(place(cell.slice) + ["–", TableText.mark(reason)])
      case .figures(let figures):
        lines.add(
          place(cell.slice) + [
            String(figures.people), decimal(figures.before, 2), decimal(figures.after, 2),
            around(figures.change?.value, figures.change.map { $0.high - $0.value }, 2),
            decimal(figures.p, 4), decimal(figures.effect, 2),
          ])
      }
    }
    return prose("\(table.survey.questions[index].name): \(wording[.surveyChange])") + "\n" + text(lines)
  }

  // MARK: - Places

  private var places: [TextTable.Column] {
    table.dimensions.isEmpty
      ? [TextTable.Column("")] : table.dimensions.map { TextTable.Column(wording.dimension($0)) }
  }

  private func place(_ slice: Slice) -> [String] {
    if slice.values.isEmpty { return [wording[.surveyTotal]] }
    return slice.values.map {
      $0.map { $0.isEmpty ? "(\(wording[.surveyUnknown]))" : $0 } ?? wording[.surveyTotal]
    }
  }

  private func column(_ heading: String) -> TextTable.Column { TextTable.Column(heading, .right) }

  private static func mark(_ reason: HiddenReason) -> String {
    switch reason {
    case .tooFew: "¹"
    case .secondary: "²"
    case .earlierRun: "³"
    case .protection: "⁴"
    }
  }

  private static let coarsened = "⁵"

  /// A line without figures has a mark; the words are below the table, where they do not make a column too wide.
  private func text(_ lines: TextTable) -> String {
    let notes =
      HiddenReason.allCases.map { (TableText.mark($0), wording[$0]) }
      + [(TableText.coarsened, wording[.surveyCoarsened])]
    return lines.text(width: width)
      + notes.filter { mark, _ in lines.rows.contains { $0.contains(mark) } }
      .map { mark, words in prose(words, after: "\(mark) ") }.joined()
  }

  private func prose(_ words: String, after prefix: String = "") -> String {
    TerminalText.prose(words, after: prefix, to: width)
  }

  private func word(_ key: TextKey) -> TextTable.Column { column(wording[key]) }

  // MARK: - Figures

  private func percent(_ share: Double?) -> String { share.map { "\(decimal($0 * 100, 0)) %" } ?? "" }

  /// A figure and how far its interval reaches.
  private func around(_ value: Double?, _ reach: Double?, _ places: Int) -> String {
    let reach = decimal(reach, places)
    return decimal(value, places) + (reach.isEmpty ? "" : " ±\(reach)")
  }

  /// With a full stop and no groups: on a terminal of any language.
  private func decimal(_ value: Double?, _ places: Int) -> String {
    guard let value, value.isFinite else { return "" }
    return NumberWording.plain.text(value, places: places)
  }

  /// A share as a bar of ten columns, in eighths of one.
  private func bar(_ share: Double) -> String {
    let eighths = Int((min(1, max(0, share)) * 80).rounded())
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let bar = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    return bar + String(repeating: "░", count: max(0, 10 - (eighths + 7) / 8))
  }

  /// How often each value was given, each a column as high as its share of the greatest.
  private func sparks(_ counts: [Int]) -> String {
    let most = max(1, counts.max() ?? 1)
    let heights = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    return counts.map { count in count == 0 ? "·" : heights[(count * 8 - 1) / most] }.joined()
  }

  /// The values of whose share the bar is.
  private func top(_ kind: SurveyDefinition.Question.Kind) -> String {
    kind.values.suffix(2).joined(separator: "–")
  }

  private func spread(_ kind: SurveyDefinition.Question.Kind) -> String {
    "\(kind.values.first ?? "")…\(kind.values.last ?? "")"
  }
}
