import Foundation
import Programme
import RecordStream
package import Regions

/// Turns the rows of a survey's export into `response` records, byte by byte.
///
/// Every answer is held against its question's scale. The record carries no name: its id comes of the survey's own
/// number, and what identifies the respondent serves only to find a second answer of the same person.
package struct ResponseEncoder {
  /// The faults of a row, with the column that they concern.
  private struct Fault: Error {
    var code: String
    var text: String
    var column: Int?
  }

  /// A stretch of the record in the order of its keys.
  private enum Part {
    case answers(prefix: [UInt8])
    case cohort(prefix: [UInt8], place: FormBinding.Place)
    case id(prefix: [UInt8])
    case literal([UInt8])
    case dimension(prefix: [UInt8], index: Int)
  }

  private struct Question {
    var name: String
    var prefix: [UInt8]
    var question: Form.Question
    var place: FormBinding.Place
    /// The one column of a plain question: the fast path.
    var column: Int?
    var highest: Int
    var lowest: Int
    var splitter: ChoiceSplitter
    var values: [WordKey: String]
    var choices: [WordKey: String]
    /// What a choice's cell was turned into, by its bytes: forms have few choices and many rows.
    var memo: [[UInt8]: [UInt8]] = [:]
  }

  private struct Dimension {
    var name: String
    var place: FormBinding.Place?
    var values: [WordKey: String]
    var memo: [[UInt8]: [UInt8]] = [:]
  }

  private let region: Region
  private let binding: FormBinding
  private let survey: String
  private let file: String
  private let title: (Int) -> String
  private var parts: [Part] = []
  private var questions: [Question] = []
  private var dimensions: [Dimension] = []
  private let roles: [WordKey: Role]
  private let idStart: [UInt8]
  private let fileMark: String
  private let response: FormBinding.Place?
  private let respondent: FormBinding.Place?
  private let needsMasterData: Bool
  private var output = JSONBytes()
  private static let longestMemo = 1024

  package init(region: Region, binding: FormBinding, file: String, title: @escaping (Int) -> String) {
    self.region = region
    self.binding = binding
    self.file = file
    self.title = title
    let form = binding.form
    survey = form.survey ?? form.name
    response = binding.fields["response"]
    respondent = binding.fields["employeeNumber"] ?? binding.fields["email"]
    fileMark = String(file.split(separator: "/").last ?? "")
    idStart = Array(JSONValue.string("\(survey):\(region.id):").line.dropLast())
    var roles: [WordKey: Role] = [:]
    for role in Role.allCases { roles[WordKey(role.rawValue)] = role }
    for (word, role) in form.roles { roles[WordKey(word)] = Role(rawValue: role) }
    self.roles = roles
    for (question, place) in zip(form.questions, binding.questions) where place.isBound {
      let isPlain = place.columns.count == 1 && place.choices.isEmpty
      questions.append(
        Question(
          name: question.name, prefix: ResponseEncoder.key(question.name), question: question, place: place,
          column: isPlain ? place.columns.first : nil,
          highest: question.kind == .nps ? 10 : question.points ?? 5,
          lowest: question.kind == .nps ? 0 : 1,
          splitter: ResponseEncoder.splitter(question),
          values: Dictionary(
            question.values.map { (WordKey($0), $1) }, uniquingKeysWith: { first, _ in first }),
          choices: Dictionary(
            question.choices.map { (WordKey($0), $0) }, uniquingKeysWith: { first, _ in first })))
    }
    questions.sort { $0.name.precedesByBytes($1.name) }
    let own: Set<String> = [
      "response", "employeeNumber", "email", "timestamp", "cohort", "region", "survey", "id", "record",
    ]
    for name in form.fields.keys.sorted(by: { $0.precedesByBytes($1) }) where !own.contains(name) {
      let declared = form.fields[name]
      let place = binding.fields[name]
      // A column that this file happens not to have is no dimension here; one without columns comes of master data.
      guard place != nil || declared?.columns.isEmpty == true else { continue }
      let values = (declared?.values ?? [:]).map { (WordKey($0), $1) }
      dimensions.append(
        Dimension(
          name: name, place: place, values: Dictionary(values, uniquingKeysWith: { first, _ in first })))
    }
    needsMasterData = dimensions.contains { $0.place == nil }
    var keyed: [(String, Part)] = [
      ("answers", .answers(prefix: ResponseEncoder.key("answers"))),
      ("id", .id(prefix: ResponseEncoder.key("id"))),
      ("record", .literal(Array("\"record\":\"response\"".utf8))),
      ("region", .literal(ResponseEncoder.key("region") + JSONValue.string(region.id).line)),
      ("survey", .literal(ResponseEncoder.key("survey") + JSONValue.string(survey).line)),
    ]
    if let place = binding.fields["cohort"] {
      keyed.append(("cohort", .cohort(prefix: ResponseEncoder.key("cohort"), place: place)))
    }
    for (index, dimension) in dimensions.enumerated() {
      keyed.append((dimension.name, .dimension(prefix: ResponseEncoder.key(dimension.name), index: index)))
    }
    parts = keyed.sorted { $0.0.precedesByBytes($1.0) }.map(\.1)
  }

  private static func key(_ name: String) -> [UInt8] { JSONValue.string(name).line + [0x3A] }

  private static func splitter(_ question: Form.Question) -> ChoiceSplitter {
    let known = Set(question.choices.map { WordKey($0) } + question.values.keys.map { WordKey($0) })
    return ChoiceSplitter(separators: [";", "；", ", "]) { known.contains(WordKey($0)) }
  }

  /// What tells respondents apart, and the staff row of one: given by the caller, who knows all files.
  package struct Surroundings {
    package var responses: AnswerLedger
    package var respondents: [[UInt8]: AnswerLedger]

    package init() {
      responses = AnswerLedger()
      respondents = [:]
    }
  }

  /// One row as a line of the stream, or why there is none. The line is valid during `body` alone.
  ///
  /// O(bytes of the row): a plain column's bytes are copied once, words of a scale are looked up.
  package mutating func encode(
    _ row: SourceRow, surroundings: inout Surroundings,
    staff: (_ email: String?, _ number: String?) -> Facts?,
    body: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Rejection? {
    output.clear()
    do throws(Fault) {
      try write(row, &surroundings, staff)
    } catch {
      let column = error.column
      return Rejection(
        file: file, line: column.map { row.line(of: $0) } ?? row.line, row: row.number,
        column: column.map { $0 + 1 }, heading: column.map(title), code: error.code, fault: error.text,
        raw: row.raw)
    }
    try output.bytes.withUnsafeBytes(body)
    return nil
  }

  private mutating func write(
    _ row: SourceRow, _ surroundings: inout Surroundings,
    _ staff: (_ email: String?, _ number: String?) -> Facts?
  ) throws(Fault) {
    var facts: Facts?
    if needsMasterData {
      facts = staff(
        binding.fields["email"]?.texts(row).first?.lowercased(),
        binding.fields["employeeNumber"]?.texts(row).first)
    }
    output.append(0x7B)
    var needsComma = false
    for part in parts {
      let start = output.count
      if needsComma { output.append(0x2C) }
      let before = output.count
      switch part {
      case .answers(let prefix):
        output.append(prefix)
        try writeAnswers(row)
      case .cohort(let prefix, let place):
        if let column = place.columns.first(where: { !row.isEmpty($0) }) {
          output.append(prefix)
          output.append(string: ResponseEncoder.trimmed(row.bytes(column)))
        }
      case .id(let prefix):
        output.append(prefix)
        writeID(row)
      case .literal(let bytes):
        output.append(bytes)
      case .dimension(let prefix, let index):
        try writeDimension(index, prefix, row, facts)
      }
      if output.count == before { output.shrink(to: start) } else { needsComma = true }
    }
    output.append(0x7D)
    output.append(0x0A)
    try register(row, &surroundings)
  }

  // MARK: - Who

  private mutating func writeID(_ row: SourceRow) {
    output.append(idStart)
    if let column = response?.columns.first(where: { !row.isEmpty($0) }) {
      let start = output.count
      output.append(string: ResponseEncoder.trimmed(row.bytes(column)))
      // The quote that the string begins with stands before the survey's name already.
      output.drop(at: start)
      return
    }
    // Without a number of its own a sheet is known by its place: never by whom it is from.
    let place = JSONValue.string("\(fileMark)#\(row.number)").line.dropFirst()
    output.append(Array(place))
  }

  private func register(_ row: SourceRow, _ surroundings: inout Surroundings) throws(Fault) {
    if let column = response?.columns.first(where: { !row.isEmpty($0) }) {
      let number = ResponseEncoder.trimmed(row.bytes(column))
      if !surroundings.responses.insert(number) {
        throw Fault(
          code: "duplicate-response",
          text:
            "response \(Quoted.word(String(decoding: number, as: UTF8.self))) of \(survey) is there already: keep "
            + "one of the two rows", column: column)
      }
    }
    if let column = respondent?.columns.first(where: { !row.isEmpty($0) }) {
      let cohortColumn = binding.fields["cohort"]?.columns.first { !row.isEmpty($0) }
      let cohort = cohortColumn.map { Array(ResponseEncoder.trimmed(row.bytes($0))) } ?? []
      let isNew = surroundings.respondents[cohort, default: AnswerLedger()]
        .insert(ResponseEncoder.trimmed(row.bytes(column)))
      if !isNew {
        throw Fault(
          code: "duplicate-respondent",
          text: "the same person answered \(survey) in an earlier row: keep the row that counts",
          column: column)
      }
    }
  }

  // MARK: - Dimensions

  private mutating func writeDimension(
    _ index: Int, _ prefix: [UInt8], _ row: SourceRow, _ facts: Facts?
  ) throws(Fault) {
    guard let place = dimensions[index].place else {
      if let value = facts.flatMap({ dimension(dimensions[index].name, of: $0) }) {
        output.append(prefix)
        output.append(JSONValue.string(value).line)
      }
      return
    }
    guard let column = place.columns.first(where: { !row.isEmpty($0) }) else { return }
    let bytes = Array(ResponseEncoder.trimmed(row.bytes(column)))
    if let known = dimensions[index].memo[bytes] {
      output.append(prefix)
      output.append(known)
      return
    }
    let word = String(decoding: bytes, as: UTF8.self)
    let meant = dimensions[index].values[WordKey(word)] ?? word
    let value: String
    switch dimensions[index].name {
    case "role":
      guard let role = roles[WordKey(meant)] else {
        let known =
          binding.form.roles.isEmpty ? Role.allCases.map(\.rawValue) : Array(binding.form.roles.keys)
        let names = known.sorted { $0.precedesByBytes($1) }
        throw Fault(
          code: "unknown-role",
          text: "unknown role \(Quoted.word(word))\(Nearest.phrase(word, among: names)): write one of "
            + "\(names.joined(separator: ", ")), or add the word to the roles of form \(binding.form.name)",
          column: column)
      }
      value = role.rawValue
    case "site":
      guard let site = region.site(named: meant) else {
        throw Fault(
          code: "unknown-site",
          text:
            "unknown site \(Quoted.word(word)): write one of \(Phrases.list(region.sites.map(\.name))), or add it "
            + "to the sites of region \(region.id)", column: column)
      }
      value = site.name
    default: value = meant
    }
    let encoded = JSONValue.string(value).line
    if dimensions[index].memo.count < ResponseEncoder.longestMemo { dimensions[index].memo[bytes] = encoded }
    output.append(prefix)
    output.append(encoded)
  }

  private func dimension(_ name: String, of facts: Facts) -> String? {
    switch name {
    case "site": facts.site
    case "department": facts.department.first
    case "role": facts.role?.rawValue
    case "level": facts.level.map(String.init)
    default: facts.attributes[name]
    }
  }

  // MARK: - Answers

  private mutating func writeAnswers(_ row: SourceRow) throws(Fault) {
    output.append(0x7B)
    var needsComma = false
    for index in questions.indices {
      if let column = questions[index].column {
        if row.isNull(column), binding.form.format == .xml || binding.form.bareEmptyIsNotAsked { continue }
        if needsComma { output.append(0x2C) }
        needsComma = true
        output.append(questions[index].prefix)
        let bytes = ResponseEncoder.trimmed(row.bytes(column))
        if bytes.isEmpty {
          output.append(ResponseEncoder.null)
        } else {
          try writeAnswer(index, bytes, column)
        }
      } else {
        let words = questions[index].place.texts(row)
        if needsComma { output.append(0x2C) }
        needsComma = true
        output.append(questions[index].prefix)
        try writeChoices(index, words, questions[index].place.choices.keys.min() ?? 0)
      }
    }
    output.append(0x7D)
  }

  private static let null = Array("null".utf8)

  @inline(__always)
  private mutating func writeAnswer(
    _ index: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ column: Int
  ) throws(Fault) {
    switch questions[index].question.kind {
    case .text:
      output.append(string: bytes)
    case .likert, .nps:
      // One or two digits are what nearly every cell holds.
      if bytes.count <= 2, bytes.allSatisfy({ $0 &- 0x30 < 10 }), bytes.count == 1 || bytes[0] != 0x30 {
        var value = 0
        for byte in bytes { value = value * 10 + Int(byte - 0x30) }
        if value >= questions[index].lowest, value <= questions[index].highest,
          questions[index].values.isEmpty
        {
          output.append(raw: bytes)
          return
        }
      }
      try writeScale(index, bytes, column)
    case .number:
      try writeNumber(index, bytes, column)
    case .choice, .choices:
      try writeWords(index, bytes, column)
    }
  }

  private mutating func writeScale(
    _ index: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ column: Int
  ) throws(Fault) {
    let question = questions[index]
    let word = String(decoding: bytes, as: UTF8.self)
    let meant = question.values.isEmpty ? word : question.values[WordKey(word)] ?? word
    guard let value = FieldText.integer(meant), value >= question.lowest, value <= question.highest else {
      throw Fault(
        code: "out-of-scale",
        text: "\(Quoted.word(word)) is not on the scale of \(question.name), \(question.lowest) to "
          + "\(question.highest): correct it, or say in the form's values what it means", column: column)
    }
    output.append(Array(String(value).utf8))
  }

  private mutating func writeNumber(
    _ index: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ column: Int
  ) throws(Fault) {
    if let plain = ResponseEncoder.plainDecimal(bytes) {
      output.append(raw: UnsafeBufferPointer(rebasing: bytes[..<plain.whole]))
      if plain.end > plain.whole {
        output.append(UInt8(ascii: "."))
        output.append(raw: UnsafeBufferPointer(rebasing: bytes[(plain.whole + 1)..<plain.end]))
      }
      return
    }
    let word = String(decoding: bytes, as: UTF8.self)
    let values = questions[index].values
    let meant = values.isEmpty ? word : values[WordKey(word)] ?? word
    // Where a comma stands alone it is the decimal mark of most of our languages.
    let plain = meant.contains(".") ? meant : String(meant.map { $0 == "," ? "." : $0 })
    guard let value = Double(plain), value.isFinite, !plain.lowercased().contains("x") else {
      throw Fault(
        code: "out-of-scale",
        text: "\(Quoted.word(word)) is no number, which \(questions[index].name) asks for: "
          + "correct it", column: column)
    }
    var writer = JSONWriter(reserving: 24)
    writer.double(value)
    output.append(writer.bytes)
  }

  /// Where the whole part of a decimal ends, and its fraction without trailing zeros; nil where the shortest text of the
  /// number may be another one (a sign, leading zeros, more than 15 digits, less than a thousandth).
  @inline(__always)
  static func plainDecimal(_ bytes: UnsafeBufferPointer<UInt8>) -> (whole: Int, end: Int)? {
    guard bytes.count <= 16 else { return nil }
    var whole = bytes.count
    for index in 0..<bytes.count where bytes[index] &- 0x30 >= 10 {
      guard whole == bytes.count, bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ",")
      else {
        return nil
      }
      whole = index
    }
    guard whole > 0, whole == 1 || bytes[0] != 0x30, bytes.count < 16 || whole < bytes.count else {
      return nil
    }
    if whole == bytes.count { return (whole, whole) }
    guard whole + 1 < bytes.count else { return nil }
    var end = bytes.count
    while end > whole + 1, bytes[end - 1] == 0x30 { end -= 1 }
    if end == whole + 1 { return (whole, whole) }
    let isSmall = bytes[0] == 0x30 && bytes[(whole + 1)..<end].prefix(3).allSatisfy { $0 == 0x30 }
    return isSmall ? nil : (whole, end)
  }

  private mutating func writeWords(
    _ index: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ column: Int
  ) throws(Fault) {
    let key = Array(bytes)
    if let known = questions[index].memo[key] {
      output.append(known)
      return
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let start = output.count
    if questions[index].question.kind == .choice {
      output.append(JSONValue.string(try choice(index, text, column)).line)
    } else {
      try writeChoices(index, questions[index].splitter.split(text), column)
    }
    if questions[index].memo.count < ResponseEncoder.longestMemo {
      questions[index].memo[key] = Array(output.bytes[start...])
    }
  }

  private mutating func writeChoices(_ index: Int, _ words: [String], _ column: Int) throws(Fault) {
    if words.isEmpty {
      output.append(ResponseEncoder.null)
      return
    }
    var chosen: [String] = []
    for word in words {
      let choice = try choice(index, word, column)
      if !chosen.contains(choice) { chosen.append(choice) }
    }
    // In the order of the form, so that two sheets with the same ticks are the same.
    let order = questions[index].question.choices
    let sorted = order.filter(chosen.contains) + chosen.filter { !order.contains($0) }
    output.append(JSONValue.array(sorted.map { .string($0) }).line)
  }

  private func choice(_ index: Int, _ word: String, _ column: Int) throws(Fault) -> String {
    let question = questions[index]
    let meant = question.values[WordKey(word)] ?? word
    if question.choices.isEmpty { return meant }
    if let choice = question.choices[WordKey(meant)] { return choice }
    throw Fault(
      code: "out-of-scale",
      text: "\(Quoted.word(word)) is no choice of \(question.name)"
        + "\(Nearest.phrase(word, among: question.question.choices)): correct it, or add it to the choices of the "
        + "question", column: column)
  }

  /// Without blanks at either end.
  @inline(__always)
  private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var low = 0
    var high = bytes.count
    while low < high, bytes[low] == 0x20 || bytes[low] == 0x09 || bytes[low] == 0x0A || bytes[low] == 0x0D {
      low += 1
    }
    while high > low,
      bytes[high - 1] == 0x20 || bytes[high - 1] == 0x09 || bytes[high - 1] == 0x0A || bytes[high - 1] == 0x0D
    {
      high -= 1
    }
    return UnsafeBufferPointer(rebasing: bytes[low..<high])
  }
}
