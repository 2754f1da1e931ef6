import Basics
import Programme
package import RecordStream
import Regions

extension PartialAggregate {
  /// The lines without their line feeds; the same aggregate always gives the same bytes.
  package var lines: [[UInt8]] {
    let cells = aggregate.leaves.sorted { $0.key < $1.key }.map { SurveyTable.Cell.fields.line($0.value) }
    let surplus = aggregate.surplus.sorted { $0.key < $1.key }.map {
      SurplusLine.fields.line(SurplusLine(slice: $0.key, surplus: $0.value))
    }
    return [Header.fields.line(header)] + cells + surplus
  }
}

/// Reads partial aggregates of one input, which may hold any number of them one behind the other.
package struct PartialReader {
  package private(set) var partials: [PartialAggregate] = []

  package init() {}

  /// Takes a line; false where it is of another kind.
  ///
  /// - Throws: `RecordError` where it lacks what its kind requires.
  package mutating func take(_ line: RecordLine) throws(RecordError) -> Bool {
    switch line.kind {
    case PartialAggregate.Header.fields.description.kind:
      // First, since another version may have other fields.
      if let version = try line.value()["version"]?.integer, version != PartialAggregate.version {
        throw RecordError(
          "version \(version) of partial aggregates, where this tool reads \(PartialAggregate.version): use the tool "
            + "that made it, or make it again")
      }
      partials.append(PartialAggregate(try line.read(PartialAggregate.Header.fields)))
    case SurveyTable.Cell.fields.description.kind:
      let cell = try line.read(SurveyTable.Cell.fields)
      try add { aggregate throws(RecordError) in
        try aggregate.check(cell)
        aggregate.add(cell)
      }
    case PartialAggregate.SurplusLine.fields.description.kind:
      let line = try line.read(PartialAggregate.SurplusLine.fields)
      try add { aggregate throws(RecordError) in
        try aggregate.check(line.surplus, at: line.slice)
        aggregate.add(line.surplus, at: line.slice)
      }
    default: return false
    }
    return true
  }

  private mutating func add(
    _ body: (inout SurveyAggregate) throws(RecordError) -> Void
  ) throws(RecordError) {
    guard let last = partials.indices.last else {
      throw RecordError("a cell without the `survey-partial` before it: give the whole file")
    }
    try body(&partials[last].aggregate)
  }
}

extension SurveyAggregate {
  /// That a cell is one of this survey.
  fileprivate func check(_ cell: SurveyTable.Cell) throws(RecordError) {
    try check(cell.slice)
    let empty = self.cell(cell.slice)
    guard cell.questions.map(\.counts.count) == empty.questions.map(\.counts.count) else {
      throw RecordError("the cell has not one count for each value: make the aggregate again")
    }
    guard cell.responses <= PartialAggregate.mostResponses else {
      throw RecordError("more than \(PartialAggregate.mostResponses) responses: make the aggregate again")
    }
    guard cell.questions.allSatisfy({ $0.answered <= $0.asked && $0.asked <= cell.responses }) else {
      throw RecordError("more answered than asked, or more asked than responses: make the aggregate again")
    }
    guard
      cell.questions.allSatisfy({ question in
        question.counts.allSatisfy { $0 <= question.answered }
          && question.numbers.counts.values.reduce(0, +) <= question.answered
      }), cell.scales.allSatisfy({ $0.isPossible(among: cell.responses) }),
      cell.changes.allSatisfy({ ($0?.pairs.values.reduce(0, +) ?? 0) <= cell.responses })
    else { throw RecordError("a count is higher than that of the responses: make the aggregate again") }
    guard cell.scales.map(\.sums.count) == empty.scales.map(\.sums.count),
      cell.scales.map(\.squares.count) == empty.scales.map(\.squares.count)
    else { throw RecordError("a scale has not one sum for each item: make the aggregate again") }
    guard cell.changes.count == empty.changes.count else {
      throw RecordError("`changes` are not those of the survey: make the aggregate again")
    }
  }

  fileprivate func check(_ surplus: Surplus, at slice: Slice) throws(RecordError) {
    try check(slice)
    guard surplus.questions.count == survey.questions.count, surplus.scales.count == survey.scales.count
    else { throw RecordError("a surplus has not one count for each question: make the aggregate again") }
    guard surplus.responses <= PartialAggregate.mostResponses,
      (surplus.questions + surplus.scales).allSatisfy({ $0 <= surplus.responses })
    else { throw RecordError("a count is higher than that of the responses: make the aggregate again") }
  }

  private func check(_ slice: Slice) throws(RecordError) {
    guard slice.values.count == dimensions.count else {
      throw RecordError("`slice` has not one value for each dimension: make the aggregate again")
    }
  }
}

extension ScaleAggregate {
  /// Whether so many responses can have these sums; no scale has more than 10 points.
  fileprivate func isPossible(among responses: Int) -> Bool {
    let (most, items) = (10 * min(complete, responses), sums.count)
    return complete <= responses && sums.allSatisfy { $0 <= most } && squares.allSatisfy { $0 <= 10 * most }
      && total <= items * most && totalSquares <= 10 * items * items * most
  }
}
