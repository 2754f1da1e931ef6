import Basics
import Pages
package import Programme

/// A cohort's sessions as a calendar to look at: weeks across, tandems down, then how full each person's and each room's weeks
/// are. One file that needs nothing beside it; its filters are a small script, without which all is shown.
package struct CohortCalendar: Sendable {
  package struct Person: Hashable, Sendable {
    package var id: String
    package var name: String
    package var site: String
    package var department: String

    package init(id: String, name: String, site: String, department: String) {
      self.id = id
      self.name = name
      self.site = site
      self.department = department
    }
  }

  package struct Row: Hashable, Sendable {
    package var tandem: String
    package var mentor: Person
    package var mentee: Person
    /// By number; those that were called off among them.
    package var sessions: [Session]
    /// `8 of 10: mentee pl:2 is free on 8 of 26 weeks`; empty where nothing is missing.
    package var shortfall: String

    package init(
      tandem: String, mentor: Person, mentee: Person, sessions: [Session], shortfall: String = ""
    ) {
      self.tandem = tandem
      self.mentor = mentor
      self.mentee = mentee
      self.sessions = sessions
      self.shortfall = shortfall
    }
  }

  package var cohort: String
  /// The cohort's first day, and the first day after it.
  package var start: LocalDate
  package var end: LocalDate
  package var summary: [String]
  package var rows: [Row]
  /// Rooms by site, as places of sessions name them.
  package var rooms: [String: Set<String>]

  package init(
    cohort: String, start: LocalDate, end: LocalDate, summary: [String], rows: [Row],
    rooms: [String: Set<String>]
  ) {
    self.cohort = cohort
    self.start = start
    self.end = end
    self.summary = summary
    self.rows = rows
    self.rooms = rooms
  }

  private static let days = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// The Monday of the first week that is shown.
  private var monday: LocalDate {
    let first = ([start] + rows.flatMap { $0.sessions.map(\.start.date) }).min() ?? start
    return first.adding(days: -first.weekday.index)
  }

  /// O(tandems × weeks).
  package var html: String {
    let monday = monday
    let last = ([end.adding(days: -1)] + rows.flatMap { $0.sessions.map(\.start.date) }).max() ?? end
    let weeks = min(110, max(1, last.days(since: monday) / 7 + 1))
    let heads = CohortCalendar.heads(monday, weeks)
    var page = """
      \(PageHead.html(title: "Sessions of \(cohort)", style: CohortCalendarText.style, runsScript: true))\
      <body>
      <header>
      <h1>Sessions of \(MarkupText.escaped(cohort))</h1>
      <p>\(summary.map(MarkupText.escaped).joined(separator: "<br>"))</p>
      \(filters)
      <p class="legend"><span class="s planned"><b>3</b></span> planned <span class="s moved"><b>3</b></span> moved \
      <span class="s held"><b>3</b></span> held <span class="s cancelled"><b>3</b></span> called off; a number is the \
      session's, below it its day and hour where it takes place</p>
      </header>
      <main>
      <section><h2 id="tandems">Tandems</h2>
      <div class="scroll"><table aria-labelledby="tandems">
      <thead><tr><th scope="col" class="who">Mentor and mentee</th>\(heads)<th scope="col" class="n">\
      Sessions</th></tr></thead>
      <tbody>

      """
    for row in rows { page += line(row, monday, weeks) }
    page += "</tbody></table></div></section>\n"
    page += loads("people", "Load of people", personLoads(monday, weeks), heads)
    page += loads("rooms", "Load of rooms", roomLoads(monday, weeks), heads)
    return page + "</main>\n<script>\(CohortCalendarText.script)</script>\n</body>\n</html>\n"
  }

  // MARK: - Parts

  private var filters: String {
    func options(_ values: Set<String>) -> String {
      values.filter { !$0.isEmpty }.sorted { $0.precedesByBytes($1) }
        .map { "<option>\(MarkupText.escaped($0))</option>" }.joined()
    }
    let people = rows.flatMap { [$0.mentor, $0.mentee] }
    return """
      <form class="bar" hidden>
      <label>Site <select id="site"><option value="">all</option>\(options(Set(people.map(\.site))))</select></label>
      <label>Department <select id="department"><option value="">all</option>\
      \(options(Set(people.map(\.department))))</select></label>
      <label>Person <input id="person" type="search" autocomplete="off"></label>
      <output id="count" aria-live="polite">\(rows.count) of \(rows.count) tandems</output>
      </form>
      <noscript><p>Without scripts everything is shown; filters need them.</p></noscript>
      """
  }

  /// One heading a week: its Monday, with the month where it begins.
  private static func heads(_ monday: LocalDate, _ weeks: Int) -> String {
    (0..<weeks).map { week in
      let date = monday.adding(days: 7 * week)
      let isNew = week == 0 || date.adding(days: -7).month != date.month
      let month = isNew ? months[(date.month - 1) % 12] : ""
      return
        "<th scope=\"col\" class=\"w\(isNew ? " first" : "")\" title=\"week of \(date)\"><small>\(month)</small>"
        + "\(date.day)</th>"
    }.joined()
  }

  private func line(_ row: Row, _ monday: LocalDate, _ weeks: Int) -> String {
    var cells = Array(repeating: "", count: weeks)
    for session in row.sessions {
      let week = session.start.date.days(since: monday) / 7
      guard cells.indices.contains(week) else { continue }
      let minute = session.start.minuteOfDay
      let clock = "\(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
      let day = CohortCalendar.days[session.start.date.weekday.index]
      let detail =
        "session \(session.number), \(session.status.rawValue): \(session.start.date) \(clock), \(session.timeZone), "
        + session.place + (session.topics.isEmpty ? "" : "; " + session.topics.joined(separator: ", "))
      cells[week] +=
        "<span class=\"s \(session.status.rawValue)\" title=\"\(MarkupText.escaped(detail))\"><b>\(session.number)</b>"
        + "<small>\(day) \(clock)</small></span>"
    }
    let count = row.sessions.count { $0.status != .cancelled }
    let short =
      row.shortfall.isEmpty ? "" : "<span class=\"short\">\(MarkupText.escaped(row.shortfall))</span>"
    return
      "<tr \(CohortCalendar.data([row.mentor, row.mentee]))><th scope=\"row\" class=\"who\" "
      + "title=\"\(MarkupText.escaped(row.tandem))\">\(person(row.mentor)) \(person(row.mentee))\(short)</th>"
      + cells.map { "<td>\($0)</td>" }.joined() + "<td class=\"n\">\(count)</td></tr>\n"
  }

  private func person(_ person: Person) -> String {
    let detail = [person.site, person.department].filter { !$0.isEmpty }.joined(separator: ", ")
    return
      "<span class=\"p\"><b>\(MarkupText.escaped(person.name))</b> <small>\(MarkupText.escaped(detail))</small></span>"
  }

  /// What filters look at.
  private static func data(_ people: [Person]) -> String {
    func joined(_ values: [String]) -> String { MarkupText.escaped(values.joined(separator: "\n")) }
    return
      "data-site=\"\(joined(people.map(\.site)))\" data-department=\"\(joined(people.map(\.department)))\" "
      + "data-person=\"\(joined(people.flatMap { [$0.name, $0.id] }))\""
  }

  // MARK: - Loads

  private struct Load {
    var name: String
    var data: String
    var weeks: [Int]
    var total: Int { weeks.reduce(0, +) }
  }

  /// Most sessions first, then by identifier.
  private func personLoads(_ monday: LocalDate, _ weeks: Int) -> [Load] {
    var people: [String: Person] = [:]
    var counts: [String: [Int]] = [:]
    for row in rows {
      for someone in [row.mentor, row.mentee] {
        people[someone.id] = someone
        add(row.sessions, to: &counts[someone.id, default: Array(repeating: 0, count: weeks)], monday)
      }
    }
    return counts.compactMap { id, weeks in
      people[id].map { (id, Load(name: person($0), data: CohortCalendar.data([$0]), weeks: weeks)) }
    }.sorted { a, b in
      a.1.total == b.1.total ? a.0.precedesByBytes(b.0) : a.1.total > b.1.total
    }.map(\.1)
  }

  private func roomLoads(_ monday: LocalDate, _ weeks: Int) -> [Load] {
    var counts: [String: [String: [Int]]] = [:]
    for (site, names) in rooms {
      for name in names { counts[site, default: [:]][name] = Array(repeating: 0, count: weeks) }
    }
    for row in rows {
      for session in row.sessions where rooms[row.mentee.site]?.contains(session.place) == true {
        add(
          [session],
          to: &counts[row.mentee.site, default: [:]][
            session.place, default: Array(repeating: 0, count: weeks)], monday)
      }
    }
    return counts.sorted { $0.key.precedesByBytes($1.key) }.flatMap { site, rooms in
      rooms.sorted { $0.key.precedesByBytes($1.key) }.map { name, weeks in
        let place = Person(id: name, name: name, site: site, department: "")
        return Load(name: person(place), data: "data-site=\"\(MarkupText.escaped(site))\"", weeks: weeks)
      }
    }
  }

  private func add(_ sessions: [Session], to weeks: inout [Int], _ monday: LocalDate) {
    for session in sessions where session.status != .cancelled {
      let week = session.start.date.days(since: monday) / 7
      if weeks.indices.contains(week) { weeks[week] += 1 }
    }
  }

  private func loads(_ id: String, _ title: String, _ loads: [Load], _ heads: String) -> String {
    guard !loads.isEmpty else { return "" }
    let who = id == "rooms" ? "Room" : "Person"
    var text = """
      <section><h2 id="\(id)">\(title)</h2>
      <div class="scroll"><table class="load" aria-labelledby="\(id)">
      <thead><tr><th scope="col" class="who">\(who)</th>\(heads)<th scope="col" class="n">Sessions</th>\
      <th scope="col" class="n">Fullest week</th></tr></thead>
      <tbody>

      """
    for load in loads {
      let cells = load.weeks.map { count in
        count == 0 ? "<td></td>" : "<td class=\"l\(min(count, 4))\">\(count)</td>"
      }
      text +=
        "<tr \(load.data)><th scope=\"row\" class=\"who\">\(load.name)</th>\(cells.joined())"
        + "<td class=\"n\">\(load.total)</td><td class=\"n\">\(load.weeks.max() ?? 0)</td></tr>\n"
    }
    return text + "</tbody></table></div></section>\n"
  }
}
