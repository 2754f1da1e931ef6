import Basics
import Pages
package import Programme
package import Regions

/// A cohort's sessions as a calendar to look at, in the region's language: weeks across, tandems down; then week by week with
/// each day's sessions; then how full each person's and each room's weeks are. Details open with the keyboard as with the
/// mouse. One file that needs nothing beside it; its filters are a small script, without which all is shown.
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
  private let words: CalendarWords
  private let now: Timestamp
  private let people: [PersonID: Person]
  private let regions: [String: Region]
  private let rows: [Row]
  /// Rooms by site, as places of sessions name them.
  private let rooms: [String: Set<String>]

  /// - Parameters:
  ///   - tandems: all of the cohort, in any order.
  ///   - sessions: of these tandems, in any order.
  ///   - now: marks today, and parts what is planned from what nobody recorded.
  package init(
    cohort: String, regions: [Region], people: [PersonID: Person], tandems: [Tandem], sessions: [Session],
    shortfalls: [CohortPlan.Shortfall], words: CalendarWords, now: Timestamp
  ) {
    self.cohort = cohort
    self.words = words
    self.now = now
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

  /// What became of a session, as the page shows it.
  private enum State: String, CaseIterable {
    case held, missed, unrecorded, planned, moved, cancelled

    var key: TextKey {
      switch self {
      case .held: .calendarHeld
      case .missed: .calendarMissed
      case .unrecorded: .calendarUnrecorded
      case .planned: .calendarPlanned
      case .moved: .calendarMoved
      case .cancelled: .calendarCancelled
      }
    }
  }

  private func state(_ session: Session) -> State {
    if session.isOpen {
      if session.end.secondsSinceEpoch <= now.secondsSinceEpoch { return .unrecorded }
      return session.isRescheduled ? .moved : .planned
    }
    return session.status == .held ? .held : session.status == .missed ? .missed : .cancelled
  }

  private func text(_ key: TextKey) -> String { MarkupText.escaped(words[key]) }

  private var today: LocalDate { now.date }

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
    let heads = heads(monday, weeks)
    let counted = countedStates
    let counts = counted.map { "<th scope=\"col\" class=\"n\">\(text($0.key))</th>" }.joined()
    let title = words.title(cohort)
    var page = """
      \(PageHead.html(title: title, language: words.language, style: CohortCalendarText.style, runsScript: true))\
      <body>
      <header>
      <h1>\(MarkupText.escaped(title))</h1>
      <p>\(totals)</p>
      \(filters)
      <p class="legend">\(legend) \(text(.calendarLegend))</p>
      </header>
      <main>
      <section class="pairs"><h2 id="tandems">\(text(.calendarPairs))</h2>
      <table aria-labelledby="tandems">
      <thead><tr><th scope="col" class="who">\(text(.calendarPair))</th>\(heads)\(counts)</tr></thead>
      <tbody>

      """
    for row in rows { page += line(row, monday, weeks, counted) }
    page += "</tbody></table></section>\n"
    page += weekView(monday, weeks)
    page += loads("people", words[.calendarPeople], personLoads(monday, weeks), heads)
    page += loads("rooms", words[.calendarRooms], roomLoads(monday, weeks), heads)
    return page + "</main>\n<script>\(CohortCalendarText.script)</script>\n</body>\n</html>\n"
  }

  // MARK: - Parts

  /// The states that have a column: sessions that nobody recorded only where there are some.
  private var countedStates: [State] {
    let hasUnrecorded = rows.contains { $0.sessions.contains { state($0) == .unrecorded } }
    return [.held, .missed] + (hasUnrecorded ? [.unrecorded] : []) + [.planned]
  }

  /// What is moved is planned.
  private func count(_ sessions: [Session], _ wanted: State) -> Int {
    sessions.count { session in
      let state = state(session)
      return state == wanted || wanted == .planned && state == .moved
    }
  }

  private var totals: String {
    let sessions = rows.flatMap(\.sessions)
    let counts = countedStates.map { "\(text($0.key)) <b>\(count(sessions, $0))</b>" }
    return (["\(text(.calendarPairs)) <b>\(rows.count)</b>"] + counts).joined(separator: " · ")
  }

  private var legend: String {
    State.allCases.map {
      "<span class=\"s \($0.rawValue)\"><b>3</b></span>&#160;\(text($0.key))"
    }.joined(separator: " ")
  }

  private var filters: String {
    func options(_ values: Set<String>) -> String {
      values.filter { !$0.isEmpty }.sorted { $0.precedesByBytes($1) }
        .map { "<option>\(MarkupText.escaped($0))</option>" }.joined()
    }
    let people = rows.flatMap { [$0.tandem.mentor, $0.tandem.mentee] }
    let all = text(.calendarAll)
    let shown = MarkupText.escaped(words.shown("SHOWN", of: "ALL"))
    return """
      <form class="bar" hidden>
      <label>\(text(.calendarSite)) <select id="site"><option value="">\(all)</option>\
      \(options(Set(people.map(site))))</select></label>
      <label>\(text(.calendarDepartment)) <select id="department"><option value="">\(all)</option>\
      \(options(Set(people.map(department))))</select></label>
      <label>\(text(.calendarPerson)) <input id="person" type="search" autocomplete="off"></label>
      <output id="count" aria-live="polite" data-text="\(shown)"></output>
      </form>
      <noscript><p>\(text(.calendarWithoutScript))</p></noscript>
      """
  }

  /// One heading a week: its Monday, with the month where it begins, and today where it lies in it.
  private func heads(_ monday: LocalDate, _ weeks: Int) -> String {
    (0..<weeks).map { week in
      let date = monday.adding(days: 7 * week)
      let isNew = week == 0 || date.adding(days: -7).month != date.month
      let isNow = (0..<7).contains(today.days(since: date))
      let month = isNow ? words[.calendarToday] : isNew ? words.month(date) : ""
      return
        "<th scope=\"col\" class=\"w\(isNew ? " first" : "")\(isNow ? " now" : "")\"><small>\(MarkupText.escaped(month))"
        + "</small><time datetime=\"\(date)\">\(date.day)</time></th>"
    }.joined()
  }

  private func line(_ row: Row, _ monday: LocalDate, _ weeks: Int, _ counted: [State]) -> String {
    var cells = Array(repeating: "", count: weeks)
    for session in row.sessions {
      let week = session.start.date.days(since: monday) / 7
      guard cells.indices.contains(week) else { continue }
      let state = state(session)
      cells[week] +=
        "<span class=\"s \(state.rawValue)\"><b>\(session.number)</b>"
        + "<small>\(MarkupText.escaped(words.weekday(session.start.date))) \(clock(session.start))</small>"
        + "<span class=\"vh\"> \(text(state.key))</span></span>"
    }
    let short =
      row.shortfall.map { shortfall in
        let text = "\(shortfall.planned)/\(shortfall.wanted): \(shortfall.reason)"
        return "<span class=\"short\" lang=\"en\">\(MarkupText.escaped(text))</span>"
      } ?? ""
    let (mentor, mentee) = (row.tandem.mentor, row.tandem.mentee)
    let details = row.sessions.map { session in
      "<li><b>\(session.number)</b> \(MarkupText.escaped(words.date(session.start.date))), \(detail(session))</li>"
    }.joined()
    return
      "<tr \(data([mentor, mentee]))><th scope=\"row\" class=\"who\" data-tandem=\"\(MarkupText.escaped(row.tandem.id.text))\">"
      + "<details><summary>\(person(mentor)) \(person(mentee))</summary><ul>\(details)</ul></details>\(short)</th>"
      + cells.enumerated().map { week, cell in
        (0..<7).contains(today.days(since: monday.adding(days: 7 * week)))
          ? "<td class=\"now\">\(cell)</td>" : "<td>\(cell)</td>"
      }.joined() + counted.map { "<td class=\"n\">\(count(row.sessions, $0))</td>" }.joined() + "</tr>\n"
  }

  private func clock(_ time: Timestamp) -> String {
    let minute = time.minuteOfDay
    return "\(minute / 60):\((minute % 60).digits(2))"
  }

  /// When, where, about what, and what became of it.
  private func detail(_ session: Session) -> String {
    let place = session.place == "office" ? words[.calendarOffice] : session.place
    let parts = [words.span(session.start, session.end) + " (\(session.timeZone))", place] + session.topics
    return MarkupText.escaped(parts.joined(separator: ", ")) + " – " + text(state(session).key)
  }

  // MARK: - Week by week

  private func weekView(_ monday: LocalDate, _ weeks: Int) -> String {
    var byDay: [LocalDate: [(row: Int, session: Session)]] = [:]
    for (index, row) in rows.enumerated() {
      for session in row.sessions where session.status != .cancelled {
        byDay[session.start.date, default: []].append((index, session))
      }
    }
    let most = max(1, byDay.values.map(\.count).max() ?? 1)
    var text = "<section class=\"weeks\"><h2 id=\"weeks\">\(self.text(.calendarWeeks))</h2>\n"
    for week in 0..<weeks {
      let first = monday.adding(days: 7 * week)
      // Weekends appear where somebody meets on them.
      let days = (0..<7).map { first.adding(days: $0) }.filter { $0.weekday.index < 5 || byDay[$0] != nil }
      guard days.contains(where: { byDay[$0] != nil }) else { continue }
      let isNow = (0..<7).contains(today.days(since: first))
      text += "<details class=\"week\"\(isNow ? " open" : "")><summary><span class=\"of\">"
      text += "\(MarkupText.escaped(words.weekOf(first)))</span>"
      for day in days {
        let count = byDay[day]?.count ?? 0
        let level = count == 0 ? 0 : 1 + 3 * (count - 1) / most
        text +=
          " <span class=\"day l\(level)\(day == today ? " now" : "")\">\(MarkupText.escaped(words.weekday(day))) "
        text += "<b data-day=\"\(day)\">\(count)</b></span>"
      }
      text += "</summary>\n"
      for day in days {
        guard let own = byDay[day] else { continue }
        text +=
          "<h3>\(MarkupText.escaped(words.date(day)))\(day == today ? " – " + self.text(.calendarToday) : "")</h3><ul>"
        let sorted = own.sorted { a, b in
          (a.session.start.secondsSinceEpoch, a.row) < (b.session.start.secondsSinceEpoch, b.row)
        }
        for (row, session) in sorted {
          let tandem = rows[row].tandem
          let names = MarkupText.escaped("\(name(tandem.mentor)), \(name(tandem.mentee))")
          text +=
            "<li data-row=\"\(row)\" data-on=\"\(day)\"><b>\(names)</b> \(session.number): \(detail(session))</li>"
        }
        text += "</ul>\n"
      }
      text += "</details>\n"
    }
    return text + "</section>\n"
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
    let who = text(id == "rooms" ? .calendarRoom : .calendarPerson)
    var text = """
      <section class="loads"><h2 id="\(id)">\(MarkupText.escaped(title))</h2>
      <table class="load" aria-labelledby="\(id)">
      <thead><tr><th scope="col" class="who">\(who)</th>\(heads)<th scope="col" class="n">\
      \(text(.calendarSessions))</th><th scope="col" class="n">\(text(.calendarBusiest))</th></tr></thead>
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
    return text + "</tbody></table></section>\n"
  }
}
