package import Basics
package import Calendars
package import Programme
package import Regions

/// A meeting as it appears in the office's calendar on a server.
package struct PublishedEvent: Hashable, Sendable {
  package var uid: String
  package var start: Timestamp
  package var summary: String
  /// Region and cohort: whose events a run answers for.
  package var source: String
  /// Of what people see of it.
  package var digest: String
  package var bytes: [UInt8]

  /// - Throws: `CalendarError` where no calendar would take it.
  init(_ invitation: Invitation, source: String) throws(CalendarError) {
    uid = invitation.uid
    start = invitation.start
    summary = invitation.summary
    self.source = source
    // What a server gives back has gone through a reader: so the digest is of what is read, not of what was meant.
    let draft = try CalendarWriter.stored(invitation, mark: CalendarMark(source: source, digest: ""))
    digest = CalendarFile.read(draft, depth: .texts).storedEvent.map(PublishedEvent.digest) ?? ""
    bytes = try CalendarWriter.stored(invitation, mark: CalendarMark(source: source, digest: digest))
  }

  /// A name that the server never saw before, unless this event was put there.
  package var fileName: String { "\(Notice.safe(uid, 90))-\(Fingerprint.of([uid])).ics" }

  /// Blanks at the ends of a text, which servers take away, do not count.
  package static func digest(of event: StoredEvent) -> String {
    func plain(_ text: String) -> String {
      var text = Substring(text)
      while text.last?.isWhitespace == true { text.removeLast() }
      while text.first?.isWhitespace == true { text.removeFirst() }
      return String(text)
    }
    return Fingerprint.of([
      event.uid, String(event.start), String(event.end), plain(event.summary), plain(event.details),
      plain(event.location), event.isPlain ? "plain" : "changed",
    ])
  }
}

/// All that belongs in the calendar, by the stream.
package struct PublishedProgramme: Sendable {
  /// By UID.
  package private(set) var events: [String: PublishedEvent] = [:]
  /// What goes into no calendar, and why.
  package private(set) var problems: [Diagnostic] = []
  /// The regions and cohorts on the stream.
  package private(set) var sources: Set<String> = []
  /// UIDs on the stream.
  package private(set) var known: Set<String> = []
  /// Those that are not cancelled, whether they can be worded or not.
  package private(set) var standing: Set<String> = []
  /// Whether the stream has meetings at all.
  package private(set) var hasMeetings = false

  /// - Parameters:
  ///   - now: the stamp of all that is made.
  /// - Throws: where a region has no texts.
  package init(_ state: ProgrammeState, wording: RegionWording, now: Timestamp) throws(ConfigurationError) {
    let (meetings, problems) = state.meetings(wording)
    self.problems = problems
    hasMeetings = !state.sessions.isEmpty || !state.workshops.isEmpty
    for tandem in state.tandems.values where wording[tandem.region] != nil {
      sources.insert("\(tandem.region)/\(tandem.cohort)")
    }
    known = Set(state.sessions.values.map(\.uid)).union(state.workshops.values.map(\.uid))
    standing = known
    for (uid, meeting) in meetings.sorted(by: { $0.key.precedesByBytes($1.key) }) {
      sources.insert(meeting.source)
      if meeting.isOff(now: now.secondsSinceEpoch) {
        standing.remove(uid)
        continue
      }
      do {
        events[uid] = try PublishedEvent(
          try meeting.invitation(isCancelled: false, stamp: now), source: meeting.source)
      } catch let error as CalendarError {
        self.problems.append(Diagnostic(.error, "\(meeting.id): \(error.message)", code: error.code))
      } catch let error as ConfigurationError {
        throw error
      } catch {
        self.problems.append(Diagnostic(.error, "\(meeting.id): \(error)", code: "bad-invitation"))
      }
    }
  }
}

extension Meeting {
  fileprivate var source: String {
    switch subject {
    case .session(_, let tandem, _, _): "\(tandem.region)/\(tandem.cohort)"
    case .workshop(let workshop, _): "\(composer.region.id)/\(workshop.cohort)"
    }
  }
}
