import Basics
import Pages
import Regions

/// The plots of a survey's page, as SVG: a line a row, in the order of the table beside it, which says the same in figures.
struct SurveyPlot {
  let words: SurveyWording
  private let numbers: NumberWording

  // Places in user units; the page scales the whole.
  private static let width = 960.0
  private static let line = 26.0
  private static let bars = (from: 210.0, to: 660.0)
  private static let rates = (from: 730.0, to: 900.0)

  init(words: SurveyWording) {
    self.words = words
    numbers = NumberWording(language: words.language)
  }

  /// Detractors 0–6, passives 7–8, promoters 9–10.
  static func groups(_ counts: [Int]) -> [Int] {
    guard counts.count == 11 else { return [] }
    return [counts[...6].reduce(0, +), counts[7...8].reduce(0, +), counts[9...].reduce(0, +)]
  }

  /// Answers as bars, and the response rate with its interval beside them.
  func answers(_ question: SurveyPage.Question, id: String) -> String {
    let isBarred = question.kind != .text
    let perRow =
      switch question.kind {
      case .choice, .choices: Double(max(1, question.values.count)) * 0.75 + 0.25
      case .likert, .nps, .number, .text: 1.0
      }
    var y = 30.0
    var body = ""
    if isBarred {
      let heading =
        question.kind == .number
        ? "\(words[.surveyMean]), \(words[.surveyQuartiles]), \(words[.surveyMedian])"
        : words[.surveyDistribution]
      body += text(heading, x: SurveyPlot.bars.from, y: 14, "soft")
    }
    body += text(
      "\(words[.surveyResponseRate]), \(words[.surveyInterval])", x: SurveyPlot.width, y: 14, "soft",
      anchor: "end")
    let bounds = numberBounds(question)
    let reach = reach(question)
    for row in question.rows {
      switch row.state {
      case .hidden(let reason):
        body +=
          label(row.label, row.isTotal, y) + text(words[reason], x: SurveyPlot.bars.from, y: y + 13, "why")
        y += SurveyPlot.line
      case .figures(let figures):
        body += label(row.label, row.isTotal, y)
        if let rate = figures.rate { body += self.rate(rate, y) }
        if figures.isCoarsened {
          body += text(words[.surveyCoarsened], x: SurveyPlot.bars.from, y: y + 13, "why")
          y += SurveyPlot.line
          continue
        }
        switch question.kind {
        case .likert: body += diverging(figures.counts ?? [], reach, y)
        case .nps:
          body += diverging(SurveyPlot.groups(figures.counts ?? []), reach, y)
          if let score = figures.nps {
            body += text(numbers.text(score.value), x: SurveyPlot.bars.to + 8, y: y + 13, "total")
          }
        case .choice, .choices: body += choices(question.values, figures, y)
        case .number: if let bounds { body += box(figures, bounds, y) }
        case .text: break
        }
        y += SurveyPlot.line * perRow
      }
    }
    body += legend(question, &y)
    return figure(
      "\(question.title): \(isBarred ? words[.surveyDistribution] + ", " : "")\(words[.surveyResponseRate])",
      id: "p\(id)",
      height: y + 6, body)
  }

  /// Mean changes with their intervals about zero.
  func changes(_ question: SurveyPage.Question, id: String) -> String {
    var most = 0.1
    for row in question.changes {
      guard case .figures(let change) = row.state, let estimate = change.change else { continue }
      for value in [estimate.value, estimate.low, estimate.high] where value.isFinite {
        most = max(most, abs(value))
      }
    }
    let (from, to) = SurveyPlot.bars
    let middle = (from + to) / 2
    func x(_ value: Double) -> Double { middle + min(1, max(-1, value / most)) * (to - from) / 2 }
    var y = 30.0
    var body = text("\(words[.surveyChange]), \(words[.surveyInterval])", x: from, y: 14, "soft")
    for row in question.changes {
      body += label(row.label, row.isTotal, y)
      switch row.state {
      case .hidden(let reason): body += text(words[reason], x: from, y: y + 13, "why")
      case .figures(let change):
        if let estimate = change.change, estimate.value.isFinite {
          body += whisker(x(estimate.low), x(estimate.high), y + 9)
          body += "<circle class=\"dot\" cx=\"\(at(x(estimate.value)))\" cy=\"\(at(y + 9))\" r=\"4\"/>\n"
          let sign = estimate.value > 0 ? "+" : ""
          body += text(sign + numbers.text(estimate.value, places: 2), x: to + 14, y: y + 13, "")
        }
      }
      y += SurveyPlot.line
    }
    body += "<line class=\"axis\" x1=\"\(at(middle))\" y1=\"22\" x2=\"\(at(middle))\" y2=\"\(at(y))\"/>\n"
    body += text("0", x: middle, y: y + 12, "soft", anchor: "middle")
    return figure("\(words[.surveyChange]): \(question.title)", id: "c\(id)", height: y + 18, body)
  }

  // MARK: - Parts

  private func figure(_ title: String, id: String, height: Double, _ body: String) -> String {
    "<figure>\n<svg viewBox=\"0 0 \(at(SurveyPlot.width)) \(at(height))\" role=\"img\" aria-labelledby=\"\(id)\">\n"
      + "<title id=\"\(id)\">\(MarkupText.escaped(title))</title>\n<g aria-hidden=\"true\">\n\(body)</g>\n</svg>\n</figure>\n"
  }

  /// The greatest share on either side of the middle, that all rows of a plot have one scale.
  private func reach(_ question: SurveyPage.Question) -> Double {
    var most = 0.2
    for row in question.rows {
      guard case .figures(let figures) = row.state, let counts = figures.counts else { continue }
      let parts = question.kind == .nps ? SurveyPlot.groups(counts) : counts
      let (left, right) = sides(parts)
      most = max(most, left, right)
    }
    return most
  }

  private func sides(_ counts: [Int]) -> (left: Double, right: Double) {
    let all = Double(counts.reduce(0, +))
    guard all > 0 else { return (0, 0) }
    let half = counts.count / 2
    let middle = counts.count % 2 == 1 ? Double(counts[half]) / 2 : 0
    return (
      (Double(counts[..<half].reduce(0, +)) + middle) / all,
      (Double(counts[(counts.count - half)...].reduce(0, +)) + middle) / all
    )
  }

  private func diverging(_ counts: [Int], _ reach: Double, _ y: Double) -> String {
    let all = Double(counts.reduce(0, +))
    guard all > 0 else { return "" }
    let (from, to) = SurveyPlot.bars
    let unit = (to - from) / 2 / reach
    let middle = (from + to) / 2
    var x = middle - sides(counts).left * unit
    var svg =
      "<line class=\"axis\" x1=\"\(at(middle))\" y1=\"\(at(y - 4))\" x2=\"\(at(middle))\" y2=\"\(at(y + 22))\"/>\n"
    for (place, count) in counts.enumerated() where count > 0 {
      let share = Double(count) / all
      let shade = SurveyPlot.shade(place, of: counts.count)
      svg += rect(x, y, share * unit, "s\(shade)")
      if share * unit > 38 {
        svg += text(
          numbers.percent(share), x: x + share * unit / 2, y: y + 13, "on\(shade)", anchor: "middle")
      }
      x += share * unit
    }
    return svg
  }

  /// 1 … 7, symmetric about 4.
  private static func shade(_ place: Int, of count: Int) -> Int {
    switch count {
    case 7: place + 1
    case 5: [1, 2, 4, 6, 7][min(4, place)]
    case 3: [1, 4, 7][min(2, place)]
    default: count < 2 ? 6 : 1 + place * 6 / (count - 1)
    }
  }

  private func choices(_ names: [String], _ figures: QuestionFigures, _ y: Double) -> String {
    guard let counts = figures.counts, figures.answered > 0 else { return "" }
    let (from, to) = SurveyPlot.bars
    let start = from + 150
    var svg = ""
    for (place, count) in counts.enumerated() where place < names.count {
      let share = min(1, Double(count) / Double(figures.answered))
      let top = y + Double(place) * SurveyPlot.line * 0.75
      svg += text(short(names[place], 21), x: from, y: top + 12, "")
      svg += rect(start, top, share * (to - start), "s6", height: 15)
      svg += text(numbers.percent(share), x: start + share * (to - start) + 5, y: top + 12, "")
    }
    return svg
  }

  private func numberBounds(_ question: SurveyPage.Question) -> (low: Double, high: Double)? {
    var (low, high) = (Double.infinity, -Double.infinity)
    for row in question.rows {
      guard case .figures(let figures) = row.state else { continue }
      let ends = [
        figures.mean?.low, figures.mean?.high, figures.mean?.value, figures.lowerQuartile,
        figures.upperQuartile,
        figures.median,
      ]
      for value in ends.compactMap({ $0 }) where value.isFinite {
        (low, high) = (min(low, value), max(high, value))
      }
    }
    guard low <= high else { return nil }
    return low < high ? (low, high) : (low - 1, high + 1)
  }

  /// The quartiles as a box, the median a stroke in it, the mean a dot with its interval.
  private func box(_ figures: QuestionFigures, _ bounds: (low: Double, high: Double), _ y: Double)
    -> String
  {
    let (from, to) = SurveyPlot.bars
    func x(_ value: Double) -> Double {
      from + (value - bounds.low) / (bounds.high - bounds.low) * (to - from)
    }
    var svg = ""
    if let lower = figures.lowerQuartile, let upper = figures.upperQuartile {
      svg += rect(x(lower), y, max(1, x(upper) - x(lower)), "s5")
    }
    if let median = figures.median {
      svg +=
        "<line class=\"mark\" x1=\"\(at(x(median)))\" y1=\"\(at(y))\" x2=\"\(at(x(median)))\" y2=\"\(at(y + 18))\"/>\n"
    }
    guard let mean = figures.mean else { return svg }
    svg += whisker(x(mean.low), x(mean.high), y + 9)
    svg += "<circle class=\"dot\" cx=\"\(at(x(mean.value)))\" cy=\"\(at(y + 9))\" r=\"4\"/>\n"
    return svg + text(numbers.text(mean.value, places: 1), x: to + 8, y: y + 13, "")
  }

  private func rate(_ rate: Estimate, _ y: Double) -> String {
    let (from, to) = SurveyPlot.rates
    func x(_ share: Double) -> Double { from + min(1, max(0, share)) * (to - from) }
    return rect(from, y, x(rate.value) - from, "rate") + whisker(x(rate.low), x(rate.high), y + 9)
      + text(numbers.percent(rate.value), x: to + 8, y: y + 13, "")
      + "<line class=\"axis\" x1=\"\(at(to))\" y1=\"\(at(y - 4))\" x2=\"\(at(to))\" y2=\"\(at(y + 22))\"/>\n"
  }

  private func legend(_ question: SurveyPage.Question, _ y: inout Double) -> String {
    let names: [String]
    switch question.kind {
    case .likert: names = question.values
    case .nps: names = [words[.surveyDetractors], words[.surveyPassives], words[.surveyPromoters]]
    case .number:
      guard let bounds = numberBounds(question) else { return "" }
      y += 14
      return text(numbers.text(bounds.low, places: 1), x: SurveyPlot.bars.from, y: y, "soft")
        + text(numbers.text(bounds.high, places: 1), x: SurveyPlot.bars.to, y: y, "soft", anchor: "end")
    case .choice, .choices, .text: return ""
    }
    y += 8
    var x = SurveyPlot.bars.from
    var svg = ""
    for (place, name) in names.enumerated() {
      let room = 26 + Double(name.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? 14 : 8) })
      if x + room > SurveyPlot.width, x > SurveyPlot.bars.from {
        x = SurveyPlot.bars.from
        y += 20
      }
      svg += rect(x, y, 12, "s\(SurveyPlot.shade(place, of: names.count))", height: 12)
      svg += text(name, x: x + 17, y: y + 11, "soft")
      x += room
    }
    y += 20
    return svg
  }

  private func label(_ label: String, _ isTotal: Bool, _ y: Double) -> String {
    text(short(label, 28), x: 0, y: y + 13, isTotal ? "total" : "")
  }

  private func short(_ text: String, _ most: Int) -> String {
    text.count <= most ? text : text.prefix(most - 1) + "…"
  }

  private func whisker(_ low: Double, _ high: Double, _ y: Double) -> String {
    "<path class=\"mark\" d=\"M\(at(low)) \(at(y))H\(at(high))M\(at(low)) \(at(y - 4))v8M\(at(high)) \(at(y - 4))v8\"/>\n"
  }

  private func rect(_ x: Double, _ y: Double, _ width: Double, _ style: String, height: Double = 18) -> String
  {
    "<rect class=\"\(style)\" x=\"\(at(x))\" y=\"\(at(y))\" width=\"\(at(width))\" height=\"\(at(height))\"/>\n"
  }

  private func text(
    _ text: String, x: Double, y: Double, _ style: String, anchor: String? = nil
  ) -> String {
    let style = style.isEmpty ? "" : " class=\"\(style)\""
    let anchor = anchor.map { " text-anchor=\"\($0)\"" } ?? ""
    return "<text\(style) x=\"\(at(x))\" y=\"\(at(y))\"\(anchor)>\(MarkupText.escaped(text))</text>\n"
  }

  /// A place to a tenth: what is finer is not seen, and would differ between machines.
  private func at(_ value: Double) -> String {
    let tenths = Int(exactly: (value * 10).rounded()) ?? 0
    let sign = tenths < 0 ? "-" : ""
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
  }
}
