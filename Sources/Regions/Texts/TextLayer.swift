package import Basics
import Programme

/// What one language file says: all of a language at headquarters, or what a region words differently.
package struct TextLayer: Sendable {
  package var texts: [TextKey: TextTemplate] = [:]
  package var counted: [CountedWord: [PluralCategory: TextTemplate]] = [:]
  /// What people call a time zone, by IANA name.
  package var zones: [String: String] = [:]
  package var dates: DateWording?
  package var list: ListWording?

  package init() {}

  /// A later layer speaks where it says something; a counted word is replaced as a whole.
  package mutating func overlay(_ other: TextLayer) {
    texts.merge(other.texts) { $1 }
    counted.merge(other.counted) { $1 }
    zones.merge(other.zones) { $1 }
    dates = other.dates ?? dates
    list = other.list ?? list
  }
}

extension TextLayer {
  /// Reads a language file; what is wrong is reported, and what is right is kept.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - file: how diagnostics name it.
  ///   - language: its BCP 47 tag, which decides the plural forms it needs.
  package static func read(
    _ bytes: [UInt8], file: String, language: String
  ) -> (layer: TextLayer, diagnostics: [Diagnostic]) {
    let document = YAMLDocument(bytes, file: file)
    var reader = TextLayerReader(
      file: file, language: language, lines: bytes.split(separator: 0x0A, omittingEmptySubsequences: false))
    reader.diagnostics = document.diagnostics
    if let root = document.root { reader.readRoot(root) }
    return (reader.layer, reader.diagnostics.sorted())
  }
}

/// One pass over a language file's nodes.
private struct TextLayerReader {
  let file: String
  let language: String
  let lines: [ArraySlice<UInt8>]
  var layer = TextLayer()
  var diagnostics: [Diagnostic] = []

  /// Text groups by their keys: `["session": ["summary": .sessionSummary, …], …]`.
  private static let groups: [String: [String: TextKey]] = {
    var groups: [String: [String: TextKey]] = [:]
    for key in TextKey.allCases {
      let parts = key.rawValue.split(separator: ".", maxSplits: 1).map(String.init)
      guard let group = parts.first, let name = parts.last else { continue }
      groups[group, default: [:]][name] = key
    }
    return groups
  }()

  mutating func readRoot(_ root: YAMLNode) {
    for (name, node, value) in pairs(of: root, "a language file") {
      switch name {
      case "counted": readCounted(value)
      case "zones": readZones(value)
      case "dates": readDates(value)
      case "list": readList(value)
      default:
        guard let group = TextLayerReader.groups[name] else {
          unknown(name, node, among: ["counted", "zones", "dates", "list"] + TextLayerReader.groups.keys)
          continue
        }
        for (name, node, value) in pairs(of: value, "`\(name)`") {
          guard let key = group[name] else {
            unknown(name, node, among: Array(group.keys))
            continue
          }
          if let template = template(value, variables: key.variables) { layer.texts[key] = template }
        }
      }
    }
  }

  private mutating func readCounted(_ node: YAMLNode) {
    for (name, place, value) in pairs(of: node, "`counted`") {
      guard let word = CountedWord(rawValue: name) else {
        unknown(name, place, among: CountedWord.allCases.map(\.rawValue))
        continue
      }
      var forms: [PluralCategory: TextTemplate] = [:]
      let needed = PluralCategory.categories(of: language)
      for (name, place, value) in pairs(of: value, "`\(name)`") {
        guard let category = PluralCategory(rawValue: name) else {
          unknown(name, place, among: PluralCategory.allCases.map(\.rawValue))
          continue
        }
        if let form = template(value, variables: ["n"]) { forms[category] = form }
      }
      let missing = needed.filter { forms[$0] == nil && $0 != .other }.map(\.rawValue)
      if !missing.isEmpty || (needed.contains(.other) && forms[.other] == nil) || forms.isEmpty {
        let names = (missing.isEmpty ? ["other"] : missing).map { "`\($0)`" }.joined(separator: ", ")
        complain(
          place, "`\(name)` lacks \(names), which numbers take in `\(language)`: add it", "plural-form")
        continue
      }
      layer.counted[word] = forms
    }
  }

  private mutating func readZones(_ node: YAMLNode) {
    for (name, _, value) in pairs(of: node, "`zones`") {
      if let text = text(value) { layer.zones[name] = text }
    }
  }

  private mutating func readList(_ node: YAMLNode) {
    var between: String?
    var last: String?
    var beforeI: String?
    for (name, place, value) in pairs(of: node, "`list`") {
      switch name {
      case "between": between = text(value)
      case "last": last = text(value)
      case "last-before-i": beforeI = text(value)
      default: unknown(name, place, among: ["between", "last", "last-before-i"])
      }
    }
    guard let between, let last else {
      return complain(node, "`list` needs `between` and `last`: state how members are joined", "missing-key")
    }
    layer.list = ListWording(between: between, last: last, lastBeforeI: beforeI ?? last)
  }

  private mutating func readDates(_ node: YAMLNode) {
    var months: [String] = []
    var weekdays: [String] = []
    var halves: [String] = []
    var long: TextTemplate?
    var short: TextTemplate?
    for (name, place, value) in pairs(of: node, "`dates`") {
      switch name {
      case "months": months = words(value, count: 12)
      case "weekdays": weekdays = words(value, count: 7)
      case "halves": halves = words(value, count: 2)
      case "long": long = template(value, variables: DateWording.variables)
      case "short": short = template(value, variables: DateWording.variables)
      default: unknown(name, place, among: ["months", "weekdays", "halves", "long", "short"])
      }
    }
    guard let long, let short, months.count == 12, weekdays.count == 7 else {
      return complain(
        node, "`dates` needs `months` (12), `weekdays` (7, Monday first), `long` and `short`", "missing-key")
    }
    layer.dates = DateWording(months: months, weekdays: weekdays, long: long, short: short, halves: halves)
  }

  // MARK: nodes

  private mutating func pairs(of node: YAMLNode, _ what: String) -> [(String, YAMLNode, YAMLNode)] {
    guard case .mapping(let pairs) = node.content else {
      if !node.isNull {
        complain(node, "\(what) is a mapping, not \(node.described): write `key: value`", "wrong-type")
      }
      return []
    }
    return pairs.compactMap { pair in
      guard case .scalar(let name, _) = pair.key.content else { return nil }
      return (name, pair.key, pair.value)
    }
  }

  private mutating func words(_ node: YAMLNode, count: Int) -> [String] {
    guard case .list(let members) = node.content, members.count == count else {
      complain(node, "\(count) words are needed here, not \(node.described)", "wrong-type")
      return []
    }
    return members.compactMap { text($0) }
  }

  private mutating func text(_ node: YAMLNode) -> String? {
    guard case .scalar(let text, _) = node.content, !node.isNull else {
      complain(node, "a text belongs here, not \(node.described)", "wrong-type")
      return nil
    }
    return text
  }

  private mutating func template(_ node: YAMLNode, variables: Set<String>) -> TextTemplate? {
    guard var source = text(node) else { return nil }
    // A block of text ends in a line feed that is the file's, not the text's.
    while source.last?.isNewline == true { source.removeLast() }
    do {
      let template = try TextTemplate(source)
      for tag in template.variables where !variables.contains(tag.name) {
        let known = variables.sorted { $0.precedesByBytes($1) }
        let remedy =
          NearestName.of(tag.name, among: known).map { "did you mean `\($0)`?" }
          ?? (known.isEmpty ? "this text has none" : "known are \(known.joined(separator: ", "))")
        complain(node, "unknown variable `\(tag.name)`: \(remedy)", "unknown-variable", tag.line, tag.column)
      }
      return template
    } catch {
      complain(node, error.message, error.code, error.line, error.column)
      return nil
    }
  }

  // MARK: complaints

  private mutating func unknown(_ name: String, _ node: YAMLNode, among names: [String]) {
    let nearest = NearestName.of(name, among: names)
    let remedy = nearest.map { "did you mean `\($0)`?" } ?? "delete it"
    complain(node, "unknown key `\(name)`: \(remedy)", "unknown-key")
  }

  private mutating func complain(_ node: YAMLNode, _ message: String, _ code: String) {
    diagnostics.append(
      Diagnostic(.error, message, file: file, line: node.line, column: node.column, code: code))
  }

  /// A place inside a text: in a block (`|`) the text begins on the line after the indicator, at its own indentation;
  /// on one line, after the opening quote; a folded text (`>`) is named as a whole.
  private mutating func complain(
    _ node: YAMLNode, _ message: String, _ code: String, _ line: Int, _ column: Int
  ) {
    var place = (line: node.line, column: node.column)
    let opening = byte(node)
    if opening == 0x7C {
      place.line = node.line + line
      place.column = indentation(after: node.line) + column
    } else if opening != 0x3E, line == 1 {
      place.column = node.column + column - (opening == 0x22 || opening == 0x27 ? 0 : 1)
    }
    diagnostics.append(
      Diagnostic(.error, message, file: file, line: place.line, column: place.column, code: code))
  }

  /// The byte at which a node begins.
  private func byte(_ node: YAMLNode) -> UInt8? {
    guard lines.indices.contains(node.line - 1) else { return nil }
    let scalars = String(decoding: lines[node.line - 1], as: UTF8.self).unicodeScalars
    return scalars.dropFirst(node.column - 1).first.flatMap { $0.isASCII ? UInt8($0.value) : nil }
  }

  private func indentation(after line: Int) -> Int {
    for bytes in lines.dropFirst(line) {
      let blanks = bytes.prefix { $0 == 0x20 }.count
      if blanks < bytes.count { return blanks }
    }
    return 0
  }
}
