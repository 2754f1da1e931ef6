import Basics
import Programme
package import RecordStream

/// What the store knows of a record without reading all of it: its key, its region, and what lists ask for.
package struct RecordFacts: Hashable, Sendable {
  package var key: RecordKey
  /// Whose rows they are; empty: of no region that the record tells.
  package var region: String
  package var status: String?
  /// When a session or workshop is over, in UTC (RFC 3339): a text in the order of time.
  package var moment: String?

  /// The fields that tell it, whatever the kind.
  private enum Field: String, CaseIterable {
    case record, id, region, status, end, person, tandem, session, workshop, cohort, mentee
  }

  private static let names = Field.allCases.map { ($0, QuotedKey($0.rawValue)) }

  /// Reads the facts of a line that is a record. O(bytes).
  ///
  /// A record without an id is known by its person and cohort (`unmatched`), or by its content.
  package init(_ line: Span<UInt8>) throws(RecordError) {
    var texts: [Field: String] = [:]
    do throws(JSONError) {
      var scanner = JSONScanner(line)
      try scanner.beginObject()
      members: while try scanner.nextMember() {
        for (field, name) in RecordFacts.names where scanner.pass(name) {
          if scanner.peek() == UInt8(ascii: "\"") {
            texts[field] = try scanner.string()
          } else {
            try scanner.skipValue()
          }
          continue members
        }
        _ = try scanner.key()
        try scanner.skipValue()
      }
    } catch {
      throw RecordError(error.message, offset: error.offset)
    }
    guard let kind = texts[.record] else { throw RecordError("the object has no \"record\" key") }
    let id: String
    if let given = texts[.id], !given.isEmpty {
      id = given
    } else if kind == Record.Kind.unmatched.rawValue, let person = texts[.person] {
      id = "\(texts[.cohort] ?? "")/\(person)"
    } else {
      var digest = Digest()
      digest.add(Array(copying: line))
      id = "content:\(digest.hexadecimal.prefix(32))"
    }
    key = RecordKey(kind: kind, id: id)
    region = RecordFacts.region(texts)
    status = texts[.status]
    moment = texts[.end].flatMap { Timestamp(rfc3339: $0) }?.inUTC
  }

  private static func region(_ texts: [Field: String]) -> String {
    if let region = texts[.region] { return region }
    if let person = texts[.person] ?? texts[.mentee] { return PersonID(person).region }
    if let tandem = texts[.tandem] { return TandemID(tandem).named?.mentee.region ?? "" }
    if let workshop = texts[.workshop] ?? texts[.id] { return WorkshopID(workshop).host ?? "" }
    return ""
  }
}

extension Timestamp {
  /// RFC 3339 with `Z`: two of them are in the order of time as texts.
  package var inUTC: String { Timestamp(secondsSinceEpoch: secondsSinceEpoch, offset: 0).description }
}
