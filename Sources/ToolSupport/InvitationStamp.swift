package import Programme
import Regions

extension [Region] {
  /// DTSTAMP of the invitations of a cohort: the time of planning where it was given, else the first instant (UTC) of the
  /// cohort's first day, so that the same input gives the same bytes.
  package func stamp(of cohort: String, now: Timestamp?) -> Timestamp {
    let start = compactMap { $0.cohort(cohort)?.start.daysSinceEpoch }.min() ?? 0
    return Timestamp(secondsSinceEpoch: now?.secondsSinceEpoch ?? start * 86_400, offset: 0)
  }
}
