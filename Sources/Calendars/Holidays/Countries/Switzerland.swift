import Programme

extension HolidayCountry {
  /// The cantons' own acts; 1 August is the Confederation's. Days that a canton only customarily keeps are not in.
  static let switzerland = HolidayCountry(
    code: "CH", language: "de", subdivisions: cantons,
    rules: [
      HolidayRule("Neujahrstag", "New Year's Day", .fixed(1, 1)),
      HolidayRule(
        "Berchtoldstag", "Saint Berchtold's Day", .fixed(1, 2), ["AG", "BE", "JU", "LU", "TG", "VD"]),
      HolidayRule("Berchtoldstag", "Saint Berchtold's Day", .fixed(1, 2), ["NE"], weekdays: [.monday]),
      HolidayRule("Heilige Drei Könige", "Epiphany", .fixed(1, 6), ["SZ", "TI", "UR"]),
      HolidayRule("Jahrestag der Ausrufung der Republik", "Republic Day", .fixed(3, 1), ["NE"]),
      HolidayRule("Josefstag", "Saint Joseph's Day", .fixed(3, 19), ["NW", "SZ", "TI", "UR", "VS"]),
      HolidayRule("Karfreitag", "Good Friday", .easter(-2), without(["GR", "TI", "VS"])),
      HolidayRule("Ostermontag", "Easter Monday", .easter(1), mondays),
      HolidayRule("Näfelser Fahrt", "Battle of Naefels Victory Day", .computed(naefels), ["GL"]),
      HolidayRule(
        "Tag der Arbeit", "Labour Day", .fixed(5, 1),
        ["AG", "BL", "BS", "JU", "NE", "SH", "TG", "TI", "ZH"]),
      HolidayRule("Auffahrt", "Ascension Day", .easter(39)),
      HolidayRule("Pfingstmontag", "Whit Monday", .easter(50), mondays),
      HolidayRule(
        "Fronleichnam", "Corpus Christi", .easter(60), catholic + ["JU", "NE"]),
      HolidayRule("Fest der Unabhängigkeit", "Independence Day", .fixed(6, 23), ["JU"]),
      HolidayRule("Peter und Paul", "Saints Peter and Paul", .fixed(6, 29), ["TI"]),
      HolidayRule("Nationalfeiertag", "National Day", .fixed(8, 1)),
      HolidayRule("Mariä Himmelfahrt", "Assumption Day", .fixed(8, 15), catholic + ["JU"]),
      HolidayRule("Genfer Bettag", "Genevan Fast", .nth(1, .sunday, 9, plus: 4), ["GE"]),
      HolidayRule("Bettagsmontag", "Prayer Monday", .nth(3, .sunday, 9, plus: 1), ["VD"]),
      HolidayRule("Bruder Klaus", "Saint Nicholas of Flüe", .fixed(9, 25), ["OW"]),
      HolidayRule("Allerheiligen", "All Saints' Day", .fixed(11, 1), catholic + ["GL", "JU", "SG"]),
      HolidayRule("Mariä Empfängnis", "Immaculate Conception", .fixed(12, 8), catholic),
      HolidayRule("Weihnachten", "Christmas Day", .fixed(12, 25)),
      HolidayRule(
        "Stephanstag", "Saint Stephen's Day", .fixed(12, 26),
        ["AG", "BE", "BL", "BS", "GL", "GR", "LU", "SG", "SH", "SZ", "TG", "TI", "ZH"]),
      // Not next to a Sunday or another holiday, where it would make three free days in a row.
      HolidayRule(
        "Stephanstag", "Saint Stephen's Day", .fixed(12, 26), ["AI", "AR", "UR"],
        weekdays: Set(Weekday.allCases).subtracting([.tuesday, .saturday])),
      HolidayRule("Stephanstag", "Saint Stephen's Day", .fixed(12, 26), ["NE"], weekdays: [.monday]),
      HolidayRule("Wiederherstellung der Republik", "Restoration Day", .fixed(12, 31), ["GE"]),
    ])

  private static let cantons = [
    "AG", "AI", "AR", "BE", "BL", "BS", "FR", "GE", "GL", "GR", "JU", "LU", "NE", "NW", "OW", "SG", "SH",
    "SO", "SZ",
    "TG", "TI", "UR", "VD", "VS", "ZG", "ZH",
  ]
  private static let catholic = ["AG", "AI", "LU", "NW", "OW", "SZ", "TI", "UR", "VS", "ZG"]
  /// Where Easter Monday and Whit Monday are kept by law.
  private static let mondays = without(["FR", "NE", "NW", "OW", "SO", "VS", "ZG"])

  private static func without(_ others: [String]) -> [String] { cantons.filter { !others.contains($0) } }

  /// The first Thursday of April; the second where the first is Maundy Thursday.
  private static let naefels: @Sendable (Int) -> LocalDate? = { year in
    guard let first = HolidayRule.nth(1, .thursday, 4, year), let easter = Easter.western(year) else {
      return nil
    }
    return first == easter.adding(days: -3) ? first.adding(days: 7) : first
  }
}
