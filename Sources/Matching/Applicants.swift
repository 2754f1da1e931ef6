import Basics
package import Programme
package import Regions

/// Who applied for a cohort, in the order of their identifiers, each with the region whose rules hold for them.
package struct Applicants: Sendable {
  /// By identifier, so that an index is the same whatever the order of the input.
  package let people: [Person]
  /// By id.
  package let regions: [Region]
  /// For each applicant the index of the region.
  package let regionOf: [Int32]
  /// The settings that hold for anybody: a region's, or a site's own during the cohort.
  package let settings: [MatchingSettings]
  /// For each applicant the index in `settings`.
  package let settingsOf: [Int32]
  private let indexOf: [PersonID: Int]

  /// People of regions that are not given are left out; of two with one identifier the first counts.
  package init(_ people: [Person], regions: [Region], cohort: String) {
    var taken: Set<PersonID> = []
    let known = regions.sorted { $0.id.precedesByBytes($1.id) }
    let numberOf = known.places(by: \.id).mapValues { Int32($0) }
    let kept = people.filter { numberOf[$0.region] != nil && taken.insert($0.id).inserted }
      .sorted { $0.id < $1.id }
    self.people = kept
    self.regions = known
    regionOf = kept.map { numberOf[$0.region] ?? 0 }
    (settings, settingsOf) = Applicants.settings(of: kept, regionOf, known, cohort)
    indexOf = kept.places(by: \.id)
  }

  package var count: Int { people.count }

  package func index(of id: PersonID) -> Int? { indexOf[id] }

  package func region(of index: Int) -> Region { regions[Int(regionOf[index])] }

  package func settings(of index: Int) -> MatchingSettings { settings[Int(settingsOf[index])] }

  /// Calls `body` with each way in which two may be a pair: at most two, for which no array is made.
  func forEachRole(of a: Int, _ b: Int, _ body: (_ mentor: Int, _ mentee: Int) -> Void) {
    if people[a].role.mayMentor, people[b].role.mayBeMentored { body(a, b) }
    if people[b].role.mayMentor, people[a].role.mayBeMentored { body(b, a) }
  }

  /// Places of like settings share them, so that their people can be judged as one class.
  private static func settings(
    of people: [Person], _ regionOf: [Int32], _ regions: [Region], _ cohort: String
  ) -> ([MatchingSettings], [Int32]) {
    struct Place: Hashable {
      var region: Int32
      var site: String
    }
    var distinct: [MatchingSettings] = []
    var numberOf: [MatchingSettings: Int32] = [:]
    var known: [Place: Int32] = [:]
    let numbers = people.indices.map { index -> Int32 in
      let place = Place(region: regionOf[index], site: people[index].site)
      if let number = known[place] { return number }
      let own = regions[Int(place.region)].at(site: place.site, cohort: cohort).matching
      let number = numberOf[own] ?? Int32(truncatingIfNeeded: distinct.count)
      if numberOf[own] == nil {
        numberOf[own] = number
        distinct.append(own)
      }
      known[place] = number
      return number
    }
    return (distinct, numbers)
  }
}
