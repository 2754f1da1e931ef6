import Basics
import Foundation
import Programme
package import Regions

/// Turns the rows of a survey's export into `response` records, byte by byte.
///
/// Every answer is held against its question's scale. The record carries no name: its id comes of the survey's own
/// number, and what identifies the respondent serves only to find a second answer of the same person.
package struct ResponseEncoder {
  /// The faults of a row, with the column that they concern.
  struct Fault: Error {
    var code: String
    var text: String
    var column: Int?
  }

  /// A stretch of the record in the order of its keys.
  enum Part {
    case answers(prefix: [UInt8])
    case cohort(prefix: [UInt8], place: FormBinding.Place)
    case id(prefix: [UInt8])
    case literal([UInt8])
    case dimension(prefix: [UInt8], index: Int)
  }

  struct Question {
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

  struct Dimension {
    var name: String
    var place: FormBinding.Place?
    var values: [WordKey: String]
    var memo: [[UInt8]: [UInt8]] = [:]
  }

  let region: Region
  let binding: FormBinding
  let survey: String
  let file: String
  let title: (Int) -> String
  var parts: [Part] = []
  var questions: [Question] = []
  var dimensions: [Dimension] = []
  let roles: [WordKey: Role]
  let idStart: [UInt8]
  let fileMark: String
  let response: FormBinding.Place?
  /// Where a person may be named: the number first.
  let respondents: [FormBinding.Place]
  let timestamp: FormBinding.Place?
  private var respondent: Respondent?
  private var idRange = 0..<0
  let needsMasterData: Bool
  var output = JSONBytes()
  static let longestMemo = 1024

  package init(region: Region, binding: FormBinding, file: String, title: @escaping (Int) -> String) {
    self.region = region
    self.binding = binding
    self.file = file
    self.title = title
    let form = binding.form
    survey = form.survey ?? form.name
    response = binding.fields["response"]
    respondents = [binding.fields["employeeNumber"], binding.fields["email"]].compactMap { $0 }
    timestamp = binding.fields["timestamp"]
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
    let own = FormField.aboutResponse.union(Response.fields.fields.map(\.key)).union(["record"])
    for name in form.fields.keys.sorted(by: { $0.precedesByBytes($1) }) where !own.contains(name) {
      let declared = form.fields[name]
      let place = binding.fields[name]
      // A column that this file happens not to have is no dimension here; one without columns comes of master data, and the
      // role of the plan where the file does not say it.
      guard place != nil || declared?.columns.isEmpty == true || name == "role" else { continue }
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

  static func key(_ name: String) -> [UInt8] { JSONValue.string(name).line + [0x3A] }

  static func splitter(_ question: Form.Question) -> ChoiceSplitter {
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
  mutating func encode(
    _ row: SourceRow, surroundings: inout Surroundings,
    staff: (_ email: String?, _ number: String?) -> Facts?,
    body: (UnsafeRawBufferPointer, _ respondent: Respondent?) throws -> Void
  ) throws -> Rejection? {
    output.clear()
    respondent = nil
    do throws(Fault) {
      try write(row, &surroundings, staff)
    } catch {
      return rejection(error, row)
    }
    let respondent = respondent
    try output.bytes.withUnsafeBytes { try body($0, respondent) }
    return nil
  }

  func rejection(_ fault: Fault, _ row: SourceRow) -> Rejection {
    let column = fault.column
    return Rejection(
      file: file, line: column.map { row.line(of: $0) } ?? row.line, row: row.number,
      column: column.map { $0 + 1 }, heading: column.map(title), code: fault.code, fault: fault.text,
      raw: row.raw)
  }

  mutating func write(
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
          output.append(string: CellBytes.trimmed(row.bytes(column)))
        }
      case .id(let prefix):
        output.append(prefix)
        let start = output.count
        writeID(row)
        idRange = start..<output.count
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

  mutating func writeID(_ row: SourceRow) {
    output.append(idStart)
    if let column = response?.columns.first(where: { !row.isEmpty($0) }) {
      let start = output.count
      output.append(string: CellBytes.trimmed(row.bytes(column)))
      // The quote that the string begins with is before the survey's name already.
      output.drop(at: start)
      return
    }
    // Without a number of its own a sheet is known by its place: never by whom it is from.
    let place = JSONValue.string("\(fileMark)#\(row.number)").line.dropFirst()
    output.append(Array(place))
  }

  /// Whether a survey's answers can be known to be of one person.
  package var namesRespondents: Bool { !respondents.isEmpty }

  private mutating func register(_ row: SourceRow, _ surroundings: inout Surroundings) throws(Fault) {
    respondent = respondent(row, &surroundings)
    guard let column = response?.columns.first(where: { !row.isEmpty($0) }) else { return }
    let number = CellBytes.trimmed(row.bytes(column))
    // The same sheet once more, in an export that reaches over another: whose time stamp is later counts.
    if !surroundings.responses.insert(number), respondent?.isRepeated != true {
      throw Fault(
        code: "duplicate-response",
        text:
          "response \(Quoted.word(String(decoding: number, as: UTF8.self))) of \(survey) is there already: keep "
          + "one of the two rows", column: column)
    }
  }

  private func respondent(_ row: SourceRow, _ surroundings: inout Surroundings) -> Respondent? {
    for (place, kind) in zip(respondents, 0...) {
      guard let column = place.columns.first(where: { !row.isEmpty($0) }) else { continue }
      var name = Array(CellBytes.trimmed(row.bytes(column)))
      // Addresses are one whatever their case, and never a number.
      for index in name.indices where name[index] >= 0x41 && name[index] <= 0x5A { name[index] |= 0x20 }
      let cohortColumn = binding.fields["cohort"]?.columns.first { !row.isEmpty($0) }
      let cohort = cohortColumn.map { Array(CellBytes.trimmed(row.bytes($0))) } ?? []
      let isNew = name.withUnsafeBufferPointer {
        surroundings.respondents[cohort, default: AnswerLedger()].insert($0)
      }
      let stamp = timestamp?.columns.first { !row.isEmpty($0) }
      let line = output.bytes
      return Respondent(
        key: StableHash(idStart + cohort + [0, UInt8(truncatingIfNeeded: kind)] + name).value | 1,
        isRepeated: !isNew,
        content: ResponseEncoder.fold(line[..<idRange.lowerBound]) &* 31
          &+ ResponseEncoder.fold(line[idRange.upperBound...]),
        time: stamp.map { Array(CellBytes.trimmed(row.bytes($0)).prefix(64)) } ?? [], column: column)
    }
    return nil
  }

  /// A hash of eight bytes a step: what it tells apart is two rows of one person.
  private static func fold(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.withUnsafeBytes { raw in
      var hash = UInt64(raw.count) &* 0x9E37_79B9_7F4A_7C15
      var index = 0
      while index + 8 <= raw.count {
        hash = (hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
        index += 8
      }
      while index < raw.count {
        hash = (hash ^ UInt64(raw[index])) &* 0x100_0000_01B3
        index += 1
      }
      return hash ^ hash >> 32
    }
  }

  // MARK: - Dimensions

  mutating func writeDimension(
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
    let bytes = Array(CellBytes.trimmed(row.bytes(column)))
    if let known = dimensions[index].memo[bytes] {
      output.append(prefix)
      output.append(known)
      return
    }
    let value = try dimensionValue(index, String(decoding: bytes, as: UTF8.self), column)
    let encoded = JSONValue.string(value).line
    if dimensions[index].memo.count < ResponseEncoder.longestMemo { dimensions[index].memo[bytes] = encoded }
    output.append(prefix)
    output.append(encoded)
  }

  /// What a cell of a dimension means.
  func dimensionValue(_ index: Int, _ word: String, _ column: Int) throws(Fault) -> String {
    let meant = dimensions[index].values[WordKey(word)] ?? word
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
      return role.rawValue
    case "site":
      guard let site = region.site(named: meant) else {
        throw Fault(
          code: "unknown-site",
          text:
            "unknown site \(Quoted.word(word)): write one of \(Phrases.list(region.sites.map(\.name))), or add it "
            + "to the sites of region \(region.id)", column: column)
      }
      return site.name
    default: return meant
    }
  }

  func dimension(_ name: String, of facts: Facts) -> String? {
    switch name {
    case "site": facts.site
    case "department": facts.department.first
    case "role": facts.role?.rawValue
    case "level": facts.level.map(String.init)
    default: facts.attributes[name]
    }
  }
}
