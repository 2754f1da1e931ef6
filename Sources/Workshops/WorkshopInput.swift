package import Basics
package import Programme
package import Regions

/// Everything that a workshop is planned from. The tool reads the files.
package struct WorkshopInput: Sendable {
  package var cohort: String
  /// Its settings apply, its office invites, and the workshop runs by its clock.
  package var host: Region
  /// Whose mentors meet: the host alone, or several regions in one workshop.
  package var regions: [Region]
  package var people: [PersonID: Person]
  /// In any order, those of other cohorts too: they show who is experienced.
  package var tandems: [Tandem]
  package var sessions: [Session] = []
  /// By person; nil: no calendar was given.
  package var busy: [PersonID: BusyTime] = [:]
  package var holidays: [SiteKey: Set<LocalDate>] = [:]
  /// Workshops that do not depend on this plan: people who met there have met.
  package var others: [Workshop] = []
  /// An earlier plan of this very workshop.
  package var previous: [Workshop] = []
  /// Sessions that must not move, by identifier.
  package var fixedSessions: Set<SessionID> = []
  package var now: Timestamp?
  package var effort = DateEffort.regional

  package init(
    cohort: String, host: Region, regions: [Region], people: [PersonID: Person], tandems: [Tandem]
  ) {
    self.cohort = cohort
    self.host = host
    self.regions = regions
    self.people = people
    self.tandems = tandems
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
  /// Planned sessions at the time of the workshop of somebody who comes: they have to move.
  package var collisions: [Session]
  /// What HR should know: for example, a group without a moderator, or one that became small.
  package var notes: [Diagnostic]

  package var missing: [Workshop.Missing] { workshops.flatMap(\.missing) }
  package var comers: Int { workshops.flatMap(\.groups).reduce(0) { $0 + $1.members.count } }
}
