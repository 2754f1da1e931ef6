import Programme

extension HolidayCountry {
  /// The public holidays acts of the states and territories. Without a state: what all of them name, and not the days
  /// that stand in for a weekend's, which each state gives in its own way: a region should name its state. What South
  /// Australia and the Northern Territory kept on weekends before 2024 is by their present acts.
  static let australia = HolidayCountry(
    code: "AU", language: "en", subdivisions: states,
    rules: newYear + [
      rule("Australia Day", .fixed(1, 26), [whole]),
      rule("Australia Day", .fixed(1, 26), states, weekdays: workdays),
      rule("Australia Day", .standIn(1, 26, toMonday), states),
      rule("Labour Day", .nth(1, .monday, 3), ["WA"]),
      rule("Canberra Day", .nth(2, .monday, 3), ["ACT"]),
      rule("Adelaide Cup Day", .nth(2, .monday, 3), ["SA"]),
      rule("Eight Hours Day", .nth(2, .monday, 3), ["TAS"]),
      rule("Labour Day", .nth(2, .monday, 3), ["VIC"]),
      rule("Good Friday", .easter(-2)),
      rule("Easter Saturday", .easter(-1), without(["TAS", "WA"])),
      rule("Easter Sunday", .easter(0), ["ACT", "NSW", "QLD", "VIC"]),
      rule("Easter Sunday", .easter(0), ["WA"], years: 2022...9999),
      rule("Easter Sunday", .easter(0), ["NT", "SA"], years: 2024...9999),
      rule("Easter Sunday", .easter(0), ["TAS"], years: 2027...9999),
      rule("Easter Monday", .easter(1)),
    ] + anzac + [
      rule("May Day", .nth(1, .monday, 5), ["NT"]),
      rule("Labour Day", .nth(1, .monday, 5), ["QLD"]),
      rule("Reconciliation Day", .before(.monday, 6, 3), ["ACT"]),
      rule("Western Australia Day", .nth(1, .monday, 6), ["WA"]),
    ] + sovereign("Queen's Birthday", 1952...2022) + sovereign("King's Birthday", 2023...9999) + [
      rule("Picnic Day", .nth(1, .monday, 8), ["NT"]),
      rule("Royal Queensland Show", .listed([2020: [(8, 14)], 2021: [(10, 29)]]), ["QLD"]),
      rule("Royal Queensland Show", .before(.wednesday, 8, 17), ["QLD"], years: 2022...9999),
      rule("National Day of Mourning for Queen Elizabeth II", .listed([2022: [(9, 22)]])),
      rule("Friday before the AFL Grand Final", .listed([2020: [(10, 23)]]), ["VIC"]),
      rule(
        "Friday before the AFL Grand Final", .nth(-1, .saturday, 9, plus: -1), ["VIC"], years: 2021...9999),
      rule("Labour Day", .nth(1, .monday, 10), ["ACT", "NSW", "SA"]),
      rule("Melbourne Cup Day", .nth(1, .tuesday, 11), ["VIC"]),
    ] + christmas)

  private static let states = ["ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA"]
  private static let whole = ""
  private static let workdays: Set<Weekday> = [.monday, .tuesday, .wednesday, .thursday, .friday]
  private static let toMonday: [Weekday: Int] = [.saturday: 2, .sunday: 1]
  /// To the Monday or the Tuesday, since the other day of Christmas takes the Monday.
  private static let inPair: [Weekday: Int] = [.saturday: 2, .sunday: 2]

  private static let newYear = [
    rule("New Year's Day", .fixed(1, 1), without(["TAS"]) + [whole]),
    rule("New Year's Day", .fixed(1, 1), ["TAS"], weekdays: workdays),
    rule("New Year's Day", .standIn(1, 1, toMonday), states),
  ]

  private static let anzac = [
    rule("ANZAC Day", .fixed(4, 25), without(["ACT", "NT", "QLD"]) + [whole]),
    rule(
      "ANZAC Day", .fixed(4, 25), ["ACT", "NT", "QLD"], weekdays: Set(Weekday.allCases).subtracting([.sunday])
    ),
    rule("ANZAC Day", .standIn(4, 25, [.sunday: 1]), ["ACT", "NT", "QLD"]),
    rule("ANZAC Day", .standIn(4, 25, [.sunday: 1]), ["SA"], years: 2020...2023),
    rule("ANZAC Day", .standIn(4, 25, toMonday), ["WA"]),
    // Given for these years alone.
    rule("ANZAC Day", .standIn(4, 25, toMonday), ["NSW"], years: 2026...2027),
    rule("ANZAC Day", .standIn(4, 25, [.saturday: 2]), ["ACT"], years: 2026...2026),
    rule("Additional Public Holiday", .listed([2020: [(4, 27)], 2021: [(4, 25)]]), ["ACT"]),
  ]

  private static func sovereign(_ name: String, _ years: ClosedRange<Int>) -> [HolidayRule] {
    [
      rule(name, .nth(2, .monday, 6), without(["QLD", "WA"]), years: years),
      rule(name, .nth(1, .monday, 10), ["QLD"], years: years),
      // By proclamation of each year: the last Monday of September but for 2024.
      rule(
        name,
        .computed { year in
          year == 2024
            ? LocalDate(year: year, month: 9, day: 23) : HolidayRule.nth(-1, .monday, 9, year)
        }, ["WA"], years: years),
    ]
  }

  private static let christmas = [
    rule("Christmas Day", .fixed(12, 25)),
    rule("Christmas Day", .standIn(12, 25, inPair), ["ACT", "NSW", "QLD", "TAS", "VIC"]),
    rule("Christmas Day", .standIn(12, 25, toMonday), ["NT", "SA", "WA"]),
    rule("Boxing Day", .fixed(12, 26), without(["SA", "TAS"]) + [whole]),
    rule("Boxing Day", .fixed(12, 26), ["TAS"], weekdays: workdays),
    rule("Boxing Day", .standIn(12, 26, inPair), ["ACT", "NSW", "QLD", "TAS", "VIC"]),
    // Where Christmas on a Sunday takes the Monday, its second day goes on to the Tuesday.
    rule("Boxing Day", .standIn(12, 26, [.saturday: 2, .sunday: 2, .monday: 1]), ["NT", "WA"]),
    rule("Proclamation Day", .fixed(12, 26), ["SA"]),
    rule("Proclamation Day", .standIn(12, 26, [.saturday: 2, .sunday: 2, .monday: 1]), ["SA"]),
  ]

  private static func without(_ others: [String]) -> [String] { states.filter { !others.contains($0) } }

  private static func rule(
    _ name: String, _ day: HolidayRule.Day, _ places: [String] = [], years: ClosedRange<Int> = 1...9999,
    weekdays: Set<Weekday>? = nil
  ) -> HolidayRule {
    HolidayRule(name, name, day, places, years: years, weekdays: weekdays)
  }
}
