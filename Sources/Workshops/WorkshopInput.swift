package import Basics
package import Programme
package import Regions

/// All that a workshop is planned from: read by the tool, free of files.
package struct WorkshopInput: Sendable {
  package var cohort: String
  /// Its settings hold, its office invites, its clock is the workshop's.
  package var host: Region
  /// Whose mentors meet: the host alone, or several regions in one workshop.
  package var regions: [Region]
  package var people: [PersonID: Person]
  /// In any order, those of other cohorts too: they tell who is experienced.
  package var tandems: [Tandem]
  package var sessions: [Session]
  /// By person; nil: no calendar was given.
  package var busy: [PersonID: BusyTime]
  package var holidays: [SiteKey: Set<LocalDate>]
  /// Workshops that were or will be whatever is planned now: who met there has met.
  package var others: [Workshop]
  /// An earlier plan of this very workshop.
  package var previous: [Workshop]
  /// Sessions that stand where they are, by identifier.
  package var fixedSessions: Set<SessionID>
  package var now: Timestamp?
  package var effort: DateEffort

  package init(
    cohort: String, host: Region, regions: [Region], people: [PersonID: Person], tandems: [Tandem],
    sessions: [Session] = [], busy: [PersonID: BusyTime] = [:], holidays: [SiteKey: Set<LocalDate>] = [:],
    others: [Workshop] = [], previous: [Workshop] = [], fixedSessions: Set<SessionID> = [],
    now: Timestamp? = nil,
    effort: DateEffort = .regional
  ) {
    self.cohort = cohort
    self.host = host
    self.regions = regions
    self.people = people
    self.tandems = tandems
    self.sessions = sessions
    self.busy = busy
    self.holidays = holidays
    self.others = others
    self.previous = previous
    self.fixedSessions = fixedSessions
    self.now = now
    self.effort = effort
  }
}

/// One way to hold the workshop, to choose from.
package struct WorkshopPlan: Hashable, Sendable {
  /// By start. The first carries those who can come to none.
  package var workshops: [Workshop]
  /// Of mentors left out, dates, travel, halves of the day, moved sessions, changes, and departments in a group.
  package var cost: Int
  /// No plan on the dates that there are costs less.
  package var bound: Int
  /// Of sites and experience in a group, and of those who met before: what groups are mixed by beside departments.
  package var mixing: Int
  /// Planned sessions that stand in the way of somebody who comes: they have to move.
  package var collisions: [Session]
  /// What HR should know: a group without a moderator, a group that became small.
  package var notes: [Diagnostic]

  package var missing: [Workshop.Missing] { workshops.flatMap(\.missing) }
  package var comers: Int { workshops.flatMap(\.groups).reduce(0) { $0 + $1.members.count } }
}
