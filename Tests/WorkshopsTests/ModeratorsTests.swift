import Programme
import Testing

@testable import Workshops

@Suite struct ModeratorsTests {
  private let morning = MinuteInterval(start: 0, end: 180)
  private let afternoon = MinuteInterval(start: 300, end: 480)
  private func ids(_ names: String...) -> [PersonID] { names.map { PersonID($0) } }

  @Test func nobodyModeratesTwoGroupsAtOnce() {
    let groups = [
      Moderators.Group(interval: morning, members: []), .init(interval: morning, members: []),
      .init(interval: afternoon, members: []),
    ]
    let chosen = Moderators.assign(
      groups, candidates: ids("a"), kept: [nil, nil, nil], isFree: { _, _ in true })
    #expect(chosen == [PersonID("a"), nil, PersonID("a")])
  }

  @Test func aMemberModeratesTheirOwnGroupAndTheBusyNone() {
    let groups = [
      Moderators.Group(interval: morning, members: []), .init(interval: morning, members: Set(ids("a"))),
    ]
    let chosen = Moderators.assign(
      groups, candidates: ids("a", "b", "c"), kept: [nil, nil], isFree: { person, _ in person.text != "b" })
    #expect(chosen == ids("c", "a"))
  }

  @Test func whoModeratedStays() {
    let groups = [Moderators.Group(interval: morning, members: [])]
    let chosen = Moderators.assign(
      groups, candidates: ids("a", "b"), kept: ids("b"), isFree: { _, _ in true })
    #expect(chosen == ids("b"))
  }
}
