import Basics
import Programme
import Regions

/// The news of one meeting: for each of those who were notified of it and those who attend it now.
struct MeetingNotices {
  var now: Timestamp
  /// nil: there is not an outbox.
  var book: NotificationHistory?
  /// An earlier stream was given.
  var hasEarlier: Bool
  /// Whether mail goes to addresses again from which it came back.
  var retriesUnreachable = false

  struct News {
    var notices: [Notice] = []
    /// By recipient: what they know, where the book does not say it yet.
    var baselines: [(recipient: String, notified: NotifiedState)] = []
    var isUrgent = false
    /// Those who should be notified, and from whose address mail comes back.
    var unreachable: [String] = []
  }

  /// - Parameters:
  ///   - meeting: as it is now; nil: it vanished.
  ///   - earlier: as the earlier stream has it.
  func news(of meeting: Meeting?, earlier: Meeting?) throws(ConfigurationError) -> News {
    guard let last = meeting ?? earlier else { return News() }
    var news = News()
    var notified = book?.states[last.uid] ?? [:]
    if let earlier, !earlier.isOff(now: .min) {
      for notice in try calendar(of: earlier) {
        let recipient = notice.recipient.email.lowercased()
        guard notified[recipient] == nil else { continue }
        notified[recipient] = notice.notified
        news.baselines.append((recipient, notice.notified))
      }
    }
    let on = notified.filter { $0.value.isOn }
    let ends = on.values.map(\.end.secondsSinceEpoch) + (meeting.map { [$0.end.secondsSinceEpoch] } ?? [])
    guard let latest = ends.max(), latest > now.secondsSinceEpoch, !last.isRecorded else { return News() }
    if let meeting, !meeting.isOff(now: now.secondsSinceEpoch) {
      news.notices = try changes(of: meeting, notified: notified)
      if let book, !retriesUnreachable {
        news.unreachable = news.notices.map { $0.recipient.email.lowercased() }.filter {
          book.unreachable[$0] != nil
        }
        news.notices.removeAll { book.unreachable[$0.recipient.email.lowercased()] != nil }
      }
    } else {
      let isUnrecorded = book == nil && !hasEarlier
      news.notices = try cancellations(of: last, on: on, isUnrecorded: isUnrecorded)
    }
    // A meeting that vanished leaves nothing on the stream from which a later run could call it off.
    news.isUrgent =
      meeting == nil
      || news.notices.contains { notice in
        let starts = [notice.invitation.start, notified[notice.recipient.email.lowercased()]?.start]
          .compactMap(\.self)
        return starts.contains {
          (now.secondsSinceEpoch..<now.secondsSinceEpoch + NoticePlan.week).contains($0.secondsSinceEpoch)
        }
      }
    return news
  }

  /// What a calendar of each attendee shows of a meeting that is on.
  func calendar(of meeting: Meeting) throws(ConfigurationError) -> [Notice] {
    let invitation = try meeting.invitation(isCancelled: false, stamp: now)
    return invitation.attendees.map { notice(.invited, to: $0, invitation, of: meeting) }
  }

  private func changes(of meeting: Meeting, notified: [String: NotifiedState]) throws(ConfigurationError)
    -> [Notice]
  {
    let plain = try meeting.invitation(isCancelled: false, stamp: now)
    var wanted: [(kind: Notice.Kind, party: Invitation.Party, from: Timestamp?)] = []
    var sequence = meeting.sequence
    var attending: Set<String> = []
    for party in plain.attendees {
      let recipient = party.email.lowercased()
      attending.insert(recipient)
      guard let state = notified[recipient], state.isOn else {
        wanted.append((.invited, party, nil))
        if let state = notified[recipient] { sequence = max(sequence, state.sequence + 1) }
        continue
      }
      if state.start.secondsSinceEpoch != meeting.start.secondsSinceEpoch
        || state.end.secondsSinceEpoch != meeting.end.secondsSinceEpoch
      {
        wanted.append((.moved, party, state.start))
        sequence = max(sequence, state.sequence + 1)
      } else if state.place != meeting.place || state.topics != meeting.topics
        || state.timeZone != plain.timeZone
      {
        wanted.append((.reworded, party, nil))
        sequence = max(sequence, state.sequence)
      }
    }
    var notices: [Notice] = []
    for (kind, party, from) in wanted {
      var invitation = plain
      if from != nil { invitation = try meeting.invitation(isCancelled: false, movedFrom: from, stamp: now) }
      invitation.sequence = sequence
      notices.append(notice(kind, to: party, invitation, of: meeting))
    }
    for (recipient, state) in notified where state.isOn && !attending.contains(recipient) {
      var invitation = try meeting.invitation(isCancelled: true, stamp: now)
      let party = Invitation.Party(name: state.name, email: recipient)
      invitation.attendees = [party]
      invitation.sequence = max(meeting.sequence, state.sequence + 1)
      // The meeting as this person knows it.
      (invitation.start, invitation.end) = (state.start, state.end)
      notices.append(notice(.uninvited, to: party, invitation, of: meeting))
    }
    return notices
  }

  private func cancellations(
    of meeting: Meeting, on: [String: NotifiedState], isUnrecorded: Bool
  ) throws(ConfigurationError) -> [Notice] {
    var invitation = try meeting.invitation(isCancelled: true, stamp: now)
    let attending = invitation.attendees.keyed { $0.email.lowercased() }
    if isUnrecorded {
      // Nobody knows who knows of it: all who would attend are notified, with a sequence that counts up.
      invitation.sequence = max(1, meeting.sequence)
    } else {
      invitation.sequence = max(meeting.sequence, (on.values.map(\.sequence).max() ?? -1) + 1)
      invitation.attendees = on.sorted { $0.key.precedesByBytes($1.key) }.map { recipient, state in
        attending[recipient] ?? Invitation.Party(name: state.name, email: recipient)
      }
    }
    return invitation.attendees.map { notice(.cancelled, to: $0, invitation, of: meeting) }
  }

  private func notice(
    _ kind: Notice.Kind, to recipient: Invitation.Party, _ invitation: Invitation, of meeting: Meeting
  ) -> Notice {
    Notice(
      kind: kind, recipient: recipient, invitation: invitation, meeting: meeting.id, tandem: meeting.tandem,
      place: meeting.place, topics: meeting.topics)
  }
}
