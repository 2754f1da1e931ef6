extension HolidayCountry {
  /// Labour Code (2012:I), section 102, with Christmas Eve since 2026; rest days moved by ministerial decree as far as
  /// decreed.
  static let hungary = HolidayCountry(
    code: "HU", language: "hu",
    rules: [
      HolidayRule("Újév", "New Year's Day", .fixed(1, 1)),
      HolidayRule("Nemzeti ünnep", "National Day", .fixed(3, 15)),
      HolidayRule("Nagypéntek", "Good Friday", .easter(-2)),
      HolidayRule("Húsvét", "Easter Sunday", .easter(0)),
      HolidayRule("Húsvéthétfő", "Easter Monday", .easter(1)),
      HolidayRule("A munka ünnepe", "Labour Day", .fixed(5, 1)),
      HolidayRule("Pünkösd", "Pentecost", .easter(49)),
      HolidayRule("Pünkösdhétfő", "Whit Monday", .easter(50)),
      HolidayRule("Az államalapítás ünnepe", "State Foundation Day", .fixed(8, 20)),
      HolidayRule("Nemzeti ünnep", "National Day", .fixed(10, 23)),
      HolidayRule("Mindenszentek", "All Saints' Day", .fixed(11, 1)),
      HolidayRule("Szenteste", "Christmas Eve", .fixed(12, 24), years: 2026...9999),
      HolidayRule("Karácsony", "Christmas Day", .fixed(12, 25)),
      HolidayRule("Karácsony másnapja", "Second Day of Christmas", .fixed(12, 26)),
      HolidayRule(
        "Áthelyezett pihenőnap", "Moved rest day",
        .listed([
          2020: [(8, 21), (12, 24)], 2021: [(12, 24)], 2022: [(3, 14), (10, 31)],
          2024: [(8, 19), (12, 24), (12, 27)], 2025: [(5, 2), (10, 24), (12, 24)], 2026: [(1, 2), (8, 21)],
        ])),
    ])
}
