extension HolidayCountry {
  /// Royal decree of 18 April 1974, with the Sundays that `holidays` names beside it; in Dutch.
  static let belgium = HolidayCountry(
    code: "BE", language: "nl",
    rules: [
      HolidayRule("Nieuwjaar", "New Year's Day", .fixed(1, 1)),
      HolidayRule("Pasen", "Easter Sunday", .easter(0)),
      HolidayRule("Paasmaandag", "Easter Monday", .easter(1)),
      HolidayRule("Dag van de Arbeid", "Labour Day", .fixed(5, 1)),
      HolidayRule("O. L. H. Hemelvaart", "Ascension Day", .easter(39)),
      HolidayRule("Pinksteren", "Pentecost", .easter(49)),
      HolidayRule("Pinkstermaandag", "Whit Monday", .easter(50)),
      HolidayRule("Nationale feestdag", "National Day", .fixed(7, 21)),
      HolidayRule("O. L. V. Hemelvaart", "Assumption Day", .fixed(8, 15)),
      HolidayRule("Allerheiligen", "All Saints' Day", .fixed(11, 1)),
      HolidayRule("Wapenstilstand", "Armistice Day", .fixed(11, 11)),
      HolidayRule("Kerstmis", "Christmas Day", .fixed(12, 25)),
    ])
}
