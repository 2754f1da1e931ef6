import Basics
internal import Calendars
package import Programme
internal import Regions

/// What HR asks of a plan first: who meets at a regular time, who is squeezed, and who meets on days on which nobody should.
package struct PlanWords: Hashable, Sendable {
  /// Days on which nobody should meet, within the cohort.
  package struct Avoided: Hashable, Sendable {
    package var name: String
    package var first: LocalDate
    package var last: LocalDate
    package var sessions: Int
  }

  /// A tandem whose sessions lie too close, or too far apart.
  package struct Squeeze: Hashable, Sendable {
    package var tandem: TandemID
    /// What is wrong, and what would help.
    package var text: String
  }

  /// Tandems with at least four of five sessions on one weekday, and three of five at one time.
  package var regular = 0
  package var irregular = 0
  package var squeezes: [Squeeze] = []
  package var avoided: [Avoided] = []

  package init() {}

  /// The sentences of a report: none where nobody has a session.
  package func text(sessions: Int) -> String {
    var text = counted(sessions, "session") + "."
    let all = regular + irregular
    if all > 0 {
      text += " "
      switch (regular, irregular) {
      case (all, _):
        text += all == 1 ? "The tandem meets at a regular time" : "All \(all) tandems meet at a regular time"
      case (0, _): text += all == 1 ? "The tandem meets irregularly" : "All \(all) tandems meet irregularly"
      default:
        text +=
          "\(counted(regular, "tandem meets", "tandems meet")) at a regular time, \(irregular) irregularly"
      }
      if !squeezes.isEmpty { text += "; \(squeezes.count) \(squeezes.count == 1 ? "is" : "are") squeezed" }
      text += "."
    }
    for span in avoided {
      let days = span.first == span.last ? "on \(span.first)" : "from \(span.first) to \(span.last)"
      text +=
        span.sessions == 0
        ? " Nobody meets \(days)."
        : " \(counted(span.sessions, "session lies", "sessions lie")) \(days) (\(span.name)): no other day keeps the rules."
    }
    return text
  }
}

extension CohortPlanner {
  /// Finds the words for the plan as it was written.
  mutating func describe(_ problem: PlanProblem) {
    var sessions = Dictionary(grouping: plan.sessions.filter(\.counts), by: \.tandem)
    for tandem in sessions.keys { sessions[tandem]?.sort { Session.isEarlier($0, than: $1) } }
    var avoided: [PlanWords.Avoided] = []
    for (index, draft) in drafts.enumerated() {
      let own = sessions[draft.tandem.id] ?? []
      guard !own.isEmpty else { continue }
      if isRegular(own, draft) { plan.words.regular += 1 } else { plan.words.irregular += 1 }
      if let text = squeeze(own, draft, problem.tandems[index], of: problem) {
        plan.words.squeezes.append(PlanWords.Squeeze(tandem: draft.tandem.id, text: text))
      }
      count(own, draft, in: &avoided)
    }
    plan.words.avoided = avoided.sorted { ($0.first, $0.name) < ($1.first, $1.name) }
  }

  private func isRegular(_ own: [Session], _ draft: TandemDraft) -> Bool {
    guard let home = draft.home(of: own) else { return true }
    let onDay = own.count { $0.start.date.weekday.index == home.weekday }
    let atTime = own.count { $0.start.minuteOfDay == home.minute }
    return onDay * 5 >= own.count * 4 && atTime * 5 >= own.count * 3
  }

  /// Counts the sessions on days that the region avoids, each span of such days within the cohort by itself.
  private func count(_ own: [Session], _ draft: TandemDraft, in found: inout [PlanWords.Avoided]) {
    for avoided in draft.settings.scheduling.avoid where avoided.cost > 0 {
      var days = draft.rules.span.map { frame.first.adding(days: $0) }.filter(avoided.contains)[...]
      while let first = days.first {
        var last = first
        while let next = days.first, next.days(since: last) <= 1 {
          last = next
          days.removeFirst()
        }
        let sessions = own.count { $0.isOpen && ($0.start.date >= first && $0.start.date <= last) }
        if let at = found.firstIndex(where: {
          $0.name == avoided.name && $0.first == first && $0.last == last
        }) {
          found[at].sessions += sessions
        } else {
          found.append(
            PlanWords.Avoided(name: avoided.name, first: first, last: last, sessions: sessions))
        }
      }
    }
  }

  // MARK: - Squeezes

  /// Three sessions within three weeks, or longer without any than two of them are apart and the upper gap allows; nil:
  /// neither.
  private func squeeze(
    _ own: [Session], _ draft: TandemDraft, _ tandem: PlanProblem.Tandem, of problem: PlanProblem
  ) -> String? {
    guard !draft.numbers.isEmpty, own.count > 1 else { return nil }
    let days = own.map { draft.grid.day(of: $0.start.minute) }
    let usual = max(1, draft.rhythm.days)
    let most = max(draft.rules.frame.gap.upperBound, 2 * usual)
    func date(_ day: Int) -> LocalDate { frame.first.adding(days: day) }
    var parts: [String] = []
    if 2 * usual > 24, let k = days.indices.dropFirst(2).first(where: { days[$0] - days[$0 - 2] < 21 }) {
      parts.append("three sessions from \(date(days[k - 2])) to \(date(days[k]))")
    }
    let ends = days + [draft.rules.span.upperBound]
    if let k = ends.indices.dropFirst().first(where: { ends[$0] - ends[$0 - 1] > most }) {
      parts.append("no session after \(date(ends[k - 1])) before \(date(ends[k]))")
    }
    guard !parts.isEmpty else { return nil }
    return parts.joined(separator: ", ") + remedy(draft, tandem, of: problem)
  }

  /// What a longer gap would change, where the upper one is hard: with its cost. Nothing where it is soft, or would change
  /// little.
  private func remedy(
    _ draft: TandemDraft, _ tandem: PlanProblem.Tandem, of problem: PlanProblem
  ) -> String {
    guard tandem.excessGapCost == nil else { return "" }
    func solved(_ change: (inout PlanProblem.Tandem) -> Void) -> (slots: [PlanProblem.Slot], cost: Int) {
      let lone = PlanProblem.alone(tandem, of: problem, change)
      return (lone.slots[0], lone.objective)
    }
    let now = solved { _ in }
    let then = solved { $0.excessGapCost = draft.settings.scheduling.weights.gap }
    var before = tandem.after
    var widest = 0
    for slot in then.slots {
      if let before { widest = max(widest, slot.day - before) }
      before = slot.day
    }
    guard widest > tandem.gap.upperBound, then.cost < now.cost else { return "" }
    return
      "; allow one gap of \(widest) days: cost \(now.cost % PlanProblem.missingCost) → "
      + "\(then.cost % PlanProblem.missingCost)"
  }
}
