import Basics
import Programme

/// No region at work declares a cohort.
package struct UnknownCohort: Error, Hashable, Sendable {
  private let cohort: String
  /// The cohorts that the regions do declare.
  private let known: [String]

  package init(_ cohort: String, of regions: [Region]) {
    self.cohort = cohort
    known = Set(regions.flatMap(\.cohorts).map(\.id)).sorted { $0.precedesByBytes($1) }
  }

  package var message: String {
    known.isEmpty
      ? "no region declares a cohort; add \(cohort) to `cohorts` in region.yaml"
      : "no region declares the cohort \(cohort)"
        + (NearestName.question(cohort, among: known) ?? "; known: \(known.joined(separator: ", "))")
  }
}
