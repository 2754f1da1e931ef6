import Programme

extension HolidayCountry {
  /// The sixteen states' own acts on Sundays and holidays, and the Unification Treaty for 3 October. Bavaria's
  /// Assumption Day is kept in Catholic communities alone, and is not in.
  static let germany = HolidayCountry(
    code: "DE", language: "de",
    subdivisions: [
      "BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH",
    ],
    rules: [
      HolidayRule("Neujahr", "New Year's Day", .fixed(1, 1)),
      HolidayRule("Heilige Drei Könige", "Epiphany", .fixed(1, 6), ["BW", "BY", "ST"]),
      HolidayRule("Frauentag", "Women's Day", .fixed(3, 8), ["BE"]),
      HolidayRule("Frauentag", "Women's Day", .fixed(3, 8), ["MV"], years: 2023...9999),
      HolidayRule("Karfreitag", "Good Friday", .easter(-2)),
      HolidayRule("Ostersonntag", "Easter Sunday", .easter(0), ["BB"]),
      HolidayRule("Ostermontag", "Easter Monday", .easter(1)),
      HolidayRule("Tag der Arbeit", "Labour Day", .fixed(5, 1)),
      HolidayRule("Tag der Befreiung", "Liberation Day", .listed([2020: [(5, 8)], 2025: [(5, 8)]]), ["BE"]),
      HolidayRule("Christi Himmelfahrt", "Ascension Day", .easter(39)),
      HolidayRule("Pfingstsonntag", "Pentecost", .easter(49), ["BB"]),
      HolidayRule("Pfingstmontag", "Whit Monday", .easter(50)),
      HolidayRule("Fronleichnam", "Corpus Christi", .easter(60), ["BW", "BY", "HE", "NW", "RP", "SL"]),
      HolidayRule(
        "75. Jahrestag des Aufstandes vom 17. Juni 1953", "75th anniversary of the uprising of 17 June 1953",
        .listed([2028: [(6, 17)]]), ["BE"]),
      HolidayRule("Mariä Himmelfahrt", "Assumption Day", .fixed(8, 15), ["SL"]),
      HolidayRule("Weltkindertag", "Children's Day", .fixed(9, 20), ["TH"]),
      HolidayRule("Tag der Deutschen Einheit", "German Unity Day", .fixed(10, 3)),
      HolidayRule(
        "Reformationstag", "Reformation Day", .fixed(10, 31),
        ["BB", "HB", "HH", "MV", "NI", "SN", "ST", "SH", "TH"]),
      HolidayRule("Allerheiligen", "All Saints' Day", .fixed(11, 1), ["BW", "BY", "NW", "RP", "SL"]),
      HolidayRule(
        "Buß- und Bettag", "Day of Repentance and Prayer", .before(.wednesday, 11, 23), ["SN"]),
      HolidayRule("Erster Weihnachtstag", "Christmas Day", .fixed(12, 25)),
      HolidayRule("Zweiter Weihnachtstag", "Second Day of Christmas", .fixed(12, 26)),
    ])
}
