import Basics

/// A recurrence rule (RFC 5545, section 3.3.10).
struct RecurrenceRule: Hashable, Sendable {
  enum Frequency: Int, Comparable, Sendable {
    case secondly, minutely, hourly, daily, weekly, monthly, yearly

    static func < (a: Frequency, b: Frequency) -> Bool { a.rawValue < b.rawValue }

    /// Of a period that is shorter than a day; nil for the others.
    var seconds: Int? {
      switch self {
      case .secondly: 1
      case .minutely: 60
      case .hourly: 3600
      default: nil
      }
    }
  }

  /// `-1SU`: the last Sunday; ordinal 0: every one. Weekday 0 for Monday.
  struct OrdinalWeekday: Hashable, Sendable {
    var ordinal: Int
    var weekday: Int
  }

  var frequency: Frequency
  var interval = 1
  var count: Int?
  var until: CalendarTime?
  /// Each list is sorted and holds nothing twice; empty: not given.
  var seconds: [Int] = []
  var minutes: [Int] = []
  var hours: [Int] = []
  var weekdays: [OrdinalWeekday] = []
  var monthDays: [Int] = []
  var yearDays: [Int] = []
  var weekNumbers: [Int] = []
  var months: [Int] = []
  var positions: [Int] = []
  /// 0 for Monday.
  var weekStart = 0

  init(frequency: Frequency) {
    self.frequency = frequency
  }

  private enum Part: String, CaseIterable {
    case frequency = "FREQ"
    case interval = "INTERVAL"
    case count = "COUNT"
    case until = "UNTIL"
    case weekdays = "BYDAY"
    case monthDays = "BYMONTHDAY"
    case months = "BYMONTH"
    case positions = "BYSETPOS"
    case hours = "BYHOUR"
    case minutes = "BYMINUTE"
    case seconds = "BYSECOND"
    case yearDays = "BYYEARDAY"
    case weekNumbers = "BYWEEKNO"
    case weekStart = "WKST"
    case calendar = "RSCALE"
    case skip = "SKIP"
  }

  private static let parts = NameTable<Part>()
  private static let frequencies = NameTable<Frequency>([
    ("WEEKLY", .weekly), ("DAILY", .daily), ("MONTHLY", .monthly), ("YEARLY", .yearly), ("HOURLY", .hourly),
    ("MINUTELY", .minutely), ("SECONDLY", .secondly),
  ])
  private static let days = NameTable<Int>([
    ("MO", 0), ("TU", 1), ("WE", 2), ("TH", 3), ("FR", 4), ("SA", 5), ("SU", 6),
  ])

  /// - Throws: `CalendarError.badRule`, the first of the mistakes.
  init(_ text: Octets) throws(CalendarError) {
    var mistakes: [CalendarError] = []
    let rule = RecurrenceRule(text, &mistakes)
    if let first = mistakes.first { throw first }
    guard let rule else { throw .badRule(part: "FREQ", reason: "is missing") }
    self = rule
  }

  /// The rule as far as it can be read, so that it gives no occurrence less than the whole rule would: without the parts that
  /// cannot be read, and then without COUNT, which would end it too early. Where a part that makes more occurrences
  /// (BYDAY of a month) cannot be read, those are not known. nil where nothing but DTSTART is sure.
  ///
  /// - Parameter mistakes: gets a `CalendarError.badRule` for each part that cannot be read.
  init?(_ text: Octets, _ mistakes: inout [CalendarError]) {
    self.init(frequency: .yearly)
    let before = mistakes.count
    var isKnown = false
    var hasFrequency = false
    // An empty part, as behind a trailing ";", says nothing.
    for range in text.pieces(by: UInt8(ascii: ";")) where !range.isEmpty {
      let part = text[range]
      guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else {
        mistakes.append(.badRule(part: part.shortText, reason: "has no value"))
        continue
      }
      let name = part[0..<equals].trimmed
      let value = part[equals + 1..<part.count].trimmed
      do throws(CalendarError) {
        switch RecurrenceRule.parts[name] {
        case .frequency:
          hasFrequency = true
          guard let given = RecurrenceRule.frequencies[value] else {
            throw .badRule(part: "FREQ=\(value.shortText)", reason: "is not a frequency")
          }
          frequency = given
          isKnown = true
        case .calendar:
          guard value.equals("GREGORIAN") else {
            isKnown = false
            mistakes.append(
              .badRule(part: "RSCALE=\(value.shortText)", reason: "is not the Gregorian calendar"))
            return nil
          }
        case let known: try read(known, name, value, &mistakes)
        }
      } catch {
        mistakes.append(error)
      }
    }
    if !hasFrequency { mistakes.append(.badRule(part: "FREQ", reason: "is missing")) }
    guard isKnown else { return nil }
    if mistakes.count > before { count = nil }
  }

  private mutating func read(
    _ part: Part?, _ name: Octets, _ value: Octets, _ mistakes: inout [CalendarError]
  ) throws(CalendarError) {
    func bad(_ reason: String) -> CalendarError {
      .badRule(part: "\(name.shortText)=\(value.shortText)", reason: reason)
    }
    /// The items that can be read; where one cannot, that is one mistake.
    func items<Item>(_ reason: String, _ read: (Octets) -> Item?) -> [Item] {
      let all = value.pieces(by: UInt8(ascii: ","))
      let read = all.compactMap { read(value[$0]) }
      if read.count < all.count { mistakes.append(bad(reason)) }
      return read
    }
    func list(_ range: ClosedRange<Int>, signed: Bool = false) -> [Int] {
      let numbers = items(
        "is not a list of numbers from \(signed ? "±" : "")\(range.lowerBound) to \(range.upperBound)"
      ) { item in
        item.integer.flatMap { range.contains(signed ? abs($0) : $0) ? $0 : nil }
      }
      return Set(numbers).sorted()
    }
    func positive() throws(CalendarError) -> Int {
      guard let number = value.digits(0, value.count), number >= 1, number <= 1_000_000_000_000 else {
        throw bad("is not a number from 1 up")
      }
      return number
    }
    switch part {
    case .interval: interval = try positive()
    case .count: count = try positive()
    case .until:
      guard let time = CalendarTime(value) else { throw bad("is neither a date nor a time") }
      until = time
    case .weekdays:
      for day in items("is not a list of weekdays", RecurrenceRule.ordinalWeekday)
      where !weekdays.contains(day) {
        weekdays.append(day)
      }
    case .monthDays: monthDays = list(1...31, signed: true)
    case .months: months = list(1...12)
    case .positions: positions = list(1...366, signed: true)
    case .hours: hours = list(0...23)
    case .minutes: minutes = list(0...59)
    // A leap second is read as the second before it (RFC 5545, section 3.3.12).
    case .seconds: seconds = Set(list(0...60).map { min($0, 59) }).sorted()
    case .yearDays: yearDays = list(1...366, signed: true)
    case .weekNumbers: weekNumbers = list(1...53, signed: true)
    case .weekStart:
      guard let day = RecurrenceRule.days[value] else { throw bad("is not a weekday") }
      weekStart = day
    case .skip: guard value.equals("OMIT") else { throw bad("is not supported: only OMIT is") }
    case .frequency, .calendar, nil:
      guard name.count >= 2, name[0] | 0x20 == UInt8(ascii: "x"), name[1] == UInt8(ascii: "-") else {
        throw bad("is not a part of a rule")
      }
    }
  }

  /// `MO`, `-1SU`; nil otherwise.
  private static func ordinalWeekday(_ item: Octets) -> OrdinalWeekday? {
    let split = max(0, item.count - 2)
    guard let weekday = days[item[split..<item.count]] else { return nil }
    guard split > 0 else { return OrdinalWeekday(ordinal: 0, weekday: weekday) }
    guard let ordinal = item[0..<split].trimmed.integer, (1...53).contains(abs(ordinal)) else { return nil }
    return OrdinalWeekday(ordinal: ordinal, weekday: weekday)
  }
}
