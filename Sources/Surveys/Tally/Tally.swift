import Basics
import Foundation
package import Intake
import Programme
package import Regions
import Synchronization

/// Counts responses into leaves, by as many threads as there are cores, at most eight; what they count is the same in any number.
package struct Tally: Sendable {
  package let survey: SurveyDefinition
  package let dimensions: [String]
  /// The tandems of people, by the hash of their ids.
  package var tandems: [UInt64: [UInt64]] = [:]
  /// For partial aggregates with a key: what tandems are named by, so that the least of parts are the least of the whole.
  package var key: PartialAggregate.Key?

  package init(survey: SurveyDefinition, dimensions: [String]) {
    self.survey = survey
    self.dimensions = dimensions
  }

  /// What the responses add up to, and which of them did not count.
  ///
  /// - Parameter earlier: the responses of the survey that this one is paired with; of people in both, the last response of
  ///   each counts.
  package func aggregate(
    _ stores: [AnswerStore], earlier: [AnswerStore] = [], earlierSurvey: SurveyDefinition? = nil
  ) -> (SurveyAggregate, Repeats) {
    let repeats = Repeats(stores)
    let before = earlierSurvey.map { EarlierAnswers($0, earlier, for: survey) }
    var left = [[Int]](repeating: [], count: stores.count)
    for one in repeats.superseded { left[one.response.store].append(one.response.row) }
    let (leaves, places) = Tally.leaves(of: stores)
    let pieces = Tally.pieces(stores)
    let superseded = left
    let next = Atomic<Int>(0)
    let parts = Parallel.map(0..<min(pieces.count, Tally.threads)) { _ in
      var counts = LeafCounts(survey: survey, leaves: leaves)
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < pieces.count else { break }
        let (number, rows) = pieces[index]
        let store = stores[number]
        let dropped = Set(superseded[number].lazy.filter(rows.contains))
        let places = places[number]
        store.forEach(in: rows) { row, response in
          if !dropped.isEmpty, dropped.contains(row) { return }
          let leaf = places[response.leaf]
          counts.add(response, of: store, at: leaf, tandems: tandems, key: key)
          guard let before else { return }
          if let last = repeats.latest[response.respondent],
            last != Repeats.Reference(store: number, row: row)
          {
            return
          }
          counts.addChanges(response, of: store, at: leaf, from: before)
        }
      }
      return counts.cells
    }
    var aggregate = SurveyAggregate(survey: survey, dimensions: dimensions)
    for cell in parts.joined() { aggregate.add(cell) }
    addSurplus(repeats, stores, to: &aggregate)
    return (aggregate, repeats)
  }

  /// Each thread counts into leaves of its own, which cost memory: more than these are not worth it.
  private static let threads = min(8, max(1, ProcessInfo.processInfo.activeProcessorCount))

  /// The leaves of all stores, and by store where its own are among them.
  private static func leaves(of stores: [AnswerStore]) -> (leaves: [[String]], places: [[Int]]) {
    var leaves: [[String]] = []
    var known: [[String]: Int] = [:]
    let places = stores.map { store in
      store.leaves.map { leaf -> Int in
        if let place = known[leaf] { return place }
        known[leaf] = leaves.count
        leaves.append(leaf)
        return leaves.count - 1
      }
    }
    return (leaves, places)
  }

  /// Stretches of the stores for threads to take, of so many responses at most.
  private static func pieces(_ stores: [AnswerStore]) -> [(store: Int, rows: Range<Int>)] {
    let most = 50_000
    return stores.enumerated().flatMap { number, store in
      stride(from: 0, to: store.count, by: most).map { (number, $0..<min(store.count, $0 + most)) }
    }
  }

  /// Of people with several responses that count: how often too often each margin has them.
  private func addSurplus(_ repeats: Repeats, _ stores: [AnswerStore], to aggregate: inout SurveyAggregate) {
    let scales = survey.scales.map { $0.indices(in: survey) }
    for group in repeats.groups {
      var seen: [Slice: (responses: Int, questions: [Int], scales: [Int])] = [:]
      for reference in group {
        let store = stores[reference.store]
        let answers = store.with(row: reference.row) { response in
          (response.leaf, survey.questions.indices.map { store.state(response, $0) > 1 ? 1 : 0 })
        }
        guard let (leaf, answered) = answers else { continue }
        let complete = scales.map { items in items.allSatisfy { answered[$0] == 1 } ? 1 : 0 }
        for slice in Slice(store.leaves[leaf].map { $0 }).margins {
          let known = seen[slice]
          seen[slice] = (
            (known?.responses ?? 0) + 1, zip(known?.questions ?? answered.map { _ in 0 }, answered).map(+),
            zip(known?.scales ?? complete.map { _ in 0 }, complete).map(+)
          )
        }
      }
      for (slice, times) in seen where times.responses > 1 {
        var surplus = SurveyAggregate.Surplus(questions: answeredCount, scales: scales.count)
        surplus.responses = times.responses - 1
        surplus.questions = times.questions.map { max(0, $0 - 1) }
        surplus.scales = times.scales.map { max(0, $0 - 1) }
        aggregate.add(surplus, at: slice)
      }
    }
  }

  private var answeredCount: Int { survey.questions.count }
}

extension SurveyDefinition.Scale {
  /// Indices of its items among the survey's questions.
  package func indices(in survey: SurveyDefinition) -> [Int] {
    items.compactMap { item in survey.questions.firstIndex { $0.name == item } }
  }
}
