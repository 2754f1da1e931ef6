import Basics
import Foundation
import Surveys
import TestSupport
import Testing

/// Attackers of their own making hold what is shown against what is hidden: none of them knows how the suppression thinks.
@Suite struct SuppressionAttackTests {
  static func level(_ outcome: Suppression.Outcome) -> Int {
    outcome == .shown ? 0 : outcome == .counted ? 1 : 2
  }

  /// Every table of whole numbers that has the shown figures, found by trying all: its unknowns are the finest slices by value.
  private struct Enumeration {
    var unknowns: Int
    var equations: [(members: [Int], sum: Int)]
    private(set) var steps = 0

    init(unknowns: Int, equations: [(members: [Int], sum: Int)]) {
      self.unknowns = unknowns
      self.equations = equations
    }

    /// Whether some table has the members add up to what is asked for.
    mutating func reaches(_ members: [Int], sum: Int) -> Bool? {
      steps = 0
      var all = equations
      all.append((members, sum))
      var left = all.map(\.sum)
      var missing = all.map(\.members.count)
      var of: [[Int]] = Array(repeating: [], count: unknowns)
      for (index, equation) in all.enumerated() {
        for member in equation.members { of[member].append(index) }
      }
      return extend(0, of, &left, &missing)
    }

    private mutating func extend(_ unknown: Int, _ of: [[Int]], _ left: inout [Int], _ missing: inout [Int])
      -> Bool?
    {
      guard unknown < unknowns else { return true }
      steps += 1
      if steps > 60_000 { return nil }
      let high = of[unknown].map { left[$0] }.min() ?? 0
      let last = of[unknown].first { missing[$0] == 1 }
      let low = last.map { left[$0] } ?? 0
      guard low <= high else { return false }
      for value in low...(last == nil ? high : low) {
        var fits = true
        for equation in of[unknown] {
          left[equation] -= value
          missing[equation] -= 1
          if left[equation] < 0 || (missing[equation] == 0 && left[equation] != 0) { fits = false }
        }
        let found = fits ? extend(unknown + 1, of, &left, &missing) : false
        for equation in of[unknown] {
          left[equation] += value
          missing[equation] += 1
        }
        if found != false { return found }
      }
      return false
    }
  }

  @Test func whoTriesAllTablesPinsNoHiddenCount() throws {
    var (tables, attacked, undecided) = (0, 0, 0)
    for seed in 0..<480 {
      let survey = RandomSurvey(UInt64(seed) &+ 7_000, dimensions: 1 + seed % 2, counting: .exclusive)
      let table = survey.table()
      let leaves = table.cells.filter(\.slice.isLeaf)
      let values = survey.values
      guard leaves.count * values <= 16 else { continue }
      tables += 1
      let plan = Suppression.plan(table)
      #expect(plan.isProved)
      func members(_ slice: Slice, _ value: Int? = nil) -> [Int] {
        leaves.indices.filter { slice.contains(leaves[$0].slice) }.flatMap { leaf in
          (0..<values).filter { value == nil || value == $0 }.map { leaf * values + $0 }
        }
      }
      var equations: [(members: [Int], sum: Int)] = []
      for (cell, outcome) in zip(table.cells, plan.outcomes) {
        if Self.level(outcome) < 2 { equations.append((members(cell.slice), cell.answered)) }
        guard Self.level(outcome) < 1 else { continue }
        for value in 0..<values { equations.append((members(cell.slice, value), cell.values[value])) }
      }
      var attacker = Enumeration(
        unknowns: leaves.count * values, equations: equations)
      for (cell, outcome) in zip(table.cells, plan.outcomes) {
        guard Self.level(outcome) == 2, cell.answered < table.minimum else { continue }
        for sum in [0, table.minimum] {
          attacked += 1
          switch attacker.reaches(members(cell.slice), sum: sum) {
          case true?: break
          case nil: undecided += 1
          case false?:
            Issue.record("table \(seed): \(cell.slice.values) cannot be \(sum), so says what is shown")
          }
        }
      }
    }
    #expect(tables > 200 && attacked > 400 && undecided * 5 < attacked, "\(tables) \(attacked) \(undecided)")
  }

  /// The attacker is no paper tiger: with the smallest cells alone hidden, the test above would tell.
  @Test func whoOnlyHidesSmallCellsIsFoundOut() {
    var attacker = Enumeration(unknowns: 2, equations: [([0, 1], 23), ([1], 20)])
    #expect(attacker.reaches([0], sum: 3) == true)
    #expect(attacker.reaches([0], sum: 0) == false)
  }

  /// With the tables above over 500, these of one to three dimensions: the ends of every hidden count by scipy's mixed-integer programming.
  @Test func scipyPinsNoHiddenCount() throws {
    var lines = ""
    for seed in 0..<(JointAttackTests.attacks ?? 120) {
      let table = RandomSurvey(UInt64(seed), dimensions: 1 + seed % 3).table()
      let plan = Suppression.plan(table)
      #expect(plan.isProved, "table \(seed)")
      lines += "[" + Self.json(table, plan) + "]\n"
    }
    try Self.letScipyAttack(lines, tries: 400)
  }

  /// Pairs of publications, between which a few people come: he holds both together.
  @Test func scipyPinsNoHiddenCountByTwoRuns() throws {
    var lines = ""
    for seed in 0..<(JointAttackTests.attacks ?? 40) {
      var survey = RandomSurvey(UInt64(seed) &+ 300, dimensions: 1 + seed % 2, counting: .exclusive)
      let first = survey.table()
      let plan = Suppression.plan(first)
      var draw = SplitMix(seed: UInt64(seed) &+ 31)
      for _ in 0..<(1 + draw.below(seed % 3 == 0 ? 2 : 25)) { survey.add(&draw) }
      let told = SuppressionTests.told(first)
      let second = survey.table(earlier: [told])
      let again = Suppression.plan(second)
      lines += "[" + Self.json(first, plan) + "," + Self.json(second, again, told) + "]\n"
    }
    try Self.letScipyAttack(lines, tries: 130)
  }

  static func letScipyAttack(_ lines: String, script name: String = "attack.py", tries: Int) throws {
    if let folder = ProcessInfo.processInfo.environment["TANDEM_ATTACK_FILES"] {
      try lines.write(toFile: folder + "/\(name).\(tries)", atomically: true, encoding: .utf8)
    }
    let folder = try WorkFolder()
    let script = Repository.path + "/Tests/SurveysTests/Fixtures/\(name)"
    let attack = try Program.run(try Python.path(), [script, try folder.file("attack.ndjson", lines)])
    let told = attack.text
    #expect(attack.status == 0, "\(told)")
    let words = told.split(separator: "\n")
    #expect(words.count == 1 && words.last?.hasPrefix("tried ") == true, "\(told)")
    let tried = Int(words.last?.split(separator: " ").last ?? "") ?? 0
    #expect(tried > tries, "\(tried)")
  }

  static func json(
    _ table: GuardedTable, _ plan: Suppression.Plan, _ told: [Slice: GuardedTable.Earlier] = [:]
  ) -> String {
    let cells = zip(table.cells, plan.outcomes).map { cell, outcome -> String in
      let slice = cell.slice.values.map { $0.map { "\"\($0)\"" } ?? "null" }.joined(separator: ",")
      var before = ""
      if case .shown(let answered, _, _) = told[cell.slice], cell.answered - answered < table.minimum {
        before = ",\"before\":\(answered)"
      }
      if told[cell.slice] == .hidden { before = ",\"carried\":true" }
      return "{\"slice\":[\(slice)],\"level\":\(level(outcome)),\"answered\":\(cell.answered),"
        + "\"values\":\(cell.values),\"few\":\(cell.answered < table.minimum)\(before)}"
    }
    return "{\"minimum\":\(table.minimum),\"counting\":\"\(table.counting)\",\"cells\":["
      + cells.joined(separator: ",") + "]}"
  }
}
