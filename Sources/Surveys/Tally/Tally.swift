import Dispatch
package import Programme
package import Regions
import Synchronization

/// Counts sheets into leaves, by as many threads as there are cores; what they count is the same in any number.
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

  /// What the sheets add up to, and which of them did not count.
  ///
  /// - Parameter earlier: the sheets of the survey that this one is paired with; of people in both, the last sheet of
  ///   each counts.
  package func aggregate(
    _ stores: [AnswerStore], earlier: [AnswerStore] = [], earlierSurvey: SurveyDefinition? = nil
  ) -> (SurveyAggregate, Repeats) {
    let repeats = Repeats(stores)
    let before = earlierSurvey.map { EarlierAnswers($0, earlier, for: survey) }
    var left = [[Int]](repeating: [], count: stores.count)
    for one in repeats.superseded { left[one.sheet.store].append(one.sheet.row) }
    let pieces = Tally.pieces(stores)
    let whole = Mutex(SurveyAggregate(survey: survey, dimensions: dimensions))
    let superseded = left
    DispatchQueue.concurrentPerform(iterations: pieces.count) { index in
      let (number, rows) = pieces[index]
      var counts = LeafCounts(survey: survey, store: stores[number])
      let dropped = Set(superseded[number])
      stores[number].forEach(in: rows) { row, sheet in
        if !dropped.isEmpty, dropped.contains(row) { return }
        counts.add(sheet, tandems: tandems, key: key)
        guard let before else { return }
        if let last = repeats.latest[sheet.respondent], last != Repeats.Reference(store: number, row: row) {
          return
        }
        counts.addChanges(sheet, from: before)
      }
      let cells = counts.cells
      whole.withLock { aggregate in for cell in cells { aggregate.add(cell) } }
    }
    var aggregate = whole.withLock { $0 }
    addSurplus(repeats, stores, to: &aggregate)
    return (aggregate, repeats)
  }

  /// Stretches of the stores for threads to take: large ones are halved until there are enough.
  private static func pieces(_ stores: [AnswerStore]) -> [(store: Int, rows: Range<Int>)] {
    stores.enumerated().flatMap { number, store -> [(store: Int, rows: Range<Int>)] in
      guard store.count > 0 else { return [] }
      let parts = store.count > 50_000 ? 2 : 1
      return (0..<parts).map { (number, store.count * $0 / parts..<store.count * ($0 + 1) / parts) }
    }
  }

  /// Of people with several sheets that count: how often too often each margin has them.
  private func addSurplus(_ repeats: Repeats, _ stores: [AnswerStore], to aggregate: inout SurveyAggregate) {
    let scales = survey.scales.map { $0.indices(in: survey) }
    for group in repeats.groups {
      var seen: [Slice: (sheets: Int, questions: [Int], scales: [Int])] = [:]
      for reference in group {
        let store = stores[reference.store]
        let sheet = store[reference.row]
        let answered = survey.questions.indices.map { store.state(sheet, $0) > 1 ? 1 : 0 }
        let complete = scales.map { items in items.allSatisfy { answered[$0] == 1 } ? 1 : 0 }
        for slice in Slice(store.leaves[sheet.leaf].map { $0 }).margins {
          let known = seen[slice]
          seen[slice] = (
            (known?.sheets ?? 0) + 1, zip(known?.questions ?? answered.map { _ in 0 }, answered).map(+),
            zip(known?.scales ?? complete.map { _ in 0 }, complete).map(+)
          )
        }
      }
      for (slice, times) in seen where times.sheets > 1 {
        var surplus = SurveyAggregate.Surplus(questions: answeredCount, scales: scales.count)
        surplus.sheets = times.sheets - 1
        surplus.questions = times.questions.map { max(0, $0 - 1) }
        surplus.scales = times.scales.map { max(0, $0 - 1) }
        aggregate.add(surplus, at: slice)
      }
    }
  }

  private var answeredCount: Int { survey.questions.count }
}

extension SurveyDefinition.Scale {
  /// Where its items stand among the survey's questions.
  package func indices(in survey: SurveyDefinition) -> [Int] {
    items.compactMap { item in survey.questions.firstIndex { $0.name == item } }
  }
}
