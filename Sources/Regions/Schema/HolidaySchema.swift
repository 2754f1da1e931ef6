import Programme

/// Every setting of a country's holidays.
package enum HolidaySchema {
  package static let settings: [Setting] = [
    Setting("source", .text(.line), "the law that names the holidays", required: .programme),
    Setting("language", .text(.language), "the language of the names", required: .programme),
    Setting("since", .whole(years), "the first year that the rules know", required: .programme),
    Setting("until", .whole(years), "the last year that the rules know", required: .programme),
    Setting(
      "subdivisions", .map(key: .identifier, .text(.line)),
      "names of the subdivisions that the rules distinguish, by the part after the hyphen of ISO 3166-2"),
    Setting(
      "partly-known", .map(key: .identifier, .text(.line)),
      "the same for subdivisions whose own days are not in the file: a region of theirs adds them"),
    Setting(
      "weekend", .list(.choice(weekdayNames), least: 0),
      "the days that no `next working day` is; Saturday and Sunday where it is left out"),
    Setting(
      "festivals", .map(key: .identifier, .list(.text(.date), least: 1)),
      "dates of festivals by the moon, by a name that `day` may use"),
    Setting(
      "only-on", .oneOrMore(.text(.weekdays)), "the weekdays of every holiday that states none of its own"),
    Setting("instead", .record(moves("replaces it")), "moves of every holiday that states none of its own"),
    Setting(
      "also", .record(moves("is a holiday, too")), "further days of every holiday that states none of its own"
    ),
    Setting(
      "substitute", .record(substitute), "how a further day is named; `%` stands for the holiday's own name"),
    Setting(
      "between", .record(names), "a day between two holidays is one itself, and this is its name"),
    Setting("holidays", .list(.record(holiday), least: 1), "the holidays", required: .programme),
  ]

  private static let years = 1900...2099
  private static let weekdayNames = Weekday.allCases.map(\.rawValue)

  private static let names: [Setting] = [
    Setting("name", .text(.line), "its name in the country's language", required: .programme),
    Setting("english", .text(.line), "its English name; the same where it is left out"),
  ]

  private static let substitute = names.map {
    Setting($0.name, $0.shape, "the " + $0.meaning.dropFirst(4), required: $0.required)
  }

  private static let holiday: [Setting] =
    names + [
      Setting("source", .text(.line), "its own law or decree"),
      Setting("day", .text(.holidayDay), "when it comes each year"),
      Setting(
        "dates", .list(.text(.date), least: 1),
        "the days by themselves, where a decree or an almanac names them"),
      Setting(
        "in", .list(.text(.identifier), least: 1),
        "the subdivisions that keep it; `\(HolidayRule.Places.withoutSubdivision)` stands for a region that names none"
      ),
      Setting(
        "not-in", .list(.text(.identifier), least: 1), "the subdivisions that do not, where all others do"),
      Setting("since", .whole(years), "the first year"),
      Setting("until", .whole(years), "the last year"),
      Setting("except", .oneOrMore(.whole(years)), "years between in which it is not kept"),
      Setting("every", .whole(2...100), "kept in one of so many years, counted from `since`", unit: "years"),
      Setting("only-on", .oneOrMore(.text(.weekdays)), "it is kept on these weekdays alone"),
      Setting(
        "instead", .record(moves("replaces it")), "the day that replaces it, by the weekday it falls on"),
      Setting(
        "also", .record(moves("is a holiday, too")), "a further day of rest, by the weekday it falls on"),
    ]

  private static func moves(_ what: String) -> [Setting] {
    Weekday.allCases.map { weekday in
      Setting(
        weekday.rawValue, .choice(HolidayRule.Move.allCases.map(\.rawValue)),
        "the day that \(what) where it falls on this one")
    }
  }
}
