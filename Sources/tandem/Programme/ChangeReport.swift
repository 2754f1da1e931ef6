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
    var text: (String) throws -> String
  }

  private let names: Names
  private var lines: [Line] = []
  private var counts: [ChangeCount]

  /// - Parameters:
  ///   - decoded: new and changed records, as far as they were decoded already.
  ///   - present: the records before, for the names.
  /// - Throws: `StoreError.unreadable`.
  init(
    _ changes: [Change], decoded: [RecordKey: Record] = [:], present: [RecordKey: [UInt8]]
  ) throws {
    names = Names(changes, decoded: decoded, present)
    counts = ChangeCount.of(changes)
    for change in try names.inOrder(changes) {
      guard let line = try ChangeReport.line(change, names) else { continue }
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
  func text(numbers: [String: Int], limit: Int, revision: Int?) throws -> String {
    var text = ""
    for count in counts where !PresentRecords.logs.contains(count.kind) {
      let parts = [(count.added, "added"), (count.changed, "changed"), (count.removed, "removed")]
        .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
      text += "\(Names.plural(of: count.kind)): \(parts.joined(separator: ", "))\n"
    }
    let groups = try grouped()
    for group in groups.prefix(limit) {
      let pair = try names.pair(of: group.first.change).map { try names.pair($0, numbers) } ?? ""
      let line = try names.group(of: group.first.change)?(pair) ?? group.first.text(pair)
      text += "  \(line.replacing("{sessions}", with: counted(group.count, "session")))\n"
    }
    if groups.count > limit {
      let rest = groups.count - limit
      text += "  and \(rest) more" + (revision.map { "; `tandem show \($0)` shows all\n" } ?? "\n")
    }
    return text
  }

  /// New sessions of one tandem are told together, and those that are gone; each other change by itself.
  private func grouped() throws -> [(first: Line, count: Int)] {
    struct Group: Hashable {
      var pair: TandemID?
      var isNew: Bool
    }
    var groups: [(first: Line, count: Int)] = []
    var places: [Group: Int] = [:]
    for line in lines {
      guard names.group(of: line.change) != nil else {
        groups.append((line, 1))
        continue
      }
      let group = Group(pair: try names.pair(of: line.change), isNew: line.change.before == nil)
      if let place = places[group] {
        groups[place].count += 1
      } else {
        places[group] = groups.count
        groups.append((line, 1))
      }
    }
    return groups
  }

  /// What stood before is decoded where it is shown alone: most changes of a long list are not.
  private static func line(_ change: Change, _ names: Names) throws -> Line? {
    let isNew = change.before == nil
    guard let record = try names.last(of: change) else { return nil }
    guard change.after != nil else {
      switch record {
      case .person(let person): return Line(change: change, isLoss: true) { _ in "- \(person.name)" }
      case .tandem: return Line(change: change, isLoss: true) { "- pair \($0)" }
      case .session(let session):
        return Line(change: change, isLoss: true) {
          "- \($0), session \(session.number): \(Names.time(session))"
        }
      case .workshop(let workshop):
        return Line(change: change, isLoss: true) { _ in
          "- workshop \(workshop.start.clockText), \(workshop.venue)"
        }
      default: return nil
      }
    }
    switch record {
    case .person(let new):
      return Line(change: change, isLoss: false) { _ in
        guard case .person(let old)? = try names.first(of: change) else { return "+ \(new.name)" }
        let changes = Person.fields.changes(from: old, to: new).map { field in
          guard let before = field.shown(old), let after = field.shown(new) else { return field.label }
          return "\(field.label) \(before.isEmpty ? "–" : before) → \(after.isEmpty ? "–" : after)"
        }
        return "~ \(new.name): \(changes.isEmpty ? "where it was read" : changes.joined(separator: "; "))"
      }
    case .tandem(let new):
      if isNew { return Line(change: change, isLoss: false) { "+ pair \($0)" } }
      let old: Tandem? = if case .tandem(let old)? = try names.first(of: change) { old } else { nil }
      return Line(change: change, isLoss: new.status == .ended && old?.status != .ended) {
        guard let old, old.status != new.status else { return "~ pair \($0)" }
        return "~ pair \($0): \(old.status.rawValue) → \(new.status.rawValue)"
      }
    case .session(let new):
      if isNew {
        return Line(change: change, isLoss: false) {
          "+ \($0), session \(new.number): \(Names.time(new))"
        }
      }
      var isLoss = false
      if new.status == .cancelled, case .session(let old)? = try names.first(of: change) {
        isLoss = old.status != .cancelled
      }
      return Line(change: change, isLoss: isLoss) {
        guard case .session(let old)? = try names.first(of: change) else { return "~ \($0)" }
        let what =
          new.status != old.status
          ? "\(Names.time(new)) \(new.status.rawValue)"
          : old.start != new.start || old.end != new.end
            ? "\(Names.time(old)) → \(Names.time(new))"
            : old.place != new.place ? "\(old.place) → \(new.place)" : "\(Names.time(new))"
        return "~ \($0), session \(new.number): \(what)"
      }
    case .workshop(let new):
      return Line(change: change, isLoss: false) { _ in
        "\(isNew ? "+" : "~") workshop \(new.start.clockText), \(new.venue)"
      }
    case .reply(let reply):
      guard isNew else { return nil }
      return Line(change: change, isLoss: false) { _ in
        "+ \(try names.person(reply.person) ?? reply.attendee ?? "a room"): \(reply.answer.rawValue)"
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
  /// New and changed records that were decoded already.
  private let decoded: [RecordKey: Record]

  init(_ changes: [Change], decoded: [RecordKey: Record] = [:], _ present: [RecordKey: [UInt8]]) {
    self.present = present
    self.decoded = decoded
    let kinds = [Record.Kind.person.rawValue, Record.Kind.tandem.rawValue]
    for change in changes where kinds.contains(change.key.kind) { changed[change.key] = change.after }
  }

  init(_ present: [RecordKey: [UInt8]]) { self.init([], present) }

  private func record(_ kind: Record.Kind, _ id: String) throws -> Record? {
    let key = RecordKey(kind: kind.rawValue, id: id)
    if let record = decoded[key] { return record }
    return try (changed[key] ?? present[key]).flatMap { try Record(stored: $0, of: key) }
  }

  /// The record before a change; nil: there was none.
  func first(of change: Change) throws -> Record? {
    try change.before.flatMap { try Record(stored: $0, of: change.key) }
  }

  /// The record after a change, or the one that is gone.
  func last(of change: Change) throws -> Record? {
    if change.after != nil, let record = decoded[change.key] { return record }
    return try (change.after ?? change.before).flatMap { try Record(stored: $0, of: change.key) }
  }

  /// Sessions by tandem and number, all others as they are.
  func inOrder(_ changes: [Change]) throws -> [Change] {
    var sessions: [(session: Session, change: Change)] = []
    var others: [Change] = []
    for change in changes {
      if case .session(let session)? = try last(of: change) {
        sessions.append((session, change))
      } else {
        others.append(change)
      }
    }
    return others + sessions.sorted { Session.precedes($0.session, $1.session) }.map(\.change)
  }

  func person(_ id: PersonID?) throws -> String? {
    guard let id else { return nil }
    guard case .person(let person)? = try record(.person, id.text) else { return id.text }
    return person.name
  }

  /// `12 (Iga Wójcik and Feliks Lewandowska)`.
  func pair(_ id: TandemID, _ numbers: [String: Int]) throws -> String {
    let number = numbers[id.text].map { String($0) } ?? "?"
    let both: [PersonID]
    if case .tandem(let tandem)? = try record(.tandem, id.text) {
      both = [tandem.mentor, tandem.mentee]
    } else if let named = id.named {
      both = [named.mentor, named.mentee]
    } else {
      return number
    }
    return "\(number) (\(try both.map { try person($0) ?? "" }.joined(separator: " and ")))"
  }

  /// The tandem of a tandem's or a session's record; nil: of another.
  func pair(of change: Change) throws -> TandemID? {
    switch try last(of: change) {
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
