import Programme

extension HolidayCountry {
  /// Public Holidays Act 36 of 1994: a Sunday's holiday is given back on the Monday (section 2). Christmas has none
  /// of its own: the 26th is a holiday anyway; when Christmas was a Sunday the President has declared the 27th, as in
  /// 2022. Election days are in as far as declared.
  static let southAfrica = HolidayCountry(
    code: "ZA", language: "en",
    rules: sundays([
      ("New Year's Day", 1, 1), ("Human Rights Day", 3, 21), ("Freedom Day", 4, 27), ("Workers' Day", 5, 1),
      ("Youth Day", 6, 16), ("National Women's Day", 8, 9), ("Heritage Day", 9, 24),
      ("Day of Reconciliation", 12, 16), ("Day of Goodwill", 12, 26),
    ]) + [
      HolidayRule("Good Friday", "Good Friday", .easter(-2)),
      HolidayRule("Family Day", "Family Day", .easter(1)),
      HolidayRule("Christmas Day", "Christmas Day", .fixed(12, 25)),
      HolidayRule(
        "Election Day", "Election Day",
        .listed([2021: [(11, 1)], 2024: [(5, 29)], 2026: [(11, 4)]])),
      HolidayRule(
        "Declared public holiday", "Declared public holiday",
        .listed([2022: [(12, 27)], 2023: [(12, 15)]])),
    ])

  private static func sundays(_ days: [(name: String, month: Int, day: Int)]) -> [HolidayRule] {
    days.flatMap { name, month, day in
      [
        HolidayRule(name, name, .fixed(month, day)),
        HolidayRule("\(name) (observed)", "\(name) (observed)", .standIn(month, day, [.sunday: 1])),
      ]
    }
  }
}
