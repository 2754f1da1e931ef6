package import Basics
import Programme
import RecordStream

/// Replaces what identifies people by pseudonyms, in any record.
///
/// - A person's id becomes `<region>:<token>`, the name `Person <token>`, the address `<token>@pseudonym.invalid`; where
///   the answer was (`source`) goes to the key.
/// - Free words that are no known topic, and the texts of a survey, become `[<token>]`: they may name anybody.
/// - In every other record, ids, addresses and names of people who are in the key are replaced everywhere.
///
/// What remains (site, department, level, languages, topics, attributes) is what the matcher needs: whoever knows a small
/// site may still guess, so a pseudonymous stream is for headquarters and not for the public.
package struct Pseudonymizer: Sendable {
  package private(set) var key: PseudonymKey
  private let isKnownWord: @Sendable (WordKey) -> Bool
  private let isText: @Sendable (_ survey: String, _ question: String) -> Bool
  private var needles = Needles()

  /// - Parameters:
  ///   - isKnownWord: words that mean a topic and nothing else.
  ///   - isText: whether a question of a survey asks for free text.
  package init(
    key: PseudonymKey, isKnownWord: @escaping @Sendable (WordKey) -> Bool,
    isText: @escaping @Sendable (_ survey: String, _ question: String) -> Bool
  ) {
    self.key = key
    self.isKnownWord = isKnownWord
    self.isText = isText
    for (token, entry) in key.people { needles.add(entry, token: token) }
  }

  /// The record with pseudonyms.
  package mutating func hide(_ record: JSONValue) -> JSONValue {
    guard case .object(var members) = record else { return record }
    switch members["record"]?.string {
    case "person":
      hidePerson(&members)
      return .object(members)
    case "response":
      if case .object(let answers)? = members["answers"] {
        let survey = members["survey"]?.string ?? ""
        var hidden = answers
        for (question, answer) in answers {
          if let words = answer.string, isText(survey, question) { hidden[question] = seal(words) }
        }
        members["answers"] = .object(hidden)
      }
      return .object(members)
    default:
      return record.mappingStrings(needles.replacing)
    }
  }

  private mutating func hidePerson(_ members: inout [String: JSONValue]) {
    guard let id = members["id"]?.string else { return }
    let token = key.token(
      forID: id, name: members["name"]?.string, email: members["email"]?.string, source: members["source"])
    if let entry = key.people[token] { needles.add(entry, token: token) }
    members["id"] = .string(Pseudonymizer.hidden(id, token))
    if members["name"] != nil { members["name"] = .string("Person \(token)") }
    if members["email"] != nil { members["email"] = .string("\(token.lowercased())@pseudonym.invalid") }
    members["source"] = nil
    members["aliases"] = nil
    if let manager = members["manager"]?.string { members["manager"] = hide(id: manager) }
    if let known = members["acquainted"]?.array {
      members["acquainted"] = .array(known.map { value in value.string.map { hide(id: $0) } ?? value })
    }
    if case .object(let said)? = members["said"] {
      var hidden = said
      for field in said.keys.sorted(by: { $0.precedesByBytes($1) }) {
        guard let words = said[field]?.array else { continue }
        hidden[field] = .array(
          words.map { value in
            guard let word = value.string, field == "comments" || !isKnownWord(WordKey(word)) else {
              return value
            }
            return seal(word)
          })
      }
      members["said"] = .object(hidden)
    }
  }

  private mutating func hide(id: String) -> JSONValue {
    let token = key.token(forID: id)
    if let entry = key.people[token] { needles.add(entry, token: token) }
    return .string(Pseudonymizer.hidden(id, token))
  }

  private mutating func seal(_ words: String) -> JSONValue {
    words.isEmpty ? .string("") : .string("[\(key.seal(words))]")
  }

  /// The region stays: the tools need it.
  static func hidden(_ id: String, _ token: String) -> String {
    let region = PersonID(id).region
    return region == id ? token : "\(region):\(token)"
  }

  /// Ids, addresses and names, found anywhere in a text.
  private struct Needles: Sendable {
    private var tokens: [[UInt8]: String] = [:]
    private var lengths: [Int] = []
    private var firstBytes: Set<UInt8> = []

    mutating func add(_ entry: PseudonymKey.Entry, token: String) {
      add(entry.id, Pseudonymizer.hidden(entry.id, token))
      if let email = entry.email { add(email, "\(token.lowercased())@pseudonym.invalid") }
      if let name = entry.name { add(name, "Person \(token)") }
    }

    private mutating func add(_ needle: String, _ replacement: String) {
      let bytes = Array(needle.utf8)
      // Two people of one name: the first one's pseudonym reveals the same name.
      guard bytes.count > 1, tokens[bytes] == nil else { return }
      tokens[bytes] = replacement
      firstBytes.insert(bytes[0])
      if !lengths.contains(bytes.count) {
        lengths.append(bytes.count)
        lengths.sort(by: >)
      }
    }

    /// O(*n* · *l*) for a text of *n* bytes and *l* different lengths of names.
    func replacing(_ text: String) -> String {
      let bytes = Array(text.utf8)
      var result: [UInt8] = []
      var index = 0
      var hasChanged = false
      scan: while index < bytes.count {
        if firstBytes.contains(bytes[index]), index == 0 || !Text.isWord(bytes[index - 1]) {
          for length in lengths where index + length <= bytes.count {
            let end = index + length
            guard end == bytes.count || !Text.isWord(bytes[end]) || !Text.isWord(bytes[end - 1]),
              let replacement = tokens[Array(bytes[index..<end])]
            else { continue }
            result += Array(replacement.utf8)
            index = end
            hasChanged = true
            continue scan
          }
        }
        result.append(bytes[index])
        index += 1
      }
      return hasChanged ? String(decoding: result, as: UTF8.self) : text
    }
  }
}

/// Puts people back in the place of their pseudonyms, in any record.
package struct Revealer: Sendable {
  private let key: PseudonymKey

  package init(key: PseudonymKey) { self.key = key }

  /// The record as it was; the very same value where no pseudonym is in it.
  package func reveal(_ record: JSONValue) -> JSONValue {
    var record = record
    if case .object(var members) = record, members["record"]?.string == "person", members["source"] == nil,
      let id = members["id"]?.string, let source = key.people[PersonID(id).employeeNumber]?.source
    {
      members["source"] = source
      record = .object(members)
    }
    return record.mappingStrings(reveal)
  }

  /// Every token in the text, with what is around it by its kind. O(*n*) in the text.
  func reveal(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.count >= PseudonymKey.tokenLength else { return text }
    var result: [UInt8] = []
    var index = 0
    var hasChanged = false
    while index < bytes.count {
      if index == 0 || !Text.isWord(bytes[index - 1]), let token = token(bytes, at: index),
        let (original, dropped, used) = original(token, in: bytes, at: index, result)
      {
        result.removeLast(dropped)
        result += original
        index += used
        hasChanged = true
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return hasChanged ? String(decoding: result, as: UTF8.self) : text
  }

  private func token(_ bytes: [UInt8], at index: Int) -> String? {
    let end = index + PseudonymKey.tokenLength
    guard end <= bytes.count, end == bytes.count || !Text.isWord(bytes[end]) else { return nil }
    let letters = bytes[index..<end].map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }
    guard letters.allSatisfy(PseudonymKey.alphabet.contains) else { return nil }
    return String(decoding: letters, as: UTF8.self)
  }

  /// What the token stands for here, how many bytes before it belong to it, and how many from it on.
  private func original(
    _ token: String, in bytes: [UInt8], at index: Int, _ before: [UInt8]
  ) -> (original: [UInt8], dropped: Int, used: Int)? {
    let length = PseudonymKey.tokenLength
    let domain = Array("@pseudonym.invalid".utf8)
    let rest = bytes[(index + length)...]
    if let words = key.sealed[token], before.last == UInt8(ascii: "["), rest.first == UInt8(ascii: "]") {
      return (Array(words.utf8), 1, length + 1)
    }
    guard let entry = key.people[token] else { return nil }
    if rest.starts(with: domain), let email = entry.email {
      return (Array(email.utf8), 0, length + domain.count)
    }
    let title = Array("Person ".utf8)
    if before.suffix(title.count).elementsEqual(title), let name = entry.name {
      return (Array(name.utf8), title.count, length)
    }
    let region = Array((PersonID(entry.id).region + ":").utf8)
    if before.suffix(region.count).elementsEqual(region) {
      return (Array(entry.id.utf8), region.count, length)
    }
    return before.isEmpty ? (Array(entry.id.utf8), 0, length) : nil
  }
}

enum Text {
  /// Letters and digits of ASCII: what would make a longer word of a name.
  static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }
}

extension JSONValue {
  /// The value with every string in it replaced, keys too.
  func mappingStrings(_ body: (String) -> String) -> JSONValue {
    switch self {
    case .string(let text): .string(body(text))
    case .array(let elements): .array(elements.map { $0.mappingStrings(body) })
    case .object(let members):
      .object(
        Dictionary(
          members.map { (body($0), $1.mappingStrings(body)) }, uniquingKeysWith: { first, _ in first }))
    default: self
    }
  }
}
