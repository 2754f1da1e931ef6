package import Regions

/// What answers to one survey add up to, leaf by leaf: the form in which aggregates are merged.
///
/// Counts, multisets and least hashes alone, so that merging is exact, associative and commutative. A person in two
/// leaves, or twice in one, is counted in each; how often too often is kept beside for each margin, so that distinct
/// people are exact in every cell of the table.
package struct SurveyAggregate: Hashable, Sendable {
  /// How many more responses there are in a slice than people.
  package struct Surplus: Hashable, Sendable {
    package var responses = 0
    /// In the order of the survey's questions: of those who answered it.
    package var questions: [Int]
    /// In the order of the survey's scales: of the complete responses.
    package var scales: [Int]

    package init(questions: Int, scales: Int) {
      self.questions = [Int](repeating: 0, count: questions)
      self.scales = [Int](repeating: 0, count: scales)
    }

    package mutating func merge(_ other: Surplus) {
      responses += other.responses
      for (index, count) in other.questions.enumerated() where index < questions.count {
        questions[index] += count
      }
      for (index, count) in other.scales.enumerated() where index < scales.count { scales[index] += count }
    }
  }

  package var survey: SurveyDefinition
  package var dimensions: [String]
  /// By slice, each a leaf; what they count of people is left at 0.
  package var leaves: [Slice: SurveyTable.Cell] = [:]
  /// By slice, leaves and margins; where it is nil every response is a person's own.
  package var surplus: [Slice: Surplus] = [:]

  /// An empty cell of the survey.
  package func cell(_ slice: Slice) -> SurveyTable.Cell {
    SurveyTable.Cell(
      slice: slice, questions: survey.questions.map { QuestionAggregate(values: $0.kind.values.count) },
      scales: survey.scales.map { ScaleAggregate(items: $0.items.count) },
      changes: survey.pairedWith == nil ? [] : survey.questions.map { _ in nil })
  }

  package mutating func add(_ cell: SurveyTable.Cell) {
    let empty = self.cell(cell.slice)
    leaves[cell.slice, default: empty].merge(cell)
  }

  package mutating func add(_ other: Surplus, at slice: Slice) {
    surplus[slice, default: Surplus(questions: survey.questions.count, scales: survey.scales.count)]
      .merge(other)
  }

  /// Both must be of one survey and of the same dimensions.
  package mutating func merge(_ other: SurveyAggregate) {
    for cell in other.leaves.values { add(cell) }
    for (slice, surplus) in other.surplus { add(surplus, at: slice) }
  }

  /// Every cell with all its margins. O(leaves × 2ᵈ × questions).
  package var table: SurveyTable {
    var cells: [Slice: SurveyTable.Cell] = [:]
    for leaf in leaves.values {
      for slice in leaf.slice.margins { cells[slice, default: cell(slice)].merge(leaf) }
    }
    for slice in cells.keys { cells[slice]?.countPeople(surplus: surplus[slice]) }
    return SurveyTable(
      survey: survey, dimensions: dimensions, cells: cells.values.sorted { $0.slice < $1.slice })
  }
}

extension SurveyTable.Cell {
  mutating func merge(_ other: SurveyTable.Cell) {
    responses += other.responses
    respondents += other.respondents
    tandems.merge(other.tandems)
    for index in questions.indices where index < other.questions.count {
      questions[index].merge(other.questions[index])
    }
    for index in scales.indices where index < other.scales.count { scales[index].merge(other.scales[index]) }
    for index in changes.indices where index < other.changes.count {
      guard let change = other.changes[index] else { continue }
      changes[index, default: ChangeAggregate()].merge(change)
    }
  }

  fileprivate mutating func countPeople(surplus: SurveyAggregate.Surplus?) {
    respondents = responses - (surplus?.responses ?? 0)
    for index in questions.indices {
      questions[index].respondents = questions[index].answered - (surplus?.questions[index] ?? 0)
    }
    for index in scales.indices {
      scales[index].respondents = scales[index].complete - (surplus?.scales[index] ?? 0)
    }
  }
}

extension [ChangeAggregate?] {
  subscript(index: Int, default empty: ChangeAggregate) -> ChangeAggregate {
    get { self[index] ?? empty }
    set { self[index] = newValue }
  }
}
