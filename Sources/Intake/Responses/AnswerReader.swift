import Basics
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
  private struct Source {
    enum Kind {
      /// The same for the whole file: the region, or what the form does not have.
      case constant
      /// One of the encoder's dimensions, taken from master data.
      case masterData(Int)
      /// One of the encoder's dimensions, or the cohort.
      case place(dimension: Int?)
    }

    var kind = Kind.constant
    var cell = FieldCell(nil)
    /// Every value that was met; a response holds its index.
    var values: [String] = []
    var codes: [String: Int] = [:]
    var memo = ByteMemo()
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

  /// What most questions are, and all that their cells take: one column, and a scale's numbers or a text.
  private struct Plain {
    var column = -1
    var lowest: UInt8 = 0
    /// 0: a text.
    var points: UInt8 = 0
  }

  private(set) var encoder: ResponseEncoder
  let store: AnswerStore
  private var questions: [Question]
  /// By question; without a column where it is not plain.
  private var plain: [Plain]
  private var answers: [CodedAnswer]
  private var sources: [Source] = []
  private var leaves = LeafMemo()
  private let person: StableHash
  private let respondent: FieldCell
  private let isEmail: Bool
  private let time: FieldCell
  private let occasions: [FormBinding.Place?]
  private let occasionCells: [FieldCell]
  private var occasionMemo = ByteMemo()
  private let tandem: FieldCell
  private let needsMasterData: Bool
  private(set) var unreadTimes = UnreadTimes()
  private let isNullUnasked: Bool
  private let timePattern: String?

  init(_ encoder: ResponseEncoder, layout: AnswerStore.Layout, shelf: PageShelf? = nil) {
    self.encoder = encoder
    let fields = encoder.binding.fields
    questions = layout.questions.map { question in
      Question(
        encoder.questions.firstIndex { $0.name == question.name && $0.place.isBound }, encoder,
        question.coding)
    }
    answers = [CodedAnswer](repeating: .notAsked, count: questions.count)
    plain = questions.map { question in
      switch question.coding {
      case .text where question.index != nil: Plain(column: question.column)
      case .scale where question.points > 0:
        Plain(
          column: question.column, lowest: UInt8(truncatingIfNeeded: question.lowest),
          points: UInt8(truncatingIfNeeded: question.points))
      default: Plain()
      }
    }
    let named = fields["employeeNumber"]
    respondent = FieldCell(named ?? fields["email"] ?? fields["response"])
    isEmail = named == nil && fields["email"] != nil
    person =
      named == nil && fields["email"] == nil
      ? StableHash("\(encoder.survey):\(encoder.region.id):".utf8) : StableHash("\(encoder.region.id):".utf8)
    time = FieldCell(fields["timestamp"])
    occasions = layout.occasion.map { fields[$0] }
    occasionCells = occasions.compactMap { $0.map { FieldCell($0) } }
    tandem = FieldCell(fields["tandem"])
    store = AnswerStore(
      file: encoder.file, layout: layout, hasTime: fields["timestamp"] != nil,
      hasOccasion: !occasionCells.isEmpty, hasTandem: fields["tandem"] != nil, shelf: shelf)
    var needsMasterData = false
    for name in layout.dimensions {
      var source = Source()
      if name == "cohort", let place = fields["cohort"] {
        source.kind = .place(dimension: nil)
        source.cell = FieldCell(place)
      } else if name != "region", let index = encoder.dimensions.firstIndex(where: { $0.name == name }) {
        if let place = encoder.dimensions[index].place {
          source.kind = .place(dimension: index)
          source.cell = FieldCell(place)
        } else {
          source.kind = .masterData(index)
          needsMasterData = true
        }
      } else {
        source.values = [name == "region" ? encoder.region.id : ""]
      }
      sources.append(source)
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
    let cells = row.fields
    let head: AnswerStore.Head
    do {
      try draft(row, cells)
      head = AnswerStore.Head(
        respondent: identity(cells, facts), line: row.line, leaf: try leaf(cells, facts),
        time: seconds(cells),
        occasion: occasion(row, cells), tandem: tandem.first(of: cells).map { StableHash($0).value } ?? 0)
    } catch let fault as ResponseEncoder.Fault {
      return encoder.rejection(fault, row)
    } catch let wide as DimensionTooWide {
      throw wide
    } catch {
      return nil
    }
    answers.withUnsafeBufferPointer { store.append(head, drafted: $0) }
    return nil
  }

  // MARK: - Answers

  /// Writes every question's state into the store's draft, and what else a question holds into `answers`.
  private mutating func draft(_ row: SourceRow, _ cells: SourceRow.Fields) throws(ResponseEncoder.Fault) {
    let draft = store.draft
    for index in plain.indices {
      let own = plain[index]
      if own.column >= 0 {
        let cell = cells.slice(own.column)
        if cell.count == 0 {
          draft[index] = isNullUnasked && cell.isNull ? 0 : 1
          continue
        }
        let first = cells.bytes(of: cell)[0]
        if own.points == 0 {
          if first > 0x20 {
            draft[index] = 2
            continue
          }
        } else if cell.count == 1 {
          let value = first &- 0x30 &- own.lowest
          if value < own.points, first &- 0x30 < 10 {
            draft[index] = 2 &+ value
            continue
          }
        }
      }
      answers[index] = try answer(index, row)
      store.draft(answers[index], of: index)
    }
  }

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

  private func identity(_ cells: SourceRow.Fields, _ facts: Facts?) -> UInt64 {
    guard let cell = respondent.first(of: cells) else { return 0 }
    var hash = person
    if isEmail {
      // Under one name whether a survey knows people by number or by address.
      if let number = facts?.employeeNumber {
        hash.add(number.utf8)
      } else {
        hash.add(cell.lazy.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 })
      }
    } else {
      hash.add(cell)
    }
    return hash.value == 0 ? 1 : hash.value
  }

  private mutating func leaf(_ cells: SourceRow.Fields, _ facts: Facts?) throws -> Int {
    var key: UInt64 = 0
    for index in sources.indices {
      var code = 0
      switch sources[index].kind {
      case .constant: break
      case .place(let dimension):
        let cell = sources[index].cell.first(of: cells)
        if let cell, let known = sources[index].memo.meaning(of: cell) {
          code = known
        } else {
          code = try newCode(index, cell, cells, dimension: dimension)
        }
      case .masterData(let dimension):
        let name = encoder.dimensions[dimension].name
        code = try self.code(facts.flatMap { encoder.dimension(name, of: $0) } ?? "", index)
      }
      key = key << 20 | UInt64(code)
    }
    if let known = leaves.leaf(of: key) { return known }
    var codes = key
    var place: [String] = []
    for source in sources.reversed() {
      place.append(source.values[Int(codes & 0xFFFFF)])
      codes >>= 20
    }
    let leaf = store.leaf(place.reversed())
    leaves.keep(leaf, of: key)
    return leaf
  }

  private mutating func newCode(
    _ index: Int, _ cell: UnsafeBufferPointer<UInt8>?, _ cells: SourceRow.Fields, dimension: Int?
  ) throws -> Int {
    guard let cell, let column = sources[index].cell.column(of: cells) else { return try code("", index) }
    let text = String(decoding: cell, as: UTF8.self)
    let code = try code(try dimension.map { try encoder.dimensionValue($0, text, column) } ?? text, index)
    sources[index].memo.keep(code, of: cell)
    return code
  }

  private mutating func code(_ value: String, _ index: Int) throws -> Int {
    if let known = sources[index].codes[value] { return known }
    let code = sources[index].values.count
    guard code < AnswerStore.Layout.greatestDimension else {
      throw DimensionTooWide(dimension: store.layout.dimensions[index])
    }
    sources[index].values.append(value)
    sources[index].codes[value] = code
    return code
  }

  private mutating func seconds(_ cells: SourceRow.Fields) -> Int {
    guard let cell = time.first(of: cells) else { return 0 }
    if timePattern == nil, let plain = TimeText.plain(cell) { return plain }
    let text = String(decoding: cell, as: UTF8.self)
    if let time = TimeText.parse(text, pattern: timePattern, order: encoder.binding.dates.order) {
      return time.secondsSinceEpoch
    }
    unreadTimes.add(text)
    return 0
  }

  private mutating func occasion(_ row: SourceRow, _ cells: SourceRow.Fields) -> UInt32 {
    if occasionCells.isEmpty { return 0 }
    var single: UnsafeBufferPointer<UInt8>?
    var found = 0
    for place in occasionCells {
      guard let cell = place.first(of: cells) else { continue }
      single = cell
      found += 1
    }
    // The common case, a cohort and nothing else, is looked up by its bytes.
    if found == 1, occasions.count == 1, let single, let code = occasionMemo.meaning(of: single) {
      return UInt32(truncatingIfNeeded: code)
    }
    if found == 0 { return 0 }
    let code = AnswerStore.occasion(occasions.map { $0?.texts(row).first?.trimmed ?? "" })
    if found == 1, occasions.count == 1, let single { occasionMemo.keep(Int(code), of: single) }
    return code
  }
}
