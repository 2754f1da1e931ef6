import Basics
import Calendars
import Mailing
import Programme
import RecordStream
import Regions
import ToolSupport

/// The folder that invitations are written to, readable by its owner alone.
struct InvitationFiles {
  let path: String
  let form: MakeCommand.Form
  let wording: RegionWording

  /// - Throws: exit code 73 where the folder cannot be made.
  init(_ path: String, as form: MakeCommand.Form, wording: RegionWording) throws(ToolFailure) {
    self.path = try PrivateFolder(path).path
    self.form = form
    self.wording = wording
  }

  func write(_ bytes: [UInt8], _ name: String) throws(FileError) {
    // Files that can be made again: none waits for the disk.
    try AtomicFile.write(
      bytes, to: "\(path)/\(name).\(form == .eml ? "eml" : "ics")", synchronize: false)
  }
}

/// Makes the files and mails of a plan.
struct NoticeWriting {
  let plan: NoticePlan
  let state: ProgrammeState
  let folder: InvitationFiles?
  let outbox: Outbox?
  let stamp: Timestamp

  /// The mails first, and nobody is notified of what the outbox refuses: files and memory agree.
  ///
  /// - Returns: the notices that no calendar or mail would take (an address that is none); all others are written.
  func write() throws -> [Diagnostic] {
    var refused: [Diagnostic] = []
    var mails: [(notice: Notice, bytes: [UInt8])] = []
    var good: [Notice] = []
    for notice in plan.notices {
      do {
        let mail = try InvitationMail.bytes(
          of: notice.invitation, method: notice.method, to: notice.recipient, key: notice.key)
        mails.append((notice, mail))
        good.append(notice)
      } catch let error as MailingError {
        refused.append(Diagnostic(.error, "\(notice.meeting): \(error.message)", code: error.code))
      } catch let error as CalendarError {
        refused.append(Diagnostic(.error, "\(notice.meeting): \(error.message)", code: error.code))
      }
    }
    if let folder {
      switch folder.form {
      case .eml:
        for (notice, bytes) in mails { try folder.write(bytes, notice.fileName) }
      case .ics:
        for notice in good {
          try folder.write(
            CalendarWriter.bytes(of: notice.invitation, method: notice.method), notice.fileName)
        }
      case .bundle:
        try writeBundles(Set(good.map { $0.recipient.email.lowercased() }), to: folder)
      }
    }
    do {
      try outbox?.add(mails, baselines: plan.baselines, at: stamp)
    } catch let error as MailingError {
      throw ToolFailure(error)
    }
    return refused
  }

  private func writeBundles(_ recipients: Set<String>, to folder: InvitationFiles) throws {
    for recipient in recipients.sorted(by: { $0.precedesByBytes($1) }) {
      let groups = Dictionary(grouping: plan.calendars[recipient] ?? []) { $0.tandem?.text ?? $0.meeting }
      for (id, notices) in groups.sorted(by: { $0.key.precedesByBytes($1.key) }) {
        var title = notices.first?.invitation.summary ?? id
        if let tandem = notices.first?.tandem.flatMap({ state.tandems[$0] }),
          let mentor = state.people[tandem.mentor],
          let mentee = state.people[tandem.mentee], let composer = folder.wording[tandem.region]
        {
          title = try composer.bundle(of: tandem, sessions: notices.count, mentor: mentor, mentee: mentee)
            .name
        }
        try folder.write(
          CalendarWriter.bundle(notices.map(\.invitation), title: title),
          Notice.bundleName(recipient: recipient, group: id))
      }
    }
  }
}

/// Who gets what, for a person's eyes.
enum NoticeTable {
  static func table(_ plan: NoticePlan) -> TextTable {
    var table = TextTable(NoticePlan.headings.map { .init($0, $0 == "Seq" ? .right : .left) })
    for row in plan.rows { table.add(row) }
    return table
  }
}
