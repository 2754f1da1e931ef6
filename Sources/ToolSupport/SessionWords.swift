import Basics
package import Programme

/// How a clerk names a person: by a name, an address, an employee number or an id.
package struct PersonWord {
  private let lookup: PersonLookup

  package init(_ people: some Sequence<Person>) { lookup = PersonLookup(Array(people)) }

  /// - Throws: exit code 65 with those that the word may mean.
  package func person(_ word: String) throws(ToolFailure) -> Person {
    switch lookup.find(word) {
    case .one(let person): return person
    case .several(let several):
      let list = several.map { "\($0.name) (\($0.id))" }.joined(separator: ", ")
      throw ToolFailure(.badInput, "\"\(word)\" may be \(list): write the id")
    case .nobody: throw ToolFailure(.badInput, "nobody here is called \"\(word)\"\(hint(for: word))")
    }
  }

  /// Whether a word names nobody, rather than one or several.
  fileprivate func isNobody(_ word: String) -> Bool { lookup.find(word) == .nobody }

  fileprivate func hint(for word: String) -> String {
    lookup.nearest(to: word).map { "; did you mean \($0.name)?" } ?? ""
  }
}

/// How a clerk names sessions: by an id, or by a pair and a day or number: `12 2026-10-14`, `"Iga Wójcik" yesterday`,
/// `"Iga Wójcik" 3`. A pair is an id, one of its people, or in a programme its short number; `12.3` is the third session of pair 12.
package struct SessionWords {
  /// One session as it was named.
  package struct Reference: Hashable, Sendable {
    package var of: String
    /// The day or number within a pair; nil: `of` says it all.
    package var at: String?

    /// As it was written.
    package var text: String { at.map { "\(of) \($0)" } ?? of }
  }

  /// What a pair without a day means.
  package enum Alone: Hashable, Sendable {
    /// The one past session that is not recorded.
    case unrecorded
    /// Nothing: the sessions are listed.
    case none
  }

  private let sessions: [TandemID: [Session]]
  private let byID: [SessionID: Session]
  private let tandems: [TandemID: Tandem]
  private let pairs: [Int: TandemID]
  private let numbers: [String: Int]
  private let lookup: PersonWord
  private let people: [PersonID: Person]
  private let today: LocalDate

  /// - Parameter numbers: the short numbers of pairs, by id; those of a programme.
  package init(
    people: some Sequence<Person>, tandems: some Sequence<Tandem>, sessions: some Sequence<Session>,
    numbers: [String: Int] = [:], today: LocalDate
  ) {
    self.tandems = tandems.latest(by: \.id)
    byID = sessions.latest(by: \.id)
    self.sessions = Dictionary(grouping: byID.values.sorted(by: Session.precedes), by: \.tandem)
    self.numbers = numbers
    pairs = Dictionary(numbers.map { ($0.value, TandemID($0.key)) }, uniquingKeysWith: { $1 })
    lookup = PersonWord(people)
    self.people = people.keyed(by: \.id)
    self.today = today
  }

  /// Of the records on a stream.
  package init(_ contents: StreamContents, today: LocalDate) {
    self.init(
      people: contents.people.values, tandems: contents.tandems, sessions: contents.sessions, today: today)
  }

  /// The pair that a word names: a short number, an id, or one of its two people.
  ///
  /// - Throws: exit code 65 with those that it may mean.
  package func pair(_ word: String) throws(ToolFailure) -> TandemID {
    let candidates = try self.candidates(word)
    guard candidates.count == 1 else {
      throw ToolFailure(
        .badInput, "\(word) is in \(candidates.count) pairs: name one of \(list(candidates))")
    }
    return candidates[0]
  }

  /// The pairs that a word may name, those that have ended only where there are no others.
  private func candidates(_ word: String) throws(ToolFailure) -> [TandemID] {
    if let number = Int(word), let id = pairs[number], tandems[id] != nil { return [id] }
    if tandems[TandemID(word)] != nil { return [TandemID(word)] }
    let person = try person(word)
    let own = tandems.values.filter { $0.mentor == person.id || $0.mentee == person.id }.sorted {
      $0.id < $1.id
    }
    let open = own.filter { $0.status != .ended }
    let candidates = (open.isEmpty ? own : open).map(\.id)
    guard !candidates.isEmpty else { throw ToolFailure(.badInput, "\(person.name) is in no pair") }
    return candidates
  }

  package func person(_ word: String) throws(ToolFailure) -> Person { try lookup.person(word) }

  /// The words taken apart: a day or a number belongs to the pair before it.
  package func references(_ words: [String]) throws(ToolFailure) -> [Reference] {
    var result: [Reference] = []
    var pair: String?
    var isAlone = false
    for word in words {
      if date(word) != nil || isNumber(word, of: pair) {
        guard let pair else {
          throw ToolFailure(.usage, "\(word): name the pair before the date, as in `12 2026-10-14`")
        }
        result.append(Reference(of: pair, at: word))
        isAlone = false
        continue
      }
      if isAlone, let pair { result.append(Reference(of: pair)) }
      isAlone = numbered(word) == nil && byID[SessionID(word)] == nil
      pair = isAlone ? word : nil
      if !isAlone { result.append(Reference(of: word)) }
    }
    if isAlone, let pair { result.append(Reference(of: pair)) }
    return result
  }

  /// Whether a word is the number of a session: after a short number it is that of the next pair.
  private func isNumber(_ word: String, of pair: String?) -> Bool {
    guard let pair, let number = Int(word), number > 0 else { return false }
    return Int(pair).map { pairs[$0] == nil } ?? true
  }

  /// Whether a word can only be the day or number of a session.
  package static func isPlace(_ word: String) -> Bool {
    Int(word) != nil || LocalDate(iso8601: word) != nil || ["today", "yesterday"].contains(word)
  }

  /// The sessions that the words name, in their order.
  package func sessions(_ words: [String], alone: Alone = .unrecorded) throws(ToolFailure) -> [Session] {
    var found: [Session] = []
    for reference in try references(words) { found.append(try session(reference, alone: alone)) }
    return found
  }

  package func session(_ reference: Reference, alone: Alone = .unrecorded) throws(ToolFailure) -> Session {
    if reference.at == nil {
      if let session = numbered(reference.of) ?? byID[SessionID(reference.of)] { return session }
      if reference.of.contains("#") || isNobody(reference.of) {
        throw ToolFailure(
          .badInput,
          "there is no session \(reference.of) on the stream; give its id, as in 2026-autumn/pl:1+pl:2#4, or a person and "
            + "the session's day or number" + lookup.hint(for: reference.of))
      }
    }
    guard let at = reference.at else {
      let pair = try pair(reference.of)
      guard alone == .unrecorded else {
        throw ToolFailure(
          .usage, "name one session of pair \(list([pair])), by its day or number; it has \(all(of: pair))")
      }
      return try onlyUnrecorded(of: pair)
    }
    let pairs = try candidates(reference.of)
    let found = pairs.flatMap { pair in
      (sessions[pair] ?? []).filter { session in
        date(at).map { session.counts && session.start.date == $0 } ?? (String(session.number) == at)
      }
    }
    guard let session = found.first, found.count == 1 else {
      let what = date(at).map { "on \($0)" } ?? "of the number \(at)"
      throw ToolFailure(
        .badInput,
        found.isEmpty
          ? "pair \(list(pairs)) has no session \(what)"
            + (pairs.count == 1 && sessions[pairs[0]] != nil ? "; it has \(all(of: pairs[0]))" : "")
          : "\(reference.of) has \(found.count) sessions \(what): name one of "
            + found.map(\.id.text).joined(separator: ", "))
    }
    return session
  }

  private func isNobody(_ word: String) -> Bool {
    Int(word).flatMap { pairs[$0] } == nil && tandems[TandemID(word)] == nil && lookup.isNobody(word)
  }

  /// `12.3` or `12#3`.
  private func numbered(_ word: String) -> Session? {
    let parts = word.split(whereSeparator: { $0 == "." || $0 == "#" })
    guard parts.count == 2, let number = Int(parts[0]), let place = Int(parts[1]), let pair = pairs[number]
    else { return nil }
    return sessions[pair]?.first { $0.number == place }
  }

  /// `1 on 2026-10-14 (held), 2 on 2026-11-02 (planned)`, in the order of time.
  private func all(of pair: TandemID) -> String {
    let own = (sessions[pair] ?? []).sorted(by: Session.isEarlier)
    guard !own.isEmpty else { return "none" }
    return own.map { "\($0.number) on \($0.start.date) (\($0.status.rawValue))" }.joined(separator: ", ")
  }

  /// Where no date is said: the past session that is not recorded yet, if there is one alone.
  private func onlyUnrecorded(of pair: TandemID) throws(ToolFailure) -> Session {
    let past = (sessions[pair] ?? []).filter { $0.isOpen && $0.start.date <= today }
    guard let session = past.first, past.count == 1 else {
      throw ToolFailure(
        .badInput,
        (past.isEmpty
          ? "pair \(list([pair])) has no past session that is not recorded: give its day or number"
          : "pair \(list([pair])) has \(past.count) past sessions that are not recorded: give the day or number")
          + "; it has \(all(of: pair))")
    }
    return session
  }

  /// How many sessions of a person are planned on these days.
  package func planned(of person: PersonID, from: LocalDate, to: LocalDate) -> Int {
    tandems.values.filter { $0.mentor == person || $0.mentee == person }.reduce(0) { sum, tandem in
      sum
        + (sessions[tandem.id] ?? []).count {
          $0.status == .planned && $0.start.date >= from && $0.start.date <= to
        }
    }
  }

  private func date(_ word: String) -> LocalDate? {
    switch word {
    case "today": today
    case "yesterday": today.adding(days: -1)
    default: LocalDate(iso8601: word)
    }
  }

  /// `12 (Iga Wójcik and Feliks Lewandowska)`.
  package func list(_ ids: [TandemID]) -> String {
    ids.map { id in
      let names = tandems[id].map { [$0.mentor, $0.mentee].map { people[$0]?.name ?? $0.text } } ?? []
      return "\(numbers[id.text].map { String($0) } ?? id.text)"
        + (names.isEmpty ? "" : " (\(names.joined(separator: " and ")))")
    }.joined(separator: ", ")
  }
}
