import ArgumentParser
import Basics
import Foundation
import Mailing
import Programme
import RecordStream
import Regions
import Store
import ToolSupport

struct StatusCommand: ProgrammeCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show what needs doing today, most urgent first, each with its command.")
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func run(_ programme: OpenProgramme) throws -> ToolStatus {
    try OutboxJournal(programme).synchronize()
    let status = try ProgrammeStatus(programme, region: region(of: programme))
    try programme.console.output.write(status.text)
    return .done
  }

  /// The first region at work, for the dates of the cohort; nil where it cannot be read: `status` shows what it knows without it.
  private func region(of programme: OpenProgramme) -> Region? {
    let settings = programme.folder.settings
    var own = shared
    own.config = shared.config ?? programme.console.environment["TANDEM_CONFIG"] ?? settings.configuration
    let (regions, diagnostics) = own.configuration(on: programme.console).read(
      [settings.regions[0]], readsForms: false)
    for diagnostic in diagnostics { programme.console.report(diagnostic) }
    return regions.first?.region
  }
}

/// What needs doing today.
struct ProgrammeStatus {
  private struct Task {
    var text: String
    var command: String?
  }

  private let programme: OpenProgramme
  private let cohort: Cohort?
  /// Sessions that the programme asks for.
  private let wanted: Int?
  private let keepDays: Int?
  /// By name, in the order in which they are held.
  private let surveys: [String]
  private var counts: [String: [String: Int]] = [:]
  private var tasks: [Task] = []

  init(_ programme: OpenProgramme, region: Region?) throws {
    self.programme = programme
    cohort = region?.cohort(programme.folder.settings.cohort)
    wanted = region?.frame.sessions
    keepDays = region?.privacy.keepDays
    surveys = region?.surveys.map(\.name) ?? []
    for count in try programme.store.counts() {
      counts[count.kind, default: [:]][count.status ?? "", default: 0] += count.count
    }
    // In the order of urgency.
    try addUnrecorded()
    try addReplies()
    try addDeclined()
    try addBounces()
    try addNotices()
    try addSteps()
    try addRejects()
    try addWorkshop()
    try addCalendars()
    try addSurveys()
    addEnd()
  }

  private func number(_ kind: Record.Kind, _ statuses: String...) -> Int {
    let own = counts[kind.rawValue] ?? [:]
    return statuses.isEmpty ? own.values.reduce(0, +) : statuses.reduce(0) { $0 + own[$1, default: 0] }
  }

  private mutating func add(_ text: String, _ command: String? = nil) {
    tasks.append(Task(text: text, command: command))
  }

  private mutating func addReplies() throws {
    let unread = try RepliesInbox(programme).unread().count
    if unread > 0 { add("\(counted(unread, "answer")) to invitations not read yet", "tandem invite replies") }
    let unconfirmed = try programme.store.matching(
      kind: Record.Kind.reply.rawValue, text: "\"answer\":\"unconfirmed\"")
    if unconfirmed > 0 {
      add(
        "\(counted(unconfirmed, "answer")) of which it is not sure who gave it", "tandem export --kind reply")
    }
  }

  /// Sessions to come that somebody declined as they are: the next plan moves them.
  private mutating func addDeclined() throws {
    var latest: [String: SessionReply] = [:]
    try programme.store.forEachRecord(kinds: [Record.Kind.reply.rawValue]) { key, line in
      guard case .reply(let reply)? = try Record(stored: line, of: key), let session = reply.session,
        reply.answer != .undecided, reply.answer != .unconfirmed
      else { return }
      let name = "\(session) \(reply.person?.text ?? "")"
      if let known = latest[name], known.secondsSinceEpoch > reply.secondsSinceEpoch { return }
      latest[name] = reply
    }
    var declined: [SessionID: Int] = [:]
    for reply in latest.values where reply.answer == .declined {
      if let session = reply.session { declined[session] = max(declined[session] ?? 0, reply.sequence) }
    }
    guard !declined.isEmpty else { return }
    var number = 0
    try programme.store.forEachRecord(kinds: [Record.Kind.session.rawValue]) { key, line in
      guard case .session(let session)? = try Record(stored: line, of: key), session.status == .planned,
        session.start > programme.now, let sequence = declined[session.id], session.sequence <= sequence
      else { return }
      number += 1
    }
    if number > 0 { add("\(counted(number, "session was", "sessions were")) declined", "tandem schedule") }
  }

  private mutating func addBounces() throws {
    let outbox = programme.folder.path(of: .outbox)
    func mails(_ folder: Outbox.Folder) throws -> Int {
      try FolderListing.namesIfPresent(in: FolderListing.path(outbox, folder.rawValue)).count {
        $0.hasSuffix(".eml")
      }
    }
    let failed = try mails(.failed)
    if failed > 0 {
      add(
        "\(counted(failed, "mail was", "mails were")) refused: correct the address, and import it again",
        "ls \(FolderListing.path(outbox, Outbox.Folder.failed.rawValue))")
    }
    try addUnreachable(outbox)
    let uncertain = try mails(.sending)
    if uncertain > 0 {
      add(
        "\(counted(uncertain, "mail")) may have been sent or not: the connection broke",
        "tandem invite send --again --smtp HOST:PORT")
    }
    let waiting = try mails(.new)
    if waiting > 0 {
      add("\(counted(waiting, "mail waits", "mails wait")) to be sent", "tandem invite send --smtp HOST:PORT")
    }
  }

  /// Those whose invitations came back: they count as not invited.
  private mutating func addUnreachable(_ outbox: String) throws {
    let book: NotificationHistory
    do throws(MailingError) {
      book = try Outbox.peek(outbox)
    } catch {
      return
    }
    guard !book.unreachable.isEmpty else { return }
    var names: [String] = []
    try programme.store.forEachRecord(kinds: [Record.Kind.person.rawValue]) { key, line in
      guard case .person(let person)? = try Record(stored: line, of: key),
        let reason = book.unreachable[person.email.lowercased()]
      else { return }
      names.append("\(person.name) <\(person.email)>\(reason.isEmpty ? "" : " (\(reason))")")
    }
    guard !names.isEmpty else { return }
    add(
      "\(counted(names.count, "person is", "people are")) not invited, because mail to them comes back: "
        + names.sorted { $0.precedesByBytes($1) }.joined(separator: ", "),
      "correct the address and import it again, then tandem invite")
  }

  private mutating func addUnrecorded() throws {
    var number = 0
    var first: Session?
    try programme.store.over(
      Record.Kind.session.rawValue, status: Session.Status.planned.rawValue, at: programme.now
    ) { key, line in
      number += 1
      if first == nil, case .session(let session)? = try Record(stored: line, of: key) { first = session }
    }
    guard number > 0 else { return }
    let since = first.map { " since \($0.start.date)" } ?? ""
    add(
      "\(counted(number, "past session"))\(since) not recorded: did \(number == 1 ? "it" : "they") take place?",
      "tandem held --due, then tandem missed PAIR DATE for those that did not")
  }

  private mutating func addNotices() throws {
    guard number(.session) > 0 else { return }
    let told = try programme.store.lastID(of: "notice") != nil
    guard told else {
      add("nobody is invited yet", "tandem invite")
      return
    }
    let kinds = [Record.Kind.session, .workshop].map(\.rawValue)
    let changed = try programme.store.changes(of: kinds, since: InviteCommand.tool).count
    if changed > 0 {
      add(
        "\(counted(changed, "meeting")) changed since the last invitations: people know something else",
        "tandem invite")
    }
  }

  private mutating func addSteps() throws {
    let people = number(.person)
    let pairs = number(.tandem, "proposed", "confirmed", "active")
    if people == 0 {
      add("nobody is in the programme yet", "tandem import STAFF ANSWERS")
    } else if number(.tandem) == 0 {
      add("\(counted(people, "person", "people")), and no pair yet", "tandem match")
    } else if pairs > 0, number(.session) == 0 {
      add("\(counted(pairs, "pair")), and no session planned yet", "tandem schedule")
    } else {
      let missing = try missingSessions()
      if missing > 0 {
        add(
          "\(counted(missing, "session is", "sessions are")) missing from the plan: not planned yet, missed or cancelled",
          "tandem schedule")
      }
    }
  }

  /// How many sessions the plan lacks, of all pairs that have not ended early.
  private func missingSessions() throws -> Int {
    guard let wanted else { return 0 }
    var there = number(.session, "planned", "held")
    if number(.tandem, "ended") > 0 {
      var ended: [TandemID] = []
      try programme.store.forEachRecord(kinds: [Record.Kind.tandem.rawValue]) { key, line in
        if case .tandem(let tandem)? = try Record(stored: line, of: key), tandem.status == .ended {
          ended.append(tandem.id)
        }
      }
      for tandem in ended { there -= try programme.store.sessions(of: tandem, "planned", "held") }
    }
    return max(0, number(.tandem, "proposed", "confirmed", "active", "completed") * wanted - there)
  }

  private mutating func addRejects() throws {
    let paths = try Rejects(programme.folder).paths
    guard !paths.isEmpty else { return }
    add(
      "rows were rejected, in \(paths.joined(separator: ", ")): correct them there, then import them with the exports they belong to",
      "tandem import STAFF ANSWERS \(paths.joined(separator: " "))")
  }

  private mutating func addWorkshop() throws {
    guard let cohort, number(.workshop) == 0, number(.session) > 0 else { return }
    let middle = cohort.start.adding(days: cohort.end.days(since: cohort.start) / 2)
    let left = middle.days(since: programme.now.date)
    if (0...56).contains(left) {
      add("the middle of the term is \(middle), and no workshop is planned", "tandem workshop --options 3")
    }
  }

  private mutating func addCalendars() throws {
    let folder = programme.folder.path(of: .calendars)
    guard number(.tandem, "proposed", "confirmed", "active") > 0, try FileKind.at(folder) == .folder else {
      return
    }
    let files = try FolderTree(folder).files.filter { $0.lowercased().hasSuffix(".ics") }
    guard !files.isEmpty else {
      add("no calendars: sessions are planned as if everybody were free", "save them in \(folder)")
      return
    }
    let week = programme.now.secondsSinceEpoch - 7 * 86_400
    let old = files.compactMap { SystemCall.status($0) }.count { $0.st_mtim.tv_sec < week }
    if old > 0 {
      add(
        "\(counted(old, "calendar is", "calendars are")) older than a week",
        "save new ones in \(folder), then tandem schedule")
    }
  }

  /// A survey is due in the middle of the term, the last of them at its end, until a table of it is published.
  private mutating func addSurveys() throws {
    guard let cohort, number(.tandem) > 0 else { return }
    let middle = cohort.start.adding(days: cohort.end.days(since: cohort.start) / 2)
    for (place, survey) in surveys.enumerated() {
      let due = place + 1 == surveys.count ? cohort.end : middle
      let left = due.days(since: programme.now.date)
      let published = try programme.store.matching(
        kind: Record.Kind.summary.rawValue, text: "\"survey\":\"\(survey)\"")
      guard published == 0, left <= 14, left > -90 else { continue }
      add(
        "the survey \(survey) is due on \(due), and no table of it is made",
        "tandem survey ANSWERS --survey \(survey)")
    }
  }

  private mutating func addEnd() {
    guard let cohort, programme.now.date >= cohort.end, number(.person) > 0 else { return }
    let days = programme.now.date.days(since: cohort.end)
    if let keepDays, days > keepDays {
      add(
        "the term ended \(days) days ago, and records may be kept for \(keepDays)",
        "tandem forget WHO, or delete the folder")
    } else {
      add("the term ended on \(cohort.end)", "tandem schedule progress, and tandem schedule certificate")
    }
  }

  var text: String {
    let settings = programme.folder.settings
    var text = "\(settings.cohort), \(settings.regions.joined(separator: ", ")): "
    text +=
      [
        counted(number(.person), "person", "people"),
        counted(number(.tandem, "proposed", "confirmed", "active"), "pair"),
        "\(number(.session, "held")) of \(counted(number(.session, "planned", "held", "missed"), "session")) held",
      ].joined(separator: ", ") + "\n"
    if let cohort { text += "\(cohort.start) to \(cohort.end), today \(programme.now.date)\n" }
    text += "\n"
    guard !tasks.isEmpty else { return text + "Nothing needs doing.\n" }
    for (index, task) in tasks.enumerated() {
      text += "\(index + 1). \(task.text)\n"
      if let command = task.command { text += "   \(command)\n" }
    }
    return text
  }
}
