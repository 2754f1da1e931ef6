import Basics
package import Calendars
package import Programme

/// One piece of news for one recipient: made into a mail or a calendar file.
package struct Notice: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Was not notified of the meeting before, or only of its cancellation.
    case invited
    /// Another time.
    case moved
    /// Another place or other topics, at the same time: SEQUENCE stays.
    case reworded
    /// The meeting is off.
    case cancelled
    /// The meeting goes on without this recipient.
    case uninvited
  }

  package var kind: Kind
  package var recipient: Invitation.Party
  /// With the sequence that it is sent with; of one who is uninvited, the only attendee.
  package var invitation: Invitation
  /// The session or workshop.
  package var meeting: String
  /// nil for a workshop.
  package var tandem: TandemID?
  /// The meeting's place and topics as the records name them.
  package var place: String
  package var topics: [String]

  package var method: CalendarWriter.Method {
    switch kind {
    case .invited, .moved, .reworded: .request
    case .cancelled: .cancel
    case .uninvited: .uninvite
    }
  }

  /// What the recipient knows once this has arrived.
  package var notified: NotifiedState {
    NotifiedState(
      name: recipient.name, isOn: method == .request, sequence: invitation.sequence, start: invitation.start,
      end: invitation.end, timeZone: invitation.timeZone, place: place, topics: topics)
  }

  /// Sixteen hexadecimal digits of the news and its recipient (of uid, recipient, sequence, kind, times, place and
  /// topics). Neither the wording nor the time of writing is in it: the same news made again has the same key.
  package var key: String {
    Fingerprint.of(
      [
        invitation.uid, recipient.email.lowercased(), String(invitation.sequence),
        kind == .uninvited ? "uninvite" : method == .cancel ? "cancel" : "request",
        invitation.start.description, invitation.end.description, invitation.timeZone, place,
      ] + topics)
  }

  /// A file name that no record can choose a folder with: recipient, uid, sequence, method and key, of letters, digits, `-`
  /// and `_` alone.
  package var fileName: String {
    let word = kind == .uninvited ? "uninvite" : method == .cancel ? "cancel" : "request"
    return
      "\(Notice.safe(recipient.email, 60))_\(Notice.safe(invitation.uid, 90))_\(invitation.sequence)_\(word)_\(key)"
  }

  /// The same for a file with all the sessions of a tandem.
  package static func bundleName(recipient: String, group: String) -> String {
    "\(safe(recipient, 60))_\(safe(group, 90))_all_\(Fingerprint.of([recipient, group]))"
  }

  static func safe(_ text: String, _ longest: Int) -> String {
    let bytes = text.utf8.prefix(longest).map { $0.isASCIILetterOrDigit ? $0 : 0x2D }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// What a recipient was last notified of about a meeting.
package struct NotifiedState: Hashable, Sendable {
  package var name: String
  /// Invited; false: cancelled or uninvited.
  package var isOn: Bool
  package var sequence: Int
  package var start: Timestamp
  package var end: Timestamp
  package var timeZone: String
  package var place: String
  package var topics: [String]
}

/// Which meeting a mail was about, and whom it went to.
struct NoticeName: Hashable, Sendable {
  var uid: String
  /// In lower case.
  var recipient: String
}

/// Who was notified of what about which meeting, and when: the outbox remembers it, an earlier stream implies it.
package struct NotificationHistory: Hashable, Sendable {
  /// By uid, then by address in lower case.
  package var states: [String: [String: NotifiedState]] = [:]
  /// When a person got notices, by address in lower case: seconds since the epoch, one for all that went out at once.
  package var occasions: [String: Set<Int>] = [:]
  /// Addresses in lower case from which mail comes back, and why: whoever has one of them is not invited.
  package var unreachable: [String: String] = [:]
  /// What each mail was about, by its key, which its Message-ID begins with.
  var notices: [String: NoticeName] = [:]
  /// When each was last notified, by uid and address: seconds since the epoch.
  var moments: [String: [String: Int]] = [:]

  package init() {}
}
