import Basics

extension String {
  /// An identifier as part of a calendar UID: letters, digits, `-` and `_`, and no two identifiers alike.
  ///
  /// Identifiers of the usual shape (`2026-autumn/pl:100001+pl:100087`, `2026-autumn/pl/workshop-1`) have `-` for each of
  /// their signs, as calendars have known them since the beginning: without `-` in regions and numbers, and with a digit in
  /// each number, such a text can be read back from its end. Of any other each byte that is no letter or digit is written as
  /// `_` and two hexadecimal digits; no text of the first kind holds a `_` or lacks a `-`.
  package var asUIDPart: String {
    if isUsualIdentifier {
      return String(decoding: utf8.map { $0.isASCIILetterOrDigit ? $0 : 0x2D }, as: UTF8.self)
    }
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in utf8 {
      if byte.isASCIILetterOrDigit {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "_"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private var isUsualIdentifier: Bool {
    func parts(_ text: Substring.UTF8View, _ sign: Unicode.Scalar) -> [Substring.UTF8View] {
      text.split(separator: UInt8(ascii: sign), omittingEmptySubsequences: false)
    }
    func isWord(_ text: Substring.UTF8View) -> Bool {
      !text.isEmpty && text.allSatisfy(\.isASCIILetterOrDigit)
    }
    func isPerson(_ text: Substring.UTF8View) -> Bool {
      let words = parts(text, ":")
      return words.count == 2 && words.allSatisfy(isWord) && words[1].contains(where: \.isASCIIDigit)
    }
    let rooms = parts(self[...].utf8, "/")
    guard let cohort = rooms.first, !cohort.isEmpty,
      cohort.allSatisfy({ $0.isASCIILetterOrDigit || $0 == 0x2D })
    else { return false }
    switch rooms.count {
    case 2:
      let people = parts(rooms[1], "+")
      return people.count == 2 && people.allSatisfy(isPerson)
    case 3:
      let words = parts(rooms[2], "-")
      return isWord(rooms[1]) && words.count == 2 && words[0].elementsEqual("workshop".utf8)
        && !words[1].isEmpty && words[1].allSatisfy(\.isASCIIDigit)
    default: return false
    }
  }
}

/// What a calendar UID of ours names, read back from its end, as `asUIDPart` allows.
package enum MeetingName: Hashable, Sendable {
  case session(cohort: String, mentor: PersonID, mentee: PersonID, number: Int)
  case workshop(cohort: String, host: String, number: Int)

  /// nil where the UID is of another shape.
  package init?(uid: String) {
    let parts = uid.prefix { $0 != "@" }.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count > 3, let number = parts.last.flatMap({ Int($0) }) else { return nil }
    let words = parts.dropLast()
    if words.last == "workshop", let host = words.dropLast().last {
      let cohort = words.dropLast(2).joined(separator: "-")
      guard !cohort.isEmpty else { return nil }
      self = .workshop(cohort: cohort, host: String(host), number: number)
      return
    }
    guard words.count > 4 else { return nil }
    let people = words.suffix(4).map(String.init)
    self = .session(
      cohort: words.dropLast(4).joined(separator: "-"),
      mentor: PersonID(region: people[0], employeeNumber: people[1]),
      mentee: PersonID(region: people[2], employeeNumber: people[3]), number: number)
  }
}
