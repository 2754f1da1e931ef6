import Basics
package import Calendars
import Pages
package import Programme

/// What was understood of people's calendars within a term, as rows of a table and as a page.
package struct BusyOverview: Sendable {
  package struct Calendar: Sendable {
    var owner: Person
    var file: String
    var summary: CalendarSummary
    /// What speaks for a calendar that is not whole.
    var doubts: [String]
    /// How many messages there were about what cannot be read.
    var warnings: Int

    package init(owner: Person, file: String, summary: CalendarSummary, doubts: [String], warnings: Int) {
      (self.owner, self.file, self.summary) = (owner, file, summary)
      (self.doubts, self.warnings) = (doubts, warnings)
    }
  }

  private let calendars: [Calendar]
  /// Those who have none.
  private let missing: [Person]
  private let term: ClosedRange<LocalDate>

  package init(calendars: [Calendar], missing: [Person], term: ClosedRange<LocalDate>) {
    self.calendars = calendars.sorted {
      $0.owner.id == $1.owner.id ? $0.file.precedesByBytes($1.file) : $0.owner.id < $1.owner.id
    }
    self.missing = missing
    self.term = term
  }

  /// The Mondays of the term's weeks.
  private var mondays: [LocalDate] {
    let first = term.lowerBound.adding(days: -term.lowerBound.weekday.index)
    return stride(from: 0, through: term.upperBound.days(since: first), by: 7).map { first.adding(days: $0) }
  }

  /// Of the days of a week that are in the term.
  private func minutes(_ calendar: Calendar, week monday: LocalDate) -> Int {
    guard let zone = try? ZoneDatabase.zone(calendar.owner.timeZone) else { return 0 }
    let from = max(monday, term.lowerBound)
    let to = min(monday.adding(days: 7), term.upperBound.adding(days: 1))
    return calendar.summary.minutes(
      in: MinuteInterval(start: zone.minute(of: from), end: zone.minute(of: to)))
  }

  package func headings(weeks: Bool) -> [String] {
    [
      "Who", "Id", "Calendar", "Time zone", "Entries", "First", "Last", "Hours a week", "Hours at most",
      "Doubts",
    ]
      + (weeks ? mondays.map(\.description) : [])
  }

  /// A row for each calendar, then one for each person without.
  package func rows(weeks hasWeeks: Bool) -> [[String]] {
    let mondays = mondays
    return calendars.map { calendar in
      let weeks = mondays.map { minutes(calendar, week: $0) }
      let summary = calendar.summary
      var doubts = calendar.doubts
      if calendar.warnings > 0 { doubts.append(counted(calendar.warnings, "warning")) }
      return [
        calendar.owner.name, calendar.owner.id.text, calendar.file, calendar.owner.timeZone,
        String(summary.entries), summary.first?.description ?? "", summary.last?.description ?? "",
        BusyOverview.hours(weeks.reduce(0, +) / max(1, weeks.count)), BusyOverview.hours(weeks.max() ?? 0),
        doubts.joined(separator: "; "),
      ] + (hasWeeks ? weeks.map(BusyOverview.hours) : [])
    }
      + missing.map { person in
        [person.name, person.id.text, "", person.timeZone, "", "", "", "", "", "no calendar: counts as free"]
          + (hasWeeks ? mondays.map { _ in "" } : [])
      }
  }

  /// Who, the week's Monday, hours.
  package var weekRows: [[String]] {
    calendars.flatMap { calendar in
      mondays.map { [calendar.owner.name, $0.description, BusyOverview.hours(minutes(calendar, week: $0))] }
    }
  }

  /// `12.5`.
  private static func hours(_ minutes: Int) -> String {
    let tenths = (minutes + 3) / 6
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// A page of its own.
  package func html(title: String) -> String {
    let style =
      PageHead.palette
        + """
        body { font: 15px/1.4 sans-serif; color: var(--ink); background: var(--paper); margin: 2rem; }
        table { border-collapse: collapse; } th, td { border-bottom: 1px solid var(--line); padding: .2rem .6rem; text-align: left; \
        vertical-align: top; white-space: nowrap; } td.n { text-align: right; } td.d { white-space: normal; min-width: 16rem; }
        thead th { background: var(--band); position: sticky; top: 0; } .wide { overflow-x: auto; }

        """
    var html = PageHead.html(title: title, style: style) + "<body>\n<h1>\(MarkupText.escaped(title))</h1>\n"
    html +=
      "<p>\(term.lowerBound) to \(term.upperBound): what was understood of \(counted(calendars.count, "calendar")); "
      + "\(counted(missing.count, "person", "people")) without one. The hours that are busy in each week follow the doubts.</p>\n"
    html += "<div class=\"wide\"><table>\n<thead><tr>"
    for heading in headings(weeks: true) { html += "<th>\(MarkupText.escaped(heading))</th>" }
    html += "</tr></thead>\n<tbody>\n"
    for row in rows(weeks: true) {
      html += "<tr>"
      for (index, cell) in row.enumerated() {
        let kind = index == 9 ? " class=\"d\"" : index == 4 || index > 6 ? " class=\"n\"" : ""
        html += "<td\(kind)>\(MarkupText.escaped(cell))</td>"
      }
      html += "</tr>\n"
    }
    return html + "</tbody>\n</table></div>\n</body>\n</html>\n"
  }
}
