import Basics
import Calendars
import Programme
import TestSupport
import Testing

@testable import Mailing

@Suite struct NoticePlanTests {
  private let now: Timestamp
  private let before: SamplePlan

  init() throws {
    now = try SamplePlan.time("2026-10-01T08:00:00Z")
    before = try SamplePlan()
  }

  private func lines(_ after: SamplePlan, now: Timestamp? = nil, isWhole: Bool = true) throws -> [String] {
    SamplePlan.lines(
      try NoticePlan.make(
        after.state, previous: before.state, wording: SamplePlan.wording, now: now ?? self.now,
        isWhole: isWhole
      ).notices)
  }

  @Test func firstEverybodyIsInvited() throws {
    let plan = try NoticePlan.make(before.state, wording: SamplePlan.wording, now: now)
    #expect(
      SamplePlan.lines(plan.notices.filter { $0.tandem == SamplePlan.german }) == [
        "p1@de.example.com invited 1 0", "p1@de.example.com invited 2 0", "p1@de.example.com invited 3 0",
        "p2@de.example.com invited 1 0", "p2@de.example.com invited 2 0", "p2@de.example.com invited 3 0",
      ])
    #expect(plan.notices.count == 12)
    #expect(Set(plan.notices.map(\.key)).count == 12)
  }

  @Test func whatStayedSendsNothing() throws {
    #expect(try lines(before).isEmpty)
    var after = before
    after.change(1) { $0.cost = SessionCost(day: 9) }
    #expect(try lines(after).isEmpty)
  }

  @Test func aMissedSessionSendsNothingAndWhatMakesUpForItIsInvited() throws {
    var after = before
    after.change(1) { $0.status = .missed }
    let now = try SamplePlan.time("2026-10-14T08:30:00+02:00")
    #expect(try lines(after, now: now).isEmpty, "while it would still run")
    let made = try #require(after.state.sessions.values.first { $0.tandem == SamplePlan.german })
    var makeUp = Session(
      tandem: made.tandem, number: 11, uid: "eleven@de.example.com",
      start: try SamplePlan.time("2027-01-14T08:00:00+01:00"),
      end: try SamplePlan.time("2027-01-14T09:30:00+01:00"), timeZone: made.timeZone, place: "office")
    makeUp.topics = ["video"]
    after.state.sessions[makeUp.id] = makeUp
    let plan = try NoticePlan.make(
      after.state, previous: before.state, wording: SamplePlan.wording, now: now)
    #expect(
      SamplePlan.lines(plan.notices) == ["p1@de.example.com invited 11 0", "p2@de.example.com invited 11 0"])
    #expect(plan.notices.allSatisfy { $0.invitation.summary.contains("11/11") })
  }

  @Test func aMoveIsARequestOfTheSameUID() throws {
    var after = before
    after.move(2, hours: 2, sequence: 1)
    let plan = try NoticePlan.make(
      after.state, previous: before.state, wording: SamplePlan.wording, now: now)
    #expect(
      SamplePlan.lines(plan.notices) == ["p1@de.example.com moved 2 1", "p2@de.example.com moved 2 1"])
    for notice in plan.notices {
      #expect(notice.method == .request)
      #expect(notice.invitation.uid == before.state.sessions[SessionID(notice.meeting)]?.uid)
      #expect(notice.invitation.attendees.count == 2)
      #expect(notice.invitation.description.contains("08:00–09:30"))
    }
    // A record that forgot to count is counted up.
    after.change(2) { $0.sequence = 0 }
    #expect(try lines(after) == ["p1@de.example.com moved 2 1", "p2@de.example.com moved 2 1"])
    after.change(2) { $0.sequence = 7 }
    #expect(try lines(after) == ["p1@de.example.com moved 2 7", "p2@de.example.com moved 2 7"])
  }

  @Test func anotherPlaceKeepsTheSequence() throws {
    var after = before
    after.change(3) { $0.place = "Kantine" }
    #expect(try lines(after) == ["p1@de.example.com reworded 3 0", "p2@de.example.com reworded 3 0"])
  }

  @Test func cancelledAndVanishedAreCalledOff() throws {
    let expected = ["p1@de.example.com cancelled 2 1", "p2@de.example.com cancelled 2 1"]
    var after = before
    after.change(2) { session in
      session.status = .cancelled
      session.sequence = 1
    }
    #expect(try lines(after) == expected)
    after.change(2) { $0.sequence = 0 }
    #expect(try lines(after) == expected)
    after.state.sessions["\(SamplePlan.german)#2"] = nil
    #expect(try lines(after) == expected)
    // Half a stream proves nothing.
    #expect(try lines(after, isWhole: false).isEmpty)
  }

  @Test func whoIsOnTheStreamButCannotBeWordedHasNotVanished() throws {
    var earlier = before
    earlier.state.people[PersonID("de:1")] = nil
    var after = before
    after.state.people[PersonID("de:1")] = nil
    after.state.people[PersonID("de:2")] = nil
    let plan = try NoticePlan.make(
      after.state, previous: before.state, wording: SamplePlan.wording, now: now)
    #expect(plan.notices.isEmpty)
    let lone = try NoticePlan.make(
      after.state, previous: earlier.state, wording: SamplePlan.wording, now: now)
    #expect(lone.notices.isEmpty)
    #expect(
      lone.problems.first?.message
        == "nobody is notified of session 2026-autumn/de:1+de:2#1: person de:1 is not on the stream")
    #expect(lone.problems.count == 3)
  }

  @Test func theEndOfATandemCallsOffWhatIsToCome() throws {
    var after = before
    after.state.tandems[SamplePlan.german]?.status = .ended
    let later = try SamplePlan.time("2026-10-20T08:00:00Z")
    #expect(
      try lines(after, now: later) == [
        "p1@de.example.com cancelled 2 1", "p1@de.example.com cancelled 3 1",
        "p2@de.example.com cancelled 2 1",
        "p2@de.example.com cancelled 3 1",
      ])
    after.state.tandems[SamplePlan.german] = nil
    for number in 1...3 { after.state.sessions["\(SamplePlan.german)#\(number)"] = nil }
    #expect(try lines(after, now: later).count == 4)
  }

  @Test func oneWhoIsUninvitedGetsACancelWithoutStatusAlone() throws {
    var after = before
    after.state.people[PersonID("de:1")]?.email = "zoe@de.example.com"
    let plan = try NoticePlan.make(
      after.state, previous: before.state, wording: SamplePlan.wording, now: now)
    #expect(
      SamplePlan.lines(plan.notices) == [
        "p1@de.example.com uninvited 1 1", "p1@de.example.com uninvited 2 1",
        "p1@de.example.com uninvited 3 1",
        "zoe@de.example.com invited 1 0", "zoe@de.example.com invited 2 0", "zoe@de.example.com invited 3 0",
      ])
    let notice = try #require(plan.notices.first)
    let text = String(
      decoding: try CalendarWriter.bytes(of: notice.invitation, method: notice.method), as: UTF8.self)
    #expect(text.contains("METHOD:CANCEL\r\n"))
    #expect(!text.contains("STATUS:"))
    #expect(text.components(of: "ATTENDEE") == 1)
    #expect(text.contains("p1@de.example.com"))
  }

  @Test func invitationsToWorkshopsGoOutToo() throws {
    func workshop(_ attendees: [String], _ hour: String) throws -> Workshop {
      Workshop(
        id: "2026-autumn/workshop", cohort: "2026-autumn", uid: "w@de.example.com",
        start: try SamplePlan.time("2026-12-10T\(hour):00:00+01:00"),
        end: try SamplePlan.time("2026-12-10T17:00:00+01:00"),
        timeZone: "Europe/Berlin", venue: "Aula", attendees: attendees.map { PersonID($0) })
    }
    var earlier = before
    earlier.state.workshops["w"] = try workshop(["de:1", "pl:1"], "13")
    var after = before
    after.state.workshops["w"] = try workshop(["de:1", "de:2"], "14")
    let plan = try NoticePlan.make(
      after.state, previous: earlier.state, wording: SamplePlan.wording, now: now)
    #expect(
      SamplePlan.lines(plan.notices) == [
        "p1@de.example.com moved 2026-autumn/workshop 1",
        "p1@pl.example.com uninvited 2026-autumn/workshop 1",
        "p2@de.example.com invited 2026-autumn/workshop 1",
      ])
    #expect(plan.notices.first?.invitation.summary.contains("Workshop") == true)
  }

  @Test func twoMeetingsOfOneUIDAreABadMistake() throws {
    var after = before
    after.change(2) { $0.uid = "2026-autumn-de-1-de-2-1@de.example.com" }
    let plan = try NoticePlan.make(after.state, wording: SamplePlan.wording, now: now)
    #expect(
      plan.problems.map(\.message) == [
        "2026-autumn/de:1+de:2#2 has the uid of 2026-autumn/de:1+de:2#1: nobody is notified of it; give each a uid of its own"
      ])
  }
}

extension String {
  fileprivate func components(of name: String) -> Int {
    split(separator: "\r\n").count { $0.hasPrefix(name) }
  }
}
