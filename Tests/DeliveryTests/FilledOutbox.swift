import Calendars
import Foundation
import Programme
import TestSupport
import Testing

@testable import Mailing

/// An outbox with four new mails, in a fresh folder that goes away with the test.
final class FilledOutbox: Sendable {
  let path: String
  /// Of the mails, in order: three to `p1@de.example.com`, one to `p1@pl.example.com`.
  let names: [String]

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "delivery-\(UUID().uuidString)").path
    let now = try #require(Timestamp(rfc3339: "2026-10-01T08:00:00Z"))
    let mails = try [("de", 1), ("de", 2), ("de", 3), ("pl", 1)].map { region, number in
      let notice = try Self.notice(region, number, at: now)
      let bytes = try InvitationMail.bytes(
        of: notice.invitation, method: notice.method, to: notice.recipient, key: notice.key)
      return (notice: notice, bytes: bytes)
    }
    try Outbox(path).add(mails, at: now)
    names = try FileManager.default.contentsOfDirectory(atPath: "\(path)/new").sorted()
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func files(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)").sorted()
  }

  private static func notice(_ region: String, _ number: Int, at now: Timestamp) throws -> Notice {
    let recipient = Invitation.Party(name: "One", email: "p1@\(region).example.com")
    let start = Timestamp(secondsSinceEpoch: now.secondsSinceEpoch + number * 86_400, offset: 0)
    let invitation = Invitation(
      uid: "2026-autumn-\(number)@\(region).example.com", sequence: 0, stamp: now, start: start,
      end: Timestamp(secondsSinceEpoch: start.secondsSinceEpoch + 5_400, offset: 0),
      timeZone: "Europe/Berlin",
      organizer: Invitation.Party(name: "Tandem", email: "tandem@\(region).example.com"),
      attendees: [recipient], summary: "Session \(number)", description: "Welcome.", location: "office",
      language: "en")
    return Notice(
      kind: .invited, recipient: recipient, invitation: invitation, meeting: "2026-autumn/1+2#\(number)",
      tandem: "2026-autumn/1+2", place: "office", topics: ["video"])
  }
}
