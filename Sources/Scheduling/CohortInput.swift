package import Basics
package import Programme
package import Regions

/// All that a cohort's plan is made of: read by the tool, free of files.
package struct CohortInput: Sendable {
  /// Something else that takes a person's time: a session of another cohort, a workshop.
  package struct Commitment: Hashable, Sendable {
    package var people: [PersonID]
    package var interval: MinuteInterval
    /// It is a session: nobody has two of them on a day.
    package var isSession: Bool

    package init(people: [PersonID], interval: MinuteInterval, isSession: Bool) {
      self.people = people
      self.interval = interval
      self.isSession = isSession
    }

    package init(_ session: Session, of people: [PersonID]) {
      self.init(people: people, interval: session.interval, isSession: true)
    }

    package init(_ workshop: Workshop) {
      self.init(people: workshop.attendees, interval: workshop.interval, isSession: false)
    }
  }

  package var cohort: String
  package var regions: [Region]
  package var people: [PersonID: Person]
  /// In any order; those of other cohorts are left aside.
  package var tandems: [Tandem]
  /// By person; nil: no calendar was given.
  package var busy: [PersonID: BusyTime]
  package var holidays: [SiteKey: Set<LocalDate>]
  /// By site, then by the room's name.
  package var roomBookings: [SiteKey: [String: BusyTime]]
  package var commitments: [Commitment]
  /// An earlier plan of this cohort.
  package var previous: [Session]
  /// What was answered to the earlier plan's invitations.
  package var replies: [SessionReply]
  /// Who is recorded as away: each is in `busy` too.
  package var absences: [Absence] = []
  /// Minutes of the session that other times are looked for; nil: as long as sessions here last.
  package var length: Int?
  /// The time of planning; nil: before the cohort's start.
  package var now: Timestamp?
  package var effort: PlanEffort

  package init(
    cohort: String, regions: [Region], people: [PersonID: Person], tandems: [Tandem],
    busy: [PersonID: BusyTime] = [:], holidays: [SiteKey: Set<LocalDate>] = [:],
    roomBookings: [SiteKey: [String: BusyTime]] = [:], commitments: [Commitment] = [],
    previous: [Session] = [], replies: [SessionReply] = [],
    now: Timestamp? = nil, effort: PlanEffort = PlanEffort.levels[1]
  ) {
    self.cohort = cohort
    self.regions = regions
    self.people = people
    self.tandems = tandems
    self.busy = busy
    self.holidays = holidays
    self.roomBookings = roomBookings
    self.commitments = commitments
    self.previous = previous
    self.replies = replies
    self.now = now
    self.effort = effort
  }

  /// A person's site by the name that its region declares.
  func site(of person: Person) -> SiteKey {
    let region = regions.first { $0.id == person.region }
    return SiteKey(region: person.region, site: region?.site(named: person.site)?.name ?? person.site)
  }

  /// Takes a room for a time.
  mutating func book(_ time: BusyTime, _ room: String, of site: SiteKey) {
    let before = roomBookings[site]?[room] ?? .none
    roomBookings[site, default: [:]][room] = before.union(time)
  }
}

/// A cohort's sessions, and what could not be planned.
package struct CohortPlan: Sendable {
  /// A tandem that has fewer sessions than the programme asks for.
  package struct Shortfall: Hashable, Sendable {
    package var tandem: TandemID
    package var planned: Int
    package var wanted: Int
    /// In words that HR can act on.
    package var reason: String
  }

  /// By tandem, then by number; those that an ended tandem cancels are among them.
  package var sessions: [Session] = []
  /// By tandem.
  package var shortfalls: [Shortfall] = []
  /// What was wrong with the records: a tandem without its people, a site that no region declares.
  package var problems: [Diagnostic] = []
  /// How many tandems were to be planned.
  package var tandems = 0
  /// The sum of the sessions' costs, as the records carry them, of all that was planned now.
  package var cost = 0
  /// No plan of as many sessions costs less; nil where sessions are missing only because tandems share people or rooms,
  /// or where an earlier plan is kept.
  package var bound: Int?
  /// Against the earlier plan.
  package var kept = 0
  package var moved = 0
  package var cancelled = 0
  /// The plan in a few sentences.
  package var words = PlanWords()
  /// Of tandems that lost a session: by tandem.
  package var slack: [Slack] = []

  /// How much room a tandem has left after a change.
  package struct Slack: Hashable, Sendable {
    package var tandem: TandemID
    /// Sessions that are still to come.
    package var left: Int
    /// Weeks in which the two could meet, until the cohort's end.
    package var usableWeeks: Int
  }
}
