import Basics
import Programme

/// Numbers that contradict each other: lengths, gaps, hours and cohorts, at each site and in each cohort.
enum FrameCheck {
  static func mistakes(in region: Value) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let sites: [Value.Entry?] = [nil] + (region["sites"]?.entries ?? [])
    let cohorts: [Value.Entry?] = [nil] + (region["cohorts"]?.entries ?? [])
    let allHours = sites.compactMap(\.self).flatMap { site in
      let week = SectionSettings.effective(region, site: site.value, cohort: nil)["working-hours"]
      return (week?.entries ?? []).flatMap { $0.value.texts.compactMap { ClockSpan($0) } }
    }
    for site in sites {
      for cohort in cohorts {
        let own = SectionSettings.effective(region, site: site?.value, cohort: cohort?.value)
        guard let sessions = own["sessions"] else { continue }
        found += order(sessions)
        found += starts(sessions, allHours)
        if site != nil || sites.count == 1 { found += hours(own, sessions, site) }
        if let cohort { found += span(cohort, sessions) }
      }
    }
    for (name, weights) in [("matching", region[path: ["matching", "weights"]])] {
      guard let weights, !weights.entries.isEmpty, weights.entries.allSatisfy({ $0.value.whole == 0 }) else {
        continue
      }
      found.append(
        weights.origin.error(
          "all weights of `\(name)` are 0: give at least one part a weight", code: "no-weight"))
    }
    return found
  }

  private static func order(_ sessions: Value) -> [Diagnostic] {
    var found: [Diagnostic] = []
    guard let shortest = sessions["shortest"]?.whole, let longest = sessions["longest"]?.whole,
      let length = sessions["length"], let minutes = length.whole
    else { return [] }
    if shortest > longest, let own = sessions["longest"] {
      found.append(
        own.origin.error(
          "`longest` is \(longest), less than `shortest`, \(shortest): swap them", code: "contradiction"))
    } else if !(shortest...max(shortest, longest)).contains(minutes) {
      found.append(
        length.origin.error(
          "`length` is \(minutes), and a session lasts \(shortest) to \(longest) minutes: choose one of these",
          code: "contradiction"))
    }
    let own =
      [sessions["first-length"]].compactMap(\.self)
      + (sessions["topic-lengths"]?.entries ?? []).map(\.value)
    for length in own {
      guard let minutes = length.whole, shortest <= longest, !(shortest...longest).contains(minutes) else {
        continue
      }
      found.append(
        length.origin.error(
          "a session lasts \(shortest) to \(longest) minutes, not \(minutes): choose one of these",
          code: "contradiction"))
    }
    if let least = sessions[path: ["gap", "least"]]?.whole, let most = sessions[path: ["gap", "most"]],
      let days = most.whole, days < least
    {
      found.append(
        most.origin.error(
          "`most` is \(counted(days, "day")), less than `least`, \(least): no date fits",
          code: "contradiction"))
    }
    return found
  }

  /// More starts a day than the planner offers.
  private static func starts(_ sessions: Value, _ hours: [ClockSpan]) -> [Diagnostic] {
    guard !hours.isEmpty, let grid = sessions["grid"], let step = grid.whole,
      let length = sessions["length"]?.whole
    else { return [] }
    do throws(SessionGrid.TooFine) {
      _ = try SessionGrid(every: step, length: length, within: hours)
      return []
    } catch {
      return [
        grid.origin.error(
          "`grid` is \(step), too fine for the hours of the region's sites: \(error.message)",
          code: "contradiction")
      ]
    }
  }

  /// No working day that holds one session.
  private static func hours(_ own: Value, _ sessions: Value, _ site: Value.Entry?) -> [Diagnostic] {
    guard let week = own["working-hours"], let length = sessions["length"]?.whole,
      let grid = sessions["grid"]?.whole, grid > 0
    else { return [] }
    var found: [Diagnostic] = []
    var fits = false
    for day in week.entries {
      let spans = day.value.texts.compactMap { ClockSpan($0) }.sorted { $0.start < $1.start }
      for (span, next) in zip(spans, spans.dropFirst()) where next.start < span.end {
        found.append(
          day.value.origin.error(
            "the hours of \(day.name) overlap: write spans that follow each other", code: "contradiction"))
      }
      fits = fits || spans.contains { ($0.start + grid - 1) / grid * grid + length <= $0.end }
    }
    if !fits {
      found.append(
        week.origin.error(
          "`working-hours` leave no room for a session of \(length) minutes"
            + (site.map { " at \($0.name)" } ?? "") + ": widen them, or plan shorter sessions",
          code: "no-slot"))
    }
    return found
  }

  private static func span(_ cohort: Value.Entry, _ sessions: Value) -> [Diagnostic] {
    guard let start = cohort.value["start"]?.text.flatMap({ LocalDate(iso8601: $0) }),
      let end = cohort.value["end"],
      let last = end.text.flatMap({ LocalDate(iso8601: $0) })
    else { return [] }
    let days = last.days(since: start)
    guard days > 0 else {
      return [
        end.origin.error(
          "the cohort \(cohort.name) ends on \(last), before it starts, \(start): swap them",
          code: "contradiction")
      ]
    }
    guard let count = sessions["count"]?.whole, let gap = sessions[path: ["gap", "least"]],
      let least = gap.whole
    else { return [] }
    let needed = (count - 1) * least + 1
    guard needed > days else { return [] }
    // Told where the region itself spoke: the cohort may be headquarters', and the gap its own.
    let isShared = end.origin.file != sessions.origin.file && cohort.origin.file == end.origin.file
    return [
      (isShared ? gap : end).origin.error(
        "\(count) sessions at least \(counted(least, "day")) apart need \(needed) days, and the cohort \(cohort.name) has "
          + "\(days): let it end later, or ask for fewer", code: "too-short")
    ]
  }
}
