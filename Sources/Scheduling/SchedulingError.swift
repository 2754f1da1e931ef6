import Basics
package import Programme

/// Why no plan can be made at all.
package enum SchedulingError: Error, Hashable, Sendable {
  /// No region at work declares the cohort; those that they do declare.
  case unknownCohort(String, known: [String])
  /// A region's grid would need too many starts a day.
  case gridTooFine(region: String, SessionGrid.TooFine)
  /// A cohort of no days, or of more than two years.
  case badSpan(cohort: String, days: Int)
  /// One session or tandem cannot be planned, for a reason in its records.
  case session(String, String)

  package var message: String {
    switch self {
    case .unknownCohort(let id, let known):
      known.isEmpty
        ? "no region declares a cohort; add \(id) to `cohorts` in region.yaml"
        : "no region declares the cohort \(id); known: \(known.joined(separator: ", "))"
    case .gridTooFine(let region, let fault):
      "the grid of \(fault.step) minutes of region \(region) is too fine: \(fault.message)"
    case .badSpan(let cohort, let days):
      "the cohort \(cohort) lasts \(counted(days, "day")); its end must be 1 to 730 days after its start"
    case .session(let id, let reason): "\(id) cannot be planned: \(reason)"
    }
  }
}
