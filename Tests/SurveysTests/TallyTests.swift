import Basics
import Intake
import Programme
import RecordStream
import Regions
import Testing

@testable import Surveys

/// A survey with a question of each kind, and random answers to it.
struct RandomAnswers {
  static let survey = SurveyDefinition(
    name: "s",
    questions: [
      .init(name: "a", kind: .likert(points: 5)), .init(name: "b", kind: .likert(points: 5)),
      .init(name: "c", kind: .nps), .init(name: "d", kind: .choice(["x", "y"])),
      .init(name: "e", kind: .choices(["p", "q", "r"])), .init(name: "f", kind: .number),
      .init(name: "g", kind: .text),
    ], scales: [.init(name: "ab", items: ["a", "b"], reversed: ["b"])], dimensions: ["site", "role"])

  struct Sheet: Hashable {
    var head: AnswerStore.Head
    var place: [String]
    var answers: [CodedAnswer]
  }

  /// - Parameter people: fewer than responses: some answer more than once.
  static func responses(_ count: Int, people: Int, occasions: Int = 1, seed: UInt64) -> [Sheet] {
    var random = SplitMix(seed: seed)
    return (0..<count).map { number in
      func pick(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }
      let person = pick(people) + 1
      let answers: [CodedAnswer] = [
        .value(pick(5)), .value(pick(5)), .value(pick(11)), .value(pick(2)), .choices(UInt64(1 + pick(7))),
        .number(Double(pick(40)) / 8), .text,
      ].map { pick(6) == 0 ? (pick(2) == 0 ? .notAsked : .notAnswered) : $0 }
      let head = AnswerStore.Head(
        respondent: StableHash("r:\(person)".utf8).value, line: number + 2, leaf: 0, time: 1 + number,
        occasion: UInt32(1 + pick(occasions)), tandem: UInt64(1 + person / 2))
      return Sheet(head: head, place: ["s\(pick(3))", "r\(pick(2))"], answers: answers)
    }
  }

  static func store(_ responses: [Sheet], file: String = "f", survey: SurveyDefinition = survey)
    -> AnswerStore
  {
    let store = AnswerStore(file: file, layout: AnswerStore.Layout(survey, dimensions: ["site", "role"]))
    for response in responses {
      var head = response.head
      head.leaf = store.leaf(response.place)
      store.append(head, response.answers)
    }
    return store
  }
}

@Suite struct TallyTests {
  private let tally = Tally(survey: RandomAnswers.survey, dimensions: ["site", "role"])

  /// Everything of a cell by the plainest way there is.
  private func expected(_ all: [RandomAnswers.Sheet], _ slice: Slice) -> SurveyTable.Cell {
    var latest: [[UInt64]: RandomAnswers.Sheet] = [:]
    for response in all {
      let key = [response.head.respondent, UInt64(response.head.occasion)]
      if response.head.time >= latest[key]?.head.time ?? 0 { latest[key] = response }
    }
    let responses = latest.values.filter { slice.contains(Slice($0.place.map { $0 })) }
    var cell = SurveyAggregate(survey: RandomAnswers.survey, dimensions: []).cell(slice)
    cell.responses = responses.count
    cell.respondents = Set(responses.map(\.head.respondent)).count
    cell.tandems = TandemSketch(responses.map(\.head.tandem))
    for index in cell.questions.indices {
      let asked = responses.filter { $0.answers[index] != .notAsked }
      let answered = asked.filter { $0.answers[index] != .notAnswered }
      cell.questions[index].asked = asked.count
      cell.questions[index].answered = answered.count
      cell.questions[index].respondents = Set(answered.map(\.head.respondent)).count
      cell.questions[index].tandems = TandemSketch(answered.map(\.head.tandem))
      for response in answered {
        switch response.answers[index] {
        case .value(let value): cell.questions[index].counts[value] += 1
        case .choices(let bits):
          for bit in 0..<3 where bits >> bit & 1 == 1 { cell.questions[index].counts[bit] += 1 }
        case .number(let number): cell.questions[index].numbers.add(number)
        default: break
        }
      }
    }
    var people: Set<UInt64> = []
    for response in responses {
      guard case .value(let a) = response.answers[0], case .value(let b) = response.answers[1] else {
        continue
      }
      cell.scales[0].add([a + 1, 5 - b])
      people.insert(response.head.respondent)
    }
    cell.scales[0].respondents = people.count
    return cell
  }

  @Test(arguments: [(40, 1000, 1), (300, 60, 1), (300, 60, 4), (2, 1, 3), (1, 1, 1)])
  func everyCellIsWhatCountingGives(_ responses: Int, _ people: Int, _ occasions: Int) {
    let all = RandomAnswers.responses(
      responses, people: people, occasions: occasions, seed: UInt64(responses + occasions))
    let (aggregate, repeats) = tally.aggregate([RandomAnswers.store(all)])
    let table = aggregate.table
    #expect(table.cells.map(\.slice) == table.cells.map(\.slice).sorted())
    for cell in table.cells { #expect(cell == expected(all, cell.slice), "\(cell.slice)") }
    let left = Set(all.map { [$0.head.respondent, UInt64($0.head.occasion)] }).count
    #expect(repeats.superseded.count == all.count - left)
    #expect(table.cells.last?.responses == left)
    let slices = Set(all.flatMap { Slice($0.place.map { $0 }).margins })
    #expect(Set(table.cells.map(\.slice)).isSubset(of: slices))
  }

  @Test func theOrderOfRowsAndTheNumberOfStoresChangeNothing() {
    let all = RandomAnswers.responses(400, people: 90, occasions: 3, seed: 7)
    let whole = tally.aggregate([RandomAnswers.store(all)]).0
    var random = SplitMix(seed: 3)
    for parts in 1...6 {
      let shuffled = all.shuffled(using: &random)
      let size = shuffled.count / parts + 1
      let stores = (0..<parts).map { RandomAnswers.store(Array(shuffled.dropFirst($0 * size).prefix(size))) }
      #expect(tally.aggregate(stores).0 == whole)
    }
  }

  @Test func theLaterByTimeCountsWhereverItStands() {
    var responses = RandomAnswers.responses(2, people: 1, seed: 1)
    responses[0].head.time = 200
    responses[1].head.time = 100
    let (aggregate, repeats) = tally.aggregate([RandomAnswers.store(responses)])
    #expect(repeats.superseded.map(\.response.row) == [1] && repeats.superseded.map(\.by.row) == [0])
    #expect(aggregate.leaves.keys.first == Slice(responses[0].place.map { $0 }))
    // Of the same time the later row.
    responses[0].head.time = 100
    #expect(tally.aggregate([RandomAnswers.store(responses)]).1.superseded.first?.response.row == 0)
  }

  @Test func whoIsNotKnownIsNobodysDouble() {
    var responses = RandomAnswers.responses(30, people: 2, seed: 4)
    for index in responses.indices { responses[index].head.respondent = 0 }
    let (aggregate, repeats) = tally.aggregate([RandomAnswers.store(responses)])
    #expect(repeats.superseded.isEmpty && aggregate.table.cells.last?.respondents == 30)
  }

  @Test func tandemsComeOfTheStreamWhereSheetsDoNotSay() {
    var responses = RandomAnswers.responses(20, people: 1000, seed: 5)
    for index in responses.indices { responses[index].head.tandem = 0 }
    var tally = tally
    for (index, response) in responses.enumerated() {
      tally.tandems[response.head.respondent] = [UInt64(index / 2), 99]
    }
    let cell = tally.aggregate([RandomAnswers.store(responses)]).0.table.cells.last
    #expect(cell?.tandems.count == 11)
    let unknown = Tally(survey: RandomAnswers.survey, dimensions: ["site", "role"])
    #expect(unknown.aggregate([RandomAnswers.store(responses)]).0.table.cells.last?.tandems.count == 0)
  }

  @Test func peopleInBothSurveysArePaired() {
    var later = RandomAnswers.survey
    later.name = "t"
    later.pairedWith = "s"
    // Another kind of the same name is another question.
    later.questions[5].kind = .nps
    let before = RandomAnswers.responses(60, people: 40, seed: 11)
    let after = RandomAnswers.responses(60, people: 40, occasions: 2, seed: 12).map { response in
      var response = response
      response.answers[5] = .value(3)
      return response
    }
    func last(_ responses: [RandomAnswers.Sheet]) -> [UInt64: RandomAnswers.Sheet] {
      var last: [UInt64: RandomAnswers.Sheet] = [:]
      for response in responses where response.head.time >= last[response.head.respondent]?.head.time ?? 0 {
        last[response.head.respondent] = response
      }
      return last
    }
    let (first, second) = (last(before), last(after))
    var expected = ChangeAggregate()
    for (person, response) in second {
      guard case .value(let now) = response.answers[0], case .value(let then)? = first[person]?.answers[0]
      else {
        continue
      }
      expected.pairs[.init(before: Double(then + 1), after: Double(now + 1)), default: 0] += 1
    }
    let table = Tally(survey: later, dimensions: ["site", "role"]).aggregate(
      [RandomAnswers.store(after, survey: later)], earlier: [RandomAnswers.store(before)],
      earlierSurvey: RandomAnswers.survey
    ).0.table
    let total = table.cells.last?.changes ?? []
    #expect(total.count == 7 && total[0] == expected && expected.people > 5)
    #expect(total[3] == nil && total[5] == nil && total[6] == nil)
  }

  @Test func ofABlockOfManyRowsNobodyIsLost() {
    // More than one page, and more than one piece for threads to take.
    let all = RandomAnswers.responses(60_000, people: 50_000, seed: 21)
    let (aggregate, repeats) = tally.aggregate([RandomAnswers.store(all)])
    #expect(aggregate.table.cells.last?.respondents == Set(all.map(\.head.respondent)).count)
    #expect(repeats.superseded.count == 60_000 - Set(all.map(\.head.respondent)).count)
  }
}
