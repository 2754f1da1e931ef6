import Basics
package import Programme
package import Regions

/// Why no plan can be made at all.
package enum SchedulingError: Error, Hashable, Sendable {
  case unknownCohort(UnknownCohort)
  /// A region's grid would need too many starts a day.
  case gridTooFine(region: String, SessionGrid.TooFine)
  /// A cohort of no days, or of more than two years.
  case badSpan(cohort: String, days: Int)
  /// One session or tandem cannot be planned, for a reason in its records.
  case session(String, String)

  package var message: String {
    switch self {
    case .unknownCohort(let error): error.message
    case .gridTooFine(let region, let fault):
      "the grid of \(fault.step) minutes of region \(region) is too fine: \(fault.message)"
    case .badSpan(let cohort, let days):
      "the cohort \(cohort) lasts \(counted(days, "day")); its end must be 1 to 730 days after its start"
    case .session(let id, let reason): "\(id) cannot be planned: \(reason)"
    }
  }
}
