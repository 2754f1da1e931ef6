import Basics
import Programme
package import RecordStream
import Regions

/// Partial aggregates as lines (Examples/parallel/records.md): a header, then its cells and what is too many in them.
extension PartialAggregate {
  package static let kind = "survey-partial"
  static let cellKind = "survey-cell"
  static let surplusKind = "survey-surplus"
  /// Sheets of one file, at most: more than anybody employs, and few enough that sums of squares stay exact.
  static let mostSheets = 100_000_000

  /// The lines without their line feeds; the same aggregate always gives the same bytes.
  package var lines: [[UInt8]] {
    var header: [String: JSONValue] = [
      "record": .string(PartialAggregate.kind), "version": .integer(PartialAggregate.version),
      "survey": aggregate.survey.json, "dimensions": .strings(aggregate.dimensions),
      "minimumGroup": .object([
        "figures": .integer(minimumGroup.figures), "text": .integer(minimumGroup.text),
      ]),
      "regions": .object(regions.mapValues { .string($0) }),
    ]
    if !people.isEmpty {
      header["people"] = .object(people.mapValues { .string($0.map(PartialAggregate.hex).joined()) })
    }
    let cells = aggregate.leaves.keys.sorted().compactMap { aggregate.leaves[$0]?.json }
    let surplus = aggregate.surplus.keys.sorted().compactMap { slice in
      aggregate.surplus[slice].map { $0.json(slice) }
    }
    return ([.object(header)] + cells + surplus).map(\.line)
  }
}

/// Reads partial aggregates of one input, which may hold any number of them one behind the other.
package struct PartialReader {
  package private(set) var partials: [PartialAggregate] = []

  package init() {}

  /// Takes a line; false where it is of another kind.
  ///
  /// - Throws: `RecordError` where it does not say what its kind must.
  package mutating func take(_ line: RecordLine) throws(RecordError) -> Bool {
    guard
      [PartialAggregate.kind, PartialAggregate.cellKind, PartialAggregate.surplusKind].contains(line.kind)
    else { return false }
    let json = try line.value()
    if line.kind == PartialAggregate.kind {
      partials.append(try PartialAggregate(header: json))
      return true
    }
    guard let last = partials.indices.last else {
      throw RecordError("a cell without the `survey-partial` before it: give the whole file")
    }
    let survey = partials[last].aggregate.survey
    guard let slice = json["slice"]?.array, slice.count == partials[last].aggregate.dimensions.count else {
      throw RecordError("`slice` has not one value for each dimension: make the aggregate again")
    }
    if line.kind == PartialAggregate.cellKind {
      let cell = try SurveyTable.Cell(
        json, slice: Slice(slice.map(\.string)), empty: partials[last].aggregate.cell(Slice([])),
        survey: survey)
      guard cell.slice.isLeaf else {
        throw RecordError("a cell that totals a dimension: only leaves are merged")
      }
      partials[last].aggregate.add(cell)
    } else {
      let surplus = try SurveyAggregate.Surplus(json, survey: survey)
      partials[last].aggregate.add(surplus, at: Slice(slice.map(\.string)))
    }
    return true
  }
}

extension PartialAggregate {
  fileprivate init(header json: JSONValue) throws(RecordError) {
    guard let version = json["version"]?.integer else { throw RecordError("`version` is missing") }
    guard version == PartialAggregate.version else {
      throw RecordError(
        "version \(version) of partial aggregates, where this tool reads \(PartialAggregate.version): use the tool that "
          + "made it, or make it again")
    }
    guard let survey = json["survey"].flatMap(SurveyDefinition.init(json:)) else {
      throw RecordError("`survey` does not declare a survey: make the aggregate again")
    }
    guard let figures = json["minimumGroup"]?["figures"]?.integer,
      let text = json["minimumGroup"]?["text"]?.integer,
      figures >= 5, text >= figures, text <= PrivacySettings.groups.upperBound
    else {
      throw RecordError(
        "`minimumGroup` is missing, or not from 5 to \(PrivacySettings.groups.upperBound): it can only be raised"
      )
    }
    guard case .object(let regions) = json["regions"] else { throw RecordError("`regions` is missing") }
    var people: [String: [UInt64]] = [:]
    if case .object(let keyed) = json["people"] {
      for (key, value) in keyed {
        let digits = Array((value.string ?? "").utf8)
        guard digits.count % 16 == 0 else { throw RecordError("`people` are not sixteen digits each") }
        people[key] = stride(from: 0, to: digits.count, by: 16).compactMap { start in
          UInt64(String(decoding: digits[start..<(start + 16)], as: UTF8.self), radix: 16)
        }
      }
    }
    self.init(
      aggregate: SurveyAggregate(survey: survey, dimensions: json["dimensions"]?.texts ?? []),
      regions: regions.mapValues { $0.string ?? "" },
      minimumGroup: MinimumGroup(figures: figures, text: text), people: people)
  }
}

// MARK: - The parts

extension JSONValue {
  fileprivate static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
  fileprivate static func integers(_ numbers: [Int]) -> JSONValue { .array(numbers.map { .integer($0) }) }

  fileprivate var texts: [String]? { array?.compactMap(\.string) }

  fileprivate var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }

  /// Counts: whole numbers that are not negative nor beyond `most`, as many as wanted.
  fileprivate func counts(_ wanted: Int, most: Int) -> [Int]? {
    guard let array, array.count == wanted else { return nil }
    let counts = array.compactMap(\.integer).filter { (0...most).contains($0) }
    return counts.count == wanted ? counts : nil
  }

  fileprivate func count(_ key: String, most: Int) throws(RecordError) -> Int {
    guard let count = self[key]?.integer, (0...most).contains(count) else {
      throw RecordError("`\(key)` is no count: make the aggregate again")
    }
    return count
  }
}

extension TandemSketch {
  fileprivate var json: JSONValue { .strings(hashes.map(PartialAggregate.hex)) }
  fileprivate init(_ json: JSONValue?) { self.init((json?.texts ?? []).compactMap { UInt64($0, radix: 16) }) }
}

extension SurveyTable.Cell {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "record": .string(PartialAggregate.cellKind), "slice": .strings(slice.values.map { $0 ?? "" }),
      "sheets": .integer(sheets), "questions": .array(questions.map(\.json)),
    ]
    if tandems.count > 0 { members["tandems"] = tandems.json }
    if !scales.isEmpty { members["scales"] = .array(scales.map(\.json)) }
    if !changes.isEmpty { members["changes"] = .array(changes.map { $0?.json ?? .null }) }
    return .object(members)
  }

  fileprivate init(
    _ json: JSONValue, slice: Slice, empty: SurveyTable.Cell, survey: SurveyDefinition
  ) throws(RecordError) {
    self = empty
    self.slice = slice
    sheets = try json.count("sheets", most: PartialAggregate.mostSheets)
    tandems = TandemSketch(json["tandems"])
    guard let questions = json["questions"]?.array, questions.count == self.questions.count else {
      throw RecordError("`questions` are not those of the survey: make the aggregate again")
    }
    for (index, question) in questions.enumerated() {
      self.questions[index] = try QuestionAggregate(
        question, values: self.questions[index].counts.count, sheets: sheets)
    }
    let scales = json["scales"]?.array ?? []
    guard scales.count == self.scales.count else { throw RecordError("`scales` are not those of the survey") }
    for (index, scale) in scales.enumerated() {
      self.scales[index] = try ScaleAggregate(scale, items: self.scales[index].sums.count, sheets: sheets)
    }
    let changes = json["changes"]?.array ?? []
    guard changes.count == self.changes.count else {
      throw RecordError("`changes` are not those of the survey")
    }
    for (index, change) in changes.enumerated() where change != .null {
      self.changes[index] = try ChangeAggregate(change, sheets: sheets)
    }
  }
}

extension QuestionAggregate {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = ["asked": .integer(asked), "answered": .integer(answered)]
    if !counts.isEmpty { members["counts"] = .integers(counts) }
    if !numbers.isEmpty {
      members["numbers"] = .array(numbers.sorted.map { .array([.double($0.value), .integer($0.count)]) })
    }
    if tandems.count > 0 { members["tandems"] = tandems.json }
    return .object(members)
  }

  fileprivate init(_ json: JSONValue, values: Int, sheets: Int) throws(RecordError) {
    self.init(values: values)
    asked = try json.count("asked", most: PartialAggregate.mostSheets)
    answered = try json.count("answered", most: PartialAggregate.mostSheets)
    guard answered <= asked, asked <= sheets else {
      throw RecordError("more answered than asked, or more asked than sheets: make the aggregate again")
    }
    if values > 0 {
      guard let counts = json["counts"]?.counts(values, most: answered) else {
        throw RecordError("`counts` are not one for each value: make the aggregate again")
      }
      self.counts = counts
    }
    var left = answered
    for pair in json["numbers"]?.array ?? [] {
      guard let parts = pair.array, parts.count == 2, let value = parts[0].number,
        let count = parts[1].integer, count > 0, count <= left
      else { throw RecordError("`numbers` are not pairs of a number and a count: make the aggregate again") }
      numbers.add(value, times: count)
      left -= count
    }
    tandems = TandemSketch(json["tandems"])
  }
}

extension ScaleAggregate {
  fileprivate var json: JSONValue {
    .object([
      "complete": .integer(complete), "sums": .integers(sums), "squares": .integers(squares),
      "total": .integer(total), "totalSquares": .integer(totalSquares),
    ])
  }

  fileprivate init(_ json: JSONValue, items: Int, sheets: Int) throws(RecordError) {
    self.init(items: items)
    complete = try json.count("complete", most: sheets)
    // No scale has more than 10 points.
    let (most, all) = (10 * complete, 10 * complete * items)
    total = try json.count("total", most: all)
    totalSquares = try json.count("totalSquares", most: all * 10 * items)
    guard let sums = json["sums"]?.counts(items, most: most),
      let squares = json["squares"]?.counts(items, most: 10 * most)
    else {
      throw RecordError("a scale has not one sum for each item: make the aggregate again")
    }
    self.sums = sums
    self.squares = squares
  }
}

extension ChangeAggregate {
  fileprivate var json: JSONValue {
    let sorted = pairs.sorted { ($0.key.before, $0.key.after) < ($1.key.before, $1.key.after) }
    return .array(
      sorted.map { .array([.double($0.key.before), .double($0.key.after), .integer($0.value)]) })
  }

  fileprivate init(_ json: JSONValue, sheets: Int) throws(RecordError) {
    self.init()
    var left = sheets
    for pair in json.array ?? [] {
      guard let parts = pair.array, parts.count == 3, let before = parts[0].number,
        let after = parts[1].number,
        let count = parts[2].integer, count > 0, count <= left
      else {
        throw RecordError("`changes` are not an answer then, one now, and a count: make the aggregate again")
      }
      pairs[Pair(before: before, after: after), default: 0] += count
      left -= count
    }
  }
}

extension SurveyAggregate.Surplus {
  fileprivate func json(_ slice: Slice) -> JSONValue {
    .object([
      "record": .string(PartialAggregate.surplusKind),
      "slice": .array(slice.values.map { $0.map { .string($0) } ?? .null }), "sheets": .integer(sheets),
      "questions": .integers(questions), "scales": .integers(scales),
    ])
  }

  fileprivate init(_ json: JSONValue, survey: SurveyDefinition) throws(RecordError) {
    self.init(questions: survey.questions.count, scales: survey.scales.count)
    sheets = try json.count("sheets", most: PartialAggregate.mostSheets)
    guard let questions = json["questions"]?.counts(self.questions.count, most: sheets),
      let scales = json["scales"]?.counts(self.scales.count, most: sheets)
    else { throw RecordError("a surplus has not one count for each question: make the aggregate again") }
    self.questions = questions
    self.scales = scales
  }
}

extension SurveyDefinition {
  fileprivate var json: JSONValue {
    let asked = questions.map { question -> JSONValue in
      var members: [String: JSONValue] = [
        "name": .string(question.name), "wording": .object(question.wording.mapValues { .string($0) }),
      ]
      switch question.kind {
      case .likert(let points):
        members["kind"] = .string("likert")
        members["points"] = .integer(points)
      case .nps: members["kind"] = .string("nps")
      case .choice(let choices):
        members["kind"] = .string("choice")
        members["choices"] = .strings(choices)
      case .choices(let choices):
        members["kind"] = .string("choices")
        members["choices"] = .strings(choices)
      case .number: members["kind"] = .string("number")
      case .text: members["kind"] = .string("text")
      }
      return .object(members)
    }
    var members: [String: JSONValue] = [
      "name": .string(name), "questions": .array(asked), "dimensions": .strings(dimensions),
      "audience": .strings(audience), "occasion": .string(occasion.rawValue),
      "scales": .array(
        scales.map {
          .object([
            "name": .string($0.name), "items": .strings($0.items),
            "reversed": .strings($0.reversed.sorted { $0.precedesByBytes($1) }),
          ])
        }),
    ]
    members["pairedWith"] = pairedWith.map { .string($0) }
    return .object(members)
  }

  fileprivate init?(json: JSONValue) {
    guard let name = json["name"]?.string, let asked = json["questions"]?.array else { return nil }
    var questions: [Question] = []
    for question in asked {
      guard let name = question["name"]?.string else { return nil }
      let choices = question["choices"]?.texts ?? []
      let kind: Question.Kind
      switch question["kind"]?.string {
      case "likert":
        guard let points = question["points"]?.integer, points == 5 || points == 7 else { return nil }
        kind = .likert(points: points)
      case "nps": kind = .nps
      case "choice": kind = .choice(choices)
      case "choices": kind = .choices(choices)
      case "number": kind = .number
      case "text": kind = .text
      default: return nil
      }
      var wording: [String: String] = [:]
      if case .object(let texts) = question["wording"] { wording = texts.compactMapValues(\.string) }
      questions.append(Question(name: name, kind: kind, wording: wording))
    }
    let names = Set(questions.map(\.name))
    var scales: [Scale] = []
    for scale in json["scales"]?.array ?? [] {
      guard let name = scale["name"]?.string, let items = scale["items"]?.texts, names.isSuperset(of: items)
      else { return nil }
      scales.append(Scale(name: name, items: items, reversed: Set(scale["reversed"]?.texts ?? [])))
    }
    self.init(
      name: name, questions: questions, scales: scales, dimensions: json["dimensions"]?.texts ?? [],
      audience: json["audience"]?.texts ?? [],
      occasion: json["occasion"]?.string.flatMap(Occasion.init(rawValue:)) ?? .cohort,
      pairedWith: json["pairedWith"]?.string)
  }
}
