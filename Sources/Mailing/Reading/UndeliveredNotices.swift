package import Basics
package import Programme
package import Regions

/// What delivery reports say of the notices of a programme: who does not know of which meeting.
package struct UndeliveredNotices: Sendable {
  package private(set) var records: [Undelivered] = []
  package private(set) var diagnostics: [Diagnostic] = []

  /// - Parameters:
  ///   - history: what the outbox remembers: it knows a mail by its Message-ID, where the report returns no calendar.
  /// - Throws: where a region has no texts.
  package init(
    _ reports: [(report: DeliveryReport, file: String)], of state: ProgrammeState,
    history: NotificationHistory?, wording: RegionWording
  ) throws(ConfigurationError) {
    guard !reports.isEmpty else { return }
    let meetings = state.meetings(wording).meetings
    var people: [String: PersonID] = [:]
    for person in state.people.values.sorted(by: { $0.id < $1.id }) {
      for address in [person.email] + person.aliases { people[address.lowercased()] = person.id }
    }
    for (report, file) in reports {
      // Our Message-ID begins with the key of the notice.
      let notices = report.messageIDs.compactMap { id in
        history?.notices[String(id.prefix { $0 != "@" })]
      }
      var uids = report.uids.filter { meetings[$0] != nil || history?.states[$0] != nil }
      for notice in notices where !uids.contains(notice.uid) { uids.append(notice.uid) }
      var invited: Set<String> = []
      for meeting in uids.compactMap({ meetings[$0] }) {
        for party in try meeting.invitation(isCancelled: false, stamp: meeting.start).attendees {
          invited.insert(party.email.lowercased())
        }
      }
      for recipient in report.recipients {
        let address =
          recipient.addresses.first { invited.contains($0) || people[$0] != nil }
          ?? (report.recipients.count == 1 ? notices.first?.recipient : nil)
        guard let address else {
          warn(
            "mail to '\(recipient.addresses.joined(separator: "', '"))' was not delivered, and the address is nobody's on the stream",
            file)
          continue
        }
        for uid in uids.isEmpty ? [nil] : uids.map(Optional.some) {
          var record = Undelivered(address: address, isPermanent: recipient.isPermanent)
          record.person = people[address]
          record.uid = uid
          switch uid.flatMap({ meetings[$0] })?.subject {
          case .session(let session, _, _, _)?: (record.session, record.tandem) = (session.id, session.tandem)
          case .workshop(let workshop, _)?: record.workshop = workshop.id
          case nil: break
          }
          if !recipient.status.isEmpty { record.status = recipient.status }
          if !recipient.reason.isEmpty { record.reason = recipient.reason }
          record.stamp = report.stamp.map { Timestamp(secondsSinceEpoch: $0, offset: 0) }
          record.file = file
          records.append(record)
          let what =
            record.session.map { " for session \($0)" } ?? record.workshop.map { " for workshop \($0)" } ?? ""
          let why = [record.status, record.reason].compactMap(\.self).joined(separator: " ")
          warn(
            "the invitation to \(address)\(what) was not delivered\(why.isEmpty ? "" : " (\(why))"); "
              + (recipient.isPermanent ? "correct the address" : "`tandem-invite make` sends it again"),
            file)
        }
      }
      if report.recipients.isEmpty {
        warn("a mail was not delivered, and the report does not say to whom: read it yourself", file)
      }
    }
  }

  private mutating func warn(_ message: String, _ file: String) {
    diagnostics.append(Diagnostic(.warning, message, file: file, code: "undelivered"))
  }
}
