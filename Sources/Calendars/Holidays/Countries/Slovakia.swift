extension HolidayCountry {
  /// Act 241/1993 on state holidays, with the working days that the consolidation acts of 2023 to 2025 made of some.
  static let slovakia = HolidayCountry(
    code: "SK", language: "sk",
    rules: [
      HolidayRule(
        "Deň vzniku Slovenskej republiky", "Day of the Establishment of the Slovak Republic", .fixed(1, 1)),
      HolidayRule("Zjavenie Pána (Traja králi)", "Epiphany", .fixed(1, 6)),
      HolidayRule("Veľký piatok", "Good Friday", .easter(-2)),
      HolidayRule("Veľkonočný pondelok", "Easter Monday", .easter(1)),
      HolidayRule("Sviatok práce", "Labour Day", .fixed(5, 1)),
      HolidayRule("Deň víťazstva nad fašizmom", "Victory over Fascism Day", .fixed(5, 8), years: 1997...2025),
      HolidayRule("Deň víťazstva nad fašizmom", "Victory over Fascism Day", .fixed(5, 8), years: 2027...9999),
      HolidayRule("Sviatok svätého Cyrila a Metoda", "Saints Cyril and Methodius Day", .fixed(7, 5)),
      HolidayRule(
        "Výročie Slovenského národného povstania", "Slovak National Uprising Anniversary", .fixed(8, 29)),
      HolidayRule("Deň Ústavy Slovenskej republiky", "Constitution Day", .fixed(9, 1), years: 1993...2023),
      HolidayRule("Sedembolestná Panna Mária", "Our Lady of Sorrows", .fixed(9, 15), years: 1994...2025),
      HolidayRule("Sedembolestná Panna Mária", "Our Lady of Sorrows", .fixed(9, 15), years: 2027...9999),
      HolidayRule("Sviatok všetkých svätých", "All Saints' Day", .fixed(11, 1)),
      HolidayRule(
        "Deň boja za slobodu a demokraciu", "Struggle for Freedom and Democracy Day", .fixed(11, 17),
        years: 2001...2024),
      HolidayRule("Štedrý deň", "Christmas Eve", .fixed(12, 24)),
      HolidayRule("Prvý sviatok vianočný", "Christmas Day", .fixed(12, 25)),
      HolidayRule("Druhý sviatok vianočný", "Second Day of Christmas", .fixed(12, 26)),
    ])
}
