import Programme

extension HolidayCountry {
  /// Algemene termijnenwet, article 3; Liberation Day as the collective agreements keep it, every fifth year.
  static let netherlands = HolidayCountry(
    code: "NL", language: "nl",
    rules: [
      HolidayRule("Nieuwjaarsdag", "New Year's Day", .fixed(1, 1)),
      HolidayRule("Goede Vrijdag", "Good Friday", .easter(-2)),
      HolidayRule("Eerste paasdag", "Easter Sunday", .easter(0)),
      HolidayRule("Tweede paasdag", "Easter Monday", .easter(1)),
      HolidayRule("Koningsdag", "King's Day", .computed(king)),
      HolidayRule(
        "Bevrijdingsdag", "Liberation Day",
        .computed { $0 % 5 == 0 ? LocalDate(year: $0, month: 5, day: 5) : nil }),
      HolidayRule("Hemelvaartsdag", "Ascension Day", .easter(39)),
      HolidayRule("Eerste pinksterdag", "Pentecost", .easter(49)),
      HolidayRule("Tweede pinksterdag", "Whit Monday", .easter(50)),
      HolidayRule("Eerste kerstdag", "Christmas Day", .fixed(12, 25)),
      HolidayRule("Tweede kerstdag", "Second Day of Christmas", .fixed(12, 26)),
    ])

  /// 27 April, or the day before where that is a Sunday.
  private static let king: @Sendable (Int) -> LocalDate? = { year in
    LocalDate(year: year, month: 4, day: 27).map { $0.weekday == .sunday ? $0.adding(days: -1) : $0 }
  }
}
