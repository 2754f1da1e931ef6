import Intake
import Programme
import Regions

/// What one thread counts: flat rows of whole numbers, one a leaf.
struct LeafCounts {
  private struct Scale {
    var items: [Int]
    /// By item: what an answer's index is taken from where it is reversed, and what is added where not.
    var reversed: [Bool]
    var points: [Int]
  }

  private let survey: SurveyDefinition
  private let leaves: [[String]]
  /// By question: whether its answer is the index of a value.
  private let isScale: [Bool]
  /// Where each question's numbers begin in a leaf's row: not asked, not answered, and its values.
  private let offsets: [Int]
  private let stride: Int
  private let scales: [Scale]
  private var counts: [Int]
  private var responses: [Int]
  private var numbers: [Int: NumberTally] = [:]
  private var scaleSums: [ScaleAggregate] = []
  /// By leaf and question, the response itself behind the questions; empty while no tandem was seen.
  private var sketches: [Int: TandemSketch] = [:]
  private var changes: [Int: ChangeAggregate] = [:]

  init(survey: SurveyDefinition, leaves: [[String]]) {
    self.survey = survey
    self.leaves = leaves
    isScale = survey.questions.map { $0.kind.lowest != nil }
    var offset = 0
    offsets = survey.questions.map { question in
      defer { offset += 2 + question.kind.values.count }
      return offset
    }
    stride = offset
    counts = [Int](repeating: 0, count: offset * leaves.count)
    responses = [Int](repeating: 0, count: leaves.count)
    scales = survey.scales.map { scale in
      let items = scale.indices(in: survey)
      return Scale(
        items: items, reversed: items.map { scale.reversed.contains(survey.questions[$0].name) },
        points: items.map { survey.questions[$0].kind.values.count })
    }
    scaleSums = leaves.flatMap { _ in survey.scales.map { ScaleAggregate(items: $0.items.count) } }
  }

  /// Counts a response of the store into one of the leaves.
  mutating func add(
    _ response: AnswerStore.Row, of store: AnswerStore, at leaf: Int, tandems: [UInt64: [UInt64]],
    key: PartialAggregate.Key?
  ) {
    responses[leaf] += 1
    let base = leaf * stride
    let states = store.states(response)
    for index in isScale.indices {
      let state = Int(index & 1 == 0 ? states[index / 2] & 15 : states[index / 2] >> 4)
      if isScale[index] || state < 2 {
        counts[base + offsets[index] + state] += 1
      } else {
        addOther(response, store, index, leaf, base + offsets[index] + 2)
      }
    }
    for index in scales.indices { addScale(index, response, store, leaf) }
    let own = store.tandem(response)
    if own == 0, tandems.isEmpty { return }
    for hash in own != 0 ? [own] : tandems[response.respondent] ?? [] {
      let tandem = key?.digest(hash) ?? hash
      let row = leaf * (isScale.count + 1)
      sketches[row + isScale.count, default: TandemSketch()].insert(tandem)
      for index in isScale.indices where store.state(response, index) > 1 {
        sketches[row + index, default: TandemSketch()].insert(tandem)
      }
    }
  }

  private mutating func addOther(
    _ response: AnswerStore.Row, _ store: AnswerStore, _ index: Int, _ leaf: Int, _ place: Int
  ) {
    switch store.answer(response, index) {
    case .value(let value): counts[place + value] += 1
    case .choices(var bits):
      while bits != 0 {
        counts[place + bits.trailingZeroBitCount] += 1
        bits &= bits &- 1
      }
    case .number(let number): numbers[leaf * isScale.count + index, default: NumberTally()].add(number)
    case .notAsked, .notAnswered, .text: break
    }
  }

  private mutating func addScale(
    _ index: Int, _ response: AnswerStore.Row, _ store: AnswerStore, _ leaf: Int
  ) {
    let scale = scales[index]
    var answers: [Int] = []
    for (item, question) in scale.items.enumerated() {
      let state = store.state(response, question)
      if state < 2 { return }
      answers.append(scale.reversed[item] ? scale.points[item] + 2 - state : state - 1)
    }
    scaleSums[leaf * scales.count + index].add(answers)
  }

  mutating func addChanges(
    _ response: AnswerStore.Row, of store: AnswerStore, at leaf: Int, from before: EarlierAnswers
  ) {
    guard let earlier = before.answers(of: response.respondent) else { return }
    for (index, question) in before.questions {
      guard let was = earlier(question), let value = before.number(store.answer(response, index), index)
      else {
        continue
      }
      changes[leaf * isScale.count + index, default: ChangeAggregate()]
        .pairs[ChangeAggregate.Pair(before: was, after: value), default: 0] += 1
    }
  }

  /// A cell for each leaf with a response.
  var cells: [SurveyTable.Cell] {
    let empty = SurveyAggregate(survey: survey, dimensions: [])
    return leaves.indices.filter { responses[$0] > 0 }.map { leaf in
      var cell = empty.cell(Slice(leaves[leaf].map { $0 }))
      cell.responses = responses[leaf]
      let row = leaf * (isScale.count + 1)
      cell.tandems = sketches[row + isScale.count] ?? TandemSketch()
      for index in isScale.indices {
        let place = leaf * stride + offsets[index]
        cell.questions[index].asked = responses[leaf] - counts[place]
        cell.questions[index].answered = responses[leaf] - counts[place] - counts[place + 1]
        for value in cell.questions[index].counts.indices {
          cell.questions[index].counts[value] = counts[place + 2 + value]
        }
        cell.questions[index].numbers = numbers[leaf * isScale.count + index] ?? NumberTally()
        cell.questions[index].tandems = sketches[row + index] ?? TandemSketch()
        if survey.pairedWith != nil { cell.changes[index] = changes[leaf * isScale.count + index] }
      }
      for index in scales.indices { cell.scales[index] = scaleSums[leaf * scales.count + index] }
      return cell
    }
  }
}
