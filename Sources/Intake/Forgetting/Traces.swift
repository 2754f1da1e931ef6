package import Basics
import Foundation
import Programme
import RecordStream

/// By what people can be found in files: everything that the files themselves say of the people named.
package struct Traces: Sendable {
  package private(set) var ids: Set<String> = []
  private(set) var emails: Set<String> = []
  private(set) var numbers: Set<String> = []
  /// Tandems that the person is one of: they and their sessions go too.
  private(set) var tandems: Set<String> = []
  /// The words of the call: ids, addresses or employee numbers.
  private let asked: [String]
  private var found: Set<String> = []
  private var names: Set<String> = []
  private var pseudonyms: Set<String> = []
  /// Everybody of the files, by id: a namesake's record must stay what it is.
  private var everybody: [String: Known] = [:]
  /// What people of each region an employee number belongs to.
  private var owners: [String: Set<String>] = [:]
  /// All of it as it is searched for; made by `settle`.
  package private(set) var spellings = Spellings()
  private var wholes: Set<[UInt32]> = []

  private struct Known: Sendable {
    var names: Set<String> = []
    var emails: Set<String> = []
  }

  package init(_ asked: [String]) {
    self.asked = asked
    for word in asked {
      if word.contains("@") {
        emails.insert(word.lowercased())
      } else if word.contains(":") {
        ids.insert(word)
        numbers.insert(PersonID(word).employeeNumber)
      } else {
        numbers.insert(word)
      }
    }
  }

  /// Words of the call by which nobody was found in any record or key, in the call's order.
  package var unknown: [String] { asked.filter { !found.contains($0) } }

  /// Employee numbers that more than one person has; each with their ids.
  package var ambiguous: [(number: String, ids: [String])] {
    owners.filter { $0.value.count > 1 && asked.contains($0.key) }
      .map { ($0.key, $0.value.sorted { $0.precedesByBytes($1) }) }
      .sorted { $0.number.precedesByBytes($1.number) }
  }

  /// Learns of a person record, or of an entry of a key, what else the person is known by.
  mutating func learn(id: String, email: String?, name: String?) {
    let number = PersonID(id).employeeNumber
    let words = asked.filter { word in
      word == id || word == number || word.contains("@") && word.lowercased() == email?.lowercased()
    }
    if let name, !name.isEmpty { everybody[id, default: Known()].names.insert(name) }
    if let email { everybody[id, default: Known()].emails.insert(email.lowercased()) }
    guard !words.isEmpty || ids.contains(id) else { return }
    found.formUnion(words)
    if words.contains(number) { owners[number, default: []].insert(id) }
    ids.insert(id)
    numbers.insert(number)
    if let email { emails.insert(email.lowercased()) }
    if let name, !name.isEmpty { names.insert(name) }
  }

  /// Learns of one line of a stream.
  package mutating func learn(_ record: JSONValue) {
    switch record["record"]?.string {
    case "person":
      if let id = record["id"]?.string {
        learn(id: id, email: record["email"]?.string, name: record["name"]?.string)
      }
    case "tandem":
      guard let id = record["id"]?.string else { return }
      if [record["mentor"]?.string, record["mentee"]?.string].contains(where: {
        $0.map(ids.contains) ?? false
      }) {
        tandems.insert(id)
      }
    default: return
    }
  }

  /// Learns of a key of pseudonyms; what is pseudonymous in the other files is found by it too.
  package mutating func learn(_ key: PseudonymKey) {
    for (token, entry) in key.people.sorted(by: { $0.key < $1.key }) {
      learn(id: entry.id, email: entry.email, name: entry.name)
      guard ids.contains(entry.id) else { continue }
      ids.insert(Pseudonymizer.hidden(entry.id, token))
      emails.insert("\(token.lowercased())@pseudonym.invalid")
      pseudonyms.insert("Person \(token)")
    }
  }

  // MARK: - The index

  /// Ends the learning: makes the index of all spellings.
  package mutating func settle() {
    spellings = Spellings()
    wholes = Set((ids.union(numbers).union(emails).union(pseudonyms)).map(Spellings.letters))
    for id in ids {
      spellings.add(id, .identifier)
      // As UIDs of calendars have it, and file names that are made of them. A short number may count anything there.
      let derived = id.replacingOccurrences(of: ":", with: "-")
      wholes.insert(Spellings.letters(derived))
      if PersonID(id).employeeNumber.utf8.count > 3 { spellings.add(derived, .identifier) }
    }
    for tandem in tandems {
      spellings.add(tandem, .identifier)
      spellings.add(tandem.asUIDPart, .identifier)
    }
    for email in emails {
      for text in Traces.domainSpellings(email) {
        spellings.add(text, .address)
        wholes.insert(Spellings.letters(text))
      }
      let mailbox = String(email.prefix { $0 != "@" })
      if isPersonal(mailbox) { spellings.add(mailbox, .handle) }
    }
    let taken = Set(
      everybody.keys.filter { !ids.contains($0) }.map { PersonID($0).employeeNumber })
    for number in numbers where number.utf8.count >= Traces.tellingNumber && !taken.contains(number) {
      spellings.add(number, .number)
    }
    for pseudonym in pseudonyms { spellings.add(pseudonym, .name) }
    addNames()
  }

  /// Shorter employee numbers may count anything within a text.
  private static let tellingNumber = 5

  private mutating func addNames() {
    var bearers: [[UInt32]: Set<String>] = [:]
    for (id, known) in everybody where !ids.contains(id) {
      for name in known.names { bearers[Spellings.letters(name), default: []].insert(id) }
    }
    for name in names {
      var namesakes: Set<String> = []
      let orders = Traces.orders(of: name)
      for order in orders { namesakes.formUnion(bearers[Spellings.letters(order)] ?? []) }
      for order in orders {
        spellings.add(order, namesakes.isEmpty ? .name : .shared)
        if namesakes.isEmpty { wholes.insert(Spellings.letters(order)) }
      }
      if namesakes.isEmpty { for handle in Traces.handles(of: name) { spellings.add(handle, .handle) } }
      for id in namesakes {
        spellings.add(id, .another)
        spellings.add(id.asUIDPart, .another)
        spellings.add(id.replacingOccurrences(of: ":", with: "-"), .another)
        for email in everybody[id]?.emails ?? [] { spellings.add(email, .another) }
      }
    }
    // `Anna Ray-Smith` is somebody else than `Anna Ray`.
    let found = spellings
    for (id, known) in everybody where !ids.contains(id) {
      for text in known.names.union(known.emails) where found.occur(in: text) && !isWhole(text) {
        spellings.add(text, .another)
      }
    }
  }

  /// The name, with its parts in each order that lists have: `Anna Ray`, `Ray Anna`, `Ray, Anna`.
  static func orders(of name: String) -> [String] {
    let parts = name.split(whereSeparator: \.isWhitespace)
    var orders = [name]
    for count in 1..<max(parts.count, 1) {
      let (first, last) = (parts[..<count].joined(separator: " "), parts[count...].joined(separator: " "))
      orders += ["\(last) \(first)", "\(last), \(first)"]
    }
    return orders
  }

  /// The name as part of an address or of a file's name.
  private static func handles(of name: String) -> [String] {
    let plain = FoldedText(name).words.map { word in
      String(String.UnicodeScalarView(word.compactMap(Unicode.Scalar.init)))
    }
    let written = name.split(whereSeparator: \.isWhitespace).map(String.init)
    return [plain, written].filter { $0.count > 1 }.flatMap { parts in
      [parts, Array(parts[1...]) + parts[..<1]].flatMap { parts in
        [".", "_", "-", ""].map { parts.joined(separator: $0) }
      }
    }
  }

  /// Whether the part before the `@` identifies the person without the rest: it holds the number, or two parts of the name.
  private func isPersonal(_ mailbox: String) -> Bool {
    if numbers.contains(where: { $0.utf8.count >= Traces.tellingNumber && mailbox.contains($0) }) {
      return true
    }
    let text = String(mailbox.filter { $0.isLetter || $0.isNumber })
    return names.contains { name in
      FoldedText(name).words.count { word in
        word.count > 1
          && text.contains(String(String.UnicodeScalarView(word.compactMap(Unicode.Scalar.init))))
      } > 1
    }
  }

  /// The address, with a domain of other letters in both of its forms (RFC 5891).
  private static func domainSpellings(_ email: String) -> [String] {
    guard let at = email.lastIndex(of: "@") else { return [email] }
    let (mailbox, domain) = (email[...at], email[email.index(after: at)...])
    var components = URLComponents()
    components.host = String(domain)
    let ascii = components.encodedHost ?? String(domain)
    var decoded = URLComponents()
    decoded.encodedHost = ascii
    return Array(Set([email, mailbox + ascii, mailbox + (decoded.host ?? String(domain))]))
  }

  // MARK: - Looking

  /// Whether the whole text is one of the traces.
  package func isWhole(_ text: String) -> Bool {
    var text = Substring(text.trimmed)
    if text.lowercased().hasPrefix("mailto:") { text = text.dropFirst(7) }
    return wholes.contains(Spellings.letters(String(text)))
  }

  /// Whether a file of this name is named for the person.
  package func holds(fileName: String) -> Bool {
    isWhole(fileName.stem) || spellings.occur(in: fileName)
      || spellings.occur(in: Traces.spaced(fileName))
  }

  /// A path that reveals nobody's name.
  package func masked(path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).map { part in
      let name = String(part)
      let stem = name.stem
      if !stem.isEmpty, isWhole(stem) { return "…" + name.dropFirst(stem.count) }
      return erased(name) ?? erased(Traces.spaced(name)) ?? name
    }.joined(separator: "/")
  }

  /// File names join words by many signs.
  private static func spaced(_ name: String) -> String {
    let stem = name.stem
    return String(stem.map { "_.-+".contains($0) ? " " : $0 }) + name.dropFirst(stem.count)
  }

  func isEmail(_ text: String) -> Bool { emails.contains(text.trimmed.lowercased()) }

  /// The text with everything removed that identifies the person; nil where nothing does.
  package func erased(_ text: String) -> String? { spellings.erased(text) }

  /// Words of the call that no record and no key knows: of each, the index that finds it alone.
  package var unknownSpellings: [(word: String, traces: Traces)] {
    unknown.map { word in
      var traces = Traces([word])
      traces.settle()
      return (word, traces)
    }
  }
}

/// What was taken out of one file.
package struct Removal: Sendable, Hashable {
  /// By kind (`person`, `tandem`, `session`, `row`, `attendee`, `mention` …).
  package var counts: [String: Int] = [:]
  /// The file is gone as a whole: it was the person's own.
  package var isDeleted = false

  package init() {}

  package var isEmpty: Bool { counts.isEmpty && !isDeleted }

  package mutating func add(_ kind: String, _ count: Int = 1) { counts[kind, default: 0] += count }
}
