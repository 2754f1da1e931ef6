package import Programme

/// By what a person can be found in files: everything that the files themselves say of the people named.
package struct Traces: Sendable {
  package private(set) var ids: Set<String> = []
  package private(set) var emails: Set<String> = []
  package private(set) var numbers: Set<String> = []
  /// Names that nobody else bears: a namesake's record must stay what it is.
  package var names: Set<String> {
    Set(bearers.filter { $0.value.isSubset(of: ids) }.keys).union(pseudonyms)
  }
  private var bearers: [String: Set<String>] = [:]
  private var pseudonyms: Set<String> = []
  /// Tandems that the person is one of: they and their sessions go too.
  package internal(set) var tandems: Set<String> = []
  /// The words of the call: ids, addresses or employee numbers.
  private let asked: [String]
  private var found: Set<String> = []
  /// What people of each region an employee number belongs to.
  private var owners: [String: Set<String>] = [:]

  package init(_ asked: [String]) {
    self.asked = asked
    for word in asked {
      if word.contains("@") {
        emails.insert(word.lowercased())
      } else if let colon = word.firstIndex(of: ":") {
        ids.insert(word)
        numbers.insert(String(word[word.index(after: colon)...]))
      } else {
        numbers.insert(word)
      }
    }
  }

  /// Words of the call by which nobody was found in any record or key.
  package var unknown: [String] { asked.filter { !found.contains($0) } }

  /// Employee numbers that more than one person has; each with their ids.
  package var ambiguous: [(number: String, ids: [String])] {
    owners.filter { $0.value.count > 1 && asked.contains($0.key) }
      .map { ($0.key, $0.value.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }) }
      .sorted { $0.number.utf8.lexicographicallyPrecedes($1.number.utf8) }
  }

  /// Learns of a person record, or of an entry of a key, what else the person is known by.
  mutating func learn(id: String, email: String?, name: String?) {
    let number = id.firstIndex(of: ":").map { String(id[id.index(after: $0)...]) } ?? id
    let words = asked.filter { word in
      word == id || word == number || word.contains("@") && word.lowercased() == email?.lowercased()
    }
    if let name, !name.isEmpty { bearers[name, default: []].insert(id) }
    guard !words.isEmpty || ids.contains(id) else { return }
    found.formUnion(words)
    if words.contains(number) { owners[number, default: []].insert(id) }
    ids.insert(id)
    numbers.insert(number)
    if let email { emails.insert(email.lowercased()) }
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

  /// The longest first; kept once all is learnt, for texts are many.
  private var needles: [[UInt8]]?

  private var sortedNeedles: [[UInt8]] {
    (ids.union(names).map { Array($0.utf8) } + emails.map { Array($0.utf8) })
      .filter { $0.count > 1 }.sorted {
        $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count > $1.count
      }
  }

  /// Ends the learning.
  package mutating func settle() { needles = sortedNeedles }

  /// Whether the whole text is one of the traces.
  package func isWhole(_ text: String) -> Bool {
    ids.contains(text) || numbers.contains(text) || isName(text) || emails.contains(text.lowercased())
      || text.lowercased().hasPrefix("mailto:") && emails.contains(String(text.lowercased().dropFirst(7)))
  }

  private func isName(_ text: String) -> Bool {
    pseudonyms.contains(text) || bearers[text]?.isSubset(of: ids) ?? false
  }

  /// The text with every address, id and name in it taken out; nil where none stands in it. An employee number
  /// alone is no trace inside a text: it may count anything.
  package func erased(_ text: String) -> String? {
    var bytes = Array(text.utf8)
    var hasChanged = false
    let needles = needles ?? sortedNeedles
    for needle in needles {
      var index = 0
      while index + needle.count <= bytes.count {
        let window = bytes[index..<(index + needle.count)]
        let isMatch = zip(window, needle).allSatisfy { Traces.folded($0) == Traces.folded($1) }
        let end = index + needle.count
        guard isMatch, index == 0 || !Text.isWord(bytes[index - 1]) || !Text.isWord(needle[0]),
          end == bytes.count || !Text.isWord(bytes[end]) || !Text.isWord(needle[needle.count - 1])
        else {
          index += 1
          continue
        }
        bytes.replaceSubrange(index..<end, with: Array("…".utf8))
        index += 3
        hasChanged = true
      }
    }
    return hasChanged ? String(decoding: bytes, as: UTF8.self) : nil
  }

  private static func folded(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
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
