package import Basics
internal import Programme
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

  /// So many choices of dates are always looked at, so that the plan without options is the cheapest of those listed.
  package static let pool = 6

  /// - Parameter options: how many to choose from, the cheapest first. No two have the same days.
  /// - Throws: `WorkshopError` where there is none at all.
  package static func plan(_ input: WorkshopInput, options wanted: Int = 1) throws(WorkshopError) -> Outcome {
    let frame = try WorkshopFrame(input)
    var plans: [WorkshopPlan] = []
    if let best = Option(frame, without: [], effort: input.effort) {
      plans = options(frame, from: best, count: max(wanted, pool)).map { WorkshopRecords(frame, $0).plan }
      // Every plan is one that the first search allows, so that its bound is one on all of them.
      plans.sort { a, b in
        let (left, right) = (a.workshops.map(\.start), b.workshops.map(\.start))
        return a.cost == b.cost ? left.lexicographicallyPrecedes(right) : a.cost < b.cost
      }
      if let least = plans.first?.cost { plans[0].bound = min(best.bound, least) }
      plans = Array(plans.prefix(max(1, wanted)))
    }
    guard !plans.isEmpty else {
      throw .noDate(
        region: input.host.id, first: frame.first, last: frame.last, most: 0, on: "",
        least: frame.settings.group.lowerBound)
    }
    return Outcome(
      options: plans, active: frame.mentors.active.count, inactive: frame.mentors.waiting.count,
      notes: notes(frame))
  }

  /// The first option, and those that each leave out a day of one before.
  private static func options(_ frame: WorkshopFrame, from best: Option, count: Int) -> [Option] {
    let effort = DateEffort(
      boundSteps: frame.input.effort.boundSteps / 3, work: max(1, frame.input.effort.work / 4))
    var seen: Set<[LocalDate]> = []
    var tried: Set<Set<LocalDate>> = []
    var waiting = [best]
    var chosen: [Option] = []
    while chosen.count < count, !waiting.isEmpty {
      waiting.sort { a, b in
        let (left, right) = (a.solved.plan.cost, b.solved.plan.cost)
        return left == right ? a.days.lexicographicallyPrecedes(b.days) : left < right
      }
      let next = waiting.removeFirst()
      guard seen.insert(next.days).inserted else { continue }
      chosen.append(next)
      guard chosen.count < count else { break }
      for day in next.days {
        let forbidden = next.forbidden.union([day])
        guard tried.insert(forbidden).inserted,
          let other = Option(frame, without: forbidden, effort: effort, from: next)
        else { continue }
        waiting.append(other)
      }
    }
    return chosen
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
    var forbidden: Set<LocalDate>
    var solved: SolvedDates
    var candidates: [WorkshopFrame.Candidate]
    /// Ascending, each once.
    var days: [LocalDate]

    /// nil: no date can be held.
    init?(
      _ frame: WorkshopFrame, without forbidden: Set<LocalDate>, effort: DateEffort, from other: Option? = nil
    ) {
      self.forbidden = forbidden
      let (problem, candidates) = frame.problem(without: forbidden)
      self.candidates = candidates
      let place = candidates.places(by: \.self)
      let held = other?.solved.plan.held.compactMap { held in other.flatMap { place[$0.candidates[held]] } }
      solved = DateSearch.solve(problem, effort: effort, from: other?.solved, held: held ?? [])
      if solved.plan.held.isEmpty { return nil }
      days = Set(solved.plan.held.map { frame.slots[candidates[$0].slot].start.date }).sorted()
    }

    var bound: Int { solved.bound }
  }
}
