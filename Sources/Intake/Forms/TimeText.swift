import Basics
package import Programme
package import Regions

/// Times as exports write them, read without a locale.
///
/// A time without a zone is taken as UTC: it is only compared with others of the same file.
package enum TimeText {
  /// The time, by the form's own pattern or by the known ways: a spreadsheet's number (`46236.5`), year first (`2026-08-02 10:11:12`,
  /// `2026/08/02 10:39:41 PM GMT+1`, `2026. 08. 02.`, `2026年8月2日`), day first with dots (`02.08.2026 10:11`), and with slashes or
  /// dashes (`8/2/26 10:11`) in the order of its column; nil where that order is not known and the date can be read either way, or
  /// where the date has the other order.
  package static func parse(
    _ text: String, pattern: String? = nil, order: Form.DateOrder? = nil
  ) -> Timestamp? {
    let scalars = Array(text.trimmed.unicodeScalars)
    guard !scalars.isEmpty, scalars.count <= 64 else { return nil }
    return pattern.map { parse(scalars, pattern: Array($0.unicodeScalars)) } ?? guess(scalars, order)
  }

  static func isTime(_ text: String) -> Bool {
    Form.DateOrder.allCases.contains { parse(text, order: $0) != nil }
  }

  /// What a date says of the order of day and month.
  enum Order: Hashable {
    /// One of the two is above 12.
    case proved(Form.DateOrder)
    case doubtful
    /// It is written in a way that has one reading, or is no date.
    case plain
  }

  static func order(of text: String) -> Order {
    let scalars = Array(text.trimmed.unicodeScalars.prefix(11))
    var index = 0
    guard let numbers = numbers(scalars, &index), numbers.mark == "/" || numbers.mark == "-",
      numbers.first <= 31, numbers.second <= 31, numbers.first != numbers.second
    else { return .plain }
    if numbers.first > 12 { return numbers.second > 12 ? .plain : .proved(.dayFirst) }
    return numbers.second > 12 ? .proved(.monthFirst) : .doubtful
  }

  /// Seconds since the epoch of `2026-08-02 10:11:12`, the way that most exports write; nil for any other.
  static func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard bytes.count == 19, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] == 0x20 || bytes[10] == 0x54,
      bytes[13] == 0x3A, bytes[16] == 0x3A
    else { return nil }
    var isNumber = true
    func number(_ start: Int, _ digits: Int) -> Int {
      var value = 0
      for index in start..<(start + digits) {
        let digit = bytes[index] &- 0x30
        if digit >= 10 { isNumber = false }
        value = value * 10 + Int(digit)
      }
      return value
    }
    let (year, month, day) = (number(0, 4), number(5, 2), number(8, 2))
    let (hour, minute, second) = (number(11, 2), number(14, 2), number(17, 2))
    guard isNumber, hour < 24, minute < 60, second < 61,
      let date = LocalDate(year: year, month: month, day: day)
    else { return nil }
    return date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + min(second, 59)
  }

  private struct Parts {
    var year: Int?
    var month: Int?
    var day: Int?
    var hour = 0
    var minute = 0
    var second = 0
    var isAfternoon: Bool?
    var offset = 0

    var timestamp: Timestamp? {
      guard var year, let month, let day else { return nil }
      if year < 100 { year += year < 70 ? 2000 : 1900 }
      var hour = hour
      if let isAfternoon {
        // Google writes 22:39 PM too: only the first twelve hours are shifted.
        if isAfternoon, hour < 12 { hour += 12 }
        if !isAfternoon, hour == 12 { hour = 0 }
      }
      guard hour < 24, minute < 60, second < 61, let date = LocalDate(year: year, month: month, day: day)
      else { return nil }
      let local = date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + min(second, 59)
      return Timestamp(secondsSinceEpoch: local - offset, offset: offset)
    }
  }

  /// `yyyy MM dd HH mm ss`, `h`, `a` and `Z` as in Unicode's date patterns; anything else stands for itself.
  private static func parse(_ text: [Unicode.Scalar], pattern: [Unicode.Scalar]) -> Timestamp? {
    var parts = Parts()
    var index = 0
    var place = 0
    while place < pattern.count {
      let letter = pattern[place]
      var run = 1
      while place + run < pattern.count, pattern[place + run] == letter { run += 1 }
      place += run
      switch letter {
      case "y", "M", "d", "H", "h", "m", "s":
        guard let number = number(text, &index, digits: run >= 3 ? run : letter == "y" ? 4 : 2) else {
          return nil
        }
        switch letter {
        case "y": parts.year = number
        case "M": parts.month = number
        case "d": parts.day = number
        case "m": parts.minute = number
        case "s": parts.second = number
        default: parts.hour = number
        }
      case "a":
        guard let half = half(text, &index) else { return nil }
        parts.isAfternoon = half
      case "Z", "z", "X":
        guard let offset = zone(text, &index) else { return nil }
        parts.offset = offset
      case "'": continue
      default:
        for _ in 0..<run {
          guard index < text.count, text[index] == letter else { return nil }
          index += 1
        }
      }
    }
    return index == text.count ? parts.timestamp : nil
  }

  /// Three numbers with one mark between them.
  private static func numbers(
    _ text: [Unicode.Scalar], _ index: inout Int
  ) -> (mark: Unicode.Scalar, first: Int, second: Int, third: Int)? {
    func next(_ mark: Unicode.Scalar) -> Bool {
      guard index < text.count, text[index] == mark else { return false }
      index += 1
      if mark == "." { skipBlanks(text, &index) }
      return true
    }
    guard let first = number(text, &index, digits: 4), index < text.count else { return nil }
    let mark = text[index]
    let marks: (Unicode.Scalar, Unicode.Scalar) = mark == "年" ? ("年", "月") : (mark, mark)
    guard ["-", "/", ".", "年"].contains(mark), next(marks.0), let second = number(text, &index, digits: 2),
      next(marks.1), let third = number(text, &index, digits: 4)
    else { return nil }
    // `2026. 08. 02.`, `2026年8月2日`
    if index < text.count, text[index] == (mark == "年" ? "日" : "."), mark == "年" || mark == ".", first > 31 {
      index += 1
    }
    return (mark, first, second, third)
  }

  private static func guess(_ text: [Unicode.Scalar], _ order: Form.DateOrder?) -> Timestamp? {
    var parts = Parts()
    var index = 0
    if let serial = serial(text) { return serial }
    guard let numbers = numbers(text, &index) else { return nil }
    let (mark, first, second, third) = numbers
    if first > 31 || mark == "年" {
      (parts.year, parts.month, parts.day) = (first, second, third)
    } else {
      let isDayFirst: Bool
      if mark == "." || first > 12 {
        isDayFirst = true
      } else if second > 12 {
        isDayFirst = false
      } else {
        guard let order = order ?? (first == second ? .dayFirst : nil) else { return nil }
        isDayFirst = order == .dayFirst
      }
      if mark != ".", first != second, let order, (order == .dayFirst) != isDayFirst { return nil }
      (parts.year, parts.month, parts.day) = isDayFirst ? (third, second, first) : (third, first, second)
    }
    skipBlanks(text, &index)
    if index < text.count, text[index] == "T" || text[index] == "," { index += 1 }
    skipBlanks(text, &index)
    if index < text.count {
      guard let hour = number(text, &index, digits: 2), index < text.count, text[index] == ":" else {
        return nil
      }
      index += 1
      guard let minute = number(text, &index, digits: 2) else { return nil }
      (parts.hour, parts.minute) = (hour, minute)
      if index < text.count, text[index] == ":" {
        index += 1
        guard let second = number(text, &index, digits: 2) else { return nil }
        parts.second = second
        if index < text.count, text[index] == "." || text[index] == "," {
          index += 1
          while index < text.count, ("0"..."9").contains(text[index]) { index += 1 }
        }
      }
      skipBlanks(text, &index)
      if let half = half(text, &index) { parts.isAfternoon = half }
      skipBlanks(text, &index)
      if index < text.count {
        guard let offset = zone(text, &index) else { return nil }
        parts.offset = offset
      }
    }
    return index == text.count ? parts.timestamp : nil
  }

  /// A spreadsheet's own number for a time: days since 1899-12-30, of the years 1954 to 2119.
  private static func serial(_ text: [Unicode.Scalar]) -> Timestamp? {
    let plain = String(String.UnicodeScalarView(text.map { $0 == "," ? "." : $0 }))
    guard text.count >= 5, text.count <= 18,
      text.allSatisfy({ ("0"..."9").contains($0) || $0 == "." || $0 == "," }),
      let days = Double(plain), days >= 20_000, days < 80_000
    else { return nil }
    return Timestamp(secondsSinceEpoch: Int(((days - 25_569) * 86_400).rounded()), offset: 0)
  }

  private static func skipBlanks(_ text: [Unicode.Scalar], _ index: inout Int) {
    while index < text.count, text[index].properties.isWhitespace { index += 1 }
  }

  private static func number(_ text: [Unicode.Scalar], _ index: inout Int, digits: Int) -> Int? {
    var value = 0
    let start = index
    while index < text.count, index - start < digits, ("0"..."9").contains(text[index]) {
      value = value * 10 + Int(text[index].value - 48)
      index += 1
    }
    return index > start ? value : nil
  }

  /// `AM`, `p.m.`, and Spanish `a. m.`, whose blank may not break.
  private static func half(_ text: [Unicode.Scalar], _ index: inout Int) -> Bool? {
    var end = index
    func take(_ signs: Set<Unicode.Scalar>) -> Unicode.Scalar? {
      guard end < text.count, signs.contains(text[end]) else { return nil }
      end += 1
      return text[end - 1]
    }
    guard let first = take(["a", "A", "p", "P"]) else { return nil }
    if take(["."]) != nil { while take([" ", "\u{A0}", "\u{202F}"]) != nil {} }
    guard take(["m", "M"]) != nil else { return nil }
    _ = take(["."])
    index = end
    return first == "p" || first == "P"
  }

  /// Zones that exports name by letters, in hours east. Of zones that share letters (`BST`, `CST`), the British and the American.
  private static let zones = [
    "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
  ]

  /// `Z`, `UTC`, `GMT`, `+02:00`, `+0200`, `GMT+1`, `UTC-5:30`, `CEST`; seconds east.
  private static func zone(_ text: [Unicode.Scalar], _ index: inout Int) -> Int? {
    let letters = String(String.UnicodeScalarView(text[index...].prefix { ("A"..."Z").contains($0) }))
    if let hours = zones[letters] {
      index += letters.count
      return hours * 3600
    }
    let rest = String(String.UnicodeScalarView(text[index...].prefix(3))).uppercased()
    if rest == "UTC" || rest == "GMT" {
      index += 3
    } else if rest.hasPrefix("Z") {
      index += 1
    }
    guard index < text.count else { return 0 }
    guard text[index] == "+" || text[index] == "-" || text[index] == "\u{2212}" else {
      return ["UTC", "GMT"].contains(rest) || rest.hasPrefix("Z") ? 0 : nil
    }
    let sign = text[index] == "+" ? 1 : -1
    index += 1
    guard var hours = number(text, &index, digits: 4) else { return nil }
    var minutes = 0
    if hours >= 100 { (hours, minutes) = (hours / 100, hours % 100) }
    if index < text.count, text[index] == ":" {
      index += 1
      guard let more = number(text, &index, digits: 2) else { return nil }
      minutes = more
    }
    guard hours <= 15, minutes < 60 else { return nil }
    return sign * (hours * 60 + minutes) * 60
  }
}
