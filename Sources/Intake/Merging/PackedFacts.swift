import Basics
import Programme
import Regions

/// Writes facts as bytes and reads them back: a row of master data takes a hundred bytes instead of a thousand.
///
/// What many rows have in common (sites, departments, languages, hours) is held once and written as a number.
struct FactsPacker {
  /// What identifies a row, without the rest of it.
  struct Identity {
    var region: Int
    var sheet: Int
    var line: Int
    var employeeNumber: String?
    var email: String?

    var key: PeopleAssembly.Key? {
      employeeNumber.map { PeopleAssembly.Key(region: region, employeeNumber: $0) }
    }
  }

  private struct Shared<Value: Hashable> {
    private var numbers: [Value: Int] = [:]
    private(set) var values: [Value] = []

    mutating func number(_ value: Value) -> Int {
      if let number = numbers[value] { return number }
      numbers[value] = values.count
      values.append(value)
      return values.count - 1
    }
  }

  private var texts = Shared<String?>()
  private var lists = Shared<[String]?>()
  private var hours = Shared<WorkingHours?>()

  // MARK: - Writing

  mutating func pack(_ facts: Facts, into bytes: inout [UInt8]) {
    // The identity first: `identity` reads no further.
    FactsPacker.put(facts.region ?? 0, &bytes)
    FactsPacker.put(facts.sheet, &bytes)
    FactsPacker.put(facts.line, &bytes)
    FactsPacker.put(facts.employeeNumber, &bytes)
    FactsPacker.put(facts.email, &bytes)
    FactsPacker.put(facts.row, &bytes)
    FactsPacker.put(facts.name, &bytes)
    FactsPacker.put(texts.number(facts.site), &bytes)
    FactsPacker.put(lists.number(facts.department), &bytes)
    FactsPacker.put(facts.level, &bytes)
    FactsPacker.put(facts.manager, &bytes)
    FactsPacker.put(lists.number(facts.languages), &bytes)
    FactsPacker.put(texts.number(facts.role?.rawValue), &bytes)
    for words in [facts.learn, facts.teach, facts.interests, facts.acquainted, facts.aliases] {
      FactsPacker.put(words, &bytes)
    }
    FactsPacker.put(facts.said.count, &bytes)
    for (field, words) in facts.said {
      FactsPacker.put(texts.number(field), &bytes)
      FactsPacker.put(words, &bytes)
    }
    FactsPacker.put(facts.capacity, &bytes)
    FactsPacker.put(facts.flags.count, &bytes)
    for (field, flag) in facts.flags {
      FactsPacker.put(texts.number(field), &bytes)
      FactsPacker.put(flag ? 1 : 0, &bytes)
    }
    FactsPacker.put(hours.number(facts.workingHours), &bytes)
    FactsPacker.put(texts.number(facts.timeZone), &bytes)
    FactsPacker.put(facts.attributes.count, &bytes)
    for (field, value) in facts.attributes {
      FactsPacker.put(texts.number(field), &bytes)
      FactsPacker.put(value, &bytes)
    }
    FactsPacker.put(facts.timestamp?.secondsSinceEpoch, &bytes)
    FactsPacker.put(facts.timestamp?.offset, &bytes)
    bytes.append(contentsOf: facts.raw)
  }

  /// Seven bits a byte, the lowest first; the sign is the lowest of all.
  private static func put(_ number: Int, _ bytes: inout [UInt8]) {
    var rest = UInt(bitPattern: number << 1 ^ number >> (Int.bitWidth - 1))
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  private static func put(_ number: Int?, _ bytes: inout [UInt8]) {
    put(number == nil ? 0 : 1, &bytes)
    if let number { put(number, &bytes) }
  }

  /// The length and one, or 0 where there is none.
  private static func put(_ text: String?, _ bytes: inout [UInt8]) {
    guard let text else { return put(0, &bytes) }
    put(text.utf8.count + 1, &bytes)
    bytes.append(contentsOf: text.utf8)
  }

  private static func put(_ words: [String], _ bytes: inout [UInt8]) {
    put(words.count, &bytes)
    for word in words { put(word, &bytes) }
  }

  // MARK: - Reading

  /// Bytes that `pack` wrote.
  private struct Cursor {
    let bytes: ArraySlice<UInt8>
    var place: Int

    init(_ bytes: ArraySlice<UInt8>) {
      self.bytes = bytes
      place = bytes.startIndex
    }

    mutating func number() -> Int {
      var rest: UInt = 0
      var shift: UInt = 0
      while true {
        let byte = bytes[place]
        place += 1
        rest |= UInt(byte & 0x7F) << shift
        if byte < 0x80 { break }
        shift += 7
      }
      return Int(bitPattern: rest >> 1) ^ -Int(bitPattern: rest & 1)
    }

    mutating func optional() -> Int? { number() == 0 ? nil : number() }

    mutating func text() -> String? {
      let count = number() - 1
      if count < 0 { return nil }
      defer { place += count }
      return String(decoding: bytes[place..<(place + count)], as: UTF8.self)
    }

    mutating func words() -> [String] { (0..<number()).map { _ in text() ?? "" } }
  }

  func identity(_ bytes: ArraySlice<UInt8>) -> Identity {
    var cursor = Cursor(bytes)
    return FactsPacker.identity(&cursor)
  }

  private static func identity(_ cursor: inout Cursor) -> Identity {
    let (region, sheet, line) = (cursor.number(), cursor.number(), cursor.number())
    return Identity(
      region: region, sheet: sheet, line: line, employeeNumber: cursor.text(), email: cursor.text())
  }

  func unpack(_ bytes: ArraySlice<UInt8>) -> Facts {
    var cursor = Cursor(bytes)
    let identity = FactsPacker.identity(&cursor)
    var facts = Facts(sheet: identity.sheet, line: identity.line, row: cursor.number(), raw: [])
    facts.region = identity.region
    facts.employeeNumber = identity.employeeNumber
    facts.email = identity.email
    facts.name = cursor.text()
    facts.site = texts.values[cursor.number()]
    facts.department = lists.values[cursor.number()] ?? []
    facts.level = cursor.optional()
    facts.manager = cursor.text()
    facts.languages = lists.values[cursor.number()]
    facts.role = texts.values[cursor.number()].flatMap { Role(rawValue: $0) }
    facts.learn = cursor.words()
    facts.teach = cursor.words()
    facts.interests = cursor.words()
    facts.acquainted = cursor.words()
    facts.aliases = cursor.words()
    for _ in 0..<cursor.number() { facts.said[texts.values[cursor.number()] ?? ""] = cursor.words() }
    facts.capacity = cursor.optional()
    for _ in 0..<cursor.number() { facts.flags[texts.values[cursor.number()] ?? ""] = cursor.number() == 1 }
    facts.workingHours = hours.values[cursor.number()]
    facts.timeZone = texts.values[cursor.number()]
    for _ in 0..<cursor.number() { facts.attributes[texts.values[cursor.number()] ?? ""] = cursor.text() }
    let seconds = cursor.optional()
    let offset = cursor.optional()
    if let seconds, let offset { facts.timestamp = Timestamp(secondsSinceEpoch: seconds, offset: offset) }
    facts.raw = Array(bytes[cursor.place...])
    return facts
  }
}
