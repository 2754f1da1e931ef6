import Programme
import Regions

/// A dimension with more values than a table can have: it would be a list of people.
package struct DimensionTooWide: Error, Sendable {
  package var dimension: String
}

/// Puts the rows of a survey's export into a store, cell by cell and without a text in between where that can be.
///
/// Every answer is held against the scale as it is for a `response` record: by the same functions.
struct AnswerReader {
  private enum Source {
    /// The same for the whole file: the region, or what the form does not have.
    case constant(Int)
    /// One of the encoder's dimensions, taken from master data.
    case masterData(Int)
    /// A dimension or the cohort, and the columns of which the first that is not empty counts.
    case columns([Int], dimension: Int?)
  }

  private struct Question {
    /// Among the encoder's questions; nil where the file does not ask it.
    var index: Int?
    var coding: AnswerCoding
    /// The one column of a plain question; -1: there is none, or several.
    var column = -1
    /// On a scale whose cells hold its numbers: the least, and how many there are; else 0.
    var lowest = 0
    var points = 0
    var memo = ByteMemo()
    var meanings: [CodedAnswer] = []

    init(_ index: Int?, _ encoder: ResponseEncoder, _ coding: AnswerCoding) {
      self.index = index
      self.coding = coding
      guard let index else { return }
      column = encoder.questions[index].column ?? -1
      if case .scale(let lowest, let count) = coding, encoder.questions[index].values.isEmpty {
        self.lowest = lowest
        points = count
      }
    }
  }

  private(set) var encoder: ResponseEncoder
  let store: AnswerStore
  private var questions: [Question]
  private var answers: [CodedAnswer]
  private var sources: [Source] = []
  private var values: [[String]] = []
  private var codes: [[String: Int]] = []
  private var memos: [ByteMemo] = []
  private var leaves: [UInt64: Int] = [:]
  private let person: StableHash
  private let respondent: FormBinding.Place?
  private let isEmail: Bool
  private let time: FormBinding.Place?
  private let occasions: [FormBinding.Place?]
  private var occasionMemo = ByteMemo()
  private let tandem: FormBinding.Place?
  private let needsMasterData: Bool
  private let isNullUnasked: Bool
  private let timePattern: String?

  init(_ encoder: ResponseEncoder, layout: AnswerStore.Layout) {
    self.encoder = encoder
    let fields = encoder.binding.fields
    questions = layout.questions.map { question in
      Question(
        encoder.questions.firstIndex { $0.name == question.name && $0.place.isBound }, encoder,
        question.coding)
    }
    answers = [CodedAnswer](repeating: .notAsked, count: questions.count)
    let named = fields["employeeNumber"]
    respondent = named ?? fields["email"] ?? fields["response"]
    isEmail = named == nil && fields["email"] != nil
    person =
      named == nil && fields["email"] == nil
      ? StableHash("\(encoder.survey):\(encoder.region.id):".utf8) : StableHash("\(encoder.region.id):".utf8)
    time = fields["timestamp"]
    occasions = layout.occasion.map { fields[$0] }
    tandem = fields["tandem"]
    store = AnswerStore(
      file: encoder.file, layout: layout, hasTime: time != nil,
      hasOccasion: occasions.contains { $0 != nil }, hasTandem: tandem != nil)
    var needsMasterData = false
    for name in layout.dimensions {
      values.append([])
      codes.append([:])
      memos.append(ByteMemo())
      if name == "cohort", let place = fields["cohort"] {
        sources.append(.columns(place.columns, dimension: nil))
      } else if name != "region", let index = encoder.dimensions.firstIndex(where: { $0.name == name }) {
        if let place = encoder.dimensions[index].place {
          sources.append(.columns(place.columns, dimension: index))
        } else {
          sources.append(.masterData(index))
          needsMasterData = true
        }
      } else {
        values[values.count - 1] = [name == "region" ? encoder.region.id : ""]
        sources.append(.constant(0))
      }
    }
    self.needsMasterData = needsMasterData
    isNullUnasked = encoder.binding.form.format == .xml || encoder.binding.form.bareEmptyIsNotAsked
    timePattern = encoder.binding.form.timeFormat
  }

  /// Whether rows are joined with master data, where there is some: then they are read one after the other.
  func isJoined(hasStaff: Bool) -> Bool { hasStaff && (needsMasterData || isEmail) }

  /// Adds a row to the store; or says why not.
  mutating func read(
    _ row: SourceRow, staff: (_ email: String?, _ number: String?) -> Facts?
  ) throws(DimensionTooWide) -> Rejection? {
    var facts: Facts?
    if needsMasterData || isEmail {
      let fields = encoder.binding.fields
      facts = staff(
        fields["email"]?.texts(row).first?.lowercased(), fields["employeeNumber"]?.texts(row).first)
    }
    let head: AnswerStore.Head
    do {
      for index in questions.indices { answers[index] = try answer(index, row) }
      head = AnswerStore.Head(
        respondent: identity(row, facts), line: row.line, leaf: try leaf(row, facts), time: seconds(row),
        occasion: occasion(row), tandem: tandemHash(row))
    } catch let fault as ResponseEncoder.Fault {
      return encoder.rejection(fault, row)
    } catch let wide as DimensionTooWide {
      throw wide
    } catch {
      return nil
    }
    answers.withUnsafeBufferPointer { store.append(head, $0) }
    return nil
  }

  // MARK: - Answers

  private mutating func answer(
    _ index: Int, _ row: SourceRow
  ) throws(ResponseEncoder.Fault) -> CodedAnswer {
    let column = questions[index].column
    guard column >= 0 else {
      guard let own = questions[index].index else { return .notAsked }
      let place = encoder.questions[own].place
      return code(try encoder.chosen(own, place.texts(row), place.choices.keys.min() ?? 0), index)
    }
    if isNullUnasked, row.isNull(column) { return .notAsked }
    let bytes = CellBytes.trimmed(row.bytes(column))
    if bytes.isEmpty { return .notAnswered }
    // One or two digits are what nearly every cell holds.
    if bytes.count <= 2, questions[index].points > 0, bytes.count == 1 || bytes[0] != 0x30 {
      var value = 0
      for byte in bytes { value = byte &- 0x30 < 10 ? value * 10 + Int(byte &- 0x30) : Int.max >> 8 }
      value -= questions[index].lowest
      if value >= 0, value < questions[index].points { return .value(value) }
    }
    guard let own = questions[index].index else { return .notAsked }
    switch questions[index].coding {
    case .text: return .text
    case .scale(let lowest, _): return .value(try encoder.scaleValue(own, bytes, column) - lowest)
    case .number:
      if let plain = ResponseEncoder.plainDecimal(bytes) {
        return .number(AnswerReader.decimal(bytes, plain))
      }
      return .number(try encoder.numberValue(own, bytes, column))
    case .choice, .choices:
      if let known = questions[index].memo.meaning(of: bytes) { return questions[index].meanings[known] }
      let text = String(decoding: bytes, as: UTF8.self)
      let words: [String]
      if case .choice = questions[index].coding {
        words = [try encoder.choice(own, text, column)]
      } else {
        words = try encoder.chosen(own, encoder.questions[own].splitter.split(text), column)
      }
      let meant = code(words, index)
      questions[index].memo.keep(questions[index].meanings.count, of: bytes)
      questions[index].meanings.append(meant)
      return meant
    }
  }

  private func code(_ words: [String], _ index: Int) -> CodedAnswer {
    switch questions[index].coding {
    case .choice(let choices):
      return words.first.flatMap(choices.firstIndex(of:)).map { .value($0) } ?? .notAnswered
    case .choices(let choices):
      var bits: UInt64 = 0
      for word in words {
        if let place = choices.firstIndex(of: word), place < 64 { bits |= 1 << UInt64(place) }
      }
      return bits == 0 ? .notAnswered : .choices(bits)
    case .scale, .number, .text: return .notAnswered
    }
  }

  /// Fifteen digits and a power of ten are exact, so that their quotient is the nearest double.
  private static func decimal(
    _ bytes: UnsafeBufferPointer<UInt8>, _ plain: (whole: Int, end: Int)
  ) -> Double {
    var digits = 0
    var scale = 1.0
    for index in 0..<plain.end where index != plain.whole {
      digits = digits * 10 + Int(bytes[index] &- 0x30)
      if index > plain.whole { scale *= 10 }
    }
    return Double(digits) / scale
  }

  // MARK: - Who, where and when

  private func identity(_ row: SourceRow, _ facts: Facts?) -> UInt64 {
    guard let column = respondent?.columns.first(where: { !row.isEmpty($0) }) else { return 0 }
    var hash = person
    if isEmail {
      // Under one name whether a survey knows people by number or by address.
      if let number = facts?.employeeNumber {
        hash.add(number.utf8)
      } else {
        hash.add(CellBytes.trimmed(row.bytes(column)).lazy.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 })
      }
    } else {
      hash.add(CellBytes.trimmed(row.bytes(column)))
    }
    return hash.value == 0 ? 1 : hash.value
  }

  private mutating func leaf(_ row: SourceRow, _ facts: Facts?) throws -> Int {
    var key: UInt64 = 0
    for index in sources.indices {
      let code: Int
      switch sources[index] {
      case .constant(let constant): code = constant
      case .columns(let columns, let dimension):
        code = try columnCode(index, columns, row, dimension: dimension)
      case .masterData(let dimension):
        let name = encoder.dimensions[dimension].name
        code = try self.code(facts.flatMap { encoder.dimension(name, of: $0) } ?? "", index)
      }
      key = key << 20 | UInt64(code)
    }
    if let known = leaves[key] { return known }
    var codes = key
    var place: [String] = []
    for index in sources.indices.reversed() {
      place.append(values[index][Int(codes & 0xFFFFF)])
      codes >>= 20
    }
    let leaf = store.leaf(place.reversed())
    leaves[key] = leaf
    return leaf
  }

  private mutating func columnCode(
    _ index: Int, _ columns: [Int], _ row: SourceRow, dimension: Int?
  ) throws -> Int {
    guard let column = columns.first(where: { !row.isEmpty($0) }) else { return try code("", index) }
    let bytes = CellBytes.trimmed(row.bytes(column))
    if let known = memos[index].meaning(of: bytes) { return known }
    let text = String(decoding: bytes, as: UTF8.self)
    let code = try code(try dimension.map { try encoder.dimensionValue($0, text, column) } ?? text, index)
    memos[index].keep(code, of: bytes)
    return code
  }

  private mutating func code(_ value: String, _ index: Int) throws -> Int {
    if let known = codes[index][value] { return known }
    let code = values[index].count
    guard code < AnswerStore.Layout.greatestDimension else {
      throw DimensionTooWide(dimension: store.layout.dimensions[index])
    }
    values[index].append(value)
    codes[index][value] = code
    return code
  }

  private func seconds(_ row: SourceRow) -> Int {
    guard let column = time?.columns.first(where: { !row.isEmpty($0) }) else { return 0 }
    let bytes = CellBytes.trimmed(row.bytes(column))
    if timePattern == nil, let plain = TimeText.plain(bytes) { return plain }
    let text = String(decoding: bytes, as: UTF8.self)
    return TimeText.parse(text, pattern: timePattern)?.secondsSinceEpoch ?? 0
  }

  private mutating func occasion(_ row: SourceRow) -> UInt32 {
    var known: [String] = []
    var single: UnsafeBufferPointer<UInt8>?
    var found = 0
    for place in occasions {
      guard let column = place?.columns.first(where: { !row.isEmpty($0) }) else { continue }
      single = CellBytes.trimmed(row.bytes(column))
      found += 1
    }
    // The common case, a cohort and nothing else, is looked up by its bytes.
    if found == 1, occasions.count == 1, let single, let code = occasionMemo.meaning(of: single) {
      return UInt32(truncatingIfNeeded: code)
    }
    if found == 0 { return 0 }
    for place in occasions { known.append(place?.texts(row).first?.trimmed ?? "") }
    let code = AnswerStore.occasion(known)
    if found == 1, occasions.count == 1, let single { occasionMemo.keep(Int(code), of: single) }
    return code
  }

  private func tandemHash(_ row: SourceRow) -> UInt64 {
    guard let column = tandem?.columns.first(where: { !row.isEmpty($0) }) else { return 0 }
    return StableHash(CellBytes.trimmed(row.bytes(column))).value
  }
}
