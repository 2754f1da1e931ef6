package import Basics
import Programme
internal import Regions

/// Plan the mid-term workshop: active mentors and a region's settings become a problem of dates, its solution becomes
/// groups, and groups become records.
package enum WorkshopPlanner {
  /// The options, the best first, and what HR should know about the records.
  package struct Outcome: Sendable {
    package var options: [WorkshopPlan]
    package var active: Int
    /// Mentors of running tandems who have held too few sessions.
    package var inactive: Int
    package var notes: [Diagnostic]
  }

  /// - Parameter options: how many to choose from. Each further one leaves out a date of one before.
  /// - Throws: `WorkshopError` where there is none at all.
  package static func plan(_ input: WorkshopInput, options wanted: Int = 1) throws(WorkshopError) -> Outcome {
    let frame = try WorkshopFrame(input)
    var seen: Set<[Int]> = []
    var tried: Set<Set<Int>> = []
    var waiting: [Option] = []
    var chosen: [Option] = []
    var floor = 0
    if let best = Option(frame, without: [], effort: input.effort) {
      waiting.append(best)
      floor = best.bound
    }
    while chosen.count < max(1, wanted), !waiting.isEmpty {
      waiting.sort { a, b in
        let (left, right) = (a.solved.plan.cost, b.solved.plan.cost)
        return left == right ? a.slots.lexicographicallyPrecedes(b.slots) : left < right
      }
      let next = waiting.removeFirst()
      guard seen.insert(next.slots).inserted else { continue }
      chosen.append(next)
      guard chosen.count < wanted else { break }
      let effort = DateEffort(boundSteps: input.effort.boundSteps / 5, work: max(1, input.effort.work / 4))
      for slot in Set(next.slots).sorted() {
        let forbidden = next.forbidden.union([slot])
        guard tried.insert(forbidden).inserted, let other = Option(frame, without: forbidden, effort: effort)
        else { continue }
        waiting.append(other)
      }
    }
    let plans = chosen.map { WorkshopRecords(frame, $0, bound: floor).plan }
    guard !plans.isEmpty else {
      throw .noDate(
        region: input.host.id, first: frame.first, last: frame.last, most: 0, on: "",
        least: frame.settings.group.lowerBound)
    }
    return Outcome(
      options: plans, active: frame.mentors.active.count, inactive: frame.mentors.waiting.count,
      notes: notes(frame))
  }

  private static func notes(_ frame: WorkshopFrame) -> [Diagnostic] {
    var notes = frame.mentors.unknown.map {
      Diagnostic(
        .error, "mentor \($0) is not invited: the person is not on the stream; pass the person records too",
        code: "no-person")
    }
    let wanted = frame.settings.sessionsHeld
    for (person, held) in frame.mentors.waiting {
      notes.append(
        Diagnostic(
          .note, "mentor \(person) is not active: \(held) of \(counted(wanted, "session")) held",
          code: "not-active"))
    }
    for moderator in frame.settings.moderators where frame.input.people[moderator] == nil {
      notes.append(
        Diagnostic(
          .warning,
          "moderator \(moderator) is not on the stream and gets no group; pass the person record too",
          code: "no-person"))
    }
    return notes
  }

  /// A choice of dates, priced.
  struct Option {
    var forbidden: Set<Int>
    var solved: SolvedDates
    var candidates: [WorkshopFrame.Candidate]

    /// nil: no date can be held.
    init?(_ frame: WorkshopFrame, without forbidden: Set<Int>, effort: DateEffort) {
      self.forbidden = forbidden
      let (problem, candidates) = frame.problem(without: forbidden)
      self.candidates = candidates
      solved = DateSearch.solve(problem, effort: effort)
      if solved.plan.held.isEmpty { return nil }
    }

    var bound: Int { solved.bound }
    var slots: [Int] { solved.plan.held.map { candidates[$0].slot }.sorted() }
  }
}
