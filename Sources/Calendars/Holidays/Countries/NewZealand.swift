import Programme

extension HolidayCountry {
  /// Holidays Act 2003, with the days that stand in for a weekend's (sections 45 and 45A). The anniversary days of the
  /// provinces are not in: where one is kept is custom of the place, and a region adds its own.
  static let newZealand = HolidayCountry(
    code: "NZ", language: "en",
    rules: [
      HolidayRule("Good Friday", "Good Friday", .easter(-2)),
      HolidayRule("Easter Monday", "Easter Monday", .easter(1)),
      HolidayRule("Queen's Birthday", "Queen's Birthday", .nth(1, .monday, 6), years: 1953...2022),
      HolidayRule("King's Birthday", "King's Birthday", .nth(1, .monday, 6), years: 2023...9999),
      HolidayRule("Matariki", "Māori New Year", .listed(matariki)),
      HolidayRule(
        "Queen Elizabeth II Memorial Day", "Queen Elizabeth II Memorial Day", .listed([2022: [(9, 26)]])),
      HolidayRule("Labour Day", "Labour Day", .nth(4, .monday, 10)),
    ] + weekends("New Year's Day", 1, 1, inPair) + weekends("Day after New Year's Day", 1, 2, inPair)
      + weekends("Waitangi Day", 2, 6, alone) + weekends("Anzac Day", 4, 25, alone)
      + weekends("Christmas Day", 12, 25, inPair) + weekends("Boxing Day", 12, 26, inPair))

  /// To the Monday.
  private static let alone: [Weekday: Int] = [.saturday: 2, .sunday: 1]
  /// To the Monday or the Tuesday, since the other day of the pair takes the Monday.
  private static let inPair: [Weekday: Int] = [.saturday: 2, .sunday: 2]

  private static func weekends(
    _ name: String, _ month: Int, _ day: Int, _ moves: [Weekday: Int]
  ) -> [HolidayRule] {
    [
      HolidayRule(name, name, .fixed(month, day)),
      HolidayRule("\(name) (observed)", "\(name) (observed)", .standIn(month, day, moves)),
    ]
  }

  /// Te Kāhui o Matariki Public Holiday Act 2022, schedule 1 (which goes to 2052).
  private static let matariki: [Int: [(Int, Int)]] = [
    2022: [(6, 24)], 2023: [(7, 14)], 2024: [(6, 28)], 2025: [(6, 20)], 2026: [(7, 10)], 2027: [(6, 25)],
    2028: [(7, 14)], 2029: [(7, 6)], 2030: [(6, 21)], 2031: [(7, 11)], 2032: [(7, 2)], 2033: [(6, 24)],
    2034: [(7, 7)], 2035: [(6, 29)], 2036: [(7, 18)], 2037: [(7, 10)], 2038: [(6, 25)], 2039: [(7, 15)],
    2040: [(7, 6)],
  ]
}
