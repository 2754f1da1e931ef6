import Programme

/// JSON Schemas (draft 7) of the configuration's files, made of the settings that the files are read by: editors
/// complete keys and underline mistakes with them.
package enum JSONSchema {
  /// By file name under Config/schemas.
  package static var files: [(name: String, text: String)] {
    [
      ("form.json", file("A form", .record(FormSchema.settings), layer: .region, required: [])),
      (
        "holidays.json",
        file(
          "The public holidays of a country", .record(HolidaySchema.settings), layer: .programme,
          required: [.programme])
      ),
      (
        "programme.json",
        file(
          "Headquarters' defaults", .record(RegionSchema.settings), layer: .programme,
          required: [.programme, .cohort])
      ),
      (
        "region.json",
        file("A region", .record(RegionSchema.settings), layer: .region, required: [.region])
      ),
      (
        "texts.json",
        file("What participants read", .record(TextSchema.settings), layer: .region, required: [])
      ),
      (
        "topics.json",
        file("Topics", .record(TopicSchema.settings), layer: .programme, required: [.programme])
      ),
    ]
  }

  private static func file(
    _ title: String, _ shape: Shape, layer: Setting.Layer, required: Set<Setting.Layer>
  ) -> String {
    guard case .object(let members) = schema(shape, layer, required) else { return "" }
    let head: [(String, JSON)] = [
      ("$schema", .text("http://json-schema.org/draft-07/schema#")), ("title", .text(title)),
    ]
    return JSON.object(head + members).written(indent: 0) + "\n"
  }

  private static func schema(_ shape: Shape, _ layer: Setting.Layer, _ required: Set<Setting.Layer>) -> JSON {
    func one(_ choices: [JSON]) -> JSON { .object([("anyOf", .list(choices))]) }
    func inner(_ shape: Shape) -> JSON { schema(shape, layer, required) }
    switch shape {
    case .text(let kind): return text(kind)
    case .whole(let bounds):
      return .object([
        ("type", .text("integer")), ("minimum", .whole(bounds.lowerBound)),
        ("maximum", .whole(bounds.upperBound)),
      ])
    case .flag: return .object([("type", .text("boolean"))])
    case .choice(let words): return .object([("enum", .list(words.map(JSON.text)))])
    case .choiceOfWhole(let numbers): return .object([("enum", .list(numbers.map(JSON.whole)))])
    case .orNone(let shape): return one([.object([("const", .text("none"))]), inner(shape)])
    case .list(let element, let least):
      var members: [(String, JSON)] = [("type", .text("array")), ("items", inner(element))]
      if least > 0 { members.append(("minItems", .whole(least))) }
      return .object(members)
    case .oneOrMore(let element): return one([inner(element), inner(.list(element, least: 1))])
    case .map(let key, let element):
      return .object([
        ("type", .text("object")), ("propertyNames", text(key)), ("additionalProperties", inner(element)),
      ])
    case .record(let settings): return record(settings, layer, required, beside: .flag(false))
    case .open(let settings, _, let element):
      return record(settings, layer, required, beside: inner(element))
    case .short(let element, _, let settings): return one([inner(element), inner(.record(settings))])
    case .at(let lower, let shape): return schema(shape, lower, required)
    case .week:
      return .object([
        ("type", .text("object")),
        (
          "patternProperties",
          .object([("^\(day)(-\(day))?$", inner(.orNone(.oneOrMore(.text(.span)))))])
        ),
        ("additionalProperties", .flag(false)),
      ])
    }
  }

  private static func record(
    _ settings: [Setting], _ layer: Setting.Layer, _ required: Set<Setting.Layer>, beside: JSON
  ) -> JSON {
    let allowed = settings.allowed(in: layer)
    var members: [(String, JSON)] = [
      ("type", .text("object")),
      (
        "properties",
        .object(
          allowed.map { setting in
            let description = setting.meaning + (setting.unit.map { " (\($0))" } ?? "")
            guard case .object(let own) = schema(setting.shape, layer, required) else {
              return (setting.name, .object([("description", .text(description))]))
            }
            return (setting.name, .object([("description", .text(description))] + own))
          })
      ),
      ("additionalProperties", beside),
    ]
    let needed = allowed.filter { $0.required.map(required.contains) ?? false }.map { JSON.text($0.name) }
    if !needed.isEmpty { members.append(("required", .list(needed))) }
    return .object(members)
  }

  private static func text(_ kind: Shape.Text) -> JSON {
    var members: [(String, JSON)] = [("type", .text("string"))]
    if let pattern = pattern(kind) { members.append(("pattern", .text(pattern))) }
    return .object(members)
  }

  private static let day = "(" + Weekday.allCases.map(\.rawValue).joined(separator: "|") + ")"

  private static func pattern(_ kind: Shape.Text) -> String? {
    switch kind {
    case .prose: nil
    case .encoding: "^[A-Za-z0-9-]+$"
    case .line: "^.*\\S.*$"
    case .identifier: "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$"
    case .email: "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$"
    case .link: "^https?://"
    case .timeZone: "^(UTC|[A-Za-z_]+/[A-Za-z0-9_/+-]+)$"
    case .country: "^[A-Z]{2}$"
    case .language: "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"
    case .date: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    case .yearDay: "^([0-9]{4}-)?[0-9]{2}-[0-9]{2}$"
    case .clock: "^([01]?[0-9]|2[0-3]):[0-5][0-9]$|^24:00$"
    case .span: "^[0-2]?[0-9]:[0-5][0-9]-[0-2]?[0-9]:[0-5][0-9]$"
    case .path(let ending): "^[^/].*\(ending.replacing(".", with: "\\."))$"
    case .comparison: "^(>=|<=|==|!=|>|<) *-?[0-9]+$"
    case .settingPath: "^[a-z-]+(\\.[a-z-]+)*$"
    case .delimiter: "^(.|tab)$"
    case .elementPath: "^[^/\\s]+(/[^/\\s]+)*$"
    // The phrases are many: their check is the reader's.
    case .holidayDay: "^[A-Za-z0-9+ -]+$"
    case .weekdays: "^\(day)(-\(day))?$"
    }
  }
}

/// JSON in the order given.
private indirect enum JSON {
  case text(String)
  case whole(Int)
  case flag(Bool)
  case list([JSON])
  case object([(String, JSON)])

  func written(indent: Int) -> String {
    let margin = String(repeating: "  ", count: indent + 1)
    let end = String(repeating: "  ", count: indent)
    switch self {
    case .text(let text): return JSON.quoted(text)
    case .whole(let number): return String(number)
    case .flag(let flag): return flag ? "true" : "false"
    case .list(let items): return "[" + items.map { $0.written(indent: indent) }.joined(separator: ", ") + "]"
    case .object(let members):
      if members.isEmpty { return "{}" }
      return "{\n"
        + members.map { margin + JSON.quoted($0.0) + ": " + $0.1.written(indent: indent + 1) }
        .joined(separator: ",\n") + "\n" + end + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
