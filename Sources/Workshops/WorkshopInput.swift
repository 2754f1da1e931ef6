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
  /// Only these days, within the window or not; empty: those of the window that the region does not avoid.
  package var only: Set<LocalDate> = []
  /// None of these days.
  package var excluded: Set<LocalDate> = []
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
  /// Of all that counts: mentors left out, dates, groups and their sizes, travel, halves of the day, moved sessions,
  /// changes, departments, sites and experience in a group, and those who met before.
  package var cost: Int
  /// No plan costs less; of an option after the first, none that leaves out the days that it leaves out.
  package var bound: Int
  /// Of the cost, what is by sites and experience in a group, and by those who met before.
  package var mixing: Int
  /// Planned sessions at the time of the workshop of somebody who comes: they have to move.
  package var collisions: [Session]
  /// What HR should know: for example, a group without a moderator, or one that became small.
  package var notes: [Diagnostic]

  /// By how much the cost may exceed that of the best plan, as a percentage of the bound.
  package var gap: String { Share.text(cost - bound, of: bound) }
  /// Members of each group.
  package var sizes: [Int] { workshops.flatMap(\.groups).map(\.members.count) }
  package var missing: [Workshop.Missing] { workshops.flatMap(\.missing) }
  package var comers: Int { workshops.flatMap(\.groups).reduce(0) { $0 + $1.members.count } }
}
