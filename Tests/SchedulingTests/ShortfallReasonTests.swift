import Basics
import Programme
import Testing

@testable import Regions
@testable import Scheduling

@Suite struct ShortfallReasonTests {
  private func reason(
    _ mentor: BusyTime = .none, _ mentee: BusyTime = .none, _ change: (inout TestCohort) -> Void = { _ in }
  ) throws -> [String] {
    var cohort = try TestCohort()
    cohort.add("pl:1", "pl:2")
    change(&cohort)
    var input = cohort.input
    input.busy = [PersonID("pl:1"): mentor, PersonID("pl:2"): mentee]
    return try CohortPlanner.plan(input).shortfalls.map { "\($0.planned) of \($0.wanted): \($0.reason)" }
  }

  @Test func theMenteeIsFreeOnThreeWeeks() throws {
    let busy = BusyTime([.days("2026-10-26", through: "2027-04-05")])
    #expect(try reason(.none, busy) == ["3 of 10: mentee pl:2 is free on 3 of 26 weeks; 10 are needed"])
  }

  @Test func theMentorIsFreeOnOneWeek() throws {
    let busy = BusyTime([.days("2026-10-12", through: "2027-04-05")])
    #expect(try reason(busy) == ["1 of 10: mentor pl:1 is free on 1 of 26 weeks; 10 are needed"])
  }

  @Test func theTwoAreNeverFreeTogether() throws {
    let first = BusyTime([.days("2026-10-05", through: "2027-01-03")])
    let second = BusyTime([.days("2027-01-04", through: "2027-04-05")])
    #expect(
      try reason(first, second) == [
        "0 of 10: mentor pl:1 and mentee pl:2 are free together on 0 of 26 weeks; 10 are needed"
      ])
  }

  @Test func tooLongABreakIsNamedWithItsDays() throws {
    let busy = BusyTime([.days("2026-12-05", through: "2027-02-14")])
    #expect(
      try reason(busy) == [
        "9 of 10: mentor pl:1 and mentee pl:2 are not free together between 2026-12-04 and 2027-02-15; at most 35 "
          + "days may be between two sessions"
      ])
  }

  @Test func theOtherTandemsOfAMentorTakeTheDays() throws {
    let fridays = WorkingHours(days: [.friday], span: ClockSpan(480..<1080))
    let reasons = try reason { cohort in
      for mentee in 3...4 { cohort.add("pl:1", "pl:\(mentee)") }
      cohort.people[PersonID("pl:1")]?.workingHours = fridays
    }
    #expect(!reasons.isEmpty)
    for reason in reasons {
      #expect(
        reason.hasSuffix(
          ": other tandems take the days of mentor pl:1 or mentee \(reason.contains("pl:2") ? "pl:2" : reason.contains("pl:3") ? "pl:3" : "pl:4"); give one of them fewer tandems"
        ))
    }
    let planned = reasons.compactMap { Int($0.prefix { $0 != " " }) }.reduce(0, +) + (3 - reasons.count) * 10
    #expect(planned <= 26)
    #expect(planned >= 24)
  }

  @Test func recordsThatDoNotFitAreNamed() throws {
    func problems(_ change: (inout CohortInput) -> Void) throws -> [String] {
      var cohort = try TestCohort()
      cohort.add("pl:1", "pl:2")
      var input = cohort.input
      change(&input)
      let plan = try CohortPlanner.plan(input)
      #expect(plan.sessions.isEmpty)
      #expect(plan.shortfalls.count == 1)
      return plan.problems.map(\.description)
    }
    let prefix = "error: tandem c/pl:1+pl:2 cannot be planned: "
    #expect(
      try problems { $0.people[PersonID("pl:1")] = nil } == [
        prefix + "its mentor pl:1 is not on the stream; pass the person records on with the tandems"
      ])
    #expect(
      try problems { $0.people[PersonID("pl:2")]?.site = "Atlantis" } == [
        prefix + "its mentee pl:2 is at Atlantis, which region pl does not declare as a site"
      ])
    #expect(
      try problems { $0.people[PersonID("pl:2")]?.region = "xx" } == [
        prefix + "region xx of its mentee pl:2 is not at work; name it in --region"
      ])
    #expect(
      try problems { $0.people[PersonID("pl:2")]?.timeZone = "Mars/Olympus" } == [
        prefix + "a time zone of its people is unknown (Europe/Warsaw, Mars/Olympus)"
      ])
    #expect(
      try problems { $0.tandems[0].region = "xx" } == [
        prefix + "its region xx is not at work; name it in --region"
      ])
  }

  @Test func whatCannotBePlannedAtAllIsThrown() throws {
    var cohort = try TestCohort()
    cohort.add("pl:1", "pl:2")
    var input = cohort.input
    input.cohort = "d"
    let unknown = #expect(throws: SchedulingError.self) { try CohortPlanner.plan(input) }
    #expect(unknown?.message == "no region declares the cohort d; did you mean `c`?")
    cohort.region.frame.grid = 5
    let fine = #expect(throws: SchedulingError.self) { try CohortPlanner.plan(cohort.input) }
    #expect(
      fine?.message
        == "the grid of 5 minutes of region pl is too fine: at most 64 starts a day are offered; choose 10 minutes or more"
    )
    cohort.region.cohorts[0].end = cohort.region.cohorts[0].start
    let empty = #expect(throws: SchedulingError.self) { try CohortPlanner.plan(cohort.input) }
    #expect(empty?.message == "the cohort c lasts 0 days; its end must be 1 to 730 days after its start")
  }
}
