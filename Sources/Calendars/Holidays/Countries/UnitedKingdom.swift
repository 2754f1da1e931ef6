import Programme

extension HolidayCountry {
  /// Banking and Financial Dealings Act 1971 and the proclamations under it.
  static let unitedKingdom = HolidayCountry(
    code: "GB", language: "en", subdivisions: ["ENG", "NIR", "SCT", "WLS"],
    rules: [
      HolidayRule("New Year's Day", "New Year's Day", .fixed(1, 1)),
      HolidayRule("New Year Holiday", "New Year Holiday", .fixed(1, 2), ["SCT"]),
      HolidayRule("Saint Patrick's Day", "Saint Patrick's Day", .fixed(3, 17), ["NIR"]),
      HolidayRule("Good Friday", "Good Friday", .easter(-2)),
      HolidayRule("Easter Monday", "Easter Monday", .easter(1), ["ENG", "NIR", "WLS"]),
      HolidayRule("May Day", "May Day", .listed([2020: [(5, 8)]])),
      HolidayRule("May Day", "May Day", .nth(1, .monday, 5), years: 2021...9999),
      HolidayRule("Coronation of Charles III", "Coronation of Charles III", .listed([2023: [(5, 8)]])),
      HolidayRule("Spring Bank Holiday", "Spring Bank Holiday", .nth(-1, .monday, 5), years: 1971...2021),
      HolidayRule("Spring Bank Holiday", "Spring Bank Holiday", .listed([2022: [(6, 2)]])),
      HolidayRule("Spring Bank Holiday", "Spring Bank Holiday", .nth(-1, .monday, 5), years: 2023...9999),
      HolidayRule(
        "Platinum Jubilee of Elizabeth II", "Platinum Jubilee of Elizabeth II", .listed([2022: [(6, 3)]])),
      HolidayRule(
        "Scotland in the World Cup", "Scotland's participation in the FIFA World Cup final",
        .listed([2026: [(6, 15)]]), ["SCT"]),
      HolidayRule("Battle of the Boyne", "Battle of the Boyne", .fixed(7, 12), ["NIR"]),
      HolidayRule("Summer Bank Holiday", "Summer Bank Holiday", .nth(1, .monday, 8), ["SCT"]),
      HolidayRule(
        "Summer Bank Holiday", "Summer Bank Holiday", .nth(-1, .monday, 8), ["ENG", "NIR", "WLS"]),
      HolidayRule(
        "State Funeral of Elizabeth II", "State Funeral of Elizabeth II", .listed([2022: [(9, 19)]])),
      HolidayRule("Saint Andrew's Day", "Saint Andrew's Day", .fixed(11, 30), ["SCT"]),
      HolidayRule("Christmas Day", "Christmas Day", .fixed(12, 25)),
      HolidayRule("Boxing Day", "Boxing Day", .fixed(12, 26)),
    ],
    compensation: .nextWorkingDay, substitute: ("% (substitute day)", "% (substitute day)"))
}
