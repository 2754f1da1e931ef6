/// One holiday of a country: when it comes, where it is kept, and for how long its law holds.
package struct HolidayRule: Hashable, Sendable {
  package enum When: Hashable, Sendable {
    case day(HolidayDay)
    /// Decreed, or found by an almanac.
    case dates([LocalDate])
  }

  package enum Places: Hashable, Sendable {
    case everywhere
    /// These alone; `withoutSubdivision` is the answer where none is asked for.
    case only(Set<String>)
    /// All subdivisions but these, and not the country as a whole.
    case except(Set<String>)

    package static let withoutSubdivision = "no-subdivision"

    func contain(_ place: String?) -> Bool {
      switch self {
      case .everywhere: true
      case .only(let places): places.contains(place ?? Places.withoutSubdivision)
      case .except(let places): place.map { !places.contains($0) } ?? false
      }
    }
  }

  /// Where a holiday goes that falls on a certain weekday.
  package enum Move: Hashable, Sendable, CaseIterable, RawRepresentable {
    case next(Weekday)
    case previous(Weekday)
    /// The next day that is neither of the weekend nor a holiday.
    case nextWorkingDay
    /// The next day that is no holiday.
    case nextFreeDay

    package static let allCases: [Move] =
      [.nextWorkingDay, .nextFreeDay] + Weekday.allCases.map(Move.next) + Weekday.allCases.map(Move.previous)

    /// As a country's file writes it: `next monday`.
    package var rawValue: String {
      switch self {
      case .next(let weekday): "next \(weekday.rawValue)"
      case .previous(let weekday): "previous \(weekday.rawValue)"
      case .nextWorkingDay: "next working day"
      case .nextFreeDay: "next day without holiday"
      }
    }

    package init?(rawValue: String) {
      guard let move = Move.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
      self = move
    }
  }

  package var name: String
  package var english: String
  package var when: When
  package var places: Places
  package var years: ClosedRange<Int>
  package var exceptYears: Set<Int>
  /// Kept in every so many years, counted from the first.
  package var interval: Int
  /// The weekdays on which it is kept.
  package var weekdays: Set<Weekday>
  /// By the weekday on which it falls: the day that replaces it.
  package var instead: [Weekday: Move]
  /// By the weekday on which it falls: a further day.
  package var also: [Weekday: Move]

  package init(
    name: String, english: String, when: When, places: Places, years: ClosedRange<Int>,
    exceptYears: Set<Int>, interval: Int, weekdays: Set<Weekday>, instead: [Weekday: Move],
    also: [Weekday: Move]
  ) {
    self.name = name
    self.english = english
    self.when = when
    self.places = places
    self.years = years
    self.exceptYears = exceptYears
    self.interval = interval
    self.weekdays = weekdays
    self.instead = instead
    self.also = also
  }

  /// The days of a year before any of them moves.
  func dates(in year: Int, place: String?, festivals: [String: [LocalDate]]) -> [LocalDate] {
    guard years.contains(year), !exceptYears.contains(year), (year - years.lowerBound) % interval == 0,
      places.contain(place)
    else { return [] }
    let dates =
      switch when {
      case .day(let day): day.dates(in: year, festivals: festivals)
      case .dates(let dates): dates.filter { $0.year == year }
      }
    return dates.filter { weekdays.contains($0.weekday) }
  }
}
