package import Programme
package import Regions

/// What a published table is as records: one `summary` a cell and question, in the order of the table.
///
/// A scale is the question `scale:NAME`, a change since the paired survey `change:QUESTION`. The figures of a hidden
/// cell are empty, and `suppressed` says why.
extension PublishedTable {
  package var summaries: [Summary] {
    cells.flatMap { cell in
      let slice = cell.slice.named(dimensions)
      func summary<Figures>(
        _ question: String, _ state: State<Figures>, _ named: (Figures) -> [String: Double]
      ) -> Summary {
        var summary = Summary(survey: survey.name, question: question, slice: slice, figures: [:])
        switch state {
        case .figures(let figures): summary.figures = named(figures)
        case .hidden(let reason): summary.suppressed = reason.rawValue
        }
        return summary
      }
      let questions = zip(survey.questions, cell.questions).map { question, state in
        summary(question.name, state) { $0.named(question.kind.values) }
      }
      let scales = zip(survey.scales, cell.scales).map { scale, state in
        summary("scale:\(scale.name)", state, \.named)
      }
      let changes = zip(survey.questions, cell.changes).compactMap { question, state in
        state.map { summary("change:\(question.name)", $0, \.named) }
      }
      return questions + scales + changes
    }
  }

  /// What went out before, from its records, as far as it is of this survey and these dimensions or fewer.
  ///
  /// - Parameter dimensions: those that the earlier table had, in this order.
  package init(
    _ summaries: [Summary], survey: SurveyDefinition, dimensions: [String], minimumGroup: MinimumGroup
  ) {
    var cells: [Slice: Cell] = [:]
    for summary in summaries where summary.survey == survey.name {
      let slice = Slice(dimensions.map { summary.slice[$0] })
      var cell =
        cells[slice]
        ?? Cell(
          slice: slice, questions: survey.questions.map { _ in .hidden(.tooFew) },
          scales: survey.scales.map { _ in .hidden(.tooFew) },
          changes: survey.pairedWith == nil ? [] : survey.questions.map { _ in nil })
      func state<Figures>(_ figures: ([String: Double]) -> Figures) -> State<Figures> {
        if let suppressed = summary.suppressed {
          return .hidden(HiddenReason(rawValue: suppressed) ?? .tooFew)
        }
        return .figures(figures(summary.figures))
      }
      if let index = survey.questions.firstIndex(where: { $0.name == summary.question }) {
        cell.questions[index] = state { QuestionFigures($0, values: survey.questions[index].kind.values) }
      } else if let index = survey.scales.firstIndex(where: { "scale:\($0.name)" == summary.question }) {
        cell.scales[index] = state(ScaleFigures.init)
      } else if let index = survey.questions.firstIndex(where: { "change:\($0.name)" == summary.question }),
        cell.changes.indices.contains(index)
      {
        cell.changes[index] = state(ChangeFigures.init)
      }
      cells[slice] = cell
    }
    self.init(
      survey: survey, dimensions: dimensions, cells: cells.values.sorted { $0.slice < $1.slice },
      minimumGroup: minimumGroup)
  }
}

/// The figures of one kind, each under its name, for writing and for reading.
///
/// An estimate is three numbers: `NAME`, `NAMELow` and `NAMEHigh`.
private struct FigureNames<Figures>: Sendable {
  let estimates: KeyValuePairs<String, any WritableKeyPath<Figures, Estimate?> & Sendable>
  let numbers: KeyValuePairs<String, any WritableKeyPath<Figures, Double?> & Sendable>

  func write(_ figures: Figures, into named: inout [String: Double]) {
    for (name, number) in numbers { named[name] = figures[keyPath: number] }
    for (name, path) in estimates {
      guard let estimate = figures[keyPath: path] else { continue }
      named[name] = estimate.value
      named[name + "Low"] = estimate.low
      named[name + "High"] = estimate.high
    }
  }

  func read(_ named: [String: Double], into figures: inout Figures) {
    for (name, number) in numbers { figures[keyPath: number] = named[name] }
    for (name, path) in estimates {
      figures[keyPath: path] = named[name].map {
        Estimate(value: $0, low: named[name + "Low"] ?? $0, high: named[name + "High"] ?? $0)
      }
    }
  }
}

extension [String: Double] {
  fileprivate func whole(_ name: String) -> Int? { self[name].flatMap { Int(exactly: $0) } }
}

extension QuestionFigures {
  private static let names = FigureNames<QuestionFigures>(
    estimates: ["rate": \.rate, "mean": \.mean, "top": \.top, "nps": \.nps],
    numbers: [
      "sd": \.sd, "median": \.median, "lowerQuartile": \.lowerQuartile, "upperQuartile": \.upperQuartile,
    ])

  /// By name; how often each value was given is `count.VALUE`.
  fileprivate func named(_ values: [String]) -> [String: Double] {
    var named = ["asked": Double(asked), "answered": Double(answered)]
    Self.names.write(self, into: &named)
    for (value, count) in zip(values, counts ?? []) { named["count.\(value)"] = Double(count) }
    if isCoarsened { named["coarsened"] = 1 }
    return named
  }

  fileprivate init(_ named: [String: Double], values: [String]) {
    self.init(asked: named.whole("asked") ?? 0, answered: named.whole("answered") ?? 0)
    Self.names.read(named, into: &self)
    let known = values.compactMap { named.whole("count.\($0)") }
    counts = known.count == values.count && !values.isEmpty ? known : nil
    isCoarsened = named["coarsened"] != nil
  }
}

extension ScaleFigures {
  private static let names = FigureNames<ScaleFigures>(
    estimates: ["alpha": \.alpha], numbers: ["mean": \.mean])

  fileprivate var named: [String: Double] {
    var named = ["complete": Double(complete)]
    Self.names.write(self, into: &named)
    return named
  }

  fileprivate init(_ named: [String: Double]) {
    self.init(complete: named.whole("complete") ?? 0)
    Self.names.read(named, into: &self)
  }
}

extension ChangeFigures {
  private static let names = FigureNames<ChangeFigures>(
    estimates: ["change": \.change],
    numbers: [
      "before": \.before, "after": \.after, "statistic": \.statistic, "p": \.p, "effect": \.effect,
    ])

  fileprivate var named: [String: Double] {
    var named = ["people": Double(people)]
    Self.names.write(self, into: &named)
    if p != nil { named["exact"] = isExact ? 1 : 0 }
    return named
  }

  fileprivate init(_ named: [String: Double]) {
    self.init(people: named.whole("people") ?? 0)
    Self.names.read(named, into: &self)
    isExact = named["exact"] == 1
  }
}
