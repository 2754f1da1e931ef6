import Basics
package import Programme
package import Regions

/// How far the tandems of a cohort have come: for the final seminar, and for whom HR must talk to.
package struct CohortProgress: Sendable {
  package struct Counts: Hashable, Sendable {
    package var tandems = 0
    /// Sessions that the programme asks for; of an ended tandem, those that were held.
    package var wanted = 0
    package var held = 0
    /// Sessions that are recorded as not having taken place.
    package var missed = 0
    /// Past, and not recorded.
    package var due = 0
    package var coming = 0
    /// Sessions that may never take place: they are not in the plan, or the days left have no room for them.
    package var atRisk = 0
    /// Topics of the agenda, and those of them that were covered, where the tandem has a list or somebody said.
    package var topics = 0
    package var covered = 0
    /// Tandems that are behind.
    package var behind = 0
    /// Since when the first of them is.
    package var since: LocalDate?

    fileprivate mutating func add(_ other: Counts) {
      tandems += other.tandems
      wanted += other.wanted
      held += other.held
      missed += other.missed
      due += other.due
      coming += other.coming
      atRisk += other.atRisk
      topics += other.topics
      covered += other.covered
      behind += other.behind
      since = [since, other.since].compactMap { $0 }.min()
    }
  }

  package struct Row: Hashable, Sendable {
    package var tandem: Tandem
    /// Of the mentee; empty where the person is not known.
    package var site: String
    /// The broadest step of the mentee's.
    package var department: String
    package var counts: Counts
    /// The next session.
    package var next: Timestamp?
  }

  /// By tandem.
  package private(set) var rows: [Row] = []

  /// A tandem is behind when a session of it is past and not recorded, or has no date though others had theirs: since
  /// the day of the first of these.
  ///
  /// - Parameter sessions: those that count, each once.
  package init(
    cohort: String, regions: [Region], people: [PersonID: Person], tandems: [Tandem], sessions: [Session],
    now: Timestamp
  ) {
    let byID = regions.keyed(by: \.id)
    let sessionsOf = Dictionary(grouping: sessions, by: \.tandem)
    let latest = tandems.filter { $0.cohort == cohort }.latest(by: \.id)
    for tandem in latest.values.sorted(by: { $0.id < $1.id }) {
      let mentee = people[tandem.mentee]
      let region = byID[tandem.region]
      let site = mentee.flatMap { region?.site(named: $0.site)?.name }
      let own = (sessionsOf[tandem.id] ?? []).sorted(by: Session.isEarlier)
      let counts = CohortProgress.counts(
        tandem, own, frame: region?.at(site: site, cohort: cohort).frame, end: region?.cohort(cohort)?.end,
        now: now)
      let next = own.first { $0.isOpen && $0.start > now }
      rows.append(
        Row(
          tandem: tandem, site: site ?? mentee?.site ?? "", department: mentee?.department.first ?? "",
          counts: counts, next: tandem.status == .ended ? nil : next?.start))
    }
  }

  private static func counts(
    _ tandem: Tandem, _ sessions: [Session], frame: ProgrammeFrame?, end: LocalDate?, now: Timestamp
  ) -> Counts {
    var counts = Counts()
    counts.tandems = 1
    counts.held = sessions.count { $0.status == .held }
    counts.missed = sessions.count { $0.status == .missed }
    let ledger = TopicLedger(tandem, sessions)
    if ledger.isKept {
      counts.topics = tandem.agenda.count
      counts.covered = tandem.agenda.count - ledger.left.count
    }
    guard tandem.status != .ended else {
      counts.wanted = counts.held
      return counts
    }
    let open = sessions.filter(\.isOpen)
    let due = open.filter { $0.end <= now }
    counts.wanted = frame?.sessions ?? sessions.count
    counts.due = due.count
    counts.coming = open.count - due.count
    let undated = max(0, counts.wanted - counts.held - open.count)
    var lost = 0
    if let end, let gap = frame?.gap {
      let last = sessions.last { $0.status == .held }?.start.date
      let first = max(now.date, last?.adding(days: gap.lowerBound) ?? now.date)
      let days = end.days(since: first)
      let fitting = days > 0 ? (days - 1) / max(1, gap.lowerBound) + 1 : 0
      lost = max(0, counts.wanted - counts.held - fitting)
    }
    counts.atRisk = max(undated, lost)
    let offDates = sessions.filter { !$0.counts && $0.start <= now }.map(\.start.date)
    let since = (due.map(\.start.date) + (undated > 0 ? offDates : [])).min()
    if let since {
      counts.behind = 1
      counts.since = since
    }
    return counts
  }

  package enum Group: String, CaseIterable, FieldValue {
    case tandem, site, department
  }

  /// The sums over sites or departments, by name.
  package func sums(by group: Group) -> [(name: String, counts: Counts)] {
    var sums: [String: Counts] = [:]
    for row in rows {
      let name =
        switch group {
        case .tandem: row.tandem.id.text
        case .site: row.site
        case .department: row.department
        }
      sums[name, default: Counts()].add(row.counts)
    }
    return sums.sorted { $0.key.precedesByBytes($1.key) }.map { ($0.key, $0.value) }
  }

  package var total: Counts {
    var total = Counts()
    for row in rows { total.add(row.counts) }
    return total
  }
}
