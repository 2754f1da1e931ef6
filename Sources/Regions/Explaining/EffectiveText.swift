/// A region's effective settings as YAML that can be read again.
package enum EffectiveText {
  /// - Parameters:
  ///   - why: each value followed by the file and line that set it.
  /// - Returns: lines with LF; settings in the order of the schema, names of one's own in the order written.
  package static func yaml(_ region: EffectiveRegion, site: String? = nil, cohort: String? = nil, why: Bool)
    -> String
  {
    var value = region.value
    if site != nil || cohort != nil {
      value = SectionSettings.effective(
        value, site: site.flatMap { value[path: ["sites", $0]] },
        cohort: cohort.flatMap { value[path: ["cohorts", $0]] })
    }
    var lines: [Line] = []
    for name in RegionSchema.settings.filter({ $0.layers == [.programme] }).map(\.name) { value[name] = nil }
    emit(value, .record(RegionSchema.settings), indent: 0, &lines)
    let width = why ? min(60, lines.map(\.text.count).max() ?? 0) : 0
    return lines.map { line in
      guard why, let origin = line.origin else { return line.text + "\n" }
      let gap = String(repeating: " ", count: max(1, width + 2 - line.text.count))
      return "\(line.text)\(gap)# \(origin.file):\(origin.line)\n"
    }.joined()
  }

  private struct Line {
    var text: String
    /// nil: the line only opens what follows.
    var origin: Origin?
  }

  private static func emit(_ value: Value, _ shape: Shape, indent: Int, _ lines: inout [Line]) {
    let margin = String(repeating: "  ", count: indent)
    for entry in sorted(value.entries, by: shape) {
      let key = margin + scalar(entry.name) + ":"
      switch entry.value.content {
      case .record(let entries) where !entries.isEmpty:
        lines.append(Line(text: key, origin: nil))
        emit(entry.value, shape.part(named: entry.name), indent: indent + 1, &lines)
      default:
        lines.append(Line(text: key + " " + inline(entry.value), origin: entry.value.origin))
      }
    }
  }

  private static func sorted(_ entries: [Value.Entry], by shape: Shape) -> [Value.Entry] {
    let order = shape.settings.map(\.name)
    guard !order.isEmpty else { return entries }
    return entries.enumerated().sorted { a, b in
      (order.firstIndex(of: a.element.name) ?? order.count, a.offset)
        < (order.firstIndex(of: b.element.name) ?? order.count, b.offset)
    }.map(\.element)
  }

  /// A value in one line of YAML.
  package static func inline(_ value: Value) -> String {
    switch value.content {
    case .text(let text): scalar(text)
    case .whole(let number): String(number)
    case .flag(let flag): flag ? "true" : "false"
    case .none: "none"
    case .bad: "null"
    case .list(let items): "[" + items.map(inline).joined(separator: ", ") + "]"
    case .record(let entries):
      "{" + entries.map { scalar($0.name) + ": " + inline($0.value) }.joined(separator: ", ") + "}"
    }
  }

  /// A word that YAML cannot take for anything else is written bare; all others in double quotes.
  package static func scalar(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_./@ ".unicodeScalars.contains($0)
      }
      && text.unicodeScalars.first.map { $0.properties.isAlphabetic || ("0"..."9").contains($0) } ?? false
      && !text.hasSuffix(" ") && YAMLWord.otherMeaning(text) == nil && YAMLWord.truth(text) == nil
      && !["none", "null"].contains(text.lowercased())
    if isPlain { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension Shape {
  var settings: [Setting] {
    switch self {
    case .record(let settings), .open(let settings, _, _), .short(_, _, let settings): settings
    case .at(_, let shape): shape.settings
    default: []
    }
  }

  /// The shape of a part of a mapping; a free text where there is none.
  func part(named name: String) -> Shape {
    switch self {
    case .record(let settings): settings[named: name]?.shape ?? .text(.prose)
    case .short(_, _, let settings): settings[named: name]?.shape ?? .text(.prose)
    case .open(let settings, _, let element): settings[named: name]?.shape ?? element
    case .map(_, let element): element
    case .at(_, let shape), .orNone(let shape): shape.part(named: name)
    default: .text(.prose)
    }
  }
}
