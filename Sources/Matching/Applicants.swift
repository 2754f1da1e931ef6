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
  private let indexOf: [PersonID: Int]

  /// People of regions that are not given are left out; of two with one identifier the first stands.
  package init(_ people: [Person], regions: [Region]) {
    var taken: Set<PersonID> = []
    let known = regions.sorted { $0.id.precedesByBytes($1.id) }
    let numberOf = Dictionary(
      known.enumerated().map { ($1.id, Int32($0)) }, uniquingKeysWith: { first, _ in first })
    let kept = people.filter { numberOf[$0.region] != nil && taken.insert($0.id).inserted }
      .sorted { $0.id < $1.id }
    self.people = kept
    self.regions = known
    regionOf = kept.map { numberOf[$0.region] ?? 0 }
    indexOf = Dictionary(
      kept.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package var count: Int { people.count }

  package func index(of id: PersonID) -> Int? { indexOf[id] }

  package func region(of index: Int) -> Region { regions[Int(regionOf[index])] }

  package func settings(of index: Int) -> MatchingSettings { regions[Int(regionOf[index])].matching }
}
