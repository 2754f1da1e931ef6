extension HolidayCountry {
  /// Act of 18 January 1951 on days free from work, with Christmas Eve since 2025.
  static let poland = HolidayCountry(
    code: "PL", language: "pl",
    rules: [
      HolidayRule("Nowy Rok", "New Year's Day", .fixed(1, 1)),
      HolidayRule("Święto Trzech Króli", "Epiphany", .fixed(1, 6)),
      HolidayRule("Niedziela Wielkanocna", "Easter Sunday", .easter(0)),
      HolidayRule("Poniedziałek Wielkanocny", "Easter Monday", .easter(1)),
      HolidayRule("Święto Państwowe", "National Day", .fixed(5, 1)),
      HolidayRule("Święto Narodowe Trzeciego Maja", "National Day of the Third of May", .fixed(5, 3)),
      HolidayRule("Zielone Świątki", "Pentecost", .easter(49)),
      HolidayRule("Dzień Bożego Ciała", "Corpus Christi", .easter(60)),
      HolidayRule("Wniebowzięcie Najświętszej Marii Panny", "Assumption Day", .fixed(8, 15)),
      HolidayRule("Uroczystość Wszystkich Świętych", "All Saints' Day", .fixed(11, 1)),
      HolidayRule("Narodowe Święto Niepodległości", "National Independence Day", .fixed(11, 11)),
      HolidayRule("Wigilia Bożego Narodzenia", "Christmas Eve", .fixed(12, 24), years: 2025...9999),
      HolidayRule("Boże Narodzenie (pierwszy dzień)", "Christmas Day", .fixed(12, 25)),
      HolidayRule("Boże Narodzenie (drugi dzień)", "Second Day of Christmas", .fixed(12, 26)),
    ])
}
