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
  /// Who was left out of an earlier cohort: they count first.
  package var waiting: Set<PersonID> = []
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

  /// Tandems of this cohort that stand whatever their score: locked by HR, or agreed already.
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
