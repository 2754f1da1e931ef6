import Basics
import Regions

/// The suppression of a whole run: every question, scale and change of a survey, against what went out before.
extension Suppression {
  /// What may be published of every cell.
  ///
  /// How many were asked is a figure like others, hidden with its cell; but the attacker knows it where another question shows it, or
  /// where it bounds the cell by nature (the items of a scale). A scale is the sum of its items, and a change is of people who answered
  /// the question: neither is published where the question is not, nor where the rest between them is of few people (``Remainders``).
  ///
  /// - Parameters:
  ///   - published: earlier tables of the survey. Where one of them is by dimensions that neither hold the table's nor are held by them,
  ///     only what is in both is shown: how the others overlap is not known.
  ///   - paired: published tables of the survey that this one is paired with.
  package static func decide(
    table: SurveyTable, published: [PublishedTable], paired: [PublishedTable] = [], minimumGroup: MinimumGroup
  ) -> Decisions {
    let run = SuppressionRun(table: table, published: published, paired: paired, minimumGroup: minimumGroup)
    return run.decide()
  }
}

/// One table on its way to its decisions.
private struct SuppressionRun {
  let table: SurveyTable
  let paired: [PublishedTable]
  let minimumGroup: MinimumGroup
  private let published: [(table: PublishedTable, slices: [Slice?], isComparable: Bool)]
  private let places: [Slice: Int]
  private static let mostRounds = 4

  init(
    table: SurveyTable, published: [PublishedTable], paired: [PublishedTable], minimumGroup: MinimumGroup
  ) {
    self.table = table
    self.paired = paired
    self.minimumGroup = minimumGroup
    self.published = published.map {
      let (slices, isComparable) = SuppressionRun.slicesOf($0, in: table)
      return ($0, slices, isComparable)
    }
    places = table.cells.places(by: \.slice)
  }

  func decide() -> Decisions {
    let survey = table.survey
    let guarded = survey.questions.indices.map(question)
    var withheld = Array(repeating: Set<Slice>(), count: guarded.count)
    var questions = plans(of: guarded, withheld)
    var scales = survey.scales.indices.map { plan(scale: $0, questions) }
    for _ in 0..<SuppressionRun.mostRounds {
      var isNew = false
      for index in survey.scales.indices {
        let open = slicesRevealed(ofHidden: index, scales[index].outcomes, questions)
        for item in survey.scales[index].indices(in: survey) where !open.isSubset(of: withheld[item]) {
          withheld[item].formUnion(open)
          isNew = true
        }
      }
      guard isNew else { break }
      questions = plans(of: guarded, withheld)
      scales = survey.scales.indices.map { plan(scale: $0, questions) }
    }
    let changes = survey.questions.indices.map { plan(change: $0, questions[$0].outcomes) }
    func byCell(_ plans: [Suppression.Plan]) -> [[Decision]] {
      table.cells.indices.map { cell in plans.map { $0.outcomes[cell].decision } }
    }
    let all = questions + scales + changes
    return Decisions(
      questions: byCell(questions), scales: byCell(scales), changes: byCell(changes),
      isProved: all.allSatisfy(\.isProved), isMinimal: all.allSatisfy(\.isMinimal))
  }

  private func hidden(_ outcomes: [Suppression.Outcome]) -> Set<Slice> { slices(outcomes) { $0.rank == 2 } }

  private func slices(
    _ outcomes: [Suppression.Outcome], _ isMeant: (Suppression.Outcome) -> Bool
  ) -> Set<Slice> {
    Set(zip(table.cells, outcomes).compactMap { isMeant($1) ? $0.slice : nil })
  }

  /// Whether some question shows how many were asked in a slice.
  private func isAskedShown(_ cell: Int, _ questions: [Suppression.Plan]) -> Bool {
    questions.contains { $0.outcomes[cell].rank < 2 }
  }

  /// Questions of one minimum hide the same slices as far as possible: a slice that one of them shows reveals how many were asked there,
  /// and where everybody answered, that is the count. A question that few answered is hidden there alone: it reveals nothing about those
  /// that many answered. Where the slices still differ, the attacker knows how many were asked.
  private func plans(of guarded: [GuardedTable], _ withheld: [Set<Slice>]) -> [Suppression.Plan] {
    var guarded = guarded
    for index in guarded.indices { guarded[index].withheld = withheld[index] }
    var plans = Parallel.map(guarded) { Suppression.plan($0) }
    func planAgain(_ indices: [Int]) {
      let again = Parallel.map(indices.map { guarded[$0] }) { Suppression.plan($0) }
      for (index, plan) in zip(indices, again) { plans[index] = plan }
    }
    let most = guarded.map(\.minimum).min() ?? 0
    let together = guarded.indices.filter { guarded[$0].minimum == most }
    for _ in 0..<4 {
      let all = together.reduce(into: Set<Slice>()) { all, index in
        let few = guarded[index].cells.lazy.filter { $0.answered < most }.map(\.slice)
        all.formUnion(hidden(plans[index].outcomes).subtracting(few))
      }
      let open = together.filter { !hidden(plans[$0].outcomes).isSuperset(of: all) }
      if open.isEmpty { break }
      for index in open { guarded[index].withheld = all.union(withheld[index]) }
      planAgain(open)
    }
    // A free text's minimum is greater: it hides these too, and more, whose asked the others show.
    let texts = guarded.indices.filter { !together.contains($0) }
    for index in texts {
      guarded[index].withheld = (together.first.map { hidden(plans[$0].outcomes) } ?? [])
        .union(withheld[index])
    }
    planAgain(texts)
    let first = plans.map { hidden($0.outcomes) }
    let differing = guarded.indices.filter { index in
      first[index].contains { slice in first.contains { !$0.contains(slice) } }
    }
    for index in differing {
      for cell in table.cells.indices {
        guarded[index].cells[cell].most = table.cells[cell].questions[index].asked
      }
    }
    planAgain(differing)
    return plans
  }

  /// The earlier table's cells in this one's dimensions, nil where it has no such cell, and whether the two can be held against each other.
  private static func slicesOf(
    _ earlier: PublishedTable, in table: SurveyTable
  ) -> (slices: [Slice?], isComparable: Bool) {
    let own = Set(table.dimensions)
    let slices = earlier.cells.map { cell -> Slice? in
      let values = cell.slice.named(earlier.dimensions)
      guard own.isSuperset(of: values.keys) else { return nil }
      return Slice(table.dimensions.map { values[$0] })
    }
    return (slices, own.isSuperset(of: earlier.dimensions) || own.isSubset(of: earlier.dimensions))
  }

  /// What went out before, by earlier publication.
  private func earlier(
    _ state: (PublishedTable.Cell, SurveyTable.Cell?) -> GuardedTable.Earlier?
  ) -> [[Slice: GuardedTable.Earlier]] {
    published.map { earlier in
      var known: [Slice: GuardedTable.Earlier] = [:]
      for (cell, slice) in zip(earlier.table.cells, earlier.slices) {
        if let slice { known[slice] = state(cell, places[slice].map { table.cells[$0] }) }
      }
      if !earlier.isComparable {
        for cell in table.cells where known[cell.slice] == nil { known[cell.slice] = .hidden }
      }
      return known
    }
  }

  /// Where a mean of as many answers differs, somebody answered otherwise.
  private static func other(_ before: Double?, _ now: Double?) -> GuardedTable.OtherFigures {
    guard let before else { return .unpublished }
    guard let now else { return .different }
    return abs(before - now) <= 1e-6 * (1 + abs(now)) ? .same : .different
  }

  // MARK: - Questions

  private func question(_ index: Int) -> GuardedTable {
    let kind = table.survey.questions[index].kind
    let counting: GuardedTable.Counting =
      switch kind {
      case .likert, .nps, .choice: .exclusive
      case .choices: .overlapping
      case .number: .sums
      case .text: .plain
      }
    let cells = table.cells.map { cell in
      let own = cell.questions[index]
      return GuardedTable.Cell(
        slice: cell.slice, answered: own.answered, respondents: own.respondents, tandems: own.tandems.count,
        values: own.counts,
        isUniform: counting == .sums
          ? GuardedTable.isUniform(own.numbers.counts.values, of: own.answered) : nil)
    }
    return GuardedTable(
      counting: counting, minimum: kind == .text ? minimumGroup.text : minimumGroup.figures, cells: cells,
      earlier: earlier { cell, now in
        guard cell.questions.indices.contains(index) else { return nil }
        guard case .figures(let figures) = cell.questions[index] else { return .hidden }
        guard counting == .sums else {
          // The counts by value are compared: they reveal more than a mean.
          return .shown(answered: figures.answered, values: figures.counts, other: .same)
        }
        let mean = now.flatMap { QuestionFigures($0.questions[index], kind: kind).mean }
        return .shown(
          answered: figures.answered, values: nil, other: Self.other(figures.mean?.value, mean?.value))
      })
  }

  // MARK: - Scales and changes

  private func plan(scale index: Int, _ questions: [Suppression.Plan]) -> Suppression.Plan {
    let items = table.survey.scales[index].indices(in: table.survey)
    let cells = table.cells.enumerated().map { place, cell in
      let own = cell.scales[index]
      let shown = items.filter { questions[$0].outcomes[place].rank < 2 }.map { cell.questions[$0] }
      let asked = isAskedShown(place, questions) ? items.first.map { cell.questions[$0].asked } : nil
      let least = shown.count == items.count ? Self.least(shown, asked ?? 0) : nil
      return GuardedTable.Cell(
        slice: cell.slice, answered: own.complete, respondents: own.respondents, tandems: cell.tandems.count,
        isUniform: own.complete > 0 && zip(own.sums, own.squares).allSatisfy { own.isUniform($0, $1) },
        most: shown.map(\.answered).min() ?? asked, least: least)
    }
    var guarded = GuardedTable(
      counting: .sums, minimum: minimumGroup.figures, cells: cells,
      earlier: earlier { cell, now in
        guard cell.scales.indices.contains(index) else { return nil }
        guard case .figures(let figures) = cell.scales[index] else { return .hidden }
        return .shown(
          answered: figures.complete, values: nil,
          other: Self.other(figures.mean, now.flatMap { ScaleFigures($0.scales[index]).mean }))
      })
    for item in items {
      guarded.withheld.formUnion(hidden(questions[item].outcomes))
      guarded.coarsened.formUnion(slices(questions[item].outcomes) { $0.rank > 0 })
    }
    return plan(
      &guarded, [Remainders.table(scale: index, of: table, minimumGroup.figures)],
      beside: items.map { questions[$0].outcomes })
  }

  /// Of so many asked, at least so many answered every item.
  private static func least(_ items: [QuestionAggregate], _ asked: Int) -> Int {
    max(0, items.reduce(0) { $0 + $1.answered } - (items.count - 1) * asked)
  }

  /// Where the items' own counts pin a hidden count of complete responses: they must be hidden too.
  private func slicesRevealed(
    ofHidden index: Int, _ outcomes: [Suppression.Outcome], _ questions: [Suppression.Plan]
  ) -> Set<Slice> {
    let items = table.survey.scales[index].indices(in: table.survey)
    let minimum = minimumGroup.figures
    var slices: Set<Slice> = []
    for (place, cell) in table.cells.enumerated() where outcomes[place].rank == 2 {
      guard items.allSatisfy({ questions[$0].outcomes[place].rank < 2 }), let item = items.first else {
        continue
      }
      let shown = items.map { cell.questions[$0] }
      let least = Self.least(shown, cell.questions[item].asked)
      let most = shown.map(\.answered).min() ?? 0
      if cell.scales[index].complete < minimum ? least > 0 : most - least < minimum {
        slices.insert(cell.slice)
      }
    }
    return slices
  }

  private func plan(change index: Int, _ question: [Suppression.Outcome]) -> Suppression.Plan {
    let cells = table.cells.enumerated().map { place, cell in
      let own =
        cell.changes.indices.contains(index) ? cell.changes[index] ?? ChangeAggregate() : ChangeAggregate()
      // A mean before, after or of the change that all share is what each of them said.
      let parts: [(ChangeAggregate.Pair) -> Double] = [\.before, \.after, { $0.after - $0.before }]
      let isUniform = parts.contains { part in
        var tally = NumberTally()
        for (pair, count) in own.pairs { tally.add(part(pair), times: count) }
        return GuardedTable.isUniform(tally.counts.values, of: own.people)
      }
      return GuardedTable.Cell(
        slice: cell.slice, answered: own.people, tandems: cell.tandems.count, isUniform: isUniform,
        most: most(change: index, place, question[place]))
    }
    var guarded = GuardedTable(
      counting: .sums, minimum: minimumGroup.figures, cells: cells,
      earlier: earlier { cell, now in
        guard cell.changes.indices.contains(index), let state = cell.changes[index] else { return nil }
        guard case .figures(let figures) = state else { return .hidden }
        let change = now.flatMap { $0.changes.indices.contains(index) ? $0.changes[index] : nil }
        return .shown(
          answered: figures.people, values: nil,
          other: Self.other(figures.change?.value, change.flatMap { ChangeFigures($0).change?.value }))
      })
    guarded.coarsened = slices(question) { $0.rank > 0 }
    // People in both link the counts of the two surveys: where one of them hides any, the other would reveal it.
    if isAnyHidden(question, of: table.survey.questions[index].name) {
      guarded.withheld = Set(table.cells.map(\.slice))
    }
    let rests =
      [Remainders.table(change: index, of: table, minimumGroup.figures)]
      + paired.compactMap { earlier in
        Remainders.table(
          change: index, of: table, before: earlier, Self.slicesOf(earlier, in: table).slices,
          minimumGroup.figures)
      }
    return plan(&guarded, rests, beside: [question])
  }

  /// The people in both surveys are at most those in either.
  private func most(change index: Int, _ place: Int, _ question: Suppression.Outcome) -> Int? {
    let cell = table.cells[place]
    let name = table.survey.questions[index].name
    let before = paired.compactMap { earlier -> Int? in
      guard let asked = earlier.survey.questions.firstIndex(where: { $0.name == name }) else { return nil }
      let (slices, _) = Self.slicesOf(earlier, in: table)
      guard let row = slices.firstIndex(of: cell.slice), earlier.cells[row].questions.indices.contains(asked),
        case .figures(let figures) = earlier.cells[row].questions[asked]
      else { return nil }
      return figures.answered
    }
    return (before + (question.rank < 2 ? [cell.questions[index].answered] : [])).min()
  }

  private func isAnyHidden(_ question: [Suppression.Outcome], of name: String) -> Bool {
    let isBefore = paired.contains { earlier in
      guard let index = earlier.survey.questions.firstIndex(where: { $0.name == name }) else { return false }
      return earlier.cells.contains { cell in
        guard cell.questions.indices.contains(index), case .figures = cell.questions[index] else {
          return true
        }
        return false
      }
    }
    return isBefore || question.contains { $0.rank == 2 }
  }

  /// Also coarsened where a rest needs protection. Where a slice is hidden that the questions show, sums of the slices around it would
  /// narrow it down, because answers lie on a scale: then only the sums of the whole survey are published.
  private func plan(
    _ guarded: inout GuardedTable, _ rests: [GuardedTable?], beside questions: [[Suppression.Outcome]]
  ) -> Suppression.Plan {
    var first = Suppression.plan(guarded)
    let isNarrowed = table.cells.indices.contains { cell in
      first.outcomes[cell].rank == 2 && questions.contains { $0[cell].rank < 2 }
    }
    if isNarrowed { guarded.coarsened.formUnion(table.cells.map(\.slice).filter { !$0.isTotal }) }
    let own = slices(first.outcomes) { $0.rank > 0 }
    for case var rest? in rests {
      rest.coarsened = guarded.coarsened.union(own)
      let plan = Suppression.plan(rest)
      for (cell, outcome) in zip(rest.cells, plan.outcomes) where outcome.rank > 0 {
        guarded.coarsened.insert(cell.slice)
      }
      first.isProved = first.isProved && plan.isProved
      first.isMinimal = first.isMinimal && plan.isMinimal
    }
    for (place, cell) in table.cells.enumerated()
    where guarded.coarsened.contains(cell.slice) && first.outcomes[place] == .shown {
      // The more is withheld, the more tables there are with the same figures: what was proved stays proved.
      first.outcomes[place] = .counted
    }
    return first
  }
}

extension Suppression.Outcome {
  /// 0 shown, 1 its count alone, 2 hidden.
  fileprivate var rank: Int {
    switch self {
    case .shown: 0
    case .counted: 1
    case .hidden: 2
    }
  }

  fileprivate var decision: Decision {
    switch self {
    case .shown: .published
    case .counted: .coarsened
    case .hidden(let reason): .hidden(reason)
    }
  }
}

extension ScaleAggregate {
  /// Whether an item with this sum and these squares may have been answered alike by all, or by all but one: a spread of n − 1 squares.
  fileprivate func isUniform(_ sum: Int, _ squares: Int) -> Bool {
    let spread = Int128(complete) * Int128(squares) - Int128(sum) * Int128(sum)
    guard complete > 1, spread > 0 else { return true }
    let (square, rest) = spread.quotientAndRemainder(dividingBy: Int128(complete - 1))
    let root = Int128(Double(square).squareRoot().rounded())
    guard rest == 0, root * root == square else { return false }
    return (Int128(sum) - root) % Int128(complete) == 0 || (Int128(sum) + root) % Int128(complete) == 0
  }
}
