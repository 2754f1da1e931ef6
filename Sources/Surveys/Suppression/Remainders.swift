import Regions

/// What one published figure leaves of another in the same slice: anyone who has both can subtract.
///
/// An item of a scale counts all who answered it, the scale only complete responses: the difference is what those said who left an
/// item out. A question counts all who answered it, its change only those who also answered before: the difference is what the
/// newcomers said or, compared with the earlier survey, what those said then who left. Such a rest is guarded like a cell: if it is of
/// fewer people than the minimum, or at one end of the scale, nobody may be able to compute its sum.
enum Remainders {
  /// nil where the survey's items are not of one number of points.
  static func table(scale index: Int, of table: SurveyTable, _ minimum: Int) -> GuardedTable? {
    let scale = table.survey.scales[index]
    let items = scale.indices(in: table.survey)
    guard items.count == scale.items.count, let first = items.first,
      case .likert(let points) = table.survey.questions[first].kind,
      items.allSatisfy({ table.survey.questions[$0].kind == .likert(points: points) })
    else { return nil }
    let range = 1...max(1, points)
    return make(range, table.cells) { cell in
      let own = cell.scales[index]
      var sum = -own.total
      var answers = -own.complete * items.count
      for item in items {
        let question = cell.questions[item]
        let isReversed = scale.reversed.contains(table.survey.questions[item].name)
        for (place, count) in question.counts.enumerated() {
          sum += count * (isReversed ? points - place : 1 + place)
        }
        answers += question.answered
      }
      // One person left out one item at least.
      let most = max(1, items.count - 1)
      return Rest(answers: answers, sum: sum, isFew: answers > 0 && (answers + most - 1) / most < minimum)
    }
  }

  /// nil where the question has no change.
  static func table(change index: Int, of table: SurveyTable, _ minimum: Int) -> GuardedTable? {
    make(range(index, of: table), table.cells.filter { $0.changes.indices.contains(index) }) { cell in
      let question = cell.questions[index]
      let pairs = cell.changes[index]?.pairs ?? [:]
      let after = pairs.reduce(0) { $0 + $1.key.after * Double($1.value) }
      let lowest = table.survey.questions[index].kind.lowest ?? 0
      var sum = 0
      for (place, count) in question.counts.enumerated() { sum += count * (lowest + place) }
      let people = pairs.values.reduce(0, +)
      return rest(question.answered - people, Double(sum) - after, minimum)
    }
  }

  /// Against a published table of the earlier survey; nil where it has not asked the question.
  static func table(
    change index: Int, of table: SurveyTable, before earlier: PublishedTable, _ slices: [Slice?],
    _ minimum: Int
  ) -> GuardedTable? {
    let name = table.survey.questions[index].name
    guard let asked = earlier.survey.questions.firstIndex(where: { $0.name == name }) else { return nil }
    var published: [Slice: QuestionFigures] = [:]
    for (cell, slice) in zip(earlier.cells, slices) {
      guard let slice, cell.questions.indices.contains(asked) else { continue }
      if case .figures(let figures) = cell.questions[asked], figures.mean != nil {
        published[slice] = figures
      }
    }
    let cells = table.cells.filter { $0.changes.indices.contains(index) && published[$0.slice] != nil }
    guard !cells.isEmpty else { return nil }
    return make(range(index, of: table), cells) { cell in
      let pairs = cell.changes[index]?.pairs ?? [:]
      let before = pairs.reduce(0) { $0 + $1.key.before * Double($1.value) }
      let figures = published[cell.slice]
      let answered = figures?.answered ?? 0
      let sum = (figures?.mean?.value ?? 0) * Double(answered)
      return rest(answered - pairs.values.reduce(0, +), sum - before, minimum)
    }
  }

  private struct Rest {
    var answers: Int
    var sum: Int
    /// Of fewer people than the minimum.
    var isFew: Bool
  }

  /// nil: any number.
  private static func range(_ index: Int, of table: SurveyTable) -> ClosedRange<Int>? {
    switch table.survey.questions[index].kind {
    case .likert(let points): 1...max(1, points)
    case .nps: 0...10
    default: nil
    }
  }

  private static func rest(_ people: Int, _ sum: Double, _ minimum: Int) -> Rest {
    Rest(answers: people, sum: Int(exactly: sum.rounded()) ?? 0, isFew: people > 0 && people < minimum)
  }

  private static func make(
    _ range: ClosedRange<Int>?, _ cells: [SurveyTable.Cell], _ rest: (SurveyTable.Cell) -> Rest
  ) -> GuardedTable {
    GuardedTable(
      counting: .rests(range), minimum: 0,
      cells: cells.map { cell in
        let own = rest(cell)
        // People who are counted elsewhere now leave nothing that adds up.
        let answers = max(0, own.answers)
        let isAtAnEnd =
          range.map {
            own.sum <= $0.lowerBound * answers + 1 || own.sum >= $0.upperBound * answers - 1
          } ?? false
        return GuardedTable.Cell(
          slice: cell.slice, answered: answers, values: [own.answers > 0 ? own.sum : 0],
          isUniform: answers > 0 && (own.isFew || isAtAnEnd))
      })
  }
}
