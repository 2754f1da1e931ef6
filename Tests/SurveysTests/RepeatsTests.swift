import Basics
import Intake
import Programme
import Testing

@testable import Surveys

@Suite struct RepeatsTests {
  /// Sheets of people by number, each a second after the one before.
  private func store(_ people: [Int]) -> AnswerStore {
    let layout = AnswerStore.Layout(survey: "s", questions: [], dimensions: [])
    let store = AnswerStore(file: "s.csv", layout: layout)
    let leaf = store.leaf([])
    for (row, person) in people.enumerated() {
      let head = AnswerStore.Head(
        respondent: person == 0 ? 0 : StableHash("\(person)".utf8).value, line: row + 2, leaf: leaf,
        time: row + 1)
      store.append(head, UnsafeBufferPointer(start: nil, count: 0))
    }
    return store
  }

  /// So many that the search goes in parts: exactly those who answered twice are found, wherever they stand.
  @Test func findsTheFewAmongMany() {
    let count = 300_000
    let again = [1, 77, 4_711, 149_999, 299_999]
    let stores = [store(Array(1...count)), store([0, 0] + again)]
    let repeats = Repeats(stores)
    #expect(repeats.groups.isEmpty)
    // The later response counts, by its time: most of the first store are later than their second answer.
    let expected = again.enumerated().map { index, person in
      person > index + 3
        ? Repeats.Superseded(response: .init(store: 1, row: index + 2), by: .init(store: 0, row: person - 1))
        : Repeats.Superseded(response: .init(store: 0, row: person - 1), by: .init(store: 1, row: index + 2))
    }
    #expect(Set(repeats.superseded) == Set(expected))
  }

  @Test func nobodyKnownIsNobodyTwice() {
    let repeats = Repeats([store([0, 0, 0])])
    #expect(repeats.superseded.isEmpty)
    #expect(repeats.groups.isEmpty)
  }
}
