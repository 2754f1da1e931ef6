package import Basics
package import Programme
package import Regions

/// The lines of partial aggregates: a header, then its cells and what is too many in them.
private let place = "`tandem-survey --partial`"

// MARK: - The header

extension PartialAggregate {
  /// Responses of one file, at most: more than anybody employs, and few enough that sums of squares stay exact.
  static let mostResponses = 100_000_000

  package struct Header: Sendable {
    var version = PartialAggregate.version
    var survey: SurveyDefinition
    var dimensions: [String] = []
    var minimumGroup = MinimumGroup(figures: 0, text: 0)
    var regions: [String: String] = [:]
    fileprivate var people: [String: Prints] = [:]

    package static let fields = FieldTable(
      "survey-partial", "Begins an aggregate: the survey as it was declared, and who is in it.", place: place,
      blank: Header(survey: SurveyDefinition(name: "", questions: [])),
      [
        .required("version", \.version, "of this form: 1"),
        .required("survey", \.survey, "the survey"),
        .defaulted("dimensions", \.dimensions, "of the cells' slices, in order"),
        .required("minimumGroup", \.minimumGroup, "the region's numbers"),
        .required(
          "regions", \.regions, "by region: the name of the key that people are distinguished by"),
        .sparse("people", \.people, "by key: prints of the people, sixteen digits each"),
      ])
  }

  var header: Header {
    Header(
      survey: aggregate.survey, dimensions: aggregate.dimensions, minimumGroup: minimumGroup,
      regions: regions, people: people.mapValues { Prints($0) })
  }

  init(_ header: Header) {
    self.init(
      aggregate: SurveyAggregate(survey: header.survey, dimensions: header.dimensions),
      regions: header.regions, minimumGroup: header.minimumGroup,
      people: header.people.mapValues(\.hashes))
  }
}

/// Hashes of people in one text.
private struct Prints: FieldValue {
  var hashes: [UInt64]

  init(_ hashes: [UInt64]) { self.hashes = hashes }

  static var shape: FieldShape { .text }

  init(reading scanner: inout JSONScanner) throws(JSONError) {
    _ = scanner.peek()
    let place = scanner.offset
    let digits = Array(try scanner.string().utf8)
    hashes = stride(from: 0, to: digits.count, by: 16).compactMap { start in
      UInt64(String(decoding: digits[start..<min(start + 16, digits.count)], as: UTF8.self), radix: 16)
    }
    guard hashes.count * 16 == digits.count else {
      throw JSONError(
        offset: place, message: "the prints of people are not sixteen hexadecimal digits each")
    }
  }

  func write(to writer: inout JSONWriter) { writer.string(hashes.map { $0.digits(16, radix: 16) }.joined()) }
}

extension MinimumGroup: FieldObject {
  package static let fields = FieldTable(
    blank: MinimumGroup(figures: 0, text: 0),
    fault: {
      $0.figures < 5 || $0.text < $0.figures || $0.text > PrivacySettings.groups.upperBound
        ? "the minimum group is not from 5 to \(PrivacySettings.groups.upperBound), or less for text than for figures: it can "
          + "only be raised" : nil
    },
    [
      .required("figures", \.figures.asCount, "fewest people of a figure, at least 5"),
      .required("text", \.text.asCount, "the same for free text, at least as many"),
    ])
}

// MARK: - The survey

extension SurveyDefinition: FieldObject {
  package static let fields = FieldTable(
    blank: SurveyDefinition(name: "", questions: []),
    fault: { survey in
      let names = Set(survey.questions.map(\.name))
      let strange = survey.scales.first { !names.isSuperset(of: $0.items) }
      return strange.map { "the scale `\($0.name)` has an item that is not a question of the survey" }
    },
    [
      .required("name", \.name, "the survey's name"),
      .required("questions", \.declared, "in order"),
      .defaulted("dimensions", \.dimensions, "what it may be tabulated by"),
      .defaulted("audience", \.audience, "who is asked"),
      .defaulted("occasion", \.occasion, "how often a person answers"),
      .optional("pairedWith", \.pairedWith, "the earlier survey of the same people"),
      .defaulted("scales", \.scales, "items that measure one thing"),
    ])

  fileprivate var declared: [DeclaredQuestion] {
    get { questions.map { DeclaredQuestion($0) } }
    set { questions = newValue.map(\.question) }
  }
}

extension SurveyDefinition.Occasion: FieldValue {}

extension SurveyDefinition.Scale: FieldObject {
  package static let fields = FieldTable(
    blank: SurveyDefinition.Scale(name: "", items: []),
    [
      .required("name", \.name, "the scale's name"),
      .required("items", \.items, "questions"),
      .defaulted("reversed", \.sortedReversed, "items worded the other way round"),
    ])

  fileprivate var sortedReversed: [String] {
    get { reversed.sorted { $0.precedesByBytes($1) } }
    set { reversed = Set(newValue) }
  }
}

/// A question as a record has it: what belongs to its kind is beside the kind.
private struct DeclaredQuestion: FieldObject {
  enum Kind: String, CaseIterable, FieldValue {
    case likert, nps, choice, choices, number, text
  }

  var name = ""
  var kind = Kind.text
  var points: Int?
  var choices: [String]?
  var wording: [String: String] = [:]

  init() {}

  init(_ question: SurveyDefinition.Question) {
    (name, wording) = (question.name, question.wording)
    switch question.kind {
    case .likert(let points): (kind, self.points) = (.likert, points)
    case .nps: kind = .nps
    case .choice(let choices): (kind, self.choices) = (.choice, choices)
    case .choices(let choices): (kind, self.choices) = (.choices, choices)
    case .number: kind = .number
    case .text: kind = .text
    }
  }

  var question: SurveyDefinition.Question {
    let kind: SurveyDefinition.Question.Kind =
      switch kind {
      case .likert: .likert(points: points ?? 5)
      case .nps: .nps
      case .choice: .choice(choices ?? [])
      case .choices: .choices(choices ?? [])
      case .number: .number
      case .text: .text
      }
    return SurveyDefinition.Question(name: name, kind: kind, wording: wording)
  }

  static let fields = FieldTable(
    blank: DeclaredQuestion(),
    fault: {
      $0.kind == .likert && $0.points != 5 && $0.points != 7
        ? "the likert scale of `\($0.name)` has neither 5 nor 7 points" : nil
    },
    [
      .required("name", \.name, "the question's name"),
      .required("kind", \.kind, "how it is answered"),
      .optional("points", \.points, "of a likert scale: 5 or 7"),
      .optional("choices", \.choices, "the answers to choose from"),
      .defaulted("wording", \.wording, "by language"),
    ])
}

// MARK: - Cells

extension SurveyTable.Cell {
  package static let fields = FieldTable(
    "survey-cell", "The counts of one slice.", place: place,
    blank: SurveyTable.Cell(slice: Slice([]), questions: []),
    [
      .required("slice", \.leaf, "one value for each dimension"),
      .required("sheets", \.responses.asCount, "responses"),
      .required("questions", \.questions, "as the survey orders them"),
      .sparse("tandems", \.tandems, "a sketch of the tandems"),
      .sparse("scales", \.scales, "as the survey orders them"),
      .sparse("changes", \.changes, "by question: an answer then, one now, and a count"),
    ])

  /// Only leaves are written: no dimension is totalled.
  fileprivate var leaf: [String] {
    get { slice.values.map { $0 ?? "" } }
    set { slice = Slice(newValue) }
  }
}

extension QuestionAggregate: FieldObject {
  package static let fields = FieldTable(
    blank: QuestionAggregate(),
    [
      .required("asked", \.asked.asCount, "who was asked"),
      .required("answered", \.answered.asCount, "who answered"),
      .sparse("counts", \.counts.asCounts, "by value"),
      .sparse("numbers", \.numbers, "numbers, each with its count"),
      .sparse("tandems", \.tandems, "a sketch of the tandems"),
    ])
}

extension ScaleAggregate: FieldObject {
  package static let fields = FieldTable(
    blank: ScaleAggregate(),
    fault: {
      // Squares of many responses are more than a count can be.
      $0.total < 0 || $0.totalSquares < 0 || $0.squares.contains { $0 < 0 }
        ? "a sum is negative: make the aggregate again" : nil
    },
    [
      .required("complete", \.complete.asCount, "who answered all items"),
      .required("sums", \.sums.asCounts, "by item"),
      .required("squares", \.squares, "by item"),
      .required("total", \.total, "of the sums"),
      .required("totalSquares", \.totalSquares, "of their squares"),
    ])
}

extension TandemSketch: SparseValue {
  package static var shape: FieldShape { .list(.text) }
  package var isEmpty: Bool { hashes.isEmpty }

  package init(reading scanner: inout JSONScanner) throws(JSONError) {
    self.init()
    try scanner.beginArray()
    while try scanner.nextElement() {
      _ = scanner.peek()
      let place = scanner.offset
      guard let hash = UInt64(try scanner.string(), radix: 16) else {
        throw JSONError(offset: place, message: "this is not a hexadecimal number of a tandem")
      }
      insert(hash)
    }
  }

  package func write(to writer: inout JSONWriter) { writer.strings(hashes.map { $0.digits(16, radix: 16) }) }
}

extension NumberTally: SparseValue {
  package static var shape: FieldShape { .list(.tuple([.number, .count])) }

  package init(reading scanner: inout JSONScanner) throws(JSONError) {
    self.init()
    try scanner.beginArray()
    while try scanner.nextElement() {
      let (numbers, count) = try countedNumbers(1, &scanner)
      add(numbers[0], times: count)
    }
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginArray()
    for (value, count) in sorted { writer.counted([value], count) }
    writer.endArray()
  }
}

extension ChangeAggregate: FieldValue {
  package static var shape: FieldShape { .list(.tuple([.number, .number, .count])) }

  package init(reading scanner: inout JSONScanner) throws(JSONError) {
    self.init()
    try scanner.beginArray()
    while try scanner.nextElement() {
      let (numbers, count) = try countedNumbers(2, &scanner)
      pairs[Pair(before: numbers[0], after: numbers[1]), default: 0] += count
    }
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginArray()
    for (pair, count) in pairs.sorted(by: { ($0.key.before, $0.key.after) < ($1.key.before, $1.key.after) }) {
      writer.counted([pair.before, pair.after], count)
    }
    writer.endArray()
  }
}

/// Reads a list of so many numbers, and then how often they were given.
private func countedNumbers(
  _ wanted: Int, _ scanner: inout JSONScanner
) throws(JSONError) -> (numbers: [Double], count: Int) {
  _ = scanner.peek()
  let wrong = JSONError(
    offset: scanner.offset, message: "this is not a list of \(wanted + 1): numbers and a count")
  var numbers: [Double] = []
  try scanner.beginArray()
  while numbers.count < wanted {
    guard try scanner.nextElement() else { throw wrong }
    numbers.append(try scanner.double())
  }
  guard try scanner.nextElement() else { throw wrong }
  let count = try scanner.integer()
  guard count > 0, count <= PartialAggregate.mostResponses, try !scanner.nextElement() else { throw wrong }
  return (numbers, count)
}

extension JSONWriter {
  fileprivate mutating func counted(_ numbers: [Double], _ count: Int) {
    beginArray()
    for number in numbers { double(number) }
    integer(count)
    endArray()
  }
}

// MARK: - What is too much in the cells

extension PartialAggregate {
  package struct SurplusLine: Sendable {
    var slice = Slice([])
    var surplus = SurveyAggregate.Surplus(questions: 0, scales: 0)

    package static let fields = FieldTable(
      "survey-surplus", "What is too much in the cells, since some people are in several.", place: place,
      blank: SurplusLine(),
      [
        .required("slice", \.slice.values, "one value for each dimension; null: totalled"),
        .required("sheets", \.surplus.responses.asCount, "responses"),
        .required("questions", \.surplus.questions.asCounts, "by question"),
        .required("scales", \.surplus.scales.asCounts, "by scale"),
      ])
  }
}
