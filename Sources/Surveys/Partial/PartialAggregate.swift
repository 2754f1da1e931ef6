import Basics
package import Intake
import Programme
import Regions

/// What a region hands on instead of its answers: aggregates that merge exactly, in any order (the records:
/// Examples/parallel/records.md).
///
/// Merging adds counts. That is right only where nobody is in both. People of different regions never are; people of one
/// region are distinguished by fingerprints, which only partials made with the same key have.
package struct PartialAggregate: Hashable, Sendable {
  /// A secret of the region, shared by the runs whose partials are to be merged.
  package struct Key: Sendable {
    fileprivate let hash: SipHash

    /// Of at least 16 bytes that nobody else knows.
    package init?(_ bytes: [UInt8]) {
      guard bytes.count >= 16 else { return nil }
      let spread = StableHash(bytes.dropFirst(16)).value
      func word(_ start: Int) -> UInt64 {
        bytes[start..<(start + 8)].reduce(0) { $0 << 8 | UInt64($1) }
      }
      hash = SipHash(key: (word(0) ^ spread, word(8)))
    }

    /// Distinguishes keys and reveals nothing about them.
    var name: String { digest(0).digits(16, radix: 16) }

    func digest(_ value: UInt64) -> UInt64 {
      hash.digest((0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) })
    }
  }

  package static let version = 1

  package var aggregate: SurveyAggregate
  /// By region: the name of the key that distinguishes its people; empty: made without one.
  package var regions: [String: String]
  package var minimumGroup: MinimumGroup
  /// By the name of a key: everybody who answered, ascending.
  package var people: [String: [UInt64]]

  package init(
    aggregate: SurveyAggregate, regions: [String: String], minimumGroup: MinimumGroup,
    people: [String: [UInt64]] = [:]
  ) {
    self.aggregate = aggregate
    // In one order, whatever a region declares: so a merged survey is the single run's.
    self.aggregate.survey.dimensions.sort { $0.precedesByBytes($1) }
    self.aggregate.survey.audience.sort { $0.precedesByBytes($1) }
    self.regions = regions
    self.minimumGroup = minimumGroup
    self.people = people
  }

  /// What may leave a region: tandems are renumbered, or named by the key, so that nobody can look for one. With a key
  /// the tally must have had it too.
  package init(
    _ aggregate: SurveyAggregate, stores: [AnswerStore], regions: Set<String>, minimumGroup: MinimumGroup,
    key: Key?
  ) {
    var people: Set<UInt64> = []
    if let key {
      for store in stores {
        store.forEach(in: 0..<store.count) { _, response in
          if response.respondent != 0 { people.insert(key.digest(response.respondent)) }
        }
      }
    }
    self.init(
      aggregate: aggregate,
      regions: Dictionary(regions.map { ($0, key?.name ?? "") }, uniquingKeysWith: { first, _ in first }),
      minimumGroup: minimumGroup, people: key.map { [$0.name: people.sorted()] } ?? [:])
    if key == nil { renumberTandems() }
  }

  private mutating func renumberTandems() {
    var hashes: Set<UInt64> = []
    for cell in aggregate.leaves.values {
      hashes.formUnion(cell.tandems.hashes)
      for question in cell.questions { hashes.formUnion(question.tandems.hashes) }
    }
    guard !hashes.isEmpty else { return }
    // In the same order, so that the least stay the least; another region's differ in the low half.
    let own = StableHash(regions.keys.sorted().joined(separator: " ").utf8).value & 0xFFFF_FFFF
    var names: [UInt64: UInt64] = [:]
    for (rank, hash) in hashes.sorted().enumerated() { names[hash] = UInt64(rank) << 32 | own }
    for slice in aggregate.leaves.keys {
      guard var cell = aggregate.leaves[slice] else { continue }
      cell.tandems = TandemSketch(cell.tandems.hashes.compactMap { names[$0] })
      for index in cell.questions.indices {
        cell.questions[index].tandems = TandemSketch(
          cell.questions[index].tandems.hashes.compactMap { names[$0] })
      }
      aggregate.leaves[slice] = cell
    }
  }

  /// Adds another partial: exact, associative and commutative.
  package mutating func merge(_ other: PartialAggregate) throws(SurveyError) {
    guard aggregate.survey.asksTheSame(as: other.aggregate.survey) else {
      throw .unlike("the questions of `\(other.aggregate.survey.name)` are others than those before")
    }
    guard aggregate.dimensions == other.aggregate.dimensions else {
      throw .unlike(
        "it is by \(other.aggregate.dimensions.joined(separator: ", ")), those before by "
          + aggregate.dimensions.joined(separator: ", "))
    }
    let shared = regions.keys.filter { other.regions[$0] != nil }.sorted { $0.precedesByBytes($1) }
    for region in shared where regions[region] == "" || regions[region] != other.regions[region] {
      throw .withoutKey(region: region)
    }
    for (key, own) in other.people {
      let twice = Set(people[key] ?? []).intersection(own).count
      guard twice == 0 else { throw .counted(twice, survey: aggregate.survey.name) }
    }
    aggregate.survey.joinWording(other.aggregate.survey)
    aggregate.merge(other.aggregate)
    regions.merge(other.regions) { first, _ in first }
    minimumGroup = MinimumGroup(
      figures: max(minimumGroup.figures, other.minimumGroup.figures),
      text: max(minimumGroup.text, other.minimumGroup.text))
    for (key, own) in other.people { people[key] = ((people[key] ?? []) + own).sorted() }
  }
}

extension SurveyDefinition {
  /// Whatever the wording.
  fileprivate func asksTheSame(as other: SurveyDefinition) -> Bool {
    name == other.name && pairedWith == other.pairedWith && scales == other.scales
      && questions.map(\.name) == other.questions.map(\.name)
      && questions.map(\.kind) == other.questions.map(\.kind)
  }

  /// All languages of both; where two regions word a question differently, the lesser by bytes, whoever came first.
  fileprivate mutating func joinWording(_ other: SurveyDefinition) {
    for index in questions.indices where index < other.questions.count {
      questions[index].wording.merge(other.questions[index].wording) { $0.precedesByBytes($1) ? $0 : $1 }
    }
    dimensions = Set(dimensions).union(other.dimensions).sorted { $0.precedesByBytes($1) }
    audience = Set(audience).union(other.audience).sorted { $0.precedesByBytes($1) }
  }
}
