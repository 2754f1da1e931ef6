extension HolidayCountry {
  /// Act 245/2000 on state and other holidays.
  static let czechia = HolidayCountry(
    code: "CZ", language: "cs",
    rules: [
      HolidayRule(
        "Nový rok; Den obnovy samostatného českého státu",
        "New Year's Day; Restoration of the Independent Czech State", .fixed(1, 1)),
      HolidayRule("Velký pátek", "Good Friday", .easter(-2)),
      HolidayRule("Velikonoční pondělí", "Easter Monday", .easter(1)),
      HolidayRule("Svátek práce", "Labour Day", .fixed(5, 1)),
      HolidayRule("Den vítězství", "Victory Day", .fixed(5, 8)),
      HolidayRule(
        "Den slovanských věrozvěstů Cyrila a Metoděje", "Saints Cyril and Methodius Day", .fixed(7, 5)),
      HolidayRule("Den upálení mistra Jana Husa", "Jan Hus Day", .fixed(7, 6)),
      HolidayRule("Den české státnosti", "Statehood Day", .fixed(9, 28)),
      HolidayRule(
        "Den vzniku samostatného československého státu", "Independent Czechoslovak State Day", .fixed(10, 28)
      ),
      HolidayRule(
        "Den boje za svobodu a demokracii a Mezinárodní den studentstva",
        "Struggle for Freedom and Democracy Day and International Students' Day", .fixed(11, 17)),
      HolidayRule("Štědrý den", "Christmas Eve", .fixed(12, 24)),
      HolidayRule("1. svátek vánoční", "Christmas Day", .fixed(12, 25)),
      HolidayRule("2. svátek vánoční", "Second Day of Christmas", .fixed(12, 26)),
    ])
}
