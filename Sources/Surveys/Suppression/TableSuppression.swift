import Dispatch
import Regions
import Synchronization

/// The suppression of a whole run: every question, scale and change of a survey, against what went out before.
extension Suppression {
  /// What may be told of every cell.
  ///
  /// Asked counts are figures like others, hidden with their cell; but where a hidden cell's asked is shown by another question, or
  /// bounds it by nature (the items of a scale), the attacker knows it.
  ///
  /// - Parameter published: earlier tables of the survey. Where one of them is by dimensions that neither hold the table's nor are held
  ///   by them, only what stands in both is shown: how the others overlap is not known.
  package static func decide(
    table: SurveyTable, published: [PublishedTable], minimumGroup: MinimumGroup
  ) -> Decisions {
    let survey = table.survey
    let slices = published.map { slicesOf($0, in: table) }
    func tables(_ state: (PublishedTable.Cell) -> GuardedTable.Earlier?) -> [[Slice: GuardedTable.Earlier]] {
      zip(published, slices).map { earlier, places in
        var told: [Slice: GuardedTable.Earlier] = [:]
        for (cell, place) in zip(earlier.cells, places.slices) {
          if let place { told[place] = state(cell) }
        }
        if !places.isComparable {
          for cell in table.cells where told[cell.slice] == nil { told[cell.slice] = .hidden }
        }
        return told
      }
    }
    let guarded = survey.questions.indices.map { index in
      question(index, of: table, minimumGroup, earlier: tables { Self.earlier($0, index) })
    }
    let plans = plans(of: guarded, table)
    let scales = outcomes(
      of: survey.scales.indices.map { index in
        scale(index, of: table, minimumGroup, earlier: tables { Self.earlier(scale: $0, index) })
      })
    let changes = outcomes(
      of: survey.questions.indices.map { index in
        change(index, of: table, minimumGroup, earlier: tables { Self.earlier(change: $0, index) })
      })
    func byCell(_ outcomes: [[Outcome]]) -> [[Decision]] {
      table.cells.indices.map { cell in outcomes.map { $0[cell].decision } }
    }
    return Decisions(
      questions: byCell(plans), scales: byCell(scales), changes: byCell(changes))
  }

  /// Each table's own plan, by as many threads as there are cores: none hangs on another.
  private static func outcomes(of tables: [GuardedTable]) -> [[Outcome]] {
    let found = Mutex([[Outcome]](repeating: [], count: tables.count))
    DispatchQueue.concurrentPerform(iterations: tables.count) { index in
      let outcomes = plan(tables[index]).outcomes
      found.withLock { $0[index] = outcomes }
    }
    return found.withLock { $0 }
  }

  /// Questions of one minimum hide the same slices, as far as they can: a slice that is shown of one of them tells how many were asked
  /// there, and where everybody answered that is the count. A question that few answered is hidden there alone: it says nothing of those
  /// that many answered. Where the slices still differ, the attacker knows the asked.
  private static func plans(of guarded: [GuardedTable], _ table: SurveyTable) -> [[Outcome]] {
    func hidden(_ outcomes: [Outcome]) -> Set<Slice> {
      Set(
        zip(table.cells, outcomes).compactMap { cell, outcome in
          if case .hidden = outcome { cell.slice } else { nil }
        })
    }
    var guarded = guarded
    var outcomes = outcomes(of: guarded)
    func planAgain(_ indices: [Int]) {
      for (index, again) in zip(indices, Suppression.outcomes(of: indices.map { guarded[$0] })) {
        outcomes[index] = again
      }
    }
    let most = guarded.map(\.minimum).min() ?? 0
    let together = guarded.indices.filter { guarded[$0].minimum == most }
    for _ in 0..<4 {
      let all = together.reduce(into: Set<Slice>()) { all, index in
        let few = guarded[index].cells.lazy.filter { $0.answered < most }.map(\.slice)
        all.formUnion(hidden(outcomes[index]).subtracting(few))
      }
      let open = together.filter { !hidden(outcomes[$0]).isSuperset(of: all) }
      if open.isEmpty { break }
      for index in open { guarded[index].withheld = all }
      planAgain(open)
    }
    // A free text's minimum is greater: it hides these too, and more, whose asked the others show.
    let texts = guarded.indices.filter { !together.contains($0) }
    for index in texts { guarded[index].withheld = together.first.map { hidden(outcomes[$0]) } ?? [] }
    planAgain(texts)
    let first = outcomes.map(hidden)
    let differing = guarded.indices.filter { index in
      first[index].contains { slice in first.contains { !$0.contains(slice) } }
    }
    for index in differing {
      for cell in table.cells.indices {
        guarded[index].cells[cell].most = table.cells[cell].questions[index].asked
      }
    }
    planAgain(differing)
    return outcomes
  }

  /// The earlier table's cells in this one's dimensions, nil where it has no such cell, and whether the two can be held against each other.
  private static func slicesOf(
    _ earlier: PublishedTable, in table: SurveyTable
  ) -> (slices: [Slice?], isComparable: Bool) {
    let own = Set(table.dimensions)
    let slices = earlier.cells.map { cell -> Slice? in
      let values = Dictionary(
        zip(earlier.dimensions, cell.slice.values).compactMap { name, value in value.map { (name, $0) } },
        uniquingKeysWith: { first, _ in first })
      guard own.isSuperset(of: values.keys) else { return nil }
      return Slice(table.dimensions.map { values[$0] })
    }
    return (slices, own.isSuperset(of: earlier.dimensions) || own.isSubset(of: earlier.dimensions))
  }

  // MARK: - Questions

  private static func question(
    _ index: Int, of table: SurveyTable, _ minimumGroup: MinimumGroup,
    earlier: [[Slice: GuardedTable.Earlier]]
  ) -> GuardedTable {
    let counting: GuardedTable.Counting
    var minimum = minimumGroup.figures
    switch table.survey.questions[index].kind {
    case .likert, .nps, .choice: counting = .exclusive
    case .choices: counting = .overlapping
    case .number: counting = .sums
    case .text:
      counting = .plain
      minimum = minimumGroup.text
    }
    var earlier = earlier
    let cells = table.cells.map { cell in
      let own = cell.questions[index]
      for publication in earlier.indices {
        // Of other questions the counts by value are compared, which say more.
        let mean =
          counting == .sums ? QuestionFigures(own, kind: table.survey.questions[index].kind).mean : nil
        compare(mean?.value, cell.slice, isTold: counting == .sums, &earlier[publication])
      }
      return GuardedTable.Cell(
        slice: cell.slice, answered: own.answered, respondents: own.respondents, tandems: own.tandems.count,
        values: own.counts,
        isUniform: counting == .sums && own.answered > 0 ? own.numbers.counts.count == 1 : nil)
    }
    return GuardedTable(counting: counting, minimum: minimum, cells: cells, earlier: earlier)
  }

  private static func isSame(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-6 * (1 + abs(b)) }

  private static func earlier(_ cell: PublishedTable.Cell, _ index: Int) -> GuardedTable.Earlier? {
    guard cell.questions.indices.contains(index) else { return nil }
    switch cell.questions[index] {
    case .hidden: return .hidden
    case .figures(let figures):
      return .shown(answered: figures.answered, values: figures.counts, mean: figures.mean?.value)
    }
  }

  // MARK: - Scales and changes

  private static func scale(
    _ index: Int, of table: SurveyTable, _ minimumGroup: MinimumGroup,
    earlier: [[Slice: GuardedTable.Earlier]]
  ) -> GuardedTable {
    let items = Set(table.survey.scales[index].items)
    let questions = table.survey.questions.indices.filter { items.contains(table.survey.questions[$0].name) }
    var earlier = earlier
    let cells = table.cells.map { cell in
      let own = cell.scales[index]
      let isUniform = zip(own.sums, own.squares).allSatisfy {
        Double(own.complete) * Double($1) == Double($0) * Double($0)
      }
      for publication in earlier.indices {
        compare(ScaleFigures(own).mean, cell.slice, &earlier[publication])
      }
      return GuardedTable.Cell(
        slice: cell.slice, answered: own.complete, respondents: own.respondents, tandems: cell.tandems.count,
        isUniform: own.complete > 0 && isUniform, most: questions.map { cell.questions[$0].answered }.min())
    }
    return GuardedTable(counting: .sums, minimum: minimumGroup.figures, cells: cells, earlier: earlier)
  }

  private static func earlier(scale cell: PublishedTable.Cell, _ index: Int) -> GuardedTable.Earlier? {
    guard cell.scales.indices.contains(index) else { return nil }
    switch cell.scales[index] {
    case .hidden: return .hidden
    case .figures(let figures): return .shown(answered: figures.complete, values: nil, mean: figures.mean)
    }
  }

  private static func change(
    _ index: Int, of table: SurveyTable, _ minimumGroup: MinimumGroup,
    earlier: [[Slice: GuardedTable.Earlier]]
  ) -> GuardedTable {
    var earlier = earlier
    let cells = table.cells.map { cell in
      let own =
        cell.changes.indices.contains(index) ? cell.changes[index] ?? ChangeAggregate() : ChangeAggregate()
      // A mean before, after or of the change that all share is what each of them said.
      let isUniform = [
        Set(own.pairs.keys.map(\.before)), Set(own.pairs.keys.map(\.after)),
        Set(own.pairs.keys.map { $0.after - $0.before }),
      ].contains { $0.count == 1 }
      for publication in earlier.indices {
        compare(ChangeFigures(own).change?.value, cell.slice, &earlier[publication])
      }
      return GuardedTable.Cell(
        slice: cell.slice, answered: own.people, tandems: cell.tandems.count, isUniform: isUniform,
        most: cell.questions[index].answered)
    }
    return GuardedTable(counting: .sums, minimum: minimumGroup.figures, cells: cells, earlier: earlier)
  }

  private static func earlier(change cell: PublishedTable.Cell, _ index: Int) -> GuardedTable.Earlier? {
    guard cell.changes.indices.contains(index), let state = cell.changes[index] else { return nil }
    switch state {
    case .hidden: return .hidden
    case .figures(let figures):
      return .shown(answered: figures.people, values: nil, mean: figures.change?.value)
    }
  }

  /// Where a mean of as many answers differs, somebody answered otherwise: only such a mean is kept.
  private static func compare(
    _ now: Double?, _ slice: Slice, isTold: Bool = true, _ earlier: inout [Slice: GuardedTable.Earlier]
  ) {
    guard case .shown(let answered, let values, let before?) = earlier[slice] else { return }
    let isUnchanged = !isTold || (now.map { Self.isSame(before, $0) } ?? false)
    earlier[slice] = .shown(answered: answered, values: values, mean: isUnchanged ? nil : before)
  }
}

extension Suppression.Outcome {
  fileprivate var decision: Decision {
    switch self {
    case .shown: .published
    case .counted: .coarsened
    case .hidden(let reason): .hidden(reason)
    }
  }
}
