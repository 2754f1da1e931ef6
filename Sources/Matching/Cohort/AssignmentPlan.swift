import Basics
import Programme
import Regions

/// A cohort as instances of the assignment: nodes with capacity and priority, pairs with scores.
///
/// Blocks are independent; those whose people ask for one objective are one instance.
struct AssignmentPlan {
  private(set) var warnings: [Diagnostic] = []
  private var left: [AssignmentProblem.Node] = []
  private var right: [AssignmentProblem.Node] = []
  private var twins: [AssignmentProblem.Twin] = []
  private let candidates: Candidates
  /// By candidate; what was proposed before is worth its price of disturbance more.
  private var score: [Int32]
  /// These prices, by pair.
  private(set) var premiums: [PairEnds: Int] = [:]
  private var locked: [AssignmentObjective: [AssignmentProblem.Pair]] = [:]
  /// By mentor.
  private var objectives: [AssignmentObjective] = []

  init(
    _ request: MatchRequest, _ applicants: Applicants, _ candidates: Candidates, _ sides: Sides,
    _ fixed: FixedTandems, rules: RuleBook, scores: PairScores
  ) {
    self.candidates = candidates
    score = candidates.score
    objectives = AssignmentPlan.objectives(request, applicants, candidates)
    var used = (mentor: [Int: Int32](), mentee: [Int: Int32]())
    for (mentor, mentee) in fixed.pairs {
      used.mentor[mentor, default: 0] += 1
      used.mentee[mentee, default: 0] += 1
      let place = sides.mentor[mentor]
      locked[objectives[Int(place)], default: []].append(
        AssignmentProblem.Pair(
          left: place, right: sides.mentee[mentee],
          score: Int32(clamping: scores.score(mentor: mentor, mentee: mentee).total)))
    }
    let waiting = request.waiting
    for index in 0..<applicants.count {
      let person = applicants.people[index]
      let places = rules.places(of: index)
      let fixedAs = (mentor: used.mentor[index] ?? 0, mentee: used.mentee[index] ?? 0)
      var room = (mentor: Int32(clamping: places.mentor), mentee: Int32(clamping: places.mentee))
      if person.role == .either {
        // One person: what one role takes, the other has no more.
        let taken = fixedAs.mentor + fixedAs.mentee
        room = taken > 0 ? fixedAs : (min(room.mentor, 1), min(room.mentee, 1))
        if taken == 0, sides.mentor[index] >= 0, sides.mentee[index] >= 0 {
          twins.append(AssignmentProblem.Twin(left: sides.mentor[index], right: sides.mentee[index]))
        }
      }
      if fixedAs.mentor > room.mentor || fixedAs.mentee > room.mentee {
        warnings.append(
          Diagnostic(
            .warning,
            "\(person.id) is fixed in \(counted(Int(fixedAs.mentor + fixedAs.mentee), "tandem")) and has room for"
              + " \(max(room.mentor, room.mentee)); all of them are kept",
            code: "fixed-beyond-capacity"))
        room = (max(room.mentor, fixedAs.mentor), max(room.mentee, fixedAs.mentee))
      }
      let priority: Int32 = waiting.contains(person.id) ? 1 : 0
      if sides.mentor[index] >= 0 { left.append(.init(capacity: room.mentor, priority: priority)) }
      if sides.mentee[index] >= 0 { right.append(.init(capacity: room.mentee, priority: priority)) }
    }
    for tandem in request.proposed {
      guard let mentor = applicants.index(of: tandem.mentor),
        let mentee = applicants.index(of: tandem.mentee),
        sides.mentor[mentor] >= 0, sides.mentee[mentee] >= 0,
        let place = candidates.place(mentor: sides.mentor[mentor], mentee: sides.mentee[mentee])
      else { continue }
      let price = max(0, min(applicants.settings(of: mentee).disturbance, 1_000_000))
      score[place] = Int32(clamping: Int(candidates.score[place]) + price)
      premiums[PairEnds(left: sides.mentor[mentor], right: sides.mentee[mentee])] =
        Int(score[place]) - Int(candidates.score[place])
    }
  }

  /// By mentor: a block is fair where one of its people's settings asks for it.
  private static func objectives(
    _ request: MatchRequest, _ applicants: Applicants, _ candidates: Candidates
  ) -> [AssignmentObjective] {
    var objective = [AssignmentObjective](repeating: .total, count: applicants.count)
    for block in BlockPlan(applicants).blocks {
      let isFair =
        request.objective.map { $0 == .fair }
        ?? block.contains { applicants.settings(of: Int($0)).objective == .fair }
      guard isFair else { continue }
      for member in block { objective[Int(member)] = .fair }
    }
    return candidates.mentors.map { objective[Int($0)] }
  }

  func solve() throws(AssignmentError) -> [Assignment] {
    var solutions: [Assignment] = []
    for objective in AssignmentObjective.allCases where objectives.contains(objective) {
      let problem: AssignmentProblem
      if objectives.allSatisfy({ $0 == objective }) {
        problem = try AssignmentProblem(
          left: left, right: right, rowStart: candidates.rowStart, column: candidates.column, score: score,
          locked: locked[objective] ?? [], twins: twins)
      } else {
        var pairs: [AssignmentProblem.Pair] = []
        for row in candidates.mentors.indices where objectives[row] == objective {
          for place in candidates.rowStart[row]..<candidates.rowStart[row + 1] {
            pairs.append(
              .init(left: Int32(clamping: row), right: candidates.column[place], score: score[place]))
          }
        }
        problem = try AssignmentProblem(
          left: left, right: right, pairs: pairs, locked: locked[objective] ?? [], twins: twins)
      }
      solutions.append(problem.solve(objective))
    }
    return solutions
  }
}
