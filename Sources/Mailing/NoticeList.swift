import Calendars
import Programme

extension NoticePlan {
  package static let headings = ["To", "News", "When", "Method", "Seq", "What"]

  /// Who gets what, and then what is kept back, under `headings`.
  package var rows: [[String]] {
    [(notices, false), (kept, true)].flatMap { notices, isKept in
      notices.map { notice in
        [
          notice.recipient.email, isKept ? "\(notice.kind.rawValue) (kept back)" : notice.kind.rawValue,
          notice.invitation.start.clockText,
          notice.method == .request ? "REQUEST" : "CANCEL",
          String(notice.invitation.sequence), notice.invitation.summary,
        ]
      }
    }
  }

  /// The counts, a line each.
  package var summary: [String] {
    let parts = Notice.Kind.allCases.compactMap { kind in
      let count = notices.count { $0.kind == kind }
      return count > 0 ? "\(count) \(kind.rawValue)" : nil
    }
    let people = Set(notices.map { $0.recipient.email.lowercased() }).count
    var lines = [
      notices.isEmpty
        ? "nothing to tell"
        : "\(notices.count) notices to \(people) people: \(parts.joined(separator: ", "))"
    ]
    if !kept.isEmpty {
      let count = Set(kept.map { $0.recipient.email.lowercased() }).count
      lines.append(
        "\(kept.count) notices to \(count) people are kept back: the mentee had this week's notices; run again "
          + "after the week")
    }
    if elsewhere > 0 {
      lines.append(
        "\(elsewhere) \(elsewhere == 1 ? "meeting" : "meetings") of other cohorts or regions, which the outbox knows, "
          + "\(elsewhere == 1 ? "is" : "are") left alone")
    }
    return lines
  }
}

extension NoticePlan {
  /// What to ask before most of what was told is called off; nil where nothing is in doubt.
  package var doubt: String? {
    guard doubtful > 0 else { return nil }
    return
      "\(doubtful) \(doubtful == 1 ? "session that was told is" : "sessions that were told are") not on the stream; is it "
      + "the right file? `tandem-invite make --cancel-vanished` cancels them"
  }
}
