import Programme

extension HolidayCountry {
  /// Regulation on public holidays for national annual festivals (State Council, 2024 revision): a festival on a
  /// weekend is given back on the next working day. The bridge days of each year are the State Council's notice, in
  /// here up to 2026; the working weekends that pay for them are no holidays and need no word.
  static let china = HolidayCountry(
    code: "CN", language: "zh",
    rules: [
      HolidayRule("元旦", "New Year's Day", .fixed(1, 1)),
      HolidayRule(
        "农历除夕", "Lunar New Year's Eve", .computed { spring($0)?.adding(days: -1) }, years: 2025...9999),
      HolidayRule("春节", "Spring Festival", .computed { spring($0) }),
      HolidayRule("春节", "Spring Festival", .computed { spring($0)?.adding(days: 1) }),
      HolidayRule("春节", "Spring Festival", .computed { spring($0)?.adding(days: 2) }),
      HolidayRule("清明节", "Tomb-Sweeping Day", .computed(qingming)),
      HolidayRule("劳动节", "Labour Day", .fixed(5, 1)),
      HolidayRule("劳动节", "Labour Day", .fixed(5, 2), years: 2025...9999),
      HolidayRule("端午节", "Dragon Boat Festival", .computed { lunar($0, \.dragonBoat) }),
      HolidayRule("中秋节", "Mid-Autumn Festival", .computed { lunar($0, \.midAutumn) }),
      HolidayRule("国庆节", "National Day", .fixed(10, 1)),
      HolidayRule("国庆节", "National Day", .fixed(10, 2)),
      HolidayRule("国庆节", "National Day", .fixed(10, 3)),
      HolidayRule(
        "调休休息日", "Moved rest day",
        .listed([
          2020: [
            (1, 24), (1, 30), (1, 31), (2, 1), (2, 2), (5, 4), (5, 5), (6, 26), (10, 6), (10, 7), (10, 8),
          ],
          2021: [(2, 11), (2, 17), (5, 4), (5, 5), (9, 20), (10, 6), (10, 7)],
          2022: [(1, 31), (2, 4), (4, 4), (5, 3), (5, 4), (10, 6), (10, 7)],
          2023: [(1, 26), (1, 27), (5, 2), (5, 3), (6, 23), (10, 5), (10, 6)],
          2024: [(2, 15), (2, 16), (4, 5), (5, 2), (5, 3), (9, 16), (10, 4), (10, 7)],
          2025: [(2, 3), (2, 4), (5, 5), (10, 7), (10, 8)],
          2026: [(1, 2), (2, 20), (2, 23), (5, 5), (10, 6), (10, 7)],
        ])),
    ],
    compensation: .nextWorkingDay, substitute: ("%（补休）", "% (observed)"))

  /// The first day of the solar term Qingming, 2001 to 2099: 4 or 5 April.
  private static let qingming: @Sendable (Int) -> LocalDate? = { year in
    let years = year % 100
    return LocalDate(year: year, month: 4, day: Int(4.81 + 0.2422 * Double(years)) - years / 4)
  }

  private static func spring(_ year: Int) -> LocalDate? { lunar(year, \.spring) }

  private static func lunar(_ year: Int, _ festival: KeyPath<LunarYear, (Int, Int)>) -> LocalDate? {
    guard lunarYears.indices.contains(year - 2020) else { return nil }
    let (month, day) = lunarYears[year - 2020][keyPath: festival]
    return LocalDate(year: year, month: month, day: day)
  }

  /// Festivals of the lunisolar calendar as Gregorian months and days: the first day of the first month, the fifth of the
  /// fifth, the fifteenth of the eighth.
  private struct LunarYear: Sendable {
    var spring: (Int, Int)
    var dragonBoat: (Int, Int)
    var midAutumn: (Int, Int)
  }

  /// 2020 to 2040; the days are those of the Python package `holidays` 0.109 (MIT).
  private static let lunarYears: [LunarYear] = [
    LunarYear(spring: (1, 25), dragonBoat: (6, 25), midAutumn: (10, 1)),  // 2020
    LunarYear(spring: (2, 12), dragonBoat: (6, 14), midAutumn: (9, 21)),  // 2021
    LunarYear(spring: (2, 1), dragonBoat: (6, 3), midAutumn: (9, 10)),  // 2022
    LunarYear(spring: (1, 22), dragonBoat: (6, 22), midAutumn: (9, 29)),  // 2023
    LunarYear(spring: (2, 10), dragonBoat: (6, 10), midAutumn: (9, 17)),  // 2024
    LunarYear(spring: (1, 29), dragonBoat: (5, 31), midAutumn: (10, 6)),  // 2025
    LunarYear(spring: (2, 17), dragonBoat: (6, 19), midAutumn: (9, 25)),  // 2026
    LunarYear(spring: (2, 6), dragonBoat: (6, 9), midAutumn: (9, 15)),  // 2027
    LunarYear(spring: (1, 26), dragonBoat: (5, 28), midAutumn: (10, 3)),  // 2028
    LunarYear(spring: (2, 13), dragonBoat: (6, 16), midAutumn: (9, 22)),  // 2029
    LunarYear(spring: (2, 3), dragonBoat: (6, 5), midAutumn: (9, 12)),  // 2030
    LunarYear(spring: (1, 23), dragonBoat: (6, 24), midAutumn: (10, 1)),  // 2031
    LunarYear(spring: (2, 11), dragonBoat: (6, 12), midAutumn: (9, 19)),  // 2032
    LunarYear(spring: (1, 31), dragonBoat: (6, 1), midAutumn: (9, 8)),  // 2033
    LunarYear(spring: (2, 19), dragonBoat: (6, 20), midAutumn: (9, 27)),  // 2034
    LunarYear(spring: (2, 8), dragonBoat: (6, 10), midAutumn: (9, 16)),  // 2035
    LunarYear(spring: (1, 28), dragonBoat: (5, 30), midAutumn: (10, 4)),  // 2036
    LunarYear(spring: (2, 15), dragonBoat: (6, 18), midAutumn: (9, 24)),  // 2037
    LunarYear(spring: (2, 4), dragonBoat: (6, 7), midAutumn: (9, 13)),  // 2038
    LunarYear(spring: (1, 24), dragonBoat: (5, 27), midAutumn: (10, 2)),  // 2039
    LunarYear(spring: (2, 12), dragonBoat: (6, 14), midAutumn: (9, 20)),  // 2040
  ]
}
