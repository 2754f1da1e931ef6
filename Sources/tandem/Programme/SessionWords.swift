import Basics
import Foundation
import Programme
import RecordStream
import Store
import ToolSupport

/// How a clerk names a person: by a name, an address, an employee number or an id.
struct PersonWord {
  private let lookup: PersonLookup

  init(_ people: [Person]) { lookup = PersonLookup(people) }

  /// - Throws: exit code 65 with those that the word may mean.
  func person(_ word: String) throws -> Person {
    switch lookup.find(word) {
    case .one(let person): return person
    case .several(let several):
      let list = several.map { "\($0.name) (\($0.id))" }.joined(separator: ", ")
      throw ToolFailure(.badInput, "\"\(word)\" may be \(list): write the id")
    case .nobody:
      let hint = lookup.nearest(to: word).map { "; did you mean \($0.name)?" } ?? ""
      throw ToolFailure(.badInput, "nobody here is called \"\(word)\"\(hint)")
    }
  }
}

/// How a clerk names sessions: `12.3` (the third of pair 12), `12 2026-10-14`, `"Iga Wójcik" yesterday`, or a session's id.
struct SessionWords {
  private let sessions: [TandemID: [Session]]
  private let tandems: [TandemID: Tandem]
  private let pairs: [Int: TandemID]
  private let numbers: [String: Int]
  private let lookup: PersonWord
  private let people: [PersonID: Person]
  private let today: LocalDate

  init(_ present: [RecordKey: [UInt8]], numbers: [String: Int], today: LocalDate) throws {
    var people: [Person] = []
    var tandems: [TandemID: Tandem] = [:]
    var sessions: [Session] = []
    for (key, line) in present {
      switch try Record(stored: line, of: key) {
      case .person(let person)?: people.append(person)
      case .tandem(let tandem)?: tandems[tandem.id] = tandem
      case .session(let session)?: sessions.append(session)
      default: break
      }
    }
    self.tandems = tandems
    self.sessions = Dictionary(grouping: sessions.sorted(by: Session.precedes), by: \.tandem)
    self.numbers = numbers
    pairs = Dictionary(numbers.map { ($0.value, TandemID($0.key)) }, uniquingKeysWith: { $1 })
    lookup = PersonWord(people)
    self.people = people.keyed(by: \.id)
    self.today = today
  }

  /// The pair that a word names: a short number, an id, or one of its two people.
  ///
  /// - Throws: exit code 65 with those that it may mean.
  func pair(_ word: String) throws -> TandemID {
    if let number = Int(word), let id = pairs[number], tandems[id] != nil { return id }
    if tandems[TandemID(word)] != nil { return TandemID(word) }
    let person = try person(word)
    let own = tandems.values.filter { $0.mentor == person.id || $0.mentee == person.id }.sorted {
      $0.id < $1.id
    }
    let open = own.filter { $0.status != .ended }
    let candidates = open.isEmpty ? own : open
    guard let first = candidates.first else {
      throw ToolFailure(.badInput, "\(person.name) is in no pair", file: nil)
    }
    guard candidates.count == 1 else {
      throw ToolFailure(
        .badInput, "\(person.name) is in \(candidates.count) pairs: name one of \(list(candidates.map(\.id)))"
      )
    }
    return first.id
  }

  func person(_ word: String) throws -> Person { try lookup.person(word) }

  /// The sessions that the words name, in their order.
  func sessions(_ words: [String]) throws -> [Session] {
    var result: [Session] = []
    var current: TandemID?
    var hasSession = true
    for word in words {
      if let date = date(word) {
        guard let pair = current else {
          throw ToolFailure(.usage, "\(word): name the pair before the date, as in `12 2026-10-14`")
        }
        result.append(try session(of: pair, on: date))
        hasSession = true
        continue
      }
      if !hasSession, let pair = current { result.append(try onlyUnrecorded(of: pair)) }
      current = nil
      hasSession = true
      if let session = numbered(word) ?? all(SessionID(word)) {
        result.append(session)
      } else {
        current = try pair(word)
        hasSession = false
      }
    }
    if !hasSession, let pair = current { result.append(try onlyUnrecorded(of: pair)) }
    return result
  }

  /// `12.3` or `12#3`.
  private func numbered(_ word: String) -> Session? {
    let parts = word.split(whereSeparator: { $0 == "." || $0 == "#" })
    guard parts.count == 2, let number = Int(parts[0]), let place = Int(parts[1]), let pair = pairs[number]
    else { return nil }
    return sessions[pair]?.first { $0.number == place }
  }

  private func all(_ id: SessionID) -> Session? {
    for list in sessions.values {
      if let session = list.first(where: { $0.id == id }) { return session }
    }
    return nil
  }

  private func session(of pair: TandemID, on date: LocalDate) throws -> Session {
    let counting = (sessions[pair] ?? []).filter(\.counts)
    if let session = counting.first(where: { $0.start.date == date }) { return session }
    let days = counting.map { "\($0.number) on \($0.start.date)" }.joined(separator: ", ")
    throw ToolFailure(
      .badInput,
      "pair \(list([pair])) has no session on \(date)" + (days.isEmpty ? "" : "; it has \(days)"))
  }

  /// Where no date is said: the past session that is not recorded yet, if there is one alone.
  private func onlyUnrecorded(of pair: TandemID) throws -> Session {
    let past = (sessions[pair] ?? []).filter { $0.status == .planned && $0.start.date <= today }
    guard let session = past.first, past.count == 1 else {
      let days = past.map { $0.start.date.description }.joined(separator: ", ")
      throw ToolFailure(
        .badInput,
        past.isEmpty
          ? "pair \(list([pair])) has no past session that is not recorded: give its date"
          : "pair \(list([pair])) has \(past.count) past sessions that are not recorded (\(days)): give the date"
      )
    }
    return session
  }

  /// How many sessions of a person are planned on these days.
  func planned(of person: PersonID, from: LocalDate, to: LocalDate) -> Int {
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
  func list(_ ids: [TandemID]) -> String {
    ids.map { id in
      let names = tandems[id].map { [$0.mentor, $0.mentee].map { people[$0]?.name ?? $0.text } } ?? []
      return "\(numbers[id.text].map { String($0) } ?? id.text)"
        + (names.isEmpty ? "" : " (\(names.joined(separator: " and ")))")
    }.joined(separator: ", ")
  }
}
