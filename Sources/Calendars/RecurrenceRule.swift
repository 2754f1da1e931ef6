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

  /// - Throws: `CalendarError.badRule`.
  init(_ text: Octets) throws(CalendarError) {
    self.init(frequency: .yearly)
    var hasFrequency = false
    var from = 0
    while from < text.count {
      let to = text.firstIndex(of: UInt8(ascii: ";"), from: from) ?? text.count
      defer { from = to + 1 }
      // An empty part, as in a trailing ";", says nothing.
      guard to > from else { continue }
      guard let equals = text.firstIndex(of: UInt8(ascii: "="), from: from), equals < to else {
        throw .badRule(part: text[from..<to].shortText, reason: "has no value")
      }
      let name = text[from..<equals]
      let value = text[equals + 1..<to]
      if name.equals("FREQ") {
        frequency = try RecurrenceRule.frequency(value)
        hasFrequency = true
      } else {
        try read(name, value)
      }
    }
    guard hasFrequency else { throw .badRule(part: "FREQ", reason: "is missing") }
  }

  private mutating func read(_ name: Octets, _ value: Octets) throws(CalendarError) {
    func bad(_ reason: String) -> CalendarError {
      .badRule(part: "\(name.shortText)=\(value.shortText)", reason: reason)
    }
    func list(_ range: ClosedRange<Int>, signed: Bool = false) throws(CalendarError) -> [Int] {
      var numbers: [Int] = []
      for item in RecurrenceRule.items(of: value) {
        guard let number = item.integer, range.contains(signed ? abs(number) : number) else {
          throw bad(
            "is not a list of numbers from \(signed ? "±" : "")\(range.lowerBound) to \(range.upperBound)")
        }
        numbers.append(number)
      }
      return Set(numbers).sorted()
    }
    func positive() throws(CalendarError) -> Int {
      guard let number = value.digits(0, value.count), number >= 1, number <= 1_000_000_000_000 else {
        throw bad("is no number from 1 on")
      }
      return number
    }
    if name.equals("INTERVAL") {
      interval = try positive()
    } else if name.equals("COUNT") {
      count = try positive()
    } else if name.equals("UNTIL") {
      guard let time = CalendarTime(value) else { throw bad("is no date and no time") }
      until = time
    } else if name.equals("BYDAY") {
      weekdays = try RecurrenceRule.weekdays(value)
    } else if name.equals("BYMONTHDAY") {
      monthDays = try list(1...31, signed: true)
    } else if name.equals("BYMONTH") {
      months = try list(1...12)
    } else if name.equals("BYSETPOS") {
      positions = try list(1...366, signed: true)
    } else if name.equals("BYHOUR") {
      hours = try list(0...23)
    } else if name.equals("BYMINUTE") {
      minutes = try list(0...59)
    } else if name.equals("BYSECOND") {
      // A leap second is read as the second before it (RFC 5545, section 3.3.12).
      seconds = Set(try list(0...60).map { min($0, 59) }).sorted()
    } else if name.equals("BYYEARDAY") {
      yearDays = try list(1...366, signed: true)
    } else if name.equals("BYWEEKNO") {
      weekNumbers = try list(1...53, signed: true)
    } else if name.equals("WKST") {
      guard let day = RecurrenceRule.weekday(value) else { throw bad("is no weekday") }
      weekStart = day
    } else if name.equals("RSCALE") {
      guard value.equals("GREGORIAN") else { throw bad("is not the Gregorian calendar") }
    } else if name.equals("SKIP") {
      guard value.equals("OMIT") else { throw bad("is not supported: only OMIT is") }
    } else if name.count < 2 || name[0] | 0x20 != UInt8(ascii: "x") || name[1] != UInt8(ascii: "-") {
      throw bad("is no part of a rule")
    }
  }

  private static func items(of list: Octets) -> [Octets] {
    var items: [Octets] = []
    var from = 0
    while true {
      let to = list.firstIndex(of: UInt8(ascii: ","), from: from) ?? list.count
      items.append(list[from..<to])
      if to == list.count { return items }
      from = to + 1
    }
  }

  private static func frequency(_ value: Octets) throws(CalendarError) -> Frequency {
    if value.equals("WEEKLY") { return .weekly }
    if value.equals("DAILY") { return .daily }
    if value.equals("MONTHLY") { return .monthly }
    if value.equals("YEARLY") { return .yearly }
    if value.equals("HOURLY") { return .hourly }
    if value.equals("MINUTELY") { return .minutely }
    if value.equals("SECONDLY") { return .secondly }
    throw .badRule(part: "FREQ=\(value.shortText)", reason: "is no frequency")
  }

  private static func weekdays(_ value: Octets) throws(CalendarError) -> [OrdinalWeekday] {
    var days: [OrdinalWeekday] = []
    for item in items(of: value) {
      let split = max(0, item.count - 2)
      guard let day = weekday(item[split..<item.count]) else {
        throw .badRule(part: "BYDAY=\(value.shortText)", reason: "is not a list of weekdays")
      }
      var ordinal = 0
      if split > 0 {
        guard let number = item[0..<split].integer, (1...53).contains(abs(number)) else {
          throw .badRule(part: "BYDAY=\(value.shortText)", reason: "is not a list of weekdays")
        }
        ordinal = number
      }
      let next = OrdinalWeekday(ordinal: ordinal, weekday: day)
      if !days.contains(next) { days.append(next) }
    }
    return days
  }

  private static func weekday(_ value: Octets) -> Int? {
    if value.equals("MO") { return 0 }
    if value.equals("TU") { return 1 }
    if value.equals("WE") { return 2 }
    if value.equals("TH") { return 3 }
    if value.equals("FR") { return 4 }
    if value.equals("SA") { return 5 }
    if value.equals("SU") { return 6 }
    return nil
  }
}
