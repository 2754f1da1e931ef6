package import Programme

/// What is on the calendar page of a cohort, in the language of the region.
package struct CalendarWords: Sendable {
  private let words: LanguageTexts
  private let months: [String]
  /// Two or three letters each, Monday first.
  package let weekdays: [String]

  init(_ words: LanguageTexts) {
    self.words = words
    months = (words.layer.dates ?? .none).months.map { String($0.prefix(3)) }
    weekdays = words.render(.calendarWeekdays, [:]).split(separator: " ").map(String.init)
  }

  /// BCP 47.
  package var language: String { words.tag }

  package subscript(key: TextKey) -> String { words.render(key, [:]) }

  package func title(_ cohort: String) -> String { words.render(.calendarTitle, ["cohort": cohort]) }

  package func weekOf(_ date: LocalDate) -> String {
    words.render(.calendarWeekOf, ["date": words.date(date, weekday: false)])
  }

  package func shown(_ shown: String, of all: String) -> String {
    words.render(.calendarShown, ["shown": shown, "all": all])
  }

  package func date(_ date: LocalDate) -> String { words.date(date) }
  package func span(_ start: Timestamp, _ end: Timestamp) -> String { words.span(start, end) }

  package func weekday(_ date: LocalDate) -> String {
    let index = date.weekday.index
    return weekdays.indices.contains(index) ? weekdays[index] : ""
  }

  /// The first letters of a month's name.
  package func month(_ date: LocalDate) -> String {
    months.indices.contains(date.month - 1) ? months[date.month - 1] : date.month.description
  }
}

extension InvitationComposer {
  /// - Throws: where no language of the region has the texts.
  package var calendarWords: CalendarWords {
    get throws(ConfigurationError) {
      CalendarWords(
        try texts.language(
          region.language, for: TextKey.allCases.filter { $0.rawValue.hasPrefix("calendar.") }))
    }
  }
}
