package import Programme
package import Regions

/// What a published table is as records: one `summary` a cell and question, in the order of the table.
///
/// A scale is the question `scale:NAME`, a change since the paired survey `change:QUESTION`. The figures of a hidden
/// cell are empty, and `suppressed` says why.
extension PublishedTable {
  package var summaries: [Summary] {
    cells.flatMap { cell in
      let slice = Dictionary(
        zip(dimensions, cell.slice.values).compactMap { name, value in value.map { (name, $0) } },
        uniquingKeysWith: { first, _ in first })
      func summary<Figures>(
        _ question: String, _ state: State<Figures>, _ figures: (Figures) -> [String: Double]
      ) -> Summary {
        switch state {
        case .figures(let own):
          Summary(survey: survey.name, question: question, slice: slice, figures: figures(own))
        case .hidden(let reason):
          Summary(
            survey: survey.name, question: question, slice: slice, figures: [:], suppressed: reason.rawValue)
        }
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
      let hidden = summary.suppressed.map { HiddenReason(rawValue: $0) ?? .tooFew }
      if let index = survey.questions.firstIndex(where: { $0.name == summary.question }) {
        cell.questions[index] =
          hidden.map { .hidden($0) }
          ?? .figures(QuestionFigures(summary.figures, values: survey.questions[index].kind.values))
      } else if let index = survey.scales.firstIndex(where: { "scale:\($0.name)" == summary.question }) {
        cell.scales[index] = hidden.map { .hidden($0) } ?? .figures(ScaleFigures(summary.figures))
      } else if let index = survey.questions.firstIndex(where: { "change:\($0.name)" == summary.question }),
        cell.changes.indices.contains(index)
      {
        cell.changes[index] = hidden.map { .hidden($0) } ?? .figures(ChangeFigures(summary.figures))
      }
      cells[slice] = cell
    }
    self.init(
      survey: survey, dimensions: dimensions, cells: cells.values.sorted { $0.slice < $1.slice },
      minimumGroup: minimumGroup)
  }
}

extension [String: Double] {
  fileprivate mutating func put(_ name: String, _ estimate: Estimate?) {
    guard let estimate else { return }
    self[name] = estimate.value
    self[name + "Low"] = estimate.low
    self[name + "High"] = estimate.high
  }

  fileprivate func estimate(_ name: String) -> Estimate? {
    guard let value = self[name] else { return nil }
    return Estimate(value: value, low: self[name + "Low"] ?? value, high: self[name + "High"] ?? value)
  }

  fileprivate func whole(_ name: String) -> Int { self[name].flatMap { Int(exactly: $0) } ?? 0 }
}

extension QuestionFigures {
  /// By name; how often each value was given is `count.VALUE`.
  package func named(_ values: [String]) -> [String: Double] {
    var figures: [String: Double] = ["asked": Double(asked), "answered": Double(answered)]
    figures.put("rate", rate)
    figures.put("mean", mean)
    figures.put("top", top)
    figures.put("nps", nps)
    figures["sd"] = sd
    figures["median"] = median
    figures["lowerQuartile"] = lowerQuartile
    figures["upperQuartile"] = upperQuartile
    for (value, count) in zip(values, counts ?? []) { figures["count.\(value)"] = Double(count) }
    if isCoarsened { figures["coarsened"] = 1 }
    return figures
  }

  fileprivate init(_ figures: [String: Double], values: [String]) {
    self.init(asked: figures.whole("asked"), answered: figures.whole("answered"))
    rate = figures.estimate("rate")
    mean = figures.estimate("mean")
    top = figures.estimate("top")
    nps = figures.estimate("nps")
    sd = figures["sd"]
    median = figures["median"]
    lowerQuartile = figures["lowerQuartile"]
    upperQuartile = figures["upperQuartile"]
    let known = values.compactMap { figures["count.\($0)"].flatMap { Int(exactly: $0) } }
    counts = known.count == values.count && !values.isEmpty ? known : nil
    isCoarsened = figures["coarsened"] != nil
  }
}

extension ScaleFigures {
  package var named: [String: Double] {
    var figures: [String: Double] = ["complete": Double(complete)]
    figures.put("alpha", alpha)
    figures["mean"] = mean
    return figures
  }

  fileprivate init(_ figures: [String: Double]) {
    self.init(complete: figures.whole("complete"), alpha: figures.estimate("alpha"), mean: figures["mean"])
  }
}

extension ChangeFigures {
  package var named: [String: Double] {
    var figures: [String: Double] = ["people": Double(people)]
    figures["before"] = before
    figures["after"] = after
    figures.put("change", change)
    figures["statistic"] = statistic
    figures["p"] = p
    figures["effect"] = effect
    if p != nil { figures["exact"] = isExact ? 1 : 0 }
    return figures
  }

  fileprivate init(_ figures: [String: Double]) {
    self.init(people: figures.whole("people"))
    before = figures["before"]
    after = figures["after"]
    change = figures.estimate("change")
    statistic = figures["statistic"]
    p = figures["p"]
    effect = figures["effect"]
    isExact = figures["exact"] == 1
  }
}
