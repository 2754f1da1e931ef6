/// Reads the times of one calendar object, and gives each zone that it names an index.
struct ContentTimes {
  /// Index of the first zone among the zones of the file.
  let firstZone: Int
  /// The TZIDs from there on, and the lines on which they first stand.
  private(set) var zones: [(name: String, line: Int)] = []
  /// Of the line at hand.
  var line = 0
  private var indices: [String: Int] = [:]
  private var last: (bytes: [UInt8], index: Int)?

  init(firstZone: Int) { self.firstZone = firstZone }

  func bad(_ content: ContentLine) -> CalendarError {
    .badValue(property: content.name.shortText.uppercased(), value: content.value.shortText)
  }

  func duration(_ content: ContentLine) throws(CalendarError) -> CalendarDuration {
    guard let duration = CalendarDuration(content.value) else { throw bad(content) }
    return duration
  }

  mutating func time(_ content: ContentLine) throws(CalendarError) -> CalendarTime {
    guard var time = CalendarTime(content.value) else { throw bad(content) }
    if time.frame == .floating, let zone = content.parameter("TZID") { time.frame = .zone(index(of: zone)) }
    return time
  }

  /// The periods, dates or times of a list, each with the zone that the property names.
  mutating func periods(_ content: ContentLine) throws(CalendarError) -> [CalendarEvent.Period] {
    let zone = content.parameter("TZID").map { CalendarTime.Frame.zone(index(of: $0)) }
    func time(_ text: Octets) throws(CalendarError) -> CalendarTime {
      guard var time = CalendarTime(text) else { throw bad(content) }
      if time.frame == .floating, let zone { time.frame = zone }
      return time
    }
    let value = content.value
    var periods: [CalendarEvent.Period] = []
    var from = 0
    while from <= value.count {
      let to = value.firstIndex(of: UInt8(ascii: ","), from: from) ?? value.count
      let item = value[from..<to]
      from = to + 1
      // Some write EXDATE without a value, or with a comma too many.
      guard !item.isEmpty else { continue }
      guard let slash = item.firstIndex(of: UInt8(ascii: "/")) else {
        periods.append(CalendarEvent.Period(start: try time(item)))
        continue
      }
      var period = CalendarEvent.Period(start: try time(item[0..<slash]))
      let rest = item[slash + 1..<item.count]
      if let duration = CalendarDuration(rest) {
        period.duration = duration
      } else {
        period.end = try time(rest)
      }
      periods.append(period)
    }
    return periods
  }

  private mutating func index(of octets: Octets) -> Int {
    if let last, octets.buffer.elementsEqual(last.bytes) { return last.index }
    let name = octets.parameterText
    let index = indices[name] ?? firstZone + zones.count
    if indices.updateValue(index, forKey: name) == nil { zones.append((name, line)) }
    last = (Array(octets.buffer), index)
    return index
  }
}
