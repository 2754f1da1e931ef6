package import Basics

/// What a record is known by: an opaque name, compared and passed on byte for byte.
///
/// What a record is about is in its fields, never in its name. The forms that the programme gives to its own names are
/// made and read here alone.
package protocol Identifier: FieldValue, Hashable, Comparable, CustomStringConvertible {
  var text: String { get }
  init(_ text: String)
}

extension Identifier {
  package var description: String { text }
  /// By bytes, not by locale: the same order everywhere.
  package static func < (a: Self, b: Self) -> Bool { a.text.precedesByBytes(b.text) }

  package static var shape: FieldShape { .id }
  package init(reading scanner: inout JSONScanner) throws(JSONError) {
    _ = scanner.peek()
    let place = scanner.offset
    self.init(try scanner.string())
    if text.isEmpty { throw JSONError(offset: place, message: "an id is empty") }
  }
  package func write(to writer: inout JSONWriter) { writer.string(text) }
  package var shown: String? { text }
}

/// `<region>:<employee number>`: stable, and unique over all regions.
package struct PersonID: Identifier {
  package let text: String

  package init(_ text: String) { self.text = text }
  package init(region: String, employeeNumber: String) { text = "\(region):\(employeeNumber)" }

  /// The text before the first colon; the whole where there is none.
  package var region: String { String(text.prefix { $0 != ":" }) }
  /// The text after the first colon; the whole where there is none.
  package var employeeNumber: String {
    guard let colon = text.firstIndex(of: ":") else { return text }
    return String(text[text.index(after: colon)...])
  }
}

/// `2026-autumn/pl:100001+pl:100087`: derived from what it names, so a second run gives the same.
package struct TandemID: Identifier {
  package let text: String

  package init(_ text: String) { self.text = text }
  package init(cohort: String, mentor: PersonID, mentee: PersonID) { text = "\(cohort)/\(mentor)+\(mentee)" }

  /// What an id of that form names, where the tandem's own record is missing; nil for an id of another form.
  package var named: (cohort: String, mentor: PersonID, mentee: PersonID)? {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { return nil }
    let people = parts[1].split(separator: "+", omittingEmptySubsequences: false)
    guard people.count == 2, !people[0].isEmpty, !people[1].isEmpty else { return nil }
    return (String(parts[0]), PersonID(String(people[0])), PersonID(String(people[1])))
  }
}

/// `2026-autumn/pl:100001+pl:100087#4`: kept for the session's life.
package struct SessionID: Identifier {
  package let text: String

  package init(_ text: String) { self.text = text }
  package init(tandem: TandemID, number: Int) { text = "\(tandem)#\(number)" }
}

/// `2026-autumn/pl/workshop-1`: by cohort, host and number.
package struct WorkshopID: Identifier {
  package let text: String

  package init(_ text: String) { self.text = text }
  package init(cohort: String, host: String, number: Int) { text = "\(cohort)/\(host)/workshop-\(number)" }

  /// The region that holds the workshop; nil for an id of another form.
  package var host: String? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 3 ? String(parts[1]) : nil
  }
}
