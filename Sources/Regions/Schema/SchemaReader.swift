import Basics
import Programme

/// Reads nodes by their shape, and names each that does not fit.
struct SchemaReader {
  let file: String
  private var layer: Setting.Layer
  private(set) var diagnostics: [Diagnostic] = []

  init(file: String, layer: Setting.Layer) {
    self.file = file
    self.layer = layer
  }

  private func origin(_ node: YAMLNode) -> Origin {
    Origin(file: file, line: node.line, column: node.column)
  }

  private mutating func complain(_ node: YAMLNode, _ code: String, _ message: String) {
    diagnostics.append(origin(node).error(message, code: code))
  }

  /// The value; nil where it does not fit, which is then reported.
  mutating func value(_ node: YAMLNode, _ shape: Shape, named name: String) -> Value? {
    if node.isNull {
      switch shape {
      case .record, .open, .map, .short: return Value(.record([]), origin(node))
      default: break
      }
      complain(node, "no-value", "`\(name)` has no value: write \(shape.wanted), or take the line out")
      return nil
    }
    switch shape {
    case .orNone(let shape):
      if case .scalar("none", plain: true) = node.content { return Value(.none, origin(node)) }
      return value(node, shape, named: name)
    case .list(let element, let least):
      guard case .list(let nodes) = node.content else {
        return refuse(node, named: name, wanted: shape.wanted)
      }
      guard nodes.count >= least else {
        complain(
          node, "too-few", "`\(name)` has \(counted(nodes.count, "value")), and needs at least \(least)")
        return nil
      }
      return Value(.list(nodes.compactMap { value($0, element, named: name) }), origin(node))
    case .oneOrMore(let element):
      if case .list = node.content { return value(node, .list(element, least: 1), named: name) }
      return value(node, element, named: name).map { Value(.list([$0]), origin(node)) }
    case .map(let key, let element): return map(node, key, element, named: name)
    case .record(let settings): return record(node, settings, named: name)
    case .open(let settings, let key, let element):
      return record(node, settings, beside: (key, element), named: name)
    case .short(let element, let key, let settings):
      if case .mapping = node.content { return record(node, settings, named: name) }
      return value(node, element, named: name).map { inner in
        Value(.record([Value.Entry(name: key, origin: origin(node), value: inner)]), origin(node))
      }
    case .at(let lower, let shape):
      let here = layer
      layer = lower
      defer { layer = here }
      return value(node, shape, named: name)
    case .week: return week(node, named: name)
    case .text, .whole, .flag, .choice, .choiceOfWhole: return scalar(node, shape, named: name)
    }
  }

  /// Reports a node of another shape; gives nothing.
  private mutating func refuse(
    _ node: YAMLNode, _ code: String = "wrong-type", named name: String, wanted: String
  ) -> Value? {
    complain(node, code, "`\(name)` is \(node.described), and should be \(wanted)")
    return nil
  }

  private mutating func scalar(_ node: YAMLNode, _ shape: Shape, named name: String) -> Value? {
    guard case .scalar(let text, let plain) = node.content else {
      return refuse(node, named: name, wanted: shape.wanted)
    }
    switch shape {
    case .whole(let bounds):
      guard let number = SchemaReader.whole(text) else {
        return refuse(node, named: name, wanted: shape.wanted)
      }
      guard plain else {
        complain(
          node, "wrong-type", "`\(name)` is a text, and should be \(shape.wanted): take the quotes off")
        return nil
      }
      guard bounds.contains(number) else {
        complain(node, "out-of-bounds", "`\(name)` is \(number), and should be \(shape.wanted)")
        return nil
      }
      return Value(.whole(number), origin(node))
    case .choiceOfWhole(let numbers):
      guard let number = SchemaReader.whole(text), numbers.contains(number) else {
        return refuse(node, "out-of-bounds", named: name, wanted: shape.wanted)
      }
      return Value(.whole(number), origin(node))
    case .flag:
      switch text {
      case "true": return Value(.flag(true), origin(node))
      case "false": return Value(.flag(false), origin(node))
      default:
        let meant = YAMLWord.truth(text).map { ": write `\($0)`" } ?? ""
        return refuse(node, named: name, wanted: "`true` or `false`\(meant)")
      }
    case .choice(let choices):
      guard choices.contains(text) else {
        let nearest = NearestName.question(text, among: choices) ?? ""
        return refuse(node, "unknown-word", named: name, wanted: shape.wanted + nearest)
      }
      return Value(.text(text), origin(node))
    case .text(let kind):
      if plain, kind.isWord, let other = YAMLWord.otherMeaning(text) {
        complain(
          node, "unquoted",
          "`\(name)` is \(node.described), which YAML readers take for \(other): write it in quotes, \"\(text)\""
        )
        return nil
      }
      if let wrong = kind.fault(text) {
        complain(node, "bad-value", "`\(name)` is \(node.described), \(wrong)")
        return nil
      }
      return Value(.text(text), origin(node))
    default: return nil
    }
  }

  private static func whole(_ text: String) -> Int? {
    guard text.utf8.count <= 12, text.utf8.allSatisfy({ $0.isASCIIDigit || $0 == 0x2D }) else {
      return nil
    }
    return Int(text)
  }

  private mutating func key(_ pair: YAMLNode.Pair, named name: String) -> String? {
    guard case .scalar(let key, _) = pair.key.content else {
      complain(
        pair.key, "wrong-type", "a key of `\(name)` is \(pair.key.described): write a word and a colon")
      return nil
    }
    return key
  }

  private mutating func map(_ node: YAMLNode, _ kind: Shape.Text, _ element: Shape, named name: String)
    -> Value?
  {
    guard case .mapping(let pairs) = node.content else {
      return refuse(node, named: name, wanted: "a mapping of names to values")
    }
    var entries: [Value.Entry] = []
    for pair in pairs {
      guard let key = key(pair, named: name) else { continue }
      if let wrong = kind.fault(key) {
        complain(pair.key, "bad-value", "the name `\(key)` in `\(name)`, \(wrong)")
      }
      if let value = value(pair.value, element, named: key) {
        entries.append(Value.Entry(name: key, origin: origin(pair.key), value: value))
      }
    }
    return Value(.record(entries), origin(node))
  }

  mutating func record(
    _ node: YAMLNode, _ settings: [Setting], beside: (key: Shape.Text, element: Shape)? = nil,
    named name: String
  ) -> Value? {
    guard case .mapping(let pairs) = node.content else {
      return refuse(node, named: name, wanted: "a mapping of settings")
    }
    let allowed = settings.allowed(in: layer)
    var entries: [Value.Entry] = []
    for pair in pairs {
      guard let key = key(pair, named: name) else { continue }
      if allowed[named: key] == nil, let beside, beside.key.fault(key) == nil {
        if let value = value(pair.value, beside.element, named: key) {
          entries.append(Value.Entry(name: key, origin: origin(pair.key), value: value))
        }
        continue
      }
      guard let setting = allowed[named: key] else {
        let nearest = NearestName.of(key, among: allowed.map(\.name))
        complain(
          pair.key, "unknown-key",
          unknown(key, nearest: nearest, settings: settings, allowed: allowed, beside: beside?.key))
        // What was meant is not missing besides.
        if let nearest, !pairs.contains(where: { $0.key.content == .scalar(nearest, plain: true) }) {
          entries.append(
            Value.Entry(name: nearest, origin: origin(pair.key), value: Value(.bad, origin(pair.key))))
        }
        continue
      }
      let value = value(pair.value, setting.shape, named: key) ?? Value(.bad, origin(pair.value))
      entries.append(Value.Entry(name: key, origin: origin(pair.key), value: value))
    }
    return Value(.record(entries), origin(node))
  }

  private func unknown(
    _ key: String, nearest: String?, settings: [Setting], allowed: [Setting], beside: Shape.Text?
  ) -> String {
    if let elsewhere = settings[named: key] ?? (layer > .region ? RegionSchema.settings[named: key] : nil) {
      let places = (elsewhere.layers ?? []).sorted().map(\.placed).joined(separator: " or ")
      return "`\(key)` cannot be set \(layer.placed), only \(places): move it there"
    }
    if let nearest { return "unknown key `\(key)`; did you mean `\(nearest)`?" }
    let known = allowed.map(\.name).sorted { $0.precedesByBytes($1) }.joined(separator: ", ")
    return "unknown key `\(key)`; known here: \(known)" + (beside.map { ", or \($0.wanted)" } ?? "")
  }

  private mutating func week(_ node: YAMLNode, named name: String) -> Value? {
    guard case .mapping(let pairs) = node.content else {
      return refuse(node, named: name, wanted: "a mapping of days, `friday: 08:00-15:00`")
    }
    var entries: [Value.Entry] = []
    for pair in pairs {
      guard let key = key(pair, named: name) else { continue }
      guard let days = Weekday.range(key) else {
        let nearest = NearestName.question(key, among: Weekday.allCases.map(\.rawValue))
        complain(
          pair.key, "unknown-key",
          "`\(key)` is not a day\(nearest ?? ": write `friday`, or `monday-friday`")")
        continue
      }
      let shape = Shape.orNone(.oneOrMore(.text(.span)))
      guard let value = value(pair.value, shape, named: key) else { continue }
      for day in days {
        if entries.contains(where: { $0.name == day.rawValue }) {
          complain(
            pair.key, "duplicate-key", "\(day.rawValue) appears in `\(name)` twice: keep one of the two")
          continue
        }
        entries.append(Value.Entry(name: day.rawValue, origin: origin(pair.key), value: value))
      }
    }
    return Value(.record(entries), origin(node))
  }
}

extension Weekday {
  /// `friday`, or `monday-friday`, in the order of the week.
  static func range(_ text: String) -> [Weekday]? {
    if let day = Weekday(rawValue: text) { return [day] }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map {
      Weekday(rawValue: String($0))
    }
    guard ends.count == 2, let first = ends[0], let last = ends[1], first.index <= last.index else {
      return nil
    }
    return Weekday.allCases.filter { (first.index...last.index).contains($0.index) }
  }
}
