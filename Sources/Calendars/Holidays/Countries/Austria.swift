extension HolidayCountry {
  /// Arbeitsruhegesetz, section 7.
  static let austria = HolidayCountry(
    code: "AT", language: "de",
    rules: [
      HolidayRule("Neujahr", "New Year's Day", .fixed(1, 1)),
      HolidayRule("Heilige Drei Könige", "Epiphany", .fixed(1, 6)),
      HolidayRule("Ostermontag", "Easter Monday", .easter(1)),
      HolidayRule("Staatsfeiertag", "Labour Day", .fixed(5, 1)),
      HolidayRule("Christi Himmelfahrt", "Ascension Day", .easter(39)),
      HolidayRule("Pfingstmontag", "Whit Monday", .easter(50)),
      HolidayRule("Fronleichnam", "Corpus Christi", .easter(60)),
      HolidayRule("Mariä Himmelfahrt", "Assumption Day", .fixed(8, 15)),
      HolidayRule("Nationalfeiertag", "National Day", .fixed(10, 26)),
      HolidayRule("Allerheiligen", "All Saints' Day", .fixed(11, 1)),
      HolidayRule("Mariä Empfängnis", "Immaculate Conception", .fixed(12, 8)),
      HolidayRule("Christtag", "Christmas Day", .fixed(12, 25)),
      HolidayRule("Stephanstag", "Saint Stephen's Day", .fixed(12, 26)),
    ])
}
