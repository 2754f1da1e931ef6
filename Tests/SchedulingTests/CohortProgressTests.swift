import Programme
import TestSupport
import Testing

@testable import Regions
@testable import Scheduling

@Suite struct CohortProgressTests {
  private func planned() throws -> (TestCohort, [Session]) {
    var cohort = try TestCohort()
    cohort.add("pl:m", "pl:t")
    cohort.add("pl:n", "pl:u")
    return (cohort, try CohortPlanner.plan(cohort.input).sessions)
  }

  /// The sessions of each tandem.
  private func plans() throws -> [[Session]] {
    let sessions = try planned().1
    return ["pl:t", "pl:u"].map { mentee in sessions.filter { $0.tandem.text.hasSuffix(mentee) } }
  }

  private func progress(_ now: String, _ change: (inout [Session], inout TestCohort) -> Void = { _, _ in })
    throws
    -> CohortProgress
  {
    var (cohort, sessions) = try planned()
    change(&sessions, &cohort)
    return CohortProgress(
      cohort: "c", regions: [cohort.region], people: cohort.people, tandems: cohort.tandems,
      sessions: sessions,
      now: try #require(Timestamp(rfc3339: now)))
  }

  @Test func beforeTheStartAllIsToCome() throws {
    let total = try progress("2026-10-01T00:00:00Z").total
    #expect(total.tandems == 2 && total.wanted == 20 && total.coming == 20)
    #expect(total.held == 0 && total.due == 0 && total.atRisk == 0 && total.behind == 0 && total.since == nil)
  }

  @Test func whatIsPastIsDueUntilItIsHeld() throws {
    let plans = try plans()
    let now = plans[1][2].start.date.adding(days: 1)
    let past = plans[0].count { $0.start.date < now }
    let rows = try progress("\(now)T00:00:00Z") { sessions, _ in
      for at in sessions.indices
      where sessions[at].tandem.text.hasSuffix("t") && sessions[at].start.date < now {
        sessions[at].status = .held
      }
    }.rows
    #expect(rows.map(\.counts.held) == [past, 0])
    #expect(rows.map(\.counts.due) == [0, 3])
    #expect(rows.map(\.counts.behind) == [0, 1])
    #expect(rows.map(\.counts.since) == [nil, plans[1][0].start.date])
    #expect(rows.map(\.counts.coming) == [10 - past, 7])
    #expect(rows.allSatisfy { $0.counts.atRisk == 0 && $0.next != nil })
  }

  @Test func whatHasNoDateOrNoRoomLeftIsAtRisk() throws {
    let missing = try progress("2026-12-01T00:00:00Z") { sessions, _ in sessions.removeLast(2) }
    #expect(missing.rows.map(\.counts.atRisk) == [0, 2])
    // Off and without another, in the past: behind since then.
    let off = try progress("2026-12-01T00:00:00Z") { sessions, _ in
      for at in sessions.indices where sessions[at].number <= 3 {
        sessions[at].status = sessions[at].number == 2 ? .cancelled : .held
      }
    }
    #expect(off.rows.map(\.counts.atRisk) == [1, 1])
    #expect(try off.rows.map(\.counts.since) == plans().map { $0[1].start.date })
    // Four weeks before the end at most four sessions fit, seven days apart.
    let late = try progress("2027-03-08T00:00:00Z")
    #expect(late.rows.map(\.counts.atRisk) == [6, 6])
    #expect(try progress("2027-04-06T00:00:00Z").rows.map(\.counts.atRisk) == [10, 10])
  }

  @Test func aMissedSessionLeavesTheTandemBehindUntilAnotherIsPlanned() throws {
    func missed(_ body: @escaping (inout [Session]) -> Void = { _ in }) throws -> CohortProgress.Counts {
      let progress = try progress("2026-12-01T00:00:00Z") { sessions, _ in
        for at in sessions.indices where sessions[at].number <= 3 {
          sessions[at].status = sessions[at].number == 2 ? .missed : .held
        }
        body(&sessions)
      }
      return try #require(progress.rows.first).counts
    }
    let behind = try missed()
    #expect(behind.held == 2 && behind.missed == 1 && behind.due == 0 && behind.atRisk == 1)
    #expect(try behind.behind == 1 && behind.since == plans()[0][1].start.date)
    let madeUp = try missed { sessions in
      guard var last = sessions.first(where: { $0.number == 10 }) else { return }
      last = Session(
        tandem: last.tandem, number: 11, uid: "another", start: last.start, end: last.end,
        timeZone: last.timeZone, place: last.place)
      sessions.append(last)
    }
    #expect(madeUp.missed == 1 && madeUp.coming == 8 && madeUp.atRisk == 0 && madeUp.behind == 0)
    let total = try progress("2026-12-01T00:00:00Z") { sessions, _ in
      for at in sessions.indices where sessions[at].number == 1 { sessions[at].status = .missed }
    }.total
    #expect(total.missed == 2)
  }

  @Test func anEndedTandemOwesNothing() throws {
    let ended = try progress("2026-12-01T00:00:00Z") { sessions, cohort in
      cohort.tandems[0].status = .ended
      for at in sessions.indices where sessions[at].number <= 2 { sessions[at].status = .held }
    }
    let counts = try #require(ended.rows.first).counts
    #expect(counts.wanted == 2 && counts.held == 2 && counts.due == 0 && counts.behind == 0)
    #expect(ended.rows.first?.next == nil)
    #expect(ended.sums(by: .site).map(\.counts.wanted) == [12])
    #expect(ended.sums(by: .department).map(\.name) == ["Sales"])
  }
}
