import Programme

extension HolidayCountry {
  /// Act on National Holidays (1948, no. 178), with the moves of the Olympic years.
  static let japan = HolidayCountry(
    code: "JP", language: "ja",
    rules: [
      HolidayRule("元日", "New Year's Day", .fixed(1, 1)),
      HolidayRule("成人の日", "Coming of Age Day", .nth(2, .monday, 1)),
      HolidayRule("建国記念の日", "Foundation Day", .fixed(2, 11)),
      HolidayRule("天皇誕生日", "Emperor's Birthday", .fixed(2, 23)),
      HolidayRule("春分の日", "Vernal Equinox Day", .computed { equinox($0, 3, 20.8431) }),
      HolidayRule("昭和の日", "Showa Day", .fixed(4, 29)),
      HolidayRule("憲法記念日", "Constitution Day", .fixed(5, 3)),
      HolidayRule("みどりの日", "Greenery Day", .fixed(5, 4)),
      HolidayRule("こどもの日", "Children's Day", .fixed(5, 5)),
      HolidayRule("海の日", "Marine Day", .listed([2020: [(7, 23)], 2021: [(7, 22)]])),
      HolidayRule("海の日", "Marine Day", .nth(3, .monday, 7), years: 2022...9999),
      HolidayRule("山の日", "Mountain Day", .listed([2020: [(8, 10)], 2021: [(8, 8)]])),
      HolidayRule("山の日", "Mountain Day", .fixed(8, 11), years: 2022...9999),
      HolidayRule("敬老の日", "Respect for the Aged Day", .nth(3, .monday, 9)),
      HolidayRule("秋分の日", "Autumnal Equinox Day", .computed { equinox($0, 9, 23.2488) }),
      HolidayRule("スポーツの日", "Sports Day", .listed([2020: [(7, 24)], 2021: [(7, 23)]])),
      HolidayRule("スポーツの日", "Sports Day", .nth(2, .monday, 10), years: 2022...9999),
      HolidayRule("文化の日", "Culture Day", .fixed(11, 3)),
      HolidayRule("勤労感謝の日", "Labour Thanksgiving Day", .fixed(11, 23)),
    ],
    compensation: .japanese, substitute: ("振替休日", "Substitute Holiday"))

  /// The day of an equinox in Japan, 1980 to 2099 (the approximation of the Hydrographic Department's almanac,
  /// Shinkoyomi Benricho): `constant` is the moment in 1980 in days of the month.
  private static func equinox(_ year: Int, _ month: Int, _ constant: Double) -> LocalDate? {
    let years = year - 1980
    let day = Int(constant + 0.242194 * Double(years)) - years / 4
    return LocalDate(year: year, month: month, day: day)
  }
}
