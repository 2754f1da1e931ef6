import Basics
import Testing

@testable import Surveys

@Suite struct SuppressionTests {
  typealias Cell = GuardedTable.Cell

  static func table(
    _ counts: [(slice: [String?], values: [Int])], minimum: Int = 5,
    earlier: [[Slice: GuardedTable.Earlier]] = []
  ) -> GuardedTable {
    GuardedTable(
      counting: .exclusive, minimum: minimum,
      cells: counts.map {
        Cell(slice: Slice($0.slice), answered: $0.values.reduce(0, +), values: $0.values)
      }, earlier: earlier)
  }

  static func outcomes(_ table: GuardedTable) -> [Suppression.Outcome] { Suppression.plan(table).outcomes }

  @Test func whatIsOfEnoughPeopleIsShown() {
    let table = Self.table([(["a"], [3, 4]), (["b"], [4, 2]), ([nil], [7, 6])])
    #expect(Self.outcomes(table) == [.shown, .shown, .shown])
    #expect(Self.outcomes(Self.table([])) == [])
  }

  @Test func theRestOfALineProtectsAHiddenCell() {
    let table = Self.table([(["a"], [2, 1]), (["b"], [9, 9]), (["c"], [4, 4]), ([nil], [15, 14])])
    #expect(Self.outcomes(table) == [.hidden(.tooFew), .shown, .hidden(.secondary), .shown])
  }

  /// 3 and 2 make 5: the sum of two hidden cells tells of five people, and either may be any of 0 to 5.
  @Test func twoHiddenCellsOfEnoughPeopleNeedNoThird() {
    let table = Self.table([(["a"], [2, 1]), (["b"], [1, 1]), (["c"], [4, 4]), ([nil], [7, 6])])
    let outcomes = Self.outcomes(table)
    #expect(outcomes[2] == .shown && outcomes[3] == .shown)
    // "Fewer than five" said of both would make at least one of each of them.
    #expect(outcomes[0] == .hidden(.protection) && outcomes[1] == .hidden(.protection))
  }

  @Test func whereHidingAPartIsNotEnoughTheWholeIsHidden() {
    let table = Self.table([(["a"], [2, 1]), ([nil], [2, 1])])
    #expect(Self.outcomes(table).allSatisfy { if case .hidden = $0 { true } else { false } })
    let pair = Self.table([(["a"], [1, 1]), (["b"], [1, 1]), ([nil], [2, 2])])
    #expect(Self.outcomes(pair).allSatisfy { if case .hidden = $0 { true } else { false } })
  }

  /// A remainder that no cell shows is found by whoever subtracts.
  @Test func whatThePartsLeaveOfTheWholeIsGuardedToo() {
    let table = Self.table([(["a"], [9, 9]), (["b"], [4, 4]), ([nil], [14, 14])])
    let outcomes = Self.outcomes(table)
    #expect(outcomes.contains { $0 != .shown })
  }

  @Test func inTwoDimensionsARectangleIsHidden() {
    var counts: [(slice: [String?], values: [Int])] = []
    for row in ["a", "b", "c"] {
      for column in ["x", "y", "z"] {
        counts.append(([row, column], row == "a" && column == "x" ? [1, 1] : [10, 10]))
      }
      counts.append(([row, nil], row == "a" ? [21, 21] : [30, 30]))
    }
    counts += [
      ([nil, "x"], [21, 21]), ([nil, "y"], [30, 30]), ([nil, "z"], [30, 30]), ([nil, nil], [81, 81]),
    ]
    let table = Self.table(counts)
    let hidden = zip(table.cells, Self.outcomes(table)).filter { $0.1 != .shown }
    #expect(hidden.count == 4)
    #expect(hidden.allSatisfy { $0.0.slice.isLeaf })
    #expect(Set(hidden.map { $0.0.slice.values[0] }).count == 2)
    #expect(Set(hidden.map { $0.0.slice.values[1] }).count == 2)
  }

  @Test func aSingleTandemIsTooFewHoweverOftenItAnswers() {
    var table = Self.table([(["a"], [9, 9]), (["b"], [9, 9]), ([nil], [18, 18])])
    table.cells[0].tandems = 1
    table.cells[1].tandems = 9
    #expect(Self.outcomes(table)[0] != .shown)
    table.cells[0].tandems = 2
    #expect(Self.outcomes(table)[0] == .shown)
  }

  @Test func peopleCountNotSheets() {
    var table = Self.table([(["a"], [9, 9]), (["b"], [9, 9]), ([nil], [18, 18])])
    table.cells[0].respondents = 4
    let outcomes = Self.outcomes(table)
    #expect(outcomes[0] != .shown && outcomes[1] != .shown && outcomes[2] == .shown)
  }

  /// A distribution that others' distributions leave over is not shown by hiding it alone.
  @Test func answersThatAreAllAlikeShowTheirCountAlone() {
    let table = Self.table([(["a"], [0, 8]), (["b"], [9, 9]), (["c"], [20, 20]), ([nil], [29, 37])])
    let outcomes = Self.outcomes(table)
    #expect(outcomes[0] == .counted)
    #expect(
      outcomes.filter { $0 == .counted }.count == 2
        && !outcomes.contains { if case .hidden = $0 { true } else { false } })
    #expect(Self.outcomes(Self.table([([nil], [0, 8])])) == [.counted])
  }

  /// The one who answered otherwise knows what each of the others said.
  @Test func answersThatAreAllAlikeButOneShowTheirCountAlone() {
    #expect(Self.outcomes(Self.table([([nil], [1, 8])])) == [.counted])
    #expect(Self.outcomes(Self.table([([nil], [2, 8])])) == [.shown])
  }

  @Test func aMinimumOfTenHidesNine() {
    let table = Self.table([(["a"], [5, 4]), (["b"], [20, 20]), ([nil], [25, 24])], minimum: 10)
    #expect(Self.outcomes(table) == [.hidden(.tooFew), .hidden(.secondary), .shown])
  }

  // MARK: - Between runs

  static func told(_ table: GuardedTable) -> [Slice: GuardedTable.Earlier] {
    Dictionary(
      uniqueKeysWithValues: zip(table.cells, outcomes(table)).map { cell, outcome in
        switch outcome {
        case .shown: (cell.slice, .shown(answered: cell.answered, values: cell.values, other: .same))
        case .counted: (cell.slice, .shown(answered: cell.answered, values: nil, other: .same))
        case .hidden: (cell.slice, .hidden)
        }
      })
  }

  @Test func whatHasNotChangedIsShownAgain() {
    for seed in 0..<40 {
      let survey = RandomSurvey(UInt64(seed), dimensions: 1 + seed % 2)
      let first = survey.table()
      let again = Suppression.plan(survey.table(earlier: [Self.told(first)]))
      let before = Self.outcomes(first)
      for (old, new) in zip(before, again.outcomes) {
        #expect(SuppressionAttackTests.level(old) == SuppressionAttackTests.level(new), "\(seed)")
      }
    }
  }

  @Test func onePersonMoreIsNotHadBySubtraction() {
    let first = Self.table([(["a"], [9, 9]), (["b"], [9, 9]), (["c"], [20, 20]), ([nil], [38, 38])])
    let second = Self.table(
      [(["a"], [9, 10]), (["b"], [9, 9]), (["c"], [20, 20]), ([nil], [38, 39])], earlier: [Self.told(first)])
    #expect(
      Self.outcomes(second)
        == [.hidden(.earlierRun), .shown, .shown, .hidden(.earlierRun)]
        || Self.outcomes(second) == [.hidden(.protection), .shown, .shown, .hidden(.protection)])
    let third = Self.table(
      [(["a"], [12, 15]), (["b"], [9, 9]), (["c"], [20, 20]), ([nil], [41, 44])], earlier: [Self.told(first)])
    #expect(Self.outcomes(third) == [.shown, .shown, .shown, .shown])
  }

  @Test func whoChangedAnAnswerIsNotHadBySubtraction() {
    let first = Self.table([([nil], [20, 20])])
    let second = Self.table([([nil], [19, 21])], earlier: [Self.told(first)])
    #expect(Self.outcomes(second) != [.shown])
  }

  /// Pairs of runs: people come in between. No figure shown in both differs by fewer than the minimum, what was hidden stays hidden, and
  /// the second run is proved against one who knows that given answers stay.
  @Test func pairsOfRunsRevealNobodyInBetween() {
    var changed = 0
    for seed in 0..<150 {
      var survey = RandomSurvey(UInt64(seed) &+ 900, dimensions: 1 + seed % 2, counting: .exclusive)
      let first = survey.table()
      var draw = SplitMix(seed: UInt64(seed) &+ 5)
      for _ in 0..<(1 + draw.below(12)) { survey.add(&draw) }
      let told = Self.told(first)
      let second = survey.table(earlier: [told])
      let plan = Suppression.plan(second)
      for (cell, outcome) in zip(second.cells, plan.outcomes) {
        guard let before = told[cell.slice] else { continue }
        switch (before, outcome) {
        case (.hidden, let now): #expect(SuppressionAttackTests.level(now) == 2, "\(seed)")
        case (.shown(let answered, _, _), .shown), (.shown(let answered, _, _), .counted):
          let more = cell.answered - answered
          #expect(more == 0 || more >= 5, "\(seed): \(more)")
          changed += more > 0 ? 1 : 0
        case (.shown, .hidden): break
        }
      }
    }
    #expect(changed > 10)
  }

  // MARK: - Any table

  @Test func theOrderOfTheCellsChangesNothing() {
    for seed in 0..<40 {
      let table = RandomSurvey(UInt64(seed) &+ 50, dimensions: 1 + seed % 2).table()
      let plan = Suppression.plan(table)
      var shuffled = table
      var draw = SplitMix(seed: UInt64(seed))
      for place in shuffled.cells.indices.reversed() {
        shuffled.cells.swapAt(place, draw.below(place + 1))
      }
      let again = Suppression.plan(shuffled)
      let by = Dictionary(uniqueKeysWithValues: zip(shuffled.cells.map(\.slice), again.outcomes))
      for (cell, outcome) in zip(table.cells, plan.outcomes) { #expect(by[cell.slice] == outcome) }
    }
  }

  /// Counts that fit nothing, dimensions of different depth, values that are missing: no table stops the run.
  @Test func anyTableIsAnswered() {
    for seed in 0..<200 {
      var draw = SplitMix(seed: UInt64(seed) &+ 77)
      let cells = (0..<draw.below(9)).map { _ in
        Cell(
          slice: Slice((0..<draw.below(4)).map { _ in draw.below(3) == 0 ? nil : "\(draw.below(3))" }),
          answered: draw.below(40) - 2, respondents: draw.below(40) - 2, tandems: draw.below(4),
          values: (0..<draw.below(4)).map { _ in draw.below(20) - 1 },
          most: draw.below(3) == 0 ? draw.below(9) : nil)
      }
      let counting: GuardedTable.Counting = [.plain, .exclusive, .overlapping, .sums][draw.below(4)]
      let plan = Suppression.plan(
        GuardedTable(counting: counting, minimum: 1 + draw.below(9), cells: cells))
      #expect(plan.outcomes.count == cells.count)
      for (cell, outcome) in zip(cells, plan.outcomes) where cell.answered < 1 {
        #expect(SuppressionAttackTests.level(outcome) == 2)
      }
    }
  }

  /// Ten thousand departments, most of them small.
  @Test func aDimensionOfTenThousandValues() {
    var counts: [(slice: [String?], values: [Int])] = []
    var total = [0, 0]
    for number in 0..<10_000 {
      let values = [number % 5, number % 7]
      counts.append((["\(number)"], values))
      total = [total[0] + values[0], total[1] + values[1]]
    }
    counts.append(([nil], total))
    let table = Self.table(counts)
    let plan = Suppression.plan(table)
    #expect(plan.isProved)
    #expect(plan.outcomes.last == .shown)
    for (cell, outcome) in zip(table.cells, plan.outcomes) where cell.answered < 5 {
      #expect(SuppressionAttackTests.level(outcome) == 2)
    }
  }
}
