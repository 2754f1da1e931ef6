import Programme

extension NationalHolidays {
  /// A country's rules of its checked file.
  init(code: String, value: Value) throws(ValueReader.Missing) {
    let read = ValueReader(value)
    let years = try read.whole("since")...read.whole("until")
    var festivals: [String: [LocalDate]] = [:]
    for entry in read.entries("festivals") { festivals[entry.name] = entry.value.dates }
    var rules: [HolidayRule] = []
    for item in value["holidays"]?.items ?? [] { rules.append(try HolidayRule(item, defaults: value)) }
    let weekend = value["weekend"]?.texts.compactMap(Weekday.init(rawValue:)) ?? [.saturday, .sunday]
    self.init(
      code: code, language: try read.text("language"), years: years, subdivisions: read.words("subdivisions"),
      partlyKnown: read.words("partly-known"), weekend: Set(weekend), festivals: festivals, rules: rules,
      substitute: try value["substitute"].map(Substitute.init) ?? Substitute(name: "%", english: "%"),
      between: try value["between"].map(Substitute.init))
  }
}

extension NationalHolidays.Substitute {
  fileprivate init(_ value: Value) throws(ValueReader.Missing) {
    let read = ValueReader(value)
    let name = try read.text("name")
    self.init(name: name, english: try read.optional("english", take: \.text) ?? name)
  }
}

extension HolidayRule {
  fileprivate init(_ value: Value, defaults: Value) throws(ValueReader.Missing) {
    let read = ValueReader(value)
    let name = try read.text("name")
    let day = try read.optional("day") { $0.text.flatMap { HolidayDay($0) } }
    let places: Places =
      if let only = value["in"] {
        .only(Set(only.texts))
      } else if let except = value["not-in"] {
        .except(Set(except.texts))
      } else {
        .everywhere
      }
    let weekdays = (value["only-on"] ?? defaults["only-on"])?.texts.compactMap(Weekday.range).joined()
    self.init(
      name: name, english: try read.optional("english", take: \.text) ?? name,
      when: day.map(When.day) ?? .dates(value["dates"]?.dates ?? []), places: places,
      years: try
        (read.optional("since", take: \.whole) ?? 1)...(read.optional("until", take: \.whole) ?? 9999),
      exceptYears: Set(value["except"]?.items.compactMap(\.whole) ?? []),
      interval: try read.optional("every", take: \.whole) ?? 1,
      weekdays: weekdays.map(Set.init) ?? Set(Weekday.allCases),
      instead: HolidayRule.moves(value["instead"] ?? defaults["instead"]),
      also: HolidayRule.moves(value["also"] ?? defaults["also"]))
  }

  private static func moves(_ value: Value?) -> [Weekday: Move] {
    var moves: [Weekday: Move] = [:]
    for entry in value?.entries ?? [] {
      guard let weekday = Weekday(rawValue: entry.name) else { continue }
      moves[weekday] = entry.value.text.flatMap(Move.init)
    }
    return moves
  }
}

extension Value {
  fileprivate var dates: [LocalDate] { texts.compactMap { LocalDate(iso8601: $0) } }
}
