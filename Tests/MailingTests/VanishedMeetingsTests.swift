import Calendars
import Foundation
import Programme
import TestSupport
import Testing

@testable import Mailing

/// What the outbox notified people of and the stream no longer has (RFC 5546, section 3.2.5: CANCEL frees the attendees).
@Suite struct VanishedMeetingsTests {
  private let sample: SamplePlan
  private var book = NotificationHistory()

  init() throws {
    sample = try SamplePlan()
    let now = try SamplePlan.time("2026-10-01T08:00:00Z")
    let plan = try NoticePlan.make(
      sample.state, notified: NotificationHistory(), wording: SamplePlan.wording, now: now)
    #expect(plan.notices.count == 12)
    for notice in plan.notices { book.add(JournalEntry(notice, file: nil, at: now)) }
  }

  private func plan(
    without gone: [Int], at time: String = "2026-10-02T08:00:00Z", cancels: Bool = false,
    isWhole: Bool = true,
    _ change: (inout ProgrammeState) -> Void = { _ in }
  ) throws -> NoticePlan {
    var state = sample.state
    for number in gone { state.sessions[SessionID(tandem: SamplePlan.german, number: number)] = nil }
    change(&state)
    return try NoticePlan.make(
      state, notified: book, wording: SamplePlan.wording, now: try SamplePlan.time(time), isWhole: isWhole,
      cancelsVanished: cancels)
  }

  @Test func whatVanishedIsCancelledWithoutAnEarlierStream() throws {
    let made = try plan(without: [2])
    #expect(
      SamplePlan.lines(made.notices) == [
        "p1@de.example.com cancelled 2 1", "p2@de.example.com cancelled 2 1",
      ])
    #expect(made.notices.allSatisfy { $0.method == .cancel && $0.invitation.attendees.count == 2 })
    #expect(made.doubt == nil)
  }

  /// Whatever an earlier stream holds: the session, or no more of it than the present one.
  @Test(arguments: [[], [2]]) func whatVanishedIsCancelledWithAnEarlierStream(_ gone: [Int]) throws {
    var now = sample.state
    now.sessions[SessionID(tandem: SamplePlan.german, number: 2)] = nil
    var earlier = sample.state
    for number in gone { earlier.sessions[SessionID(tandem: SamplePlan.german, number: number)] = nil }
    let made = try NoticePlan.make(
      now, previous: earlier, notified: book, wording: SamplePlan.wording,
      now: try SamplePlan.time("2026-10-02T08:00:00Z"))
    #expect(
      SamplePlan.lines(made.notices) == [
        "p1@de.example.com cancelled 2 1", "p2@de.example.com cancelled 2 1",
      ])
  }

  /// The people may be gone from the stream, too.
  @Test func thosePeopleAreFreedWhoLeft() throws {
    let made = try plan(without: [2]) { $0.people[PersonID("de:2")] = nil }
    let cancelled = made.notices.filter { $0.kind == .cancelled }
    #expect(cancelled.map(\.recipient.email) == ["p1@de.example.com", "p2@de.example.com"])
    #expect(cancelled.map(\.recipient.name) == ["Zoë Çelik", "Otto \"Häns\" Meier"])
  }

  @Test func whereMostVanishedTheFileIsInDoubt() throws {
    let doubtful = try plan(without: [2, 3])
    #expect(doubtful.notices == [])
    #expect(
      doubtful.doubt
        == "2 sessions with invitations are not on the stream; is it the right file? `tandem-invite make --cancel-vanished` "
        + "cancels them")
    #expect(try plan(without: [2, 3], cancels: true).notices.count == 4)
  }

  @Test func whatIsOverOrUnreadableIsNotCancelled() throws {
    #expect(try plan(without: [1], at: "2026-10-20T08:00:00Z").notices == [])
    #expect(try plan(without: [2], isWhole: false).notices == [])
  }

  /// One outbox serves several cohorts and regions: a stream says nothing of those that it does not speak of.
  @Test func othersAreLeftAlone() throws {
    let region = try plan(without: [1, 2, 3])
    #expect(region.notices == [])
    #expect(region.doubt == nil)
    #expect(region.elsewhere == 3)
    #expect(
      region.summary.last == "3 meetings of other cohorts or regions, which the outbox knows, are left alone")
  }
}
