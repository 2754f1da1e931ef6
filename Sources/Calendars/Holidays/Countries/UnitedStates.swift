import Programme

extension HolidayCountry {
  /// The federal holidays (5 U.S.C. 6103). The states' own are not in: a region adds those that its site keeps.
  static let unitedStates = HolidayCountry(
    code: "US", language: "en",
    rules: [
      HolidayRule("New Year's Day", "New Year's Day", .fixed(1, 1)),
      HolidayRule(
        "Birthday of Martin Luther King, Jr.", "Birthday of Martin Luther King, Jr.", .nth(3, .monday, 1)),
      HolidayRule("Washington's Birthday", "Washington's Birthday", .nth(3, .monday, 2)),
      HolidayRule("Memorial Day", "Memorial Day", .nth(-1, .monday, 5)),
      HolidayRule(
        "Juneteenth National Independence Day", "Juneteenth National Independence Day", .fixed(6, 19),
        years: 2021...9999),
      HolidayRule("Independence Day", "Independence Day", .fixed(7, 4)),
      HolidayRule("Labor Day", "Labor Day", .nth(1, .monday, 9)),
      HolidayRule("Columbus Day", "Columbus Day", .nth(2, .monday, 10)),
      HolidayRule("Veterans Day", "Veterans Day", .fixed(11, 11)),
      HolidayRule("Thanksgiving Day", "Thanksgiving Day", .nth(4, .thursday, 11)),
      HolidayRule("Christmas Day", "Christmas Day", .fixed(12, 25)),
    ],
    compensation: .nearestWeekday, substitute: ("% (observed)", "% (observed)"))
}
