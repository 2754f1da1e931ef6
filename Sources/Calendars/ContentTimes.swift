import Basics

/// Reads the times of one calendar object, and gives each zone that it names an index.
struct ContentTimes {
  /// Index of the first zone among the zones of the file.
  let firstZone: Int
  /// The TZIDs from there on, and the lines on which they first appear.
  private(set) var zones: [(name: String, line: Int)] = []
  /// Of the line at hand.
  var line = 0
  private var indices: [String: Int] = [:]
  private var last: (bytes: [UInt8], index: Int)?

  init(firstZone: Int) { self.firstZone = firstZone }

  func bad(_ content: ContentLine) -> CalendarError { bad(content, content.value) }

  /// - Parameter item: the one of a list that is bad.
  private func bad(_ content: ContentLine, _ item: Octets) -> CalendarError {
    .badValue(property: content.name.shortText.uppercased(), value: item.shortText)
  }

  /// - Throws: `CalendarError.badValue`.
  mutating func time(_ content: ContentLine) throws(CalendarError) -> CalendarTime {
    guard let time = CalendarTime(content.value) else { throw bad(content) }
    return placed(time, content)
  }

  /// The day that a value still names whose time cannot be read, from its midnight.
  mutating func day(_ content: ContentLine, _ value: Octets) -> CalendarTime? {
    CalendarTime.day(in: value).map { placed($0, content) }
  }

  /// What a list of periods, dates or times holds.
  struct List {
    var periods: [CalendarEvent.Period] = []
    /// The items that cannot be read, with the time that they take as far as it is known.
    var refused: [(error: CalendarError, busy: CalendarEvent.Period?)] = []
  }

  /// The periods, dates or times of a list, each with the zone that the property names.
  mutating func periods(_ content: ContentLine) -> List {
    var list = List()
    // Some write EXDATE without a value, or with a comma too many.
    for range in content.value.pieces(by: UInt8(ascii: ",")) where !range.isEmpty {
      let item = content.value[range]
      let halves = item.pieces(by: UInt8(ascii: "/"))
      guard let start = CalendarTime(item[halves[0]]).map({ placed($0, content) }) else {
        let day = day(content, item[halves[0]])
        list.refused.append(
          (bad(content, item), day.map { CalendarEvent.Period(start: $0, duration: .day) }))
        continue
      }
      var period = CalendarEvent.Period(start: start)
      if halves.count == 2 {
        period.duration = CalendarDuration(item[halves[1]])
        if period.duration == nil { period.end = CalendarTime(item[halves[1]]).map { placed($0, content) } }
      }
      if halves.count > 1, period.duration == nil, period.end == nil {
        period.duration = .day
        list.refused.append((bad(content, item), period))
      } else {
        list.periods.append(period)
      }
    }
    return list
  }

  /// The starts of a list.
  ///
  /// - Throws: `CalendarError.badValue` where one of them cannot be read.
  mutating func starts(_ content: ContentLine) throws(CalendarError) -> [CalendarTime] {
    let list = periods(content)
    if let refused = list.refused.first { throw refused.error }
    return list.periods.map(\.start)
  }

  private mutating func placed(_ time: CalendarTime, _ content: ContentLine) -> CalendarTime {
    guard time.frame == .floating, let zone = content.parameter("TZID"), !zone.isEmpty else { return time }
    return CalendarTime(wall: time.wall, frame: .zone(index(of: zone)))
  }

  private mutating func index(of octets: Octets) -> Int {
    if let last, octets.isEqual(to: last.bytes.span) { return last.index }
    let name = octets.parameterText
    let index = indices[name] ?? firstZone + zones.count
    if indices.updateValue(index, forKey: name) == nil { zones.append((name, line)) }
    last = (Array(copying: octets), index)
    return index
  }
}
