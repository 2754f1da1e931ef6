import Foundation
import Mailing
import Programme
import Regions
import TestSupport
import Testing

/// Two small tandems of the shipped configuration, and ways to change them.
struct SamplePlan {
  var state = ProgrammeState()

  static let config = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Config").path
  static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures").path

  static let wording: RegionWording = {
    let folder = ConfigurationFolder(path: config)
    let regions = (try? folder.load(["de", "pl"])) ?? []
    return RegionWording.load(regions, config: config).wording
  }()

  static func time(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

  static func person(_ id: String, _ name: String, site: String, zone: String) -> Person {
    let id = PersonID(id)
    return Person(
      id: id, region: id.region, site: site, name: name,
      email: "p\(id.employeeNumber)@\(id.region).example.com",
      role: .either, department: ["Engineering"], timeZone: zone)
  }

  /// `de:1` teaches `de:2`, `pl:1` teaches `pl:2`: three sessions each, in October, November and December 2026.
  init() throws {
    try add("de", "Zoë Çelik", "Otto \"Häns\" Meier", site: "Stuttgart", zone: "Europe/Berlin")
    try add("pl", "Łukasz Żak", "Anna Nowak", site: "Warszawa", zone: "Europe/Warsaw")
  }

  private mutating func add(_ region: String, _ mentor: String, _ mentee: String, site: String, zone: String)
    throws
  {
    let people = [
      Self.person("\(region):1", mentor, site: site, zone: zone),
      Self.person("\(region):2", mentee, site: site, zone: zone),
    ]
    for person in people { state.people[person.id] = person }
    let tandem = Tandem(
      cohort: "2026-autumn", region: region, mentor: people[0].id, mentee: people[1].id,
      score: TandemScore(total: 1, taught: 1, returned: 1, shared: 1, distance: 1), status: .active,
      topics: ["video"])
    state.tandems[tandem.id] = tandem
    for (number, month) in [(1, "10"), (2, "11"), (3, "12")] {
      let zoneOffset = number == 1 ? "+02:00" : "+01:00"
      let session = Session(
        tandem: tandem.id, number: number,
        uid: Session.uid(tandem: tandem.id, number: number, domain: "\(region).example.com"),
        start: try Self.time("2026-\(month)-14T08:00:00\(zoneOffset)"),
        end: try Self.time("2026-\(month)-14T09:30:00\(zoneOffset)"), timeZone: zone, place: "office",
        topics: ["video"])
      state.sessions[session.id] = session
    }
  }

  static let german: TandemID = "2026-autumn/de:1+de:2"

  /// Changes a German session.
  mutating func change(_ number: Int, _ body: (inout Session) -> Void) {
    let id = SessionID(tandem: Self.german, number: number)
    guard var session = state.sessions[id] else { return }
    body(&session)
    state.sessions[id] = session
  }

  mutating func move(_ number: Int, hours: Int, sequence: Int) {
    change(number) { session in
      func later(_ time: Timestamp) -> Timestamp {
        Timestamp(secondsSinceEpoch: time.secondsSinceEpoch + hours * 3600, offset: time.offset)
      }
      (session.start, session.end) = (later(session.start), later(session.end))
      session.sequence = sequence
      session.status = .planned
    }
  }

  /// `recipient kind uid-number sequence`, one a notice, in the plan's order.
  static func lines(_ notices: [Notice]) -> [String] {
    notices.map { notice in
      let number = notice.meeting.split(separator: "#").last ?? ""
      return "\(notice.recipient.email) \(notice.kind.rawValue) \(number) \(notice.invitation.sequence)"
    }
  }
}

/// A fresh folder that goes away with the test.
final class ScratchFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "mailing-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func files(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)").sorted()
  }
}
