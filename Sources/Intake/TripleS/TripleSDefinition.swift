/// The definition of a triple-s survey (`.sss`, `.xml`): which variable is where in its data file.
///
/// triple-s XML 1.1 to 2.0 (The Triple-S XML Standard, 2.0.002, 2011): `<sss><survey><record><variable>…`.
package struct TripleSDefinition: Equatable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case single, multiple, quantity, character, logical, date, time
  }

  package struct Variable: Equatable, Sendable {
    package var name = ""
    /// The question, without markup.
    package var label = ""
    package var kind = Kind.single
    /// Characters of the record, from 1 and both counted; in CSV the number of the cell.
    package var start = 0
    package var finish = 0
    /// A multiple that lists its codes: how many fit, and the characters of each; without it, it is a bit for each code.
    package var subfields: Int?
    package var width: Int?
    /// Codes are texts and no numbers.
    package var isLiteral = false
    package var codes: [String: String] = [:]
    package var ranges: [ClosedRange<Int>] = []

    /// The characters of one code of a spread.
    var subfieldWidth: Int {
      if let width { return width }
      let longest = codes.keys.map(\.utf8.count).max() ?? 1
      return max(longest, ranges.map { String($0.upperBound).utf8.count }.max() ?? 1)
    }

    func knows(code: String) -> Bool {
      if codes.isEmpty, ranges.isEmpty { return true }
      if codes[code] != nil { return true }
      return Int(code).map { number in ranges.contains { $0.contains(number) } } ?? false
    }
  }

  /// The definition's own name, for messages.
  package var file = ""
  package var isCSV = false
  /// Records before the first that hold data: headings.
  package var skip = 0
  /// The data file's name, where the definition says it.
  package var href: String?
  package var variables: [Variable] = []

  /// Whether a document's beginning is that of a definition.
  package static func isDefinition(_ piece: [UInt8], name: String) -> Bool {
    let structure = try? XMLStructure.found(in: piece, isWhole: false, name: name)
    return structure?.root == "sss"
  }

  /// Reads the definition. Throws a `SourceProblem` at the place of what is wrong with it.
  package init(_ source: ByteSource) throws {
    let collector = TripleSCollector()
    let parser = GuardedXML(file: source.name, limits: XMLLimits(), encoding: nil, listener: collector)
    try source.forEachPiece { try parser.feed($0) }
    try parser.finish()
    self = collector.definition
    file = source.name
    if variables.isEmpty {
      throw SourceProblem(file: source.name, fault: .badDefinition("it defines no variable"))
    }
  }

  init() {}
}

private final class TripleSCollector: XMLListener {
  private(set) var definition = TripleSDefinition()
  private var names: [String] = []
  private var variable: TripleSDefinition.Variable?
  private var ident = ""
  private var code: String?
  private var text: [UInt8] = []
  private var labels = 0
  private static let mostVariables = 20_000
  private static let mostLabels = 500_000
  /// As far into a record as a variable may be.
  private static let furthest = 4 << 20

  func startElement(_ name: XMLName, namespace: XMLName?, attributes: XMLAttributes, parser: GuardedXML) {
    let element = GuardedXML.string(name)
    names.append(element)
    func value(_ wanted: String) -> String? {
      for index in 0..<attributes.count where attributes.name(index).map(GuardedXML.string) == wanted {
        return String(decoding: attributes.value(index), as: UTF8.self).replacing("&#38;", with: "&")
      }
      return nil
    }
    switch element {
    case "hierarchy":
      parser.stop(.badDefinition("it is hierarchical, which is not read: export each level by itself"))
    case "record":
      definition.isCSV = value("format")?.lowercased() == "csv"
      definition.href = value("href")
      definition.skip = min(value("skip").flatMap { Int($0) } ?? 0, 1000)
      if definition.skip < 0 { definition.skip = 0 }
    case "variable":
      guard definition.variables.count < Self.mostVariables else {
        return parser.stop(.tooManyColumns(limit: Self.mostVariables))
      }
      ident = value("ident") ?? ""
      let type = value("type") ?? ""
      guard let kind = TripleSDefinition.Kind(rawValue: type) else {
        return parser.stop(
          .badDefinition(
            "the type '\(type)' of variable \(ident) is none of "
              + TripleSDefinition.Kind.allCases.map(\.rawValue).joined(separator: ", ")))
      }
      variable = TripleSDefinition.Variable()
      variable?.kind = kind
      variable?.isLiteral = value("format") == "literal"
    case "position":
      let start = value("start").flatMap { Int($0) } ?? 0
      let finish = value("finish").map { Int($0) ?? 0 } ?? start
      guard start >= 1, finish >= start, finish <= Self.furthest else {
        return parser.stop(
          .badDefinition(
            "the position of variable \(shownName) is no pair of whole numbers, the first from 1"))
      }
      variable?.start = start
      variable?.finish = finish
    case "spread":
      variable?.subfields = value("subfields").flatMap { Int($0) }.map { max(1, min($0, 10_000)) } ?? 1
      variable?.width = value("width").flatMap { Int($0) }.map { max(1, min($0, 1000)) }
    case "range":
      if let from = value("from").flatMap(Self.whole), let to = value("to").flatMap(Self.whole), from <= to {
        variable?.ranges.append(from...to)
      }
    case "value": code = value("code")
    case "name", "label", "br": break
    default: return
    }
    if element == "br" { text.append(0x20) } else { text = [] }
  }

  private var shownName: String { variable.map { $0.name.isEmpty ? ident : $0.name } ?? "" }

  /// The whole part of a range's end: `000001`, `99.9999`.
  private static func whole(_ text: String) -> Int? {
    Int(text.prefix { $0 != "." })
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>, parser: GuardedXML) {
    if text.count < 4096 { text += bytes.prefix(4096) }
  }

  func endElement(parser: GuardedXML) {
    guard let element = names.popLast() else { return }
    let words = String(decoding: text, as: UTF8.self).split { $0.isWhitespace }.joined(separator: " ")
    switch element {
    case "name" where variable != nil && names.last == "variable": variable?.name = words
    case "label" where names.last == "variable": variable?.label = words
    case "value":
      guard let key = code else { return }
      labels += 1
      guard labels <= Self.mostLabels else { return parser.stop(.tooManyValues(limit: Self.mostLabels)) }
      let isLiteral = variable?.isLiteral ?? false
      variable?.codes[isLiteral ? key : TripleSReader.number(key) ?? key] = words
      code = nil
    case "variable":
      guard var done = variable else { return }
      if done.name.isEmpty { done.name = ident }
      guard done.start > 0 else {
        return parser.stop(.badDefinition("variable \(done.name) has no position"))
      }
      definition.variables.append(done)
      variable = nil
    default: return
    }
    text = []
  }
}
