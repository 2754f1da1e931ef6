import Basics
import Programme
import TestSupport
import Testing

@testable import Regions
@testable import Scheduling

@Suite struct ReplanningTests {
  private let now = Timestamp(rfc3339: "2026-12-01T12:00:00+01:00")

  private func cohort() throws -> TestCohort {
    var cohort = try TestCohort()
    for mentee in 0..<6 { cohort.add("pl:m\(mentee / 2)", "pl:t\(mentee)") }
    return cohort
  }

  private func replan(
    _ cohort: TestCohort, _ previous: [Session], _ change: (inout CohortInput) -> Void = { _ in }
  ) throws -> CohortPlan {
    var input = cohort.input
    input.previous = previous
    input.now = now
    change(&input)
    return try CohortPlanner.plan(input)
  }

  @Test func nothingChangedNothingMoves() throws {
    let first = try CohortPlanner.plan(cohort().input)
    let again = try replan(cohort(), first.sessions)
    #expect(again.sessions == first.sessions)
    #expect(again.moved == 0)
    #expect(again.cancelled == 0)
    #expect(again.kept > 0)
  }

  @Test func onlyWhatNoLongerHoldsMoves() throws {
    let first = try CohortPlanner.plan(cohort().input).sessions
    let ill = BusyTime([.days("2026-12-07", through: "2027-01-03")])
    let hit = Set(
      first.filter { session in
        session.tandem.text.contains("pl:t0")
          && ill.overlaps(MinuteInterval(start: session.start.minute, end: session.end.minute))
      }.map(\.id))
    #expect(!hit.isEmpty)
    let plan = try replan(cohort(), first) { $0.busy = [PersonID("pl:t0"): ill] }
    let before = Dictionary(uniqueKeysWithValues: first.map { ($0.id, $0) })
    for session in plan.sessions {
      let old = try #require(before[session.id])
      if session == old { continue }
      #expect(session.tandem.text.contains("pl:t0"))
      #expect(session.isRescheduled)
      #expect(session.sequence == old.sequence + 1)
      #expect(session.uid == old.uid)
      #expect(session.start != old.start)
    }
    #expect(plan.shortfalls.isEmpty)
    #expect(plan.moved >= hit.count)
    #expect(plan.moved <= hit.count + 2)
    #expect(plan.sessions.allSatisfy { !hit.contains($0.id) || $0.isRescheduled })
  }

  @Test func whatIsPastOrHeldStays() throws {
    var first = try CohortPlanner.plan(cohort().input).sessions
    first[0].status = .held
    let everyone = Dictionary(
      uniqueKeysWithValues: try cohort().people.keys.map {
        ($0, BusyTime([.days("2026-10-05", through: "2026-12-10")]))
      })
    let plan = try replan(cohort(), first) { $0.busy = everyone }
    for (old, new) in zip(first, plan.sessions)
    where old.start.secondsSinceEpoch <= (now?.secondsSinceEpoch ?? 0) {
      #expect(old == new)
    }
    #expect(plan.shortfalls.isEmpty)
  }

  @Test func theEndOfATandemCancelsWhatIsToCome() throws {
    var cohort = try cohort()
    let first = try CohortPlanner.plan(cohort.input).sessions
    cohort.tandems[0].status = .ended
    let ended = cohort.tandems[0].id
    cohort.tandems.remove(at: 3)
    let plan = try replan(cohort, first)
    let coming = first.filter { $0.start.secondsSinceEpoch > (now?.secondsSinceEpoch ?? 0) }
    let vanished = try #require(Set(first.map(\.tandem)).subtracting(cohort.tandems.map(\.id)).first)
    let expected = coming.filter { $0.tandem == ended || $0.tandem == vanished }.count
    #expect(plan.cancelled == expected)
    for session in plan.sessions where session.status == .cancelled { #expect(session.sequence == 1) }
    #expect(
      plan.sessions.filter { $0.status == .cancelled }.allSatisfy { [ended, vanished].contains($0.tandem) })
    #expect(
      plan.problems.map(\.description) == [
        "warning: tandem \(vanished) of the earlier plan is not on the stream: \(expected / 2) coming sessions are "
          + "cancelled"
      ])
    // Cancelled once is cancelled: the next run says nothing new.
    let again = try replan(cohort, plan.sessions)
    #expect(again.sessions == plan.sessions)
    #expect(again.cancelled == 0)
  }

  @Test func aMissedSessionIsMadeUpForAfterTheLastOne() throws {
    let first = try CohortPlanner.plan(cohort().input).sessions
    let tandem = first[0].tandem
    var previous = first
    for at in previous.indices where previous[at].start.secondsSinceEpoch <= (now?.secondsSinceEpoch ?? 0) {
      previous[at].status = previous[at].tandem == tandem && previous[at].number == 2 ? .missed : .held
    }
    let plan = try replan(cohort(), previous)
    #expect(plan.shortfalls.isEmpty)
    let known = Set(first.map(\.id))
    let added = plan.sessions.filter { !known.contains($0.id) }
    #expect(added.map(\.id) == [SessionID(tandem: tandem, number: 11)])
    let last = try #require(plan.sessions.first { $0.tandem == tandem && $0.number == 10 })
    let makeUp = try #require(added.first)
    #expect(makeUp.status == .planned && makeUp.sequence == 0)
    #expect(makeUp.start.date.days(since: last.start.date) >= 7)
    #expect(!first.map(\.uid).contains(makeUp.uid))
    // What nobody spoke about is spoken about then.
    #expect(makeUp.topics == previous.first { $0.tandem == tandem && $0.number == 2 }?.topics)
    #expect(plan.sessions.count { $0.tandem == tandem && $0.counts } == 10)
    // All others keep their ids, and what was recorded stays.
    #expect(Set(plan.sessions.map(\.id)) == known.union(added.map(\.id)))
    for old in previous where old.isRecorded { #expect(plan.sessions.contains(old)) }
    let again = try replan(cohort(), plan.sessions)
    #expect(again.sessions == plan.sessions)
    // It was held after all: what made up for it is called off.
    let corrected = plan.sessions.map { session in
      var session = session
      if session.status == .missed { session.status = .held }
      return session
    }
    let held = try replan(cohort(), corrected)
    #expect(held.sessions.filter { $0.status == .cancelled }.map(\.id) == added.map(\.id))
    #expect(held.shortfalls.isEmpty)
  }

  @Test func aMissedSessionThatTheTermHasNoRoomForIsAShortfall() throws {
    var previous = try CohortPlanner.plan(cohort().input).sessions
    for at in previous.indices { previous[at].status = previous[at].number == 10 ? .missed : .held }
    let plan = try replan(cohort(), previous) { $0.now = Timestamp(rfc3339: "2027-04-04T20:00:00+02:00") }
    #expect(plan.sessions == previous.sorted(by: Session.precedes))
    #expect(plan.shortfalls.map(\.planned) == Array(repeating: 9, count: 6))
  }

  @Test func aShortNoticeKeepsThePlanAndMovesNothingNear() throws {
    var cohort = try cohort()
    cohort.region.frame.notice = 14
    let first = try CohortPlanner.plan(cohort.input).sessions
    let near = first.filter {
      $0.start.date >= .of("2026-12-01") && $0.start.date < .of("2026-12-15")
    }
    #expect(!near.isEmpty)
    let plan = try replan(cohort, first)
    #expect(plan.moved == 0)
    let busy = try #require(near.first)
    let hit = BusyTime([MinuteInterval(start: busy.start.minute, end: busy.end.minute)])
    let mentee = try #require(cohort.tandems.first { $0.id == busy.tandem }).mentee
    let moved = try replan(cohort, first) { $0.busy = [mentee: hit] }
    let session = try #require(moved.sessions.first { $0.id == busy.id })
    #expect(session.isRescheduled)
    #expect(session.start.date >= .of("2026-12-15"))
  }
}
