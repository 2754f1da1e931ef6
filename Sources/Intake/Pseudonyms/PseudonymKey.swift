package import Basics
import Programme
package import RecordStream

/// The key between people and their pseudonyms: what a region keeps when it shows a stream to headquarters.
///
/// A pseudonym follows from the secret and the person's id, so it is the same in every run with the same key, and nobody
/// without the key can compute it of a staff list. The secret is the one thing in the programme that is drawn by
/// chance: a pseudonym that could be computed from what everybody knows would be none.
package struct PseudonymKey: Sendable, Hashable {
  /// What is put back for one person.
  package struct Entry: Sendable, Hashable {
    package var id: String
    package var name: String?
    package var email: String?
    /// Where the person's answer was: a line number identifies the person to whoever has the export.
    package var source: JSONValue?
  }

  private let secret: (UInt64, UInt64)
  /// By token.
  package private(set) var people: [String: Entry] = [:]
  /// Free words by token: they may name anybody.
  package private(set) var sealed: [String: String] = [:]
  private var tokens: [String: String] = [:]

  /// A new key.
  package init() {
    var source = SystemRandomNumberGenerator()
    secret = (source.next(), source.next())
  }

  package static func == (a: PseudonymKey, b: PseudonymKey) -> Bool {
    a.secret == b.secret && a.people == b.people && a.sealed == b.sealed
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(people.count) }

  // MARK: - The file

  /// Reads a key that was written before.
  package init(parsing bytes: [UInt8]) throws(RecordError) {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw RecordError("no key of pseudonyms: \(error.message)", offset: error.offset)
    }
    guard let text = value["secret"]?.string, text.utf8.count == 32,
      let first = UInt64(text.prefix(16), radix: 16),
      let second = UInt64(text.suffix(16), radix: 16), let people = value["people"]?.array
    else {
      throw RecordError("no key of pseudonyms: it has no secret; name the file that --pseudonyms wrote")
    }
    secret = (first, second)
    for person in people {
      guard let token = person["token"]?.string, let id = person["id"]?.string else { continue }
      self.people[token] = Entry(
        id: id, name: person["name"]?.string, email: person["email"]?.string, source: person["source"])
      tokens[id] = token
    }
    for text in value["sealed"]?.array ?? [] {
      guard let token = text["token"]?.string, let words = text["text"]?.string else { continue }
      sealed[token] = words
    }
  }

  /// The file: people and free words by token, one a line, so that a clerk can search it.
  package var bytes: [UInt8] {
    var text = Array("{\"people\":[".utf8)
    var separator = Array("\n".utf8)
    for token in people.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      guard let entry = people[token] else { continue }
      var members: [String: JSONValue] = ["token": .string(token), "id": .string(entry.id)]
      members["name"] = entry.name.map { .string($0) }
      members["email"] = entry.email.map { .string($0) }
      members["source"] = entry.source
      text += separator + JSONValue.object(members).line
      separator = Array(",\n".utf8)
    }
    text += Array("],\n\"sealed\":[".utf8)
    separator = Array("\n".utf8)
    for token in sealed.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      guard let words = sealed[token] else { continue }
      text += separator + JSONValue.object(["text": .string(words), "token": .string(token)]).line
      separator = Array(",\n".utf8)
    }
    text += Array(
      "],\n\"secret\":\"\(secret.0.digits(16, radix: 16))\(secret.1.digits(16, radix: 16))\"}\n".utf8)
    return text
  }

  // MARK: - Tokens

  /// The token of a person, entered into the key when it is new; what is known of the person is added.
  package mutating func token(
    forID id: String, name: String? = nil, email: String? = nil, source: JSONValue? = nil
  ) -> String {
    let token = tokens[id] ?? free(for: "person " + id) { people[$0] != nil }
    tokens[id] = token
    var entry = people[token] ?? Entry(id: id)
    if let name { entry.name = name }
    if let email { entry.email = email }
    if let source { entry.source = source }
    people[token] = entry
    return token
  }

  /// The token of some free words.
  package mutating func seal(_ words: String) -> String {
    let token = free(for: "words " + words) { sealed[$0] != nil && sealed[$0] != words }
    sealed[token] = words
    return token
  }

  /// Takes a person out of the key: what was pseudonymous stays so for ever.
  package mutating func forget(id: String) -> Bool {
    guard let token = tokens.removeValue(forKey: id) else { return false }
    people[token] = nil
    return true
  }

  /// Other words under the same token.
  mutating func replace(sealed token: String, with words: String) { sealed[token] = words }

  package func id(of token: String) -> String? { people[token]?.id }

  private func free(for text: String, isTaken: (String) -> Bool) -> String {
    let hash = SipHash(key: secret)
    var token = PseudonymKey.text(hash.digest(text.utf8))
    var round = 0
    // Sixty bits hardly ever meet; where they do, the next digest decides, and does so in every run.
    while isTaken(token) {
      round += 1
      token = PseudonymKey.text(hash.digest("\(text) \(round)".utf8))
    }
    return token
  }

  static let tokenLength = 12
  /// Crockford's base 32: no letter that is mistaken for a digit.
  static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  private static func text(_ digest: UInt64) -> String {
    let letters = (0..<tokenLength).map { alphabet[Int(digest >> (5 * UInt64($0)) & 31)] }
    return String(decoding: letters, as: UTF8.self)
  }
}
