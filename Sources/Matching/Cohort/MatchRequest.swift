package import Programme
package import Regions

/// All that decides who meets whom in a cohort.
package struct MatchRequest: Sendable {
  package var cohort: String
  package var people: [Person]
  /// The regions whose people are matched; others on the stream only count as managers.
  package var regions: [Region]
  /// Of this cohort what was proposed before, of others what was before; from the stream and from earlier results.
  package var tandems: [Tandem] = []
  /// Who was left out, of this cohort and of others.
  package var leftOut: [Unmatched] = []
  package var locks: [IdentifierPair] = []
  package var forbids: [IdentifierPair] = []
  /// nil: what each region says.
  package var objective: MatchingSettings.Objective?
  /// Scores to be taken instead of the regions' own; a pair that is absent is no candidate.
  package var ownScores: [IdentifierPair: Int]?

  package init(cohort: String, people: [Person], regions: [Region]) {
    self.cohort = cohort
    self.people = people
    self.regions = regions
  }

  /// Left out of an earlier cohort, and in no tandem of one that began since: they count first.
  var waiting: Set<PersonID> {
    var starts: [String: LocalDate] = [:]
    for cohort in regions.flatMap(\.cohorts) where starts[cohort.id] == nil {
      starts[cohort.id] = cohort.start
    }
    var placed: [PersonID: [LocalDate]] = [:]
    for tandem in tandems where tandem.cohort != cohort {
      guard let start = starts[tandem.cohort] else { continue }
      placed[tandem.mentor, default: []].append(start)
      placed[tandem.mentee, default: []].append(start)
    }
    return Set(
      leftOut.filter { left in
        guard left.cohort != cohort else { return false }
        guard let start = starts[left.cohort] else { return true }
        return !(placed[left.person] ?? []).contains { $0 > start }
      }.map(\.person))
  }

  /// Tandems that must not come again: of other cohorts, and of this one if they ended.
  var earlier: [Tandem] { tandems.filter { $0.cohort != cohort || $0.status == .ended } }

  /// Tandems of other cohorts that go on while this one runs, as far as the cohorts' dates are known.
  var running: [Tandem] {
    tandems.filter { tandem in
      guard tandem.cohort != cohort, tandem.status == .confirmed || tandem.status == .active else {
        return false
      }
      guard let region = regions.first(where: { $0.id == tandem.region }) ?? regions.first,
        let own = region.cohort(cohort), let other = region.cohort(tandem.cohort)
      else { return true }
      return own.start < other.end && other.start < own.end
    }
  }

  /// Tandems of this cohort that are kept whatever their score: locked by HR, or agreed already.
  var standing: [Tandem] {
    tandems.filter {
      $0.cohort == cohort && ($0.locked || [.confirmed, .active, .completed].contains($0.status))
        && $0.status != .ended
    }
  }

  /// Tandems of this cohort that were proposed: kept where a change gains too little.
  var proposed: [Tandem] {
    tandems.filter { $0.cohort == cohort && !$0.locked && $0.status == .proposed }
  }
}
