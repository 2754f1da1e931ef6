import Basics
package import Programme

/// How a language writes dates, times and lists: words and patterns of its file, never of the machine's locale.
package struct DateWording: Sendable {
  /// January first; in the form that is beside a day (genitive where the language has one).
  package var months: [String]
  /// Monday first.
  package var weekdays: [String]
  /// Of `weekday`, `day`, `month`, `monthNumber`, `year`; nil: as ISO 8601 writes it.
  package var long: TextTemplate?
  /// The same without the weekday, as on a certificate; nil: as ISO 8601 writes it.
  package var short: TextTemplate?
  /// Words for before and after noon; empty: a clock of 24 hours.
  package var halves: [String]

  /// The names by which a pattern may speak of a date.
  package static let variables: Set = ["weekday", "day", "month", "monthNumber", "year"]

  package func date(_ date: LocalDate, weekday: Bool = true) -> String {
    let (year, month, day) = date.components
    guard let pattern = weekday ? long : short, months.indices.contains(month - 1),
      weekdays.indices.contains(date.weekday.index)
    else {
      return date.description
    }
    return pattern.render([
      "weekday": weekdays[date.weekday.index], "day": day, "month": months[month - 1], "monthNumber": month,
      "year": year,
    ])
  }

  /// `10:00–11:30`; with halves of the day `10:00–11:30 AM`, or `11:00 AM – 12:30 PM` where they differ.
  package func span(_ start: Timestamp, _ end: Timestamp) -> String {
    let (from, to) = (start.minuteOfDay, end.minuteOfDay)
    guard halves.count == 2 else { return "\(start.time)–\(end.time)" }
    let (first, second) = (halves[from < 720 ? 0 : 1], halves[to < 720 ? 0 : 1])
    if first == second { return "\(halfDayClock(from))–\(halfDayClock(to)) \(second)" }
    return "\(halfDayClock(from)) \(first) – \(halfDayClock(to)) \(second)"
  }

  /// Where a language has no words for dates: `2026-10-05`, `10:00–11:30`.
  package static let none = DateWording(months: [], weekdays: [], long: nil, short: nil, halves: [])

  /// `1:05` for 13:05
  private func halfDayClock(_ minute: Int) -> String {
    let hour = minute / 60 % 12
    return "\(hour == 0 ? 12 : hour):\((minute % 60).digits(2))"
  }
}

/// How a language joins the members of a list.
package struct ListWording: Hashable, Sendable {
  /// `, `
  package var between: String
  /// ` and `
  package var last: String
  /// The same before the sound of i: Spanish `e` for `y` (`datos e inteligencia`, but `agua y hielo`).
  package var lastBeforeI: String

  package func joined(_ parts: [String]) -> String {
    guard let final = parts.last, parts.count > 1 else { return parts.first ?? "" }
    let start = final.prefix(3).lowercased()
    let isI =
      ["i", "í", "hi", "hí"].contains { start.hasPrefix($0) }
      && !["hie", "hia", "hio"].contains(start)
    return parts.dropLast().joined(separator: between) + (isI ? lastBeforeI : last) + final
  }
}
