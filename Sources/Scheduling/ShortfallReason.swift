import Basics
internal import Programme
internal import Regions

/// Why a tandem has fewer sessions than the programme asks for, in words that HR can act on.
enum ShortfallReason {
  /// - Parameters:
  ///   - couldAlone: how many sessions the tandem could have if it shared neither people nor rooms.
  static func text(_ draft: TandemDraft, planned: Int, couldAlone: Int) -> String {
    let rules = draft.rules
    let days = rules.earliest..<max(rules.span.upperBound, rules.earliest)
    let wanted = draft.numbers.count
    guard days.count > 0 else {
      return "the notice of \(counted(rules.frame.notice, "day")) leaves no day of the cohort"
    }
    let both = rules.bothFree
    let weeks = (days.count + 6) / 7
    let mentee = freeWeeks(rules.mentee.starts, in: days)
    let mentor = freeWeeks(rules.mentor.starts, in: days)
    let together = freeWeeks(both, in: days)
    let needed = "; \(counted(wanted, "is", "are")) needed"
    let all = counted(weeks, "week")
    if mentee < wanted { return "mentee \(draft.mentee.id) is free on \(mentee) of \(all)" + needed }
    if mentor < wanted { return "mentor \(draft.mentor.id) is free on \(mentor) of \(all)" + needed }
    if together < wanted {
      return "mentor \(draft.mentor.id) and mentee \(draft.mentee.id) are free together on \(together) of "
        + all + needed
    }
    if couldAlone > planned {
      return draft.site == nil
        ? "other tandems take the days of mentor \(draft.mentor.id) or mentee \(draft.mentee.id); give one of them "
          + "fewer tandems"
        : "other tandems take the rooms of \(draft.mentee.site) or the days of the two; add a room, or meet in the "
          + "mentee's office"
    }
    let gap = rules.frame.gap
    var last = days.lowerBound - 1
    var longest = (from: last, until: last)
    for day in days where both[day] != 0 {
      if day - last > longest.until - longest.from, last >= days.lowerBound { longest = (last, day) }
      last = day
    }
    if longest.until - longest.from > gap.upperBound {
      let from = draft.grid.first.adding(days: longest.from)
      let until = draft.grid.first.adding(days: longest.until)
      return
        "mentor \(draft.mentor.id) and mentee \(draft.mentee.id) are not free together between \(from) and "
        + "\(until); at most \(counted(gap.upperBound, "day")) may be between two sessions"
    }
    return
      "mentor \(draft.mentor.id) and mentee \(draft.mentee.id) are free together on \(together) of \(all), "
      + "too few that lie \(gap.lowerBound) to \(gap.upperBound) days apart"
  }

  /// Weeks from the first open day to the cohort's end in which the two could meet.
  static func usableWeeks(of draft: TandemDraft) -> Int {
    let from = draft.rules.earliest
    return freeWeeks(draft.rules.bothFree, in: from..<max(from, draft.rules.span.upperBound))
  }

  private static func freeWeeks(_ starts: [UInt64], in days: Range<Int>) -> Int {
    stride(from: days.lowerBound, to: days.upperBound, by: 7).count { week in
      (week..<min(week + 7, days.upperBound)).contains { starts[$0] != 0 }
    }
  }
}
