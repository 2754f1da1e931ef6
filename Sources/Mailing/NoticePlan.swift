package import Basics
package import Programme
package import Regions

/// Who must be notified of what, so that everybody knows the present state: the difference between what they know and what is.
///
/// People know what the outbox remembers, and, for what it does not know, what an earlier stream holds. So what was
/// deferred is found again in the next run, as one notice of all that has changed since.
package struct NoticePlan: Sendable {
  /// By recipient, then by time.
  package var notices: [Notice] = []
  /// Can wait, and does, since the mentee had enough notices this week.
  package var kept: [Notice] = []
  /// What those know whose news is deferred, where only the earlier stream holds it: to be remembered.
  package var baselines: [(uid: String, recipient: String, notified: NotifiedState)] = []
  /// So many meetings with invitations are not on the stream, most of all: nobody is notified, for it may
  /// be the wrong file.
  package var doubtful = 0
  /// Meetings with invitations, of cohorts or regions that are not on the stream: they are left alone.
  package var elsewhere = 0
  /// What nobody could be notified of.
  package var problems: [Diagnostic] = []
  /// The live meetings, for bundles: by address in lower case, then by start.
  package var calendars: [String: [Notice]] = [:]

  /// What cannot wait a week for the next notice: a meeting that was, or is now to be, within seven days.
  package static let week = 7 * 86_400

  /// - Parameters:
  ///   - previous: what was sent before by other means; nil: nothing was.
  ///   - notified: what the outbox remembers; nil: there is none, and no budget, which needs a memory.
  ///   - now: the stamp of all that is made. Nobody is notified of what ended before it.
  ///   - isWhole: false where part of the stream could not be read: what vanished may be in that part, and stays.
  ///   - cancelsVanished: whether what vanished is called off even where most of it did.
  ///   - retriesUnreachable: whether mail goes to addresses again from which it came back.
  ///   - wantsCalendars: whether `calendars` is asked for.
  /// - Throws: where a region has no texts.
  package static func make(
    _ current: ProgrammeState, previous: ProgrammeState? = nil, notified book: NotificationHistory? = nil,
    wording: RegionWording, now: Timestamp, isWhole: Bool = true, cancelsVanished: Bool = false,
    wantsCalendars: Bool = false, retriesUnreachable: Bool = false
  ) throws(ConfigurationError) -> NoticePlan {
    var plan = NoticePlan()
    let (meetings, problems) = current.remembering(previous ?? ProgrammeState()).meetings(wording)
    plan.problems = problems
    let earlier = previous?.meetings(wording).meetings ?? [:]
    let present = Set(current.sessions.values.map(\.uid)).union(current.workshops.values.map(\.uid))
    let planner = MeetingNotices(
      now: now, book: book, hasEarlier: previous != nil, retriesUnreachable: retriesUnreachable)
    var unreachable: [String: Int] = [:]
    for uid in Set(meetings.keys).union(earlier.keys).sorted(by: { $0.precedesByBytes($1) }) {
      let meeting = meetings[uid]
      guard let last = meeting ?? earlier[uid] else { continue }
      if wantsCalendars, let meeting, !meeting.isOff(now: now.secondsSinceEpoch) {
        for notice in try planner.calendar(of: meeting) {
          plan.calendars[notice.recipient.email.lowercased(), default: []].append(notice)
        }
      }
      // One that is on the stream but cannot be worded has not vanished.
      guard meeting != nil || isWhole && !present.contains(uid) else { continue }
      let news = try planner.news(of: meeting, earlier: earlier[uid])
      for address in news.unreachable { unreachable[address, default: 0] += 1 }
      if !news.isUrgent, let book, last.isSpent(book, now: now.secondsSinceEpoch) {
        plan.kept += news.notices
        for (recipient, notified) in news.baselines { plan.baselines.append((uid, recipient, notified)) }
      } else {
        plan.notices += news.notices
      }
    }
    if let book, isWhole {
      let vanished = VanishedMeetings(
        book, on: current, present: present.union(meetings.keys).union(earlier.keys), wording: wording,
        now: now.secondsSinceEpoch)
      plan.elsewhere = vanished.elsewhere
      if vanished.isDoubtful, !cancelsVanished {
        plan.doubtful = vanished.meetings.count
      } else {
        for meeting in vanished.meetings {
          plan.notices += try planner.news(of: nil, earlier: meeting).notices
        }
      }
    }
    for (address, meetings) in unreachable.sorted(by: { $0.key.precedesByBytes($1.key) }) {
      let reason = book?.unreachable[address].map { $0.isEmpty ? "" : " (\($0))" } ?? ""
      plan.problems.append(
        Diagnostic(
          .warning,
          "mail to '\(address)' comes back\(reason): they are not invited to \(counted(meetings, "meeting")); correct the "
            + "address, or try again with --retry-undelivered", code: "unreachable"))
    }
    plan.sort()
    return plan
  }

  private mutating func sort() {
    func order(_ a: Notice, _ b: Notice) -> Bool {
      let (left, right) = (a.recipient.email.lowercased(), b.recipient.email.lowercased())
      if left != right { return left.precedesByBytes(right) }
      if a.invitation.start != b.invitation.start { return a.invitation.start < b.invitation.start }
      return a.key.precedesByBytes(b.key)
    }
    notices.sort(by: order)
    kept.sort(by: order)
    for key in calendars.keys { calendars[key]?.sort(by: order) }
    baselines.sort { ($0.uid, $0.recipient) < ($1.uid, $1.recipient) }
  }
}

extension Meeting {
  /// Whether the mentee had all the notices that the region allows for a week; what went out at once is one notice. A run
  /// that is repeated at the same time is still the same notice.
  fileprivate func isSpent(_ book: NotificationHistory, now: Int) -> Bool {
    guard let mentee else { return false }
    let others = (book.occasions[mentee] ?? []).filter { $0 != now && $0 > now - NoticePlan.week }
    return others.count >= composer.region.attention.noticesPerWeek
  }
}
