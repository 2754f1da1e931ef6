import Basics
import Intake
import Programme
import RecordStream
import Regions
import Testing

@testable import Surveys

@Suite struct PartialAggregateTests {
  private let tally = Tally(survey: RandomAnswers.survey, dimensions: ["site", "role"])
  private let key = PartialAggregate.Key(Array("a secret of the region".utf8))
  private let group = MinimumGroup(figures: 5, text: 10)

  private func partial(
    _ responses: [RandomAnswers.Sheet], region: String = "pl", key: PartialAggregate.Key?
  ) -> PartialAggregate {
    let store = RandomAnswers.store(responses)
    var tally = tally
    tally.key = key
    return PartialAggregate(
      tally.aggregate([store]).0, stores: [store], regions: [region], minimumGroup: group, key: key)
  }

  /// The responses divided so that nobody is in two parts.
  private func parts(_ responses: [RandomAnswers.Sheet], _ count: Int) -> [[RandomAnswers.Sheet]] {
    (0..<count).map { part in responses.filter { Int($0.head.respondent % UInt64(count)) == part } }
  }

  private func read(_ text: String) throws -> (partials: [PartialAggregate], told: [String]) {
    var reader = PartialReader()
    var told: [String] = []
    try RecordReader(Input(name: "p", bytes: Array(text.utf8))) { told.append($0.description) }.forEachLine {
      _ = try reader.take($0)
    }
    return (reader.partials, told)
  }

  private func text(_ partial: PartialAggregate) -> String {
    partial.lines.map { String(decoding: $0, as: UTF8.self) + "\n" }.joined()
  }

  @Test func tenPartsMergedAreTheSingleRunByteForByteInAnyOrder() throws {
    let all = RandomAnswers.responses(500, people: 120, occasions: 3, seed: 31)
    let whole = partial(all, key: key)
    var random = SplitMix(seed: 5)
    for count in [2, 10] {
      var made = parts(all, count).map { partial($0, key: key) }
      made.shuffle(using: &random)
      var merged = made[0]
      for other in made.dropFirst() { try merged.merge(other) }
      #expect(merged.lines == whole.lines && merged.aggregate.table == whole.aggregate.table)
      // Associative: the second half by itself first.
      var half = made[count / 2]
      for other in made.dropFirst(count / 2 + 1) { try half.merge(other) }
      for other in made.prefix(count / 2).reversed() { try half.merge(other) }
      #expect(half.lines == whole.lines)
    }
  }

  @Test(arguments: [true, false]) func theLinesReadBack(_ isKeyed: Bool) throws {
    let one = partial(
      RandomAnswers.responses(80, people: 30, occasions: 2, seed: 2), key: isKeyed ? key : nil)
    let two = partial(RandomAnswers.responses(9, people: 30, seed: 3), region: "de", key: nil)
    let (back, told) = try read(text(one) + text(two))
    #expect(told == [] && back == [one, two])
  }

  @Test func regionsMergeWithoutAKeyAndKeepTheGreaterGroup() throws {
    var one = partial(RandomAnswers.responses(50, people: 30, seed: 2), key: key)
    var two = partial(RandomAnswers.responses(50, people: 30, seed: 3), region: "de", key: nil)
    two.minimumGroup = MinimumGroup(figures: 8, text: 9)
    let (left, right) = (one, two)
    try one.merge(right)
    try two.merge(left)
    #expect(one == two && one.minimumGroup == MinimumGroup(figures: 8, text: 10))
    #expect(
      one.aggregate.table.cells.last?.responses
        == left.aggregate.table.cells.last.map {
          $0.responses + (right.aggregate.table.cells.last?.responses ?? 0)
        })
  }

  @Test func nobodyCanLookForATandem() throws {
    let responses = RandomAnswers.responses(40, people: 20, seed: 9)
    for key in [key, nil] {
      let text = text(partial(responses, key: key))
      for response in responses {
        let hex = String(response.head.tandem, radix: 16)
        #expect(!text.contains(String(repeating: "0", count: 16 - hex.count) + hex))
      }
      let counts = partial(responses, key: key).aggregate.table.cells.map(\.tandems.count)
      #expect(counts == tally.aggregate([RandomAnswers.store(responses)]).0.table.cells.map(\.tandems.count))
    }
  }

  @Test func whoIsInTwoPartsIsFound() {
    let responses = RandomAnswers.responses(40, people: 30, seed: 8)
    var one = partial(Array(responses.prefix(20)), key: key)
    let twice = Set(responses.prefix(20).map(\.head.respondent)).intersection(
      responses.dropFirst(20).map(\.head.respondent))
    #expect(throws: SurveyError.counted(twice.count, survey: "s")) {
      try one.merge(partial(Array(responses.dropFirst(20)), key: key))
    }
    for other in [nil, PartialAggregate.Key(Array("another secret of the region".utf8))] {
      #expect(throws: SurveyError.withoutKey(region: "pl")) { try one.merge(partial(responses, key: other)) }
    }
    #expect(PartialAggregate.Key(Array("too short".utf8)) == nil)
  }

  @Test func unlikeAggregatesAreRefused() {
    var one = partial(RandomAnswers.responses(4, people: 30, seed: 8), key: nil)
    var other = one
    other.aggregate.dimensions = ["site", "cohort"]
    #expect(throws: SurveyError.unlike("it is by site, cohort, those before by site, role")) {
      try one.merge(other)
    }
    other = one
    other.aggregate.survey.questions[0].kind = .likert(points: 7)
    #expect(throws: SurveyError.unlike("the questions of `s` are others than those before")) {
      try one.merge(other)
    }
  }

  @Test(arguments: [
    (
      "\"version\":1", "\"version\":2",
      "version 2 of partial aggregates, where this tool reads 1: use the tool that made it, or make it again"
    ),
    (",\"version\":1", "", "the survey-partial has no \"version\""),
    ("\"version\":1", "\"version\":\"1\"", "expected a value"),
    (
      "\"figures\":5", "\"figures\":1",
      "the minimum group is not from 5 to 1000, or less for text than for figures: it can only be raised"
    ),
    ("\"regions\":{\"pl\":\"\"}", "\"regions\":[]", "expected an object"),
    (
      "\"kind\":\"nps\"", "\"kind\":\"mood\"",
      "\"mood\" is none of likert, nps, choice, choices, number, text"
    ),
    ("\"sheets\":", "\"sheets\":-", "-1 is negative; write a whole number from 0"),
    (
      "\"sheets\":", "\"sheets\":99999999",
      "more than 100000000 responses: make the aggregate again"
    ),
    (
      "\"sheets\":", "\"sheets\":-9223372036854775808,\"x\":",
      "-9223372036854775808 is negative; write a whole number from 0"
    ),
    (
      "\"answered\":1", "\"answered\":9007199254740991",
      "9007199254740991 is too large; write at most 2147483647"
    ),
    (
      "\"numbers\":[[", "\"numbers\":[[1,99999999],[",
      "a count is higher than that of the responses: make the aggregate again"
    ),
    (
      "\"slice\":[", "\"slice\":[\"x\",",
      "`slice` has not one value for each dimension: make the aggregate again"
    ),
    (
      "\"slice\":[\"s1\",\"r1\"]", "\"slice\":[null,\"r1\"]",
      "expected a string in double quotes"
    ),
    ("\"counts\":[", "\"counts\":[0,", "the cell has not one count for each value: make the aggregate again"),
    (
      "\"answered\":1", "\"answered\":7",
      "more answered than asked, or more asked than responses: make the aggregate again"
    ),
    (
      "{\"dimensions\"", "{\"record\":\"x\",\"dimensions\"",
      "a cell without the `survey-partial` before it: give the whole file"
    ),
  ])
  func whatIsWrongWithALineIsTold(_ old: String, _ new: String, _ message: String) throws {
    var responses = RandomAnswers.responses(1, people: 30, seed: 6)
    responses[0].place = ["s1", "r1"]
    responses[0].answers = [.value(1), .value(1), .value(1), .value(1), .choices(1), .number(2), .text]
    let whole = text(partial(responses, key: nil))
    #expect(whole.contains(old), "\(whole)")
    let told = try read(whole.replacing(old, with: new)).told
    #expect(told.contains { $0.hasSuffix(": error: " + message) }, "\(told)")
  }
}
