extension HolidayCountry {
  /// Codul muncii, article 139; Easter and Pentecost are the Orthodox ones.
  static let romania = HolidayCountry(
    code: "RO", language: "ro",
    rules: [
      HolidayRule("Anul Nou", "New Year's Day", .fixed(1, 1)),
      HolidayRule("Anul Nou", "New Year's Day", .fixed(1, 2)),
      HolidayRule("Bobotează", "Epiphany", .fixed(1, 6), years: 2024...9999),
      HolidayRule("Sfântul Ion", "Saint John the Baptist", .fixed(1, 7), years: 2024...9999),
      HolidayRule("Ziua Unirii Principatelor Române", "Unification Day", .fixed(1, 24)),
      HolidayRule("Vinerea Mare", "Good Friday", .orthodoxEaster(-2)),
      HolidayRule("Paștele", "Easter Sunday", .orthodoxEaster(0)),
      HolidayRule("Paștele", "Easter Monday", .orthodoxEaster(1)),
      HolidayRule("Ziua Muncii", "Labour Day", .fixed(5, 1)),
      HolidayRule("Rusaliile", "Pentecost", .orthodoxEaster(49)),
      HolidayRule("Rusaliile", "Whit Monday", .orthodoxEaster(50)),
      HolidayRule("Ziua Copilului", "Children's Day", .fixed(6, 1)),
      HolidayRule("Adormirea Maicii Domnului", "Dormition of the Mother of God", .fixed(8, 15)),
      HolidayRule("Sfântul Andrei", "Saint Andrew's Day", .fixed(11, 30)),
      HolidayRule("Ziua Națională a României", "National Day", .fixed(12, 1)),
      HolidayRule("Crăciunul", "Christmas Day", .fixed(12, 25)),
      HolidayRule("Crăciunul", "Second Day of Christmas", .fixed(12, 26)),
    ])
}
