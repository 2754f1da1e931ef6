import Programme

/// What must be known and is not.
enum Completeness {
  /// Everything that `settings` requires of the layer and `value` lacks.
  ///
  /// - Parameter placed: where to state it (`Config/programme.yaml`), for the message.
  static func missing(
    _ value: Value, _ settings: [Setting], at layer: Setting.Layer, named name: String, placed: String
  ) -> [Diagnostic] {
    var found: [Diagnostic] = []
    walk(value, .record(settings), layer, name, placed, &found)
    return found
  }

  private static func walk(
    _ value: Value, _ shape: Shape, _ layer: Setting.Layer, _ name: String, _ placed: String,
    _ found: inout [Diagnostic]
  ) {
    switch shape {
    case .record(let settings), .open(let settings, _, _), .short(_, _, let settings):
      guard case .record = value.content else { return }
      for setting in settings {
        if let part = value[setting.name] {
          walk(part, setting.shape, layer, setting.name, placed, &found)
        } else if setting.required == layer {
          found.append(
            value.origin.error(
              "`\(name)` lacks `\(setting.name)`: \(setting.meaning); state it \(placed)", code: "missing"))
        }
      }
    case .map(_, let element):
      for entry in value.entries { walk(entry.value, element, layer, entry.name, placed, &found) }
    case .at(let lower, let shape):
      walk(value, shape, lower, name, "here", &found)
    case .list(let element, _):
      for item in value.items { walk(item, element, layer, name, placed, &found) }
    case .oneOrMore, .orNone, .text, .whole, .flag, .choice, .choiceOfWhole, .week: return
    }
  }
}
