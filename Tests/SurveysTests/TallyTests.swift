import Basics
import Intake
import Programme
import RecordStream
import Regions
import Surveys
import Testing

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

  /// - Parameter people: fewer than sheets: some answer more than once.
  static func sheets(_ count: Int, people: Int, occasions: Int = 1, seed: UInt64) -> [Sheet] {
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

  static func store(_ sheets: [Sheet], file: String = "f", survey: SurveyDefinition = survey) -> AnswerStore {
    let store = AnswerStore(file: file, layout: AnswerStore.Layout(survey, dimensions: ["site", "role"]))
    for sheet in sheets {
      var head = sheet.head
      head.leaf = store.leaf(sheet.place)
      store.append(head, sheet.answers)
    }
    return store
  }
}

@Suite struct TallyTests {
  private let tally = Tally(survey: RandomAnswers.survey, dimensions: ["site", "role"])

  /// Everything of a cell by the plainest way there is.
  private func expected(_ all: [RandomAnswers.Sheet], _ slice: Slice) -> SurveyTable.Cell {
    var latest: [[UInt64]: RandomAnswers.Sheet] = [:]
    for sheet in all {
      let key = [sheet.head.respondent, UInt64(sheet.head.occasion)]
      if sheet.head.time >= latest[key]?.head.time ?? 0 { latest[key] = sheet }
    }
    let sheets = latest.values.filter { slice.contains(Slice($0.place.map { $0 })) }
    var cell = SurveyAggregate(survey: RandomAnswers.survey, dimensions: []).cell(slice)
    cell.sheets = sheets.count
    cell.respondents = Set(sheets.map(\.head.respondent)).count
    cell.tandems = TandemSketch(sheets.map(\.head.tandem))
    for index in cell.questions.indices {
      let asked = sheets.filter { $0.answers[index] != .notAsked }
      let answered = asked.filter { $0.answers[index] != .notAnswered }
      cell.questions[index].asked = asked.count
      cell.questions[index].answered = answered.count
      cell.questions[index].respondents = Set(answered.map(\.head.respondent)).count
      cell.questions[index].tandems = TandemSketch(answered.map(\.head.tandem))
      for sheet in answered {
        switch sheet.answers[index] {
        case .value(let value): cell.questions[index].counts[value] += 1
        case .choices(let bits):
          for bit in 0..<3 where bits >> bit & 1 == 1 { cell.questions[index].counts[bit] += 1 }
        case .number(let number): cell.questions[index].numbers.add(number)
        default: break
        }
      }
    }
    var people: Set<UInt64> = []
    for sheet in sheets {
      guard case .value(let a) = sheet.answers[0], case .value(let b) = sheet.answers[1] else { continue }
      cell.scales[0].add([a + 1, 5 - b])
      people.insert(sheet.head.respondent)
    }
    cell.scales[0].respondents = people.count
    return cell
  }

  @Test(arguments: [(40, 1000, 1), (300, 60, 1), (300, 60, 4), (2, 1, 3), (1, 1, 1)])
  func everyCellIsWhatCountingGives(_ sheets: Int, _ people: Int, _ occasions: Int) {
    let all = RandomAnswers.sheets(
      sheets, people: people, occasions: occasions, seed: UInt64(sheets + occasions))
    let (aggregate, repeats) = tally.aggregate([RandomAnswers.store(all)])
    let table = aggregate.table
    #expect(table.cells.map(\.slice) == table.cells.map(\.slice).sorted())
    for cell in table.cells { #expect(cell == expected(all, cell.slice), "\(cell.slice)") }
    let left = Set(all.map { [$0.head.respondent, UInt64($0.head.occasion)] }).count
    #expect(repeats.superseded.count == all.count - left)
    #expect(table.cells.last?.sheets == left)
    let slices = Set(all.flatMap { Slice($0.place.map { $0 }).margins })
    #expect(Set(table.cells.map(\.slice)).isSubset(of: slices))
  }

  @Test func theOrderOfRowsAndTheNumberOfStoresChangeNothing() {
    let all = RandomAnswers.sheets(400, people: 90, occasions: 3, seed: 7)
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
    var sheets = RandomAnswers.sheets(2, people: 1, seed: 1)
    sheets[0].head.time = 200
    sheets[1].head.time = 100
    let (aggregate, repeats) = tally.aggregate([RandomAnswers.store(sheets)])
    #expect(repeats.superseded.map(\.sheet.row) == [1] && repeats.superseded.map(\.by.row) == [0])
    #expect(aggregate.leaves.keys.first == Slice(sheets[0].place.map { $0 }))
    // Of the same time the later row.
    sheets[0].head.time = 100
    #expect(tally.aggregate([RandomAnswers.store(sheets)]).1.superseded.first?.sheet.row == 0)
  }

  @Test func whoIsNotKnownIsNobodysDouble() {
    var sheets = RandomAnswers.sheets(30, people: 2, seed: 4)
    for index in sheets.indices { sheets[index].head.respondent = 0 }
    let (aggregate, repeats) = tally.aggregate([RandomAnswers.store(sheets)])
    #expect(repeats.superseded.isEmpty && aggregate.table.cells.last?.respondents == 30)
  }

  @Test func tandemsComeOfTheStreamWhereSheetsDoNotSay() {
    var sheets = RandomAnswers.sheets(20, people: 1000, seed: 5)
    for index in sheets.indices { sheets[index].head.tandem = 0 }
    var tally = tally
    for (index, sheet) in sheets.enumerated() {
      tally.tandems[sheet.head.respondent] = [UInt64(index / 2), 99]
    }
    let cell = tally.aggregate([RandomAnswers.store(sheets)]).0.table.cells.last
    #expect(cell?.tandems.count == 11)
    let unknown = Tally(survey: RandomAnswers.survey, dimensions: ["site", "role"])
    #expect(unknown.aggregate([RandomAnswers.store(sheets)]).0.table.cells.last?.tandems.count == 0)
  }

  @Test func peopleInBothSurveysArePaired() {
    var later = RandomAnswers.survey
    later.name = "t"
    later.pairedWith = "s"
    // Another kind of the same name is another question.
    later.questions[5].kind = .nps
    let before = RandomAnswers.sheets(60, people: 40, seed: 11)
    let after = RandomAnswers.sheets(60, people: 40, occasions: 2, seed: 12).map { sheet in
      var sheet = sheet
      sheet.answers[5] = .value(3)
      return sheet
    }
    func last(_ sheets: [RandomAnswers.Sheet]) -> [UInt64: RandomAnswers.Sheet] {
      var last: [UInt64: RandomAnswers.Sheet] = [:]
      for sheet in sheets where sheet.head.time >= last[sheet.head.respondent]?.head.time ?? 0 {
        last[sheet.head.respondent] = sheet
      }
      return last
    }
    let (first, second) = (last(before), last(after))
    var expected = ChangeAggregate()
    for (person, sheet) in second {
      guard case .value(let now) = sheet.answers[0], case .value(let then)? = first[person]?.answers[0] else {
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
    let all = RandomAnswers.sheets(60_000, people: 50_000, seed: 21)
    let (aggregate, repeats) = tally.aggregate([RandomAnswers.store(all)])
    #expect(aggregate.table.cells.last?.respondents == Set(all.map(\.head.respondent)).count)
    #expect(repeats.superseded.count == 60_000 - Set(all.map(\.head.respondent)).count)
  }
}
