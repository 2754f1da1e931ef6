import Basics
import Programme
import TestSupport
import Testing

@testable import Regions
@testable import Scheduling

@Suite struct SessionAnswersTests {
  private let mentor = PersonID("pl:m0")
  private let mentee = PersonID("pl:t0")

  private func cohort() throws -> TestCohort {
    var cohort = try TestCohort()
    for mentee in 0..<4 { cohort.add("pl:m\(mentee / 2)", "pl:t\(mentee)") }
    return cohort
  }

  private func replan(
    _ cohort: TestCohort, _ previous: [Session], _ replies: [SessionReply],
    _ change: (inout CohortInput) -> Void = { _ in }
  ) throws -> CohortPlan {
    var input = cohort.input
    input.previous = previous
    input.replies = replies
    change(&input)
    return try CohortPlanner.plan(input)
  }

  private func reply(
    _ answer: SessionReply.Answer, _ session: Session, by person: PersonID?, sequence: Int? = nil,
    stamp: Int = 0, at interval: MinuteInterval? = nil, wishing wish: MinuteInterval? = nil
  ) -> SessionReply {
    func time(_ minute: Int?) -> Timestamp? { minute.map { Timestamp(minute: $0, offset: 0) } }
    var reply = SessionReply(
      answer: answer, session: session.id, person: person, sequence: sequence ?? session.sequence)
    reply.stamp = Timestamp(secondsSinceEpoch: stamp, offset: 0)
    (reply.start, reply.end) = (time(interval?.start), time(interval?.end))
    (reply.proposedStart, reply.proposedEnd) = (time(wish?.start), time(wish?.end))
    return reply
  }

  private func span(_ session: Session) -> MinuteInterval {
    MinuteInterval(start: session.start.minute, end: session.end.minute)
  }

  @Test(arguments: [true, false]) func aDeclinedSessionIsPlannedAtAnotherTime(_ isMarked: Bool) throws {
    var first = try CohortPlanner.plan(cohort().input).sessions
    let declined = try #require(first.first { $0.tandem.text.hasSuffix("t0") && $0.number == 4 })
    // `tandem-invite replies` marks it; the answer alone is as good.
    if isMarked, let at = first.firstIndex(of: declined) { first[at].status = .cancelled }
    let plan = try replan(cohort(), first, [reply(.declined, declined, by: mentee)])
    let again = try #require(plan.sessions.first { $0.id == declined.id })
    #expect(again.isRescheduled)
    #expect(again.sequence == 1)
    #expect(!span(again).overlaps(span(declined)))
    #expect(plan.moved == 1)
    #expect(plan.sessions.filter { $0.id != declined.id } == first.filter { $0.id != declined.id })
    #expect(plan.slack.map(\.tandem) == [declined.tandem])
  }

  @Test func aDeclinedTimeSuitsNoBetterLater() throws {
    var first = try CohortPlanner.plan(cohort().input).sessions
    let at = try #require(first.firstIndex { $0.tandem.text.hasSuffix("t0") && $0.number == 4 })
    let declined = first[at]
    first[at].start = Timestamp(minute: declined.start.minute + 1440, offset: declined.start.offset)
    first[at].end = Timestamp(minute: declined.end.minute + 1440, offset: declined.end.offset)
    first[at].sequence = 1
    let away = BusyTime([
      MinuteInterval(start: declined.end.minute, end: declined.end.minute + 4000)
    ])
    let back = try replan(cohort(), first, []) { $0.busy = [PersonID("pl:t0"): away] }
    #expect(back.sessions.first { $0.id == declined.id }.map { span($0).overlaps(span(declined)) } == true)
    let plan = try replan(
      cohort(), first, [reply(.declined, declined, by: mentee, sequence: 0, at: span(declined))]
    ) { $0.busy = [PersonID("pl:t0"): away] }
    #expect(plan.sessions.first { $0.id == declined.id }.map { span($0).overlaps(span(declined)) } == false)
  }

  /// Three sessions on days 10, 20 and 30; the second must leave its day, and fits only where the first or the third makes
  /// room: which of them does, the answers decide.
  @Test(arguments: [1, 3]) func anAcceptedSessionMovesLast(_ accepted: Int) throws {
    var cohort = try TestCohort()
    cohort.add("pl:m0", "pl:t0")
    cohort.region.frame.sessions = 3
    func busy(except days: [Int]) -> BusyTime {
      let start = LocalDate.of("2026-10-05").daysSinceEpoch
      return BusyTime(
        (-1...182).filter { !days.contains($0) }.map {
          MinuteInterval(start: (start + $0) * 1440, end: (start + $0 + 1) * 1440)
        })
    }
    let days = [11, 21, 31]
    var input = cohort.input
    input.busy = [mentee: busy(except: days)]
    let first = try CohortPlanner.plan(input).sessions
    #expect(first.map { $0.start.date.days(since: .of("2026-10-05")) } == days)
    let replies = [reply(.accepted, first[accepted - 1], by: mentor)]
    let plan = try replan(cohort, first, replies) {
      $0.busy = [mentee: busy(except: [3, 11, 15, 25, 31, 38])]
    }
    #expect(plan.shortfalls.isEmpty)
    #expect(plan.moved == 2)
    #expect(plan.sessions[accepted - 1] == first[accepted - 1])
    // An answer to an older time is none, nor one that the other took back.
    var other = try replan(
      cohort, first, [reply(.accepted, first[accepted - 1], by: mentor, sequence: -1)]
    ) { $0.busy = [mentee: busy(except: [3, 11, 15, 25, 31, 38])] }
    let without = try replan(cohort, first, []) {
      $0.busy = [mentee: busy(except: [3, 11, 15, 25, 31, 38])]
    }
    #expect(other.sessions == without.sessions)
    other = try replan(cohort, first, replies + [reply(.declined, first[accepted - 1], by: mentee)]) {
      $0.busy = [mentee: busy(except: [3, 11, 15, 25, 31, 38])]
    }
    #expect(other.sessions[accepted - 1] != first[accepted - 1])
  }

  @Test func aProposedTimeIsTriedFirst() throws {
    let first = try CohortPlanner.plan(cohort().input).sessions
    let session = try #require(first.first { $0.tandem.text.hasSuffix("t0") && $0.number == 4 })
    let wish = MinuteInterval(
      start: session.start.minute + 2 * 1440 + 150, end: session.end.minute + 2 * 1440 + 150)
    let plan = try replan(cohort(), first, [reply(.countered, session, by: mentor, at: wish)])
    let moved = try #require(plan.sessions.first { $0.id == session.id })
    #expect(span(moved) == wish)
    #expect(moved.isRescheduled)
    #expect(moved.sequence == 1)
    #expect(plan.moved == 1)
    #expect(
      plan.problems.map(\.description) == ["note: session \(session.id) takes the time that was proposed"])
    // Of two, the mentee's; and one who declined is asked no more.
    let other = MinuteInterval(start: wish.start + 1440, end: wish.end + 1440)
    let both = try replan(
      cohort(), first,
      [reply(.countered, session, by: mentor, at: wish), reply(.countered, session, by: mentee, at: other)])
    #expect(both.sessions.first { $0.id == session.id }.map(span) == other)
    let declined = try replan(
      cohort(), first,
      [reply(.declined, session, by: mentor), reply(.countered, session, by: mentee, at: other)])
    #expect(declined.sessions.first { $0.id == session.id }.map(span) == other)
  }

  /// Off the grid, and of another length: it stays there in every later plan.
  @Test func aProposalNeedsNoGrid() throws {
    let first = try CohortPlanner.plan(cohort().input).sessions
    let session = try #require(first.first { $0.tandem.text.hasSuffix("t0") && $0.number == 4 })
    let wish = MinuteInterval(
      start: session.start.minute + 2 * 1440 + 10, end: session.start.minute + 2 * 1440 + 70)
    let plan = try replan(cohort(), first, [reply(.countered, session, by: mentor, at: wish)])
    let moved = try #require(plan.sessions.first { $0.id == session.id })
    #expect(moved.interval == wish)
    #expect(moved.agreed == .yes && moved.sequence == 1)
    #expect(plan.sessions.filter { $0.id != session.id } == first.filter { $0.id != session.id })
    #expect(try replan(cohort(), plan.sessions, []).sessions == plan.sessions)
    // The answer to the invitation before is none to this one.
    let again = try replan(cohort(), plan.sessions, [reply(.countered, session, by: mentor, at: wish)])
    #expect(again.sessions == plan.sessions)
  }

  /// "Decline and propose": the session does not stay, and the proposal is tried first.
  @Test func aDeclineWithAWishIsPlannedAtTheWish() throws {
    let first = try CohortPlanner.plan(cohort().input).sessions
    let session = try #require(first.first { $0.tandem.text.hasSuffix("t0") && $0.number == 4 })
    let own = span(session)
    // Another day; and an hour later, into the time that was declined.
    for minutes in [2 * 1440 + 150, 60] {
      let wish = MinuteInterval(start: own.start + minutes, end: own.end + minutes)
      let plan = try replan(
        cohort(), first, [reply(.declined, session, by: mentee, at: own, wishing: wish)])
      let moved = try #require(plan.sessions.first { $0.id == session.id })
      #expect(span(moved) == wish)
      #expect(moved.isRescheduled && moved.sequence == 1)
      #expect(
        plan.problems.map(\.description) == ["note: session \(session.id) takes the time that was proposed"])
    }
    // Where the wish cannot be, the session is planned at another time all the same.
    let night = MinuteInterval(start: own.start + 720, end: own.end + 720)
    let plan = try replan(cohort(), first, [reply(.declined, session, by: mentee, at: own, wishing: night)])
    let moved = try #require(plan.sessions.first { $0.id == session.id })
    #expect(!span(moved).overlaps(own))
    #expect(moved.isRescheduled)
    #expect(plan.problems.map(\.code) == ["proposal-refused"])
  }

  /// In whatever order they are on the stream.
  @Test func ofSeveralAnswersOfOnePersonTheLatestCounts() throws {
    let first = try CohortPlanner.plan(cohort().input).sessions
    let session = try #require(first.first { $0.tandem.text.hasSuffix("t0") && $0.number == 4 })
    let declined = reply(.declined, session, by: mentee, stamp: 20)
    for answers in [
      [declined, reply(.accepted, session, by: mentee, stamp: 10)],
      [reply(.accepted, session, by: mentee, stamp: 10), declined],
      [declined, reply(.undecided, session, by: mentee, stamp: 30)],
      [declined, reply(.accepted, session, by: mentor, stamp: 30)],
    ] {
      let plan = try replan(cohort(), first, answers)
      #expect(plan.sessions.first { $0.id == session.id } != session)
    }
    for answers in [
      [declined, reply(.accepted, session, by: mentee, stamp: 30)],
      [reply(.accepted, session, by: mentee, stamp: 30), declined],
      [reply(.unconfirmed, session, by: mentee, stamp: 30)],
    ] {
      #expect(try replan(cohort(), first, answers).sessions == first)
    }
  }

  @Test func aProposalThatCannotBeIsReportedWithItsReason() throws {
    let first = try CohortPlanner.plan(cohort().input).sessions
    let session = try #require(first.first { $0.tandem.text.hasSuffix("t0") && $0.number == 4 })
    let neighbour = try #require(first.first { $0.tandem.text.hasSuffix("t1") && $0.number == 4 })
    let own = span(session)
    func refusal(_ interval: MinuteInterval, _ change: (inout CohortInput) -> Void = { _ in }) throws
      -> String
    {
      let plan = try replan(cohort(), first, [reply(.countered, session, by: mentee, at: interval)], change)
      #expect(plan.sessions == first)
      #expect(plan.problems.count == 1)
      return plan.problems.first?.message ?? ""
    }
    func moved(_ days: Int, _ minutes: Int = 0) -> MinuteInterval {
      MinuteInterval(start: own.start + days * 1440 + minutes, end: own.end + days * 1440 + minutes)
    }
    #expect(
      try refusal(MinuteInterval(start: own.start, end: own.end + 40))
        .contains("it lasts 130 minutes, and sessions here last 60 to 120"))
    #expect(try refusal(moved(1, -600)).contains("mentor pl:m0 is not free then"))
    #expect(
      try refusal(moved(1)) { $0.busy = [mentee: BusyTime([moved(1)])] }
        .contains("mentee pl:t0 is not free then"))
    let next = try #require(first.first { $0.tandem == session.tandem && $0.number == 5 })
    // Three days before the next, or the weekday before.
    let days =
      next.start.date.days(since: session.start.date) - (session.start.date.weekday == .monday ? 3 : 1)
    let gap = try refusal(moved(days))
    #expect(gap.contains("7 to 35 days must be between two sessions, not "))
    let day = neighbour.start.date.days(since: session.start.date)
    #expect(try refusal(moved(day)).contains("pl:m0 has another session on that day"))
    #expect(gap.hasSuffix("others are shown by `tandem-schedule move '\(session.id)'`"))
    #expect(
      try refusal(moved(-3)) { $0.now = Timestamp(minute: moved(-3).start + 600, offset: 0) }
        .contains("it is past"))
  }

  @Test func aRoomThatDeclinesIsTaken() throws {
    var cohort = try cohort()
    cohort.region.scheduling.place = .room
    cohort.region.sites[0].rooms = [
      Room(name: "Blue", email: "blue@pl.example.com", capacity: 2, calendar: nil),
      Room(name: "Red", email: "red@pl.example.com", capacity: 2, calendar: nil),
    ]
    let first = try CohortPlanner.plan(cohort.input).sessions
    let session = try #require(first.first { $0.number == 5 })
    let plan = try replan(cohort, first, [reply(.declined, session, by: nil)])
    let again = try #require(plan.sessions.first { $0.id == session.id })
    #expect(again.place != session.place || !span(again).overlaps(span(session)))
    #expect(plan.moved == 1)
  }
}
