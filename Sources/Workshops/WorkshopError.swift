import Basics
package import Programme
package import Regions

/// Why no workshop can be planned.
package enum WorkshopError: Error, Hashable, Sendable {
  case unknownCohort(UnknownCohort)
  /// Not a zone of the IANA database.
  case unknownZone(String, of: String)
  /// The region names no venue.
  case noVenue(region: String)
  /// Nobody of the cohort is active.
  case nobodyActive(region: String, inactive: Int)
  /// Fewer active mentors than a group needs.
  case tooFew(region: String, active: Int, least: Int)
  /// No day of the window is worked anywhere.
  case noWorkingDay(region: String, first: LocalDate, last: LocalDate)
  /// The window is over.
  case windowIsPast(region: String, last: LocalDate)
  /// Each day is left out by the call, or avoided by the region.
  case everyDayExcluded(region: String, first: LocalDate, last: LocalDate)
  /// On the best date too few can come.
  case noDate(region: String, first: LocalDate, last: LocalDate, most: Int, on: String, least: Int)
  /// Fewer options than the one that was chosen.
  case noSuchOption(Int, of: Int)

  /// Whether another call would do.
  package var isUsage: Bool {
    switch self {
    case .unknownCohort, .noSuchOption: true
    default: false
    }
  }

  /// Whether another configuration is needed before any answer.
  package var isConfiguration: Bool {
    switch self {
    case .unknownZone, .noVenue: true
    default: false
    }
  }

  package var message: String {
    switch self {
    case .unknownCohort(let error): error.message
    case .unknownZone(let zone, let of): "the zone \(zone) of \(of) is not in the IANA database; correct it"
    case .noVenue(let region):
      "region \(region) names no venue; add `workshop: {venues: {Aula: {rooms: {Aula: {capacity: 40}}}}}` to its "
        + "region.yaml, or one with `online: true`"
    case .nobodyActive(let region, let inactive):
      inactive == 0
        ? "region \(region) has no mentor in a tandem of the cohort; run tandem-match first"
        : "no mentor of region \(region) is active (0 of \(inactive)); lower `workshop.sessions-held`, or plan later"
    case .tooFew(let region, let active, let least):
      "region \(region) has \(counted(active, "active mentor")), and a group has at least "
        + "\(least); lower `workshop.group.least`, or hold one workshop with another region (--together)"
    case .noWorkingDay(let region, let first, let last):
      "region \(region): every day from \(first) to \(last) is a holiday or a weekend; move `workshop.week`, or raise "
        + "`workshop.spread`"
    case .windowIsPast(let region, let last):
      "region \(region): the last day for the workshop was \(last); move `workshop.week`, or raise `workshop.spread`"
    case .everyDayExcluded(let region, let first, let last):
      "region \(region): every day from \(first) to \(last) is left out by --not or avoided by `workshop.avoid`; ask for "
        + "one with --on, move `workshop.week`, or raise `workshop.spread`"
    case .noDate(let region, let first, let last, let most, let on, let least):
      most == 0
        ? "region \(region): nobody is free on any date from \(first) to \(last); raise `workshop.spread`, or add to "
          + "`workshop.starts`"
        : "region \(region): at most \(counted(most, "mentor")) can come to one date from \(first) to \(last) (\(on)), and a group "
          + "has at least \(least); raise `workshop.spread`, add to `workshop.starts`, or lower `workshop.group.least`"
    case .noSuchOption(let number, let of):
      "--choose \(number): there \(of == 1 ? "is" : "are") \(counted(of, "option")); choose one of these"
    }
  }
}
