import Programme
import Regions
import Surveys
import ToolSupport

/// The table as it is read on a terminal: a part for each question, a line for each cell, with bars.
struct TableText {
  private let table: PublishedTable
  private let wording: TableWording

  init(_ table: PublishedTable, _ wording: TableWording) {
    self.table = table
    self.wording = wording
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
    var columns = places + [word("answered"), column("%")]
    switch question.kind {
    case .likert, .nps:
      columns += [word("mean"), column("σ"), word("median")]
      if case .nps = question.kind { columns += [column("NPS")] }
      columns += [column(top(question.kind)), TextTable.Column(""), TextTable.Column(spread(question.kind))]
    case .choice(let choices), .choices(let choices):
      columns += choices.map { column($0) } + [TextTable.Column("")]
    case .number: columns += [word("mean"), column("σ"), word("median"), word("quartiles")]
    case .text: break
    }
    var lines = TextTable(columns)
    for cell in table.cells {
      let place = self.place(cell.slice)
      switch cell.questions[index] {
      case .hidden(let reason): lines.add(place + ["–", TableText.mark(reason.rawValue)])
      case .figures(let figures): lines.add(place + self.cells(figures, question.kind))
      }
    }
    return "\(question.name)\(title == question.name ? "" : ": \(title)")\n\n" + text(lines)
  }

  private func cells(_ figures: QuestionFigures, _ kind: SurveyDefinition.Question.Kind) -> [String] {
    var cells = ["\(figures.answered)/\(figures.asked)", percent(figures.rate?.value)]
    if figures.isCoarsened { return cells + [TableText.mark("coarsened")] }
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
    var lines = TextTable(places + [word("people"), word("mean"), column("α"), column("95\u{A0}%")])
    for cell in table.cells where cell.scales.indices.contains(index) {
      switch cell.scales[index] {
      case .hidden(let reason): lines.add(place(cell.slice) + ["–", TableText.mark(reason.rawValue)])
      case .figures(let figures):
        let interval = figures.alpha.map { "\(decimal($0.low, 2)) … \(decimal($0.high, 2))" } ?? ""
        lines.add(
          place(cell.slice) + [
            String(figures.complete), decimal(figures.mean, 2), decimal(figures.alpha?.value, 2), interval,
          ])
      }
    }
    return "\(scale.name): \(scale.items.joined(separator: ", "))\n\n" + text(lines)
  }

  private func change(_ index: Int) -> String? {
    guard table.cells.contains(where: { $0.changes.indices.contains(index) && $0.changes[index] != nil })
    else {
      return nil
    }
    var lines = TextTable(
      places + [
        word("people"), word("before"), word("after"), column("Δ"), column("±"), column("p"), word("effect"),
      ])
    for cell in table.cells where cell.changes.indices.contains(index) {
      switch cell.changes[index] {
      case nil: continue
      case .hidden(let reason): lines.add(place(cell.slice) + ["–", TableText.mark(reason.rawValue)])
      case .figures(let figures):
        lines.add(
          place(cell.slice) + [
            String(figures.people), decimal(figures.before, 2), decimal(figures.after, 2),
            around(figures.change?.value, figures.change.map { $0.high - $0.value }, 2),
            decimal(figures.p, 4), decimal(figures.effect, 2),
          ])
      }
    }
    return "\(table.survey.questions[index].name): \(wording.word("change"))\n\n" + text(lines)
  }

  // MARK: - Places

  private var places: [TextTable.Column] {
    table.dimensions.isEmpty
      ? [TextTable.Column("")] : table.dimensions.map { TextTable.Column(wording.dimension($0)) }
  }

  private func place(_ slice: Slice) -> [String] {
    if slice.values.isEmpty { return [wording.word("total")] }
    return slice.values.map {
      $0.map { $0.isEmpty ? "(\(wording.word("unknown")))" : $0 } ?? wording.word("total")
    }
  }

  private func column(_ heading: String) -> TextTable.Column { TextTable.Column(heading, .right) }

  /// Why a line has no figures: a mark in it, the words below the table, which would make a column too wide.
  private static let marks = [
    ("too-few", "¹"), ("complement", "²"), ("earlier-run", "³"), ("protection", "⁴"), ("coarsened", "⁵"),
  ]

  private static func mark(_ name: String) -> String { marks.first { $0.0 == name }?.1 ?? "⁴" }

  private func text(_ lines: TextTable) -> String {
    let notes = TableText.marks.filter { mark in lines.rows.contains { $0.contains(mark.1) } }
    return lines.text + notes.map { "\($0.1) \(wording.word($0.0))\n" }.joined()
  }

  private func word(_ name: String) -> TextTable.Column { column(wording.word(name)) }

  // MARK: - Figures

  private func percent(_ share: Double?) -> String { share.map { "\(decimal($0 * 100, 0)) %" } ?? "" }

  /// A figure and how far its interval reaches.
  private func around(_ value: Double?, _ reach: Double?, _ places: Int) -> String {
    let reach = decimal(reach, places)
    return decimal(value, places) + (reach.isEmpty ? "" : " ±\(reach)")
  }

  /// Rounded half away from zero, with so many places and a full stop: on a terminal of any language.
  private func decimal(_ value: Double?, _ places: Int) -> String {
    guard let value, value.isFinite else { return "" }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = (value * scale).rounded()
    guard let whole = Int(exactly: scaled) else { return value.description }
    let digits = String(whole.magnitude)
    let sign = whole < 0 ? "−" : ""
    if places == 0 { return sign + digits }
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return sign + padded.dropLast(places) + "." + padded.suffix(places)
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
