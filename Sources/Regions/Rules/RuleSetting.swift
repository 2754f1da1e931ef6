/// A setting of a rule, with the type of its value: `Int`, `Int?`, which may be `none`, or `Bool`.
package struct RuleSetting<Value>: Sendable {
  /// Below `matching`: `level-gap`, `capacity.mentor`.
  let path: String
  let declared: Setting

  private init(_ path: String, _ shape: Shape, _ meaning: String, _ unit: String?) {
    self.path = path
    declared = Setting(
      path.split(separator: ".").last.map(String.init) ?? path, shape, meaning, unit: unit,
      required: .programme)
  }
}

extension RuleSetting<Int> {
  init(_ path: String, _ range: ClosedRange<Int>, _ meaning: String, unit: String) {
    self.init(path, .whole(range), meaning, unit)
  }
}

extension RuleSetting<Int?> {
  init(_ path: String, _ range: ClosedRange<Int>, _ meaning: String, unit: String) {
    self.init(path, .orNone(.whole(range)), meaning, unit)
  }
}

extension RuleSetting<Bool> {
  init(_ path: String, _ meaning: String) { self.init(path, .flag, meaning, nil) }
}

extension MatchingSettings {
  package subscript(_ setting: RuleSetting<Int>) -> Int {
    get { if case .whole(let number) = rules[setting.path] { number } else { 0 } }
    set { rules[setting.path] = .whole(newValue) }
  }

  package subscript(_ setting: RuleSetting<Int?>) -> Int? {
    get { if case .whole(let number) = rules[setting.path] { number } else { nil } }
    set { rules[setting.path] = newValue.map { Value.Content.whole($0) } ?? Value.Content.none }
  }

  package subscript(_ setting: RuleSetting<Bool>) -> Bool {
    get { rules[setting.path] == .flag(true) }
    set { rules[setting.path] = .flag(newValue) }
  }

  /// The same settings, changed.
  func with(_ change: (inout MatchingSettings) -> Void) -> MatchingSettings {
    var settings = self
    change(&settings)
    return settings
  }
}
