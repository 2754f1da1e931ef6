import Programme

extension HolidayCountry {
  /// Act 260/1949 with its changes; Saint Francis since 2026 (Act 151/2025). Patron saints' days are the cities'.
  static let italy = HolidayCountry(
    code: "IT", language: "it",
    rules: [
      HolidayRule("Capodanno", "New Year's Day", .fixed(1, 1)),
      HolidayRule("Epifania", "Epiphany", .fixed(1, 6)),
      HolidayRule("Pasqua", "Easter Sunday", .easter(0)),
      HolidayRule("Lunedì dell'Angelo", "Easter Monday", .easter(1)),
      HolidayRule("Anniversario della Liberazione", "Liberation Day", .fixed(4, 25)),
      HolidayRule("Festa del Lavoro", "Labour Day", .fixed(5, 1)),
      HolidayRule("Festa della Repubblica", "Republic Day", .fixed(6, 2)),
      HolidayRule("Assunzione della Beata Vergine Maria", "Assumption Day", .fixed(8, 15)),
      HolidayRule(
        "San Francesco d'Assisi, patrono d'Italia", "Saint Francis of Assisi", .fixed(10, 4),
        years: 2026...9999),
      HolidayRule("Ognissanti", "All Saints' Day", .fixed(11, 1)),
      HolidayRule("Giorno dell'unità nazionale", "National Unity Day", .nth(1, .sunday, 11)),
      HolidayRule("Immacolata Concezione", "Immaculate Conception", .fixed(12, 8)),
      HolidayRule("Natale", "Christmas Day", .fixed(12, 25)),
      HolidayRule("Santo Stefano", "Saint Stephen's Day", .fixed(12, 26)),
    ])
}
