import Basics
import Calendars
import Programme

extension NoticePlan {
  package static let headings = ["To", "News", "When", "Method", "Seq", "What"]

  /// Who gets what, and then what is deferred, under `headings`.
  package var rows: [[String]] {
    [(notices, false), (kept, true)].flatMap { notices, isKept in
      notices.map { notice in
        [
          notice.recipient.email, isKept ? "\(notice.kind.rawValue) (deferred)" : notice.kind.rawValue,
          notice.invitation.start.clockText,
          notice.method.name,
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
        ? "nobody to notify"
        : "\(counted(notices.count, "notice")) to \(counted(people, "person", "people")): "
          + parts.joined(separator: ", ")
    ]
    if !kept.isEmpty {
      let count = Set(kept.map { $0.recipient.email.lowercased() }).count
      lines.append(
        "\(counted(kept.count, "notice")) to \(counted(count, "person", "people")) "
          + "\(kept.count == 1 ? "is" : "are") deferred: the mentee had this week's notices; run again after the week"
      )
    }
    if elsewhere > 0 {
      lines.append(
        "\(counted(elsewhere, "meeting")) of other cohorts or regions, which the outbox knows, "
          + "\(elsewhere == 1 ? "is" : "are") left alone")
    }
    return lines
  }
}

extension NoticePlan {
  /// What to ask before most meetings with invitations are cancelled; nil where nothing is in doubt.
  package var doubt: String? {
    guard doubtful > 0 else { return nil }
    return
      "\(counted(doubtful, "session with invitations is", "sessions with invitations are")) not on the stream; is it "
      + "the right file? `tandem-invite make --cancel-vanished` cancels \(doubtful == 1 ? "it" : "them")"
  }
}
