import Basics
import Programme
import RecordStream
import Store

/// What changed, in words: sums by kind first, then each change in a line.
struct ChangeReport {
  private struct Line {
    var change: Change
    /// Whether something is gone that people count on.
    var isLoss: Bool
    /// What is said of it; a text in place of the tandem's short number.
    var text: (String) -> String
  }

  private let names: Names
  private var lines: [Line] = []
  private var counts: [ChangeCount]

  /// - Parameter present: the records before, for the names.
  init(_ changes: [Change], present: [RecordKey: [UInt8]]) {
    names = Names(changes, present)
    counts = ChangeCount.of(changes)
    for change in names.inOrder(changes) {
      guard let line = ChangeReport.line(change, names) else { continue }
      lines.append(line)
    }
  }

  private init(names: Names, lines: [Line]) {
    self.names = names
    self.lines = lines
    counts = []
  }

  /// The records that would be gone, and the sessions and workshops that would be cancelled.
  var losses: ChangeReport { ChangeReport(names: names, lines: lines.filter(\.isLoss)) }
  var isEmpty: Bool { lines.isEmpty }
  var count: Int { lines.count }

  /// - Parameters:
  ///   - numbers: the short numbers of tandems, by their ids.
  ///   - limit: most lines.
  ///   - revision: whose report it is, for the hint at the rest.
  func text(numbers: [String: Int], limit: Int, revision: Int?) -> String {
    var text = ""
    for count in counts where !WorkingCopy.logs.contains(count.kind) {
      let parts = [(count.added, "added"), (count.changed, "changed"), (count.removed, "removed")]
        .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
      text += "\(Names.plural(of: count.kind)): \(parts.joined(separator: ", "))\n"
    }
    let shown = grouped(numbers)
    for line in shown.prefix(limit) { text += "  \(line)\n" }
    if shown.count > limit {
      let rest = shown.count - limit
      text += "  and \(rest) more" + (revision.map { "; `tandem show \($0)` shows all\n" } ?? "\n")
    }
    return text
  }

  /// Lines that say the same of many sessions of one tandem are one line.
  private func grouped(_ numbers: [String: Int]) -> [String] {
    var texts: [String] = []
    var places: [String: Int] = [:]
    var tallies: [Int] = []
    var pairs: [TandemID: String] = [:]
    for line in lines {
      var pair = ""
      if let id = names.pair(of: line.change) {
        pair = pairs[id] ?? names.pair(id, numbers)
        pairs[id] = pair
      }
      let text = names.group(of: line.change)?(pair) ?? line.text(pair)
      if let place = places[text] {
        tallies[place] += 1
      } else {
        places[text] = texts.count
        texts.append(text)
        tallies.append(1)
      }
    }
    return zip(texts, tallies).map { $0.replacing("{sessions}", with: counted($1, "session")) }
  }

  private static func line(_ change: Change, _ names: Names) -> Line? {
    let before = change.before.flatMap { names.record($0) }
    let after = change.after.flatMap { names.record($0) }
    switch (before, after) {
    case (nil, .person(let person)?): return Line(change: change, isLoss: false) { _ in "+ \(person.name)" }
    case (.person(let person)?, nil): return Line(change: change, isLoss: true) { _ in "- \(person.name)" }
    case (.person(let old)?, .person(let new)?):
      return Line(change: change, isLoss: false) { _ in
        let changes = Person.fields.changes(from: old, to: new).map { field in
          guard let before = field.shown(old), let after = field.shown(new) else { return field.label }
          return "\(field.label) \(before.isEmpty ? "–" : before) → \(after.isEmpty ? "–" : after)"
        }
        return "~ \(new.name): \(changes.isEmpty ? "where it was read" : changes.joined(separator: "; "))"
      }
    case (nil, .tandem?): return Line(change: change, isLoss: false) { "+ pair \($0)" }
    case (.tandem?, nil): return Line(change: change, isLoss: true) { "- pair \($0)" }
    case (.tandem(let old)?, .tandem(let new)?):
      return Line(change: change, isLoss: new.status == .ended && old.status != .ended) {
        old.status == new.status
          ? "~ pair \($0)" : "~ pair \($0): \(old.status.rawValue) → \(new.status.rawValue)"
      }
    case (nil, .session(let session)?):
      return Line(change: change, isLoss: false) {
        "+ \($0), session \(session.number): \(Names.time(session))"
      }
    case (.session(let session)?, nil):
      return Line(change: change, isLoss: true) {
        "- \($0), session \(session.number): \(Names.time(session))"
      }
    case (.session(let old)?, .session(let new)?):
      return Line(change: change, isLoss: new.status == .cancelled && old.status != .cancelled) {
        let what =
          new.status != old.status
          ? "\(Names.time(new)) \(new.status.rawValue)"
          : old.start != new.start || old.end != new.end
            ? "\(Names.time(old)) → \(Names.time(new))"
            : old.place != new.place ? "\(old.place) → \(new.place)" : "\(Names.time(new))"
        return "~ \($0), session \(new.number): \(what)"
      }
    case (nil, .workshop(let workshop)?):
      return Line(change: change, isLoss: false) { _ in
        "+ workshop \(workshop.start.clockText), \(workshop.venue)"
      }
    case (.workshop(let workshop)?, nil):
      return Line(change: change, isLoss: true) { _ in
        "- workshop \(workshop.start.clockText), \(workshop.venue)"
      }
    case (.workshop?, .workshop(let new)?):
      return Line(change: change, isLoss: false) { _ in "~ workshop \(new.start.clockText), \(new.venue)" }
    case (nil, .reply(let reply)?):
      return Line(change: change, isLoss: false) { _ in
        "+ \(names.person(reply.person) ?? reply.attendee ?? "a room"): \(reply.answer.rawValue)"
      }
    default: return nil
    }
  }
}

/// The names of people behind the records: read only where one is asked for.
struct Names {
  private let present: [RecordKey: [UInt8]]
  /// People and tandems that are new or changed.
  private var changed: [RecordKey: [UInt8]] = [:]

  init(_ changes: [Change], _ present: [RecordKey: [UInt8]]) {
    self.present = present
    let kinds = [Record.Kind.person.rawValue, Record.Kind.tandem.rawValue]
    for change in changes where kinds.contains(change.key.kind) { changed[change.key] = change.after }
  }

  init(_ present: [RecordKey: [UInt8]]) { self.init([], present) }

  private func record(_ kind: Record.Kind, _ id: String) -> Record? {
    let key = RecordKey(kind: kind.rawValue, id: id)
    return (changed[key] ?? present[key]).flatMap { record($0) }
  }

  func record(_ line: [UInt8]) -> Record? { try? Record(line: line.span) }

  /// Sessions by tandem and number, all others as they are.
  func inOrder(_ changes: [Change]) -> [Change] {
    var sessions: [(session: Session, change: Change)] = []
    var others: [Change] = []
    for change in changes {
      if case .session(let session)? = (change.after ?? change.before).flatMap({ record($0) }) {
        sessions.append((session, change))
      } else {
        others.append(change)
      }
    }
    return others + sessions.sorted { Session.precedes($0.session, $1.session) }.map(\.change)
  }

  func person(_ id: PersonID?) -> String? {
    guard let id else { return nil }
    guard case .person(let person)? = record(.person, id.text) else { return id.text }
    return person.name
  }

  /// `12 (Iga Wójcik and Feliks Lewandowska)`.
  func pair(_ id: TandemID, _ numbers: [String: Int]) -> String {
    let number = numbers[id.text].map { String($0) } ?? "?"
    let both: [PersonID]
    if case .tandem(let tandem)? = record(.tandem, id.text) {
      both = [tandem.mentor, tandem.mentee]
    } else if let named = id.named {
      both = [named.mentor, named.mentee]
    } else {
      return number
    }
    return "\(number) (\(both.map { person($0) ?? "" }.joined(separator: " and ")))"
  }

  /// The tandem of a tandem's or a session's record; nil: of another.
  func pair(of change: Change) -> TandemID? {
    switch (change.after ?? change.before).flatMap({ record($0) }) {
    case .tandem(let tandem)?: tandem.id
    case .session(let session)?: session.tandem
    default: nil
    }
  }

  /// How sessions that are new, or gone, are told together; nil: by themselves.
  func group(of change: Change) -> ((String) -> String)? {
    guard change.key.kind == "session" else { return nil }
    switch (change.before, change.after) {
    case (nil, _?): return { "+ {sessions} of pair \($0)" }
    case (_?, nil): return { "- {sessions} of pair \($0)" }
    default: return nil
    }
  }

  static func time(_ session: Session) -> String { session.start.clockText }

  /// What people call records of a kind, and how many there are: `2 pairs`.
  static func counted(_ count: Int, _ kind: String) -> String {
    Basics.counted(count, noun(kind).0, noun(kind).1)
  }

  /// The same without the number.
  static func plural(of kind: String) -> String { noun(kind).1 ?? noun(kind).0 + "s" }

  private static func noun(_ kind: String) -> (String, String?) {
    switch kind {
    case "person": ("person", "people")
    case "tandem": ("pair", nil)
    case "reply": ("reply", "replies")
    case "delivery": ("delivery", "deliveries")
    case "unmatched": ("person without a partner", "people without a partner")
    case "summary": ("published figure", nil)
    case "asked": ("person asked", "people asked")
    case "read": ("mail read", "mails read")
    default: (kind, nil)
    }
  }
}
