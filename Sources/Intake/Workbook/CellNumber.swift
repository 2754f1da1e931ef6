import Basics
import Foundation
import Programme

/// A cell's number as the text that somebody typed: `101` and not `101.0`, a date as `2026-03-25`.
enum CellNumber {
  /// Whether the number of a plain cell is its own text already: a whole number without superfluous zeros.
  @inline(__always)
  static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count > 0, bytes.count <= 300, bytes[0] != 0x30 || bytes.count == 1 else { return false }
    for byte in bytes where byte &- 0x30 > 9 { return false }
    return true
  }

  /// The text of a number in its format.
  ///
  /// - Throws: why there is none: it is no number, or a date that the calendar does not have.
  static func text(_ written: String, format: NumberFormat, isFrom1904: Bool) throws(IntakeError) -> String {
    let trimmed = written.trimmed
    guard let value = Double(trimmed), value.isFinite else {
      throw .unreadableCell("the cell is a number by its type and holds \(Quoted.word(written))")
    }
    switch format {
    case .plain: return plain(value, written: trimmed)
    case .padded(let digits):
      let text = plain(value, written: trimmed)
      guard value >= 0, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return text }
      return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    case .elapsed: return try elapsed(value)
    case .moment(let hasDate, let hasTime):
      return try moment(value, hasDate: hasDate, hasTime: hasTime, isFrom1904: isFrom1904)
    }
  }

  /// All digits of a whole number; else the fifteen that a spreadsheet holds and shows.
  private static func plain(_ value: Double, written: String) -> String {
    if value == 0 { return "0" }
    let magnitude = abs(value)
    if value == value.rounded(), magnitude < 1e21 {
      // Digits that are written out are kept, also those that a Double would lose.
      let digits = written.drop { $0 == "-" || $0 == "+" }.prefix { ("0"..."9").contains($0) }
      let rest = written.drop { $0 == "-" || $0 == "+" }.dropFirst(digits.count)
      if rest.isEmpty || rest.first == "." && rest.dropFirst().allSatisfy({ $0 == "0" }) {
        let significant = digits.drop { $0 == "0" }
        return (value < 0 ? "-" : "") + (significant.isEmpty ? "0" : String(significant))
      }
      if magnitude < 1e15 { return String(Int64(value)) }
    }
    let text = String(format: "%.15g", value)
    guard let mark = text.firstIndex(of: "e"), magnitude >= 1e-9, magnitude < 1e21 else { return text }
    return (value < 0 ? "-" : "")
      + expanded(text[..<mark].filter(\.isNumber), exponent: Int(text[text.index(after: mark)...]) ?? 0)
  }

  /// Digits, of which the first stands before the point, shifted by an exponent.
  private static func expanded(_ digits: String, exponent: Int) -> String {
    if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + digits }
    let zeros = String(repeating: "0", count: max(0, exponent + 1 - digits.count))
    let all = digits + zeros
    let point = all.index(all.startIndex, offsetBy: exponent + 1)
    return point == all.endIndex ? all : "\(all[..<point]).\(all[point...])"
  }

  private static func clock(_ seconds: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
    return "\(two(hour)):\(two(minute))" + (second > 0 ? ":\(two(second))" : "")
  }

  private static func elapsed(_ value: Double) throws(IntakeError) -> String {
    guard abs(value) < 10_000_000 else { throw outOfRange(value) }
    let seconds = Int((abs(value) * 86_400).rounded())
    return (value < 0 && seconds > 0 ? "-" : "") + clock(seconds)
  }

  /// Days since 1899-12-31, with the day 60 that 1900 did not have; or since 1904-01-01. The last is 9999-12-31.
  private static func moment(
    _ value: Double, hasDate: Bool, hasTime: Bool, isFrom1904: Bool
  ) throws(IntakeError) -> String {
    guard value >= 0, value < 2_958_466 else { throw outOfRange(value) }
    let total = Int((value * 86_400).rounded())
    let (days, seconds) = (total / 86_400, total % 86_400)
    if days == 0, !isFrom1904 || !hasDate {
      // A time of day, or a zero that is shown as a date.
      return hasTime || seconds > 0 ? clock(seconds) : "0"
    }
    let base: LocalDate?
    if isFrom1904 {
      base = LocalDate(year: 1904, month: 1, day: 1)
    } else if days == 60 {
      throw .unreadableCell("the cell holds 1900-02-29, a day that there was not")
    } else {
      base = LocalDate(year: 1899, month: 12, day: days < 60 ? 31 : 30)
    }
    guard let base, days <= 2_958_465 else { throw outOfRange(value) }
    let date = LocalDate(daysSinceEpoch: base.daysSinceEpoch + days)
    guard date.year <= 9999 else { throw outOfRange(value) }
    guard hasTime || seconds > 0 else { return "\(date)" }
    let time = clock(seconds)
    return "\(date) \(time)" + (time.utf8.count == 5 ? ":00" : "")
  }

  private static func outOfRange(_ value: Double) -> IntakeError {
    .unreadableCell(
      "the cell holds the number \(Int(exactly: value).map(String.init) ?? "\(value)") as a date, which Excel shows as ########"
    )
  }

  /// A date or time as ISO 8601 writes it (`2026-03-25T10:11:12`, `2026-03-25T00:00:00.000`), as the other readers know it.
  static func moment(iso text: String) -> String {
    var text = text.trimmed
    guard let mark = text.firstIndex(of: "T") else { return text }
    if let point = text.firstIndex(of: "."), text[text.index(after: point)...].allSatisfy(\.isNumber) {
      text = String(text[..<point])
    }
    let time = text[text.index(after: mark)...]
    return time == "00:00:00" ? String(text[..<mark]) : text.replacing("T", with: " ", maxReplacements: 1)
  }

  /// A duration of ISO 8601 (`PT08H30M00S`) as hours and minutes; as it is where it has days or is none.
  static func duration(iso text: String) -> String {
    var numbers: [Character: Int] = [:]
    var digits = ""
    for character in text.trimmed.drop(while: { $0 == "P" || $0 == "T" }) {
      if character.isNumber {
        digits.append(character)
      } else if character == "." || character == "," {
        break
      } else {
        guard "HMS".contains(character), let number = Int(digits), number < 1_000_000 else { return text }
        numbers[character] = number
        digits = ""
      }
    }
    if !digits.isEmpty { numbers["S"] = Int(digits).flatMap { $0 < 1_000_000 ? $0 : nil } ?? 0 }
    if numbers.isEmpty { return text }
    return clock((numbers["H"] ?? 0) * 3600 + (numbers["M"] ?? 0) * 60 + (numbers["S"] ?? 0))
  }

  /// What spreadsheets show in place of a value that they could not compute.
  static func isError(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count >= 4, bytes.count <= 14, bytes[0] == UInt8(ascii: "#") else { return false }
    return errors.contains { $0.elementsEqual(bytes) }
  }

  private static let errors: [[UInt8]] = [
    "#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#GETTING_DATA",
  ].map { Array($0.utf8) }
}
