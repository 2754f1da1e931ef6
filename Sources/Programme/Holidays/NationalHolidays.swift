import Basics

/// The public holidays of a country and its subdivisions, as its file in the configuration states them.
///
/// Days that a government moves by decree are in for the years that were decreed when the file was written; later ones
/// follow the standing law.
package struct NationalHolidays: Hashable, Sendable {
  /// A name with a mark (`%`) for the holiday that the day replaces.
  package struct Substitute: Hashable, Sendable {
    package var name: String
    package var english: String

    package init(name: String, english: String) {
      self.name = name
      self.english = english
    }

    func holiday(_ rule: HolidayRule, on date: LocalDate) -> Holiday {
      Holiday(
        date: date, name: name.replacing("%", with: rule.name),
        english: english.replacing("%", with: rule.english))
    }
  }

  /// What a subdivision is to the rules.
  package enum Place: Hashable, Sendable {
    /// Its days are known, or are those of the country.
    case known(String)
    /// It keeps days of its own, which are not in the file.
    case partlyKnown(String, name: String)
    case unknown
  }

  /// ISO 3166-1 alpha-2.
  package var code: String
  /// BCP 47 tag of the names.
  package var language: String
  /// The years for which the rules hold.
  package var years: ClosedRange<Int>
  /// Names by the part after the hyphen of ISO 3166-2, where the rules tell them apart.
  package var subdivisions: [String: String]
  /// The same for those whose own days are not in the file.
  package var partlyKnown: [String: String]
  package var weekend: Set<Weekday>
  /// The days of listed festivals, by the name that rules use.
  package var festivals: [String: [LocalDate]]
  package var rules: [HolidayRule]
  package var substitute: Substitute
  /// The name of a day between two holidays, where that is a holiday itself.
  package var between: Substitute?

  package init(
    code: String, language: String, years: ClosedRange<Int>, subdivisions: [String: String],
    partlyKnown: [String: String], weekend: Set<Weekday>, festivals: [String: [LocalDate]],
    rules: [HolidayRule], substitute: Substitute, between: Substitute?
  ) {
    self.code = code
    self.language = language
    self.years = years
    self.subdivisions = subdivisions
    self.partlyKnown = partlyKnown
    self.weekend = weekend
    self.festivals = festivals
    self.rules = rules
    self.substitute = substitute
    self.between = between
  }

  /// - Parameter subdivision: `BW` or `DE-BW`, in either case.
  package func place(_ subdivision: String) -> Place {
    let upper = subdivision.uppercased()
    let place = upper.hasPrefix(code + "-") ? String(upper.dropFirst(code.count + 1)) : upper
    if let name = partlyKnown[place] { return .partlyKnown(place, name: name) }
    // A country whose law does not distinguish subdivisions has the same holidays in each.
    let isKnown = subdivisions[place] != nil || subdivisions.isEmpty && partlyKnown.isEmpty
    return isKnown ? .known(place) : .unknown
  }

  /// The codes of all subdivisions that the file names, in order.
  package var subdivisionCodes: [String] {
    (Array(subdivisions.keys) + partlyKnown.keys).sorted { $0.precedesByBytes($1) }
  }

  /// The holidays of a year, by date, then by name; a date on which two rules agree appears once for each.
  ///
  /// O(rules), since the years beside it are computed too: days move across New Year.
  ///
  /// - Parameter subdivision: as in `place`; nil: what the whole country keeps.
  /// - Returns: nil for a subdivision or year that is not known here.
  package func dates(subdivision: String?, year: Int) -> [Holiday]? {
    guard years.contains(year) else { return nil }
    switch subdivision.map(place) {
    case .unknown: return nil
    case .known(let place), .partlyKnown(let place, _): return holidays(in: year, place: place)
    case nil: return holidays(in: year, place: nil)
    }
  }

  private func holidays(in year: Int, place: String?) -> [Holiday] {
    var days = MovedHolidays(substitute: substitute, weekend: weekend)
    for rule in rules {
      for near in (year - 1)...(year + 1) {
        for date in rule.dates(in: near, place: place, festivals: festivals) { days.add(rule, on: date) }
      }
    }
    return days.all(between: between).filter { $0.date.year == year }.sorted()
  }
}

/// Holidays in their places, while those that fall on a weekend move.
private struct MovedHolidays {
  private struct Search {
    let holiday: Holiday
    let from: LocalDate
    let move: HolidayRule.Move
  }

  let substitute: NationalHolidays.Substitute
  let weekend: Set<Weekday>
  /// On the days that the law names.
  private var kept: [Holiday] = []
  private var moved: [Holiday] = []
  private var searches: [Search] = []

  init(substitute: NationalHolidays.Substitute, weekend: Set<Weekday>) {
    self.substitute = substitute
    self.weekend = weekend
  }

  mutating func add(_ rule: HolidayRule, on date: LocalDate) {
    let holiday = Holiday(date: date, name: rule.name, english: rule.english)
    if let move = rule.instead[date.weekday] {
      place(holiday, from: date, move)
    } else {
      kept.append(holiday)
    }
    if let move = rule.also[date.weekday] { place(substitute.holiday(rule, on: date), from: date, move) }
  }

  private mutating func place(_ holiday: Holiday, from date: LocalDate, _ move: HolidayRule.Move) {
    var holiday = holiday
    switch move {
    case .next(let weekday): holiday.date = date.next(weekday)
    case .previous(let weekday): holiday.date = date.previous(weekday)
    // Only once all others have their days is it known which ones are free.
    case .nextWorkingDay, .nextFreeDay:
      searches.append(Search(holiday: holiday, from: date, move: move))
      return
    }
    moved.append(holiday)
  }

  func all(between: NationalHolidays.Substitute?) -> [Holiday] {
    var all = kept + moved
    var taken = Set(all.map(\.date))
    var seen: Set<LocalDate> = []
    // Two holidays on one day are given back once.
    for search in searches.sorted(by: { $0.holiday < $1.holiday }) where seen.insert(search.from).inserted {
      let isFree = { (date: LocalDate) in
        !taken.contains(date) && (search.move == .nextFreeDay || !weekend.contains(date.weekday))
      }
      guard let date = (1...366).lazy.map(search.from.adding(days:)).first(where: isFree) else { continue }
      taken.insert(date)
      all.append(Holiday(date: date, name: search.holiday.name, english: search.holiday.english))
    }
    guard let between else { return all }
    let days = Set(kept.map(\.date))
    for day in days {
      let middle = day.adding(days: 1)
      guard !taken.contains(middle), days.contains(day.adding(days: 2)) else { continue }
      all.append(Holiday(date: middle, name: between.name, english: between.english))
    }
    return all
  }
}
