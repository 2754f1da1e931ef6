import Basics
import Programme

/// The tandems that are kept whatever their score: HR's locks, and what was locked or agreed before.
struct FixedTandems: Sendable {
  /// As indices of applicants, by mentor, then mentee.
  let pairs: [(mentor: Int, mentee: Int)]
  /// Tandems that cannot be kept because somebody is no longer an applicant.
  let warnings: [Diagnostic]
  private let records: [IdentifierPair: Tandem]

  /// A tandem that was agreed gives way to HR's forbid, and to one of the two not applying any more.
  init(_ request: MatchRequest, _ applicants: Applicants) throws(MatchingError) {
    let forbidden = Set(request.forbids)
    func isForbidden(_ pair: IdentifierPair) -> Bool {
      forbidden.contains(pair) || forbidden.contains(IdentifierPair(mentor: pair.mentee, mentee: pair.mentor))
    }
    var records: [IdentifierPair: Tandem] = [:]
    for tandem in request.standing.sorted(by: { $0.id < $1.id }) {
      let pair = IdentifierPair(mentor: tandem.mentor, mentee: tandem.mentee)
      if !isForbidden(pair) { records[pair] = tandem }
    }
    for lock in request.locks {
      if isForbidden(lock) { throw .lockedAndForbidden(lock.mentor, lock.mentee) }
      var record =
        records[lock] ?? request.proposed.first { $0.mentor == lock.mentor && $0.mentee == lock.mentee }
        ?? Tandem(
          cohort: request.cohort, region: lock.mentee.region, mentor: lock.mentor, mentee: lock.mentee,
          score: TandemScore(total: 0, taught: 0, returned: 0, shared: 0, distance: 0))
      record.locked = true
      records[lock] = record
    }
    var pairs: [(mentor: Int, mentee: Int)] = []
    var warnings: [Diagnostic] = []
    for pair in records.keys {
      guard let mentor = applicants.index(of: pair.mentor), let mentee = applicants.index(of: pair.mentee)
      else {
        let lost = applicants.index(of: pair.mentor) == nil ? pair.mentor : pair.mentee
        warnings.append(
          Diagnostic(
            .warning,
            "the tandem of \(pair.mentor) and \(pair.mentee) ends: \(lost) is no longer an applicant",
            code: "applicant-lost"))
        continue
      }
      guard applicants.people[mentor].role.mayMentor else {
        throw .lockedAgainstRole(pair.mentor, as: .mentor)
      }
      guard applicants.people[mentee].role.mayBeMentored else {
        throw .lockedAgainstRole(pair.mentee, as: .mentee)
      }
      pairs.append((mentor, mentee))
    }
    self.pairs = pairs.sorted { ($0.mentor, $0.mentee) < ($1.mentor, $1.mentee) }
    self.warnings = warnings
    self.records = records
  }

  func record(of pair: IdentifierPair) -> Tandem? { records[pair] }
}
