internal import Calendars
internal import Programme
internal import Regions

/// One tandem on its way into the plan: who, on which clock, and what of an earlier plan stands.
struct TandemDraft {
  var tandem: Tandem
  var region: Region
  /// What holds at the mentee's site during the cohort.
  var settings: SectionSettings
  var mentor: Person
  var mentee: Person
  var key: CohortFrame.GridKey
  var rules: SessionRules
  /// The room's pool, where a room is wanted.
  var site: SiteKey?
  /// Held or past: they stand, whatever happens. By number.
  var fixed: [Session] = []
  /// Sessions of the earlier plan that are still to come, by number.
  var coming: [Int: Session] = [:]
  /// Times that were proposed and are possible, by number.
  var proposed: [Int: PlanProblem.Slot] = [:]
  /// Sequence of cancelled ones, by number.
  var cancelled: [Int: Session] = [:]
  /// The numbers that are to be planned.
  var numbers: [Int] = []

  var grid: StartGrid { rules.grid }
  var roomNames: [String] { rules.rooms?.names ?? [] }

  /// The ideal day of session k = 0…n − 1: the middles of n equal parts of the time that is left from the first day on.
  func ideal(_ k: Int) -> Int {
    let wanted = settings.frame.sessions
    // With an earlier plan, ideals stay those of the whole term, else what stands would look worse every week.
    let span = rules.span
    let begin =
      fixed.isEmpty && coming.isEmpty
      ? max(span.lowerBound, min(rules.earliest, span.upperBound - 1)) : span.lowerBound
    return begin + (2 * k + 1) * (span.upperBound - begin) / (2 * max(1, wanted))
  }

  /// What each start costs beside its day, on the grid's clock.
  func tickCosts() -> [SessionCost] {
    let settings = settings.scheduling
    let half =
      mentee.attributes["preferredHalf"].flatMap(SchedulingSettings.Half.init) ?? settings.preferredHalf
    return (0..<64).map { tick in
      let start = grid.origin + tick * grid.step
      let end = start + grid.length
      var cost = SessionCost()
      switch half {
      case .morning: if end > settings.lunch.start { cost.half = settings.halfDayWeight }
      case .afternoon: if start < settings.lunch.end { cost.half = settings.halfDayWeight }
      case nil: break
      }
      if start < settings.lunch.end, end > settings.lunch.start {
        cost.lunch = settings.lunchWeight
      }
      if end > settings.late { cost.late = settings.lateWeight }
      return cost
    }
  }

  /// Why a number below those that were held has no session, in words; nil: all have one. Sessions are held in the order of
  /// their numbers, so that it cannot be planned any more.
  var hole: String? {
    let last = fixed.map(\.number).max() ?? 0
    let numbers = Set(fixed.map(\.number))
    guard last > 1, let missing = (1..<last).first(where: { !numbers.contains($0) }) else { return nil }
    return
      "session \(missing) was called off and session \(last) has been; if it was held after all, record it with "
      + "`tandem-schedule held`"
  }

  /// The place of an earlier session on today's grid and in today's rooms; nil: it cannot stand.
  func slot(of session: Session) -> PlanProblem.Slot? {
    guard session.interval.length == grid.length, session.start.secondsSinceEpoch % 60 == 0,
      let (day, tick) = grid.place(of: session.start.minute), rules.span.contains(day)
    else { return nil }
    guard site != nil else { return PlanProblem.Slot(day: day, tick: tick) }
    guard let room = roomNames.firstIndex(of: session.place) else { return nil }
    return PlanProblem.Slot(day: day, tick: tick, room: room)
  }
}
