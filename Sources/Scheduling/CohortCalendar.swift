import Basics
import Pages
package import Programme
package import Regions

/// A cohort's sessions as a calendar to look at: weeks across, tandems down, then how full each person's and each room's weeks
/// are. One file that needs nothing beside it; its filters are a small script, without which all is shown.
package struct CohortCalendar: Sendable {
  private struct Row {
    var tandem: Tandem
    /// By number; those that were called off among them.
    var sessions: [Session]
    var shortfall: CohortPlan.Shortfall?
  }

  private let cohort: String
  /// The cohort's first day, and the first day after it.
  private let start: LocalDate
  private let end: LocalDate
  private let summary: [String]
  private let people: [PersonID: Person]
  private let regions: [String: Region]
  private let rows: [Row]
  /// Rooms by site, as places of sessions name them.
  private let rooms: [String: Set<String>]

  /// - Parameters:
  ///   - tandems: all of the cohort, in any order.
  ///   - sessions: of these tandems, in any order.
  package init(
    cohort: String, regions: [Region], people: [PersonID: Person], tandems: [Tandem], sessions: [Session],
    shortfalls: [CohortPlan.Shortfall], summary: [String]
  ) {
    self.cohort = cohort
    self.summary = summary
    self.people = people
    let cohorts = regions.compactMap { $0.cohort(cohort) }
    start = cohorts.map(\.start).min() ?? LocalDate(daysSinceEpoch: 0)
    end = cohorts.map(\.end).max() ?? LocalDate(daysSinceEpoch: 0)
    self.regions = regions.latest(by: \.id)
    let sessionsOf = Dictionary(grouping: sessions, by: \.tandem)
    let shortfallOf = shortfalls.keyed(by: \.tandem)
    rows = tandems.sorted { $0.id < $1.id }.map { tandem in
      Row(
        tandem: tandem, sessions: (sessionsOf[tandem.id] ?? []).sorted { $0.number < $1.number },
        shortfall: shortfallOf[tandem.id])
    }
    let rooms = regions.flatMap(\.sites).map { ($0.name, Set($0.rooms.map(\.name))) }
    self.rooms = Dictionary(rooms.filter { !$0.1.isEmpty }, uniquingKeysWith: { $0.union($1) })
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
      <span class="s held"><b>3</b></span> held <span class="s missed"><b>3</b></span> missed \
      <span class="s cancelled"><b>3</b></span> called off; a number is the \
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
    let people = rows.flatMap { [$0.tandem.mentor, $0.tandem.mentee] }
    return """
      <form class="bar" hidden>
      <label>Site <select id="site"><option value="">all</option>\(options(Set(people.map(site))))</select></label>
      <label>Department <select id="department"><option value="">all</option>\
      \(options(Set(people.map(department))))</select></label>
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
      let status = session.isRescheduled ? "moved" : session.status.rawValue
      let detail =
        "session \(session.number), \(status): \(session.start.date) \(clock), \(session.timeZone), "
        + session.place + (session.topics.isEmpty ? "" : "; " + session.topics.joined(separator: ", "))
      cells[week] +=
        "<span class=\"s \(status)\" title=\"\(MarkupText.escaped(detail))\"><b>\(session.number)</b>"
        + "<small>\(day) \(clock)</small></span>"
    }
    let count = row.sessions.count(where: \.counts)
    let short =
      row.shortfall.map { shortfall in
        let text = "\(shortfall.planned) of \(shortfall.wanted): \(shortfall.reason)"
        return "<span class=\"short\">\(MarkupText.escaped(text))</span>"
      } ?? ""
    let (mentor, mentee) = (row.tandem.mentor, row.tandem.mentee)
    return
      "<tr \(data([mentor, mentee]))><th scope=\"row\" class=\"who\" "
      + "title=\"\(MarkupText.escaped(row.tandem.id.text))\">\(person(mentor)) \(person(mentee))\(short)</th>"
      + cells.map { "<td>\($0)</td>" }.joined() + "<td class=\"n\">\(count)</td></tr>\n"
  }

  private func name(_ id: PersonID) -> String { people[id]?.name ?? id.text }

  /// As the region spells it.
  private func site(_ id: PersonID) -> String {
    guard let person = people[id] else { return "" }
    return regions[person.region]?.site(named: person.site)?.name ?? person.site
  }

  private func department(_ id: PersonID) -> String { people[id]?.department.first ?? "" }

  private func person(_ id: PersonID) -> String { heading(name(id), [site(id), department(id)]) }

  private func heading(_ name: String, _ details: [String]) -> String {
    let detail = details.filter { !$0.isEmpty }.joined(separator: ", ")
    return
      "<span class=\"p\"><b>\(MarkupText.escaped(name))</b> <small>\(MarkupText.escaped(detail))</small></span>"
  }

  /// What filters look at.
  private func data(_ people: [PersonID]) -> String {
    func joined(_ values: [String]) -> String { MarkupText.escaped(values.joined(separator: "\n")) }
    return
      "data-site=\"\(joined(people.map(site)))\" data-department=\"\(joined(people.map(department)))\" "
      + "data-person=\"\(joined(people.flatMap { [name($0), $0.text] }))\""
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
    var counts: [PersonID: [Int]] = [:]
    for row in rows {
      for someone in [row.tandem.mentor, row.tandem.mentee] {
        add(row.sessions, to: &counts[someone, default: Array(repeating: 0, count: weeks)], monday)
      }
    }
    return counts.map { id, weeks in (id, Load(name: person(id), data: data([id]), weeks: weeks)) }
      .sorted { a, b in
        a.1.total == b.1.total ? a.0 < b.0 : a.1.total > b.1.total
      }.map(\.1)
  }

  private func roomLoads(_ monday: LocalDate, _ weeks: Int) -> [Load] {
    var counts: [String: [String: [Int]]] = [:]
    for (site, names) in rooms {
      for name in names { counts[site, default: [:]][name] = Array(repeating: 0, count: weeks) }
    }
    for row in rows {
      let site = site(row.tandem.mentee)
      for session in row.sessions where rooms[site]?.contains(session.place) == true {
        add(
          [session],
          to: &counts[site, default: [:]][session.place, default: Array(repeating: 0, count: weeks)], monday)
      }
    }
    return counts.sorted { $0.key.precedesByBytes($1.key) }.flatMap { site, rooms in
      rooms.sorted { $0.key.precedesByBytes($1.key) }.map { name, weeks in
        Load(
          name: heading(name, [site]), data: "data-site=\"\(MarkupText.escaped(site))\"", weeks: weeks)
      }
    }
  }

  private func add(_ sessions: [Session], to weeks: inout [Int], _ monday: LocalDate) {
    for session in sessions where session.counts {
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
