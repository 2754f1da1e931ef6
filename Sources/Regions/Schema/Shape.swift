/// What a setting's value may be. One description, from which files are read, checked and explained, and from
/// which the JSON Schemas are made.
package indirect enum Shape: Sendable {
  case text(Text)
  case whole(ClosedRange<Int>)
  case flag
  case choice([String])
  case choiceOfWhole([Int])
  /// The shape, or the word `none`.
  case orNone(Shape)
  /// In the order written; at least so many.
  case list(Shape, least: Int)
  /// A list, or its only value by itself.
  case oneOrMore(Shape)
  /// Names of one's own choosing, each with a value.
  case map(key: Text, Shape)
  /// Known settings.
  case record([Setting])
  /// Known settings, and names of one's own choosing beside them, each with a value.
  case open([Setting], key: Text, Shape)
  /// The value by itself, which stands for the record with that one setting; or the record.
  case short(Shape, named: String, [Setting])
  /// What a lower layer states.
  case at(Setting.Layer, Shape)
  /// Days (`friday`, `monday-friday`), each with its hours, several spans, or `none`.
  case week

  /// Texts by what they mean.
  package enum Text: Hashable, Sendable {
    /// One line, not empty.
    case line
    /// Any text.
    case prose
    /// Letters, digits, `-`, `_` and `.`: an id.
    case identifier
    case email
    /// `https://…`
    case link
    /// IANA name.
    case timeZone
    /// ISO 3166-1 alpha-2.
    case country
    /// BCP 47: language, script, region.
    case language
    /// `2026-10-05`
    case date
    /// `12-24`, of every year, or `2026-12-24`
    case yearDay
    /// `17:00`
    case clock
    /// `12:00-13:00`
    case span
    /// A file of the region's folder, with this ending.
    case path(String)
    /// `>= 2`
    case comparison
    /// `matching.weights.taught`
    case settingPath
    /// One character, or `tab`.
    case delimiter
    /// `document/responses/rows/row`
    case elementPath
    case encoding
    /// `first monday of may`
    case holidayDay
    /// `friday`, or `monday-friday`
    case weekdays
  }
}

/// One setting: where its name, its meaning, its unit and its bounds are.
package struct Setting: Sendable {
  /// Who may state it.
  package enum Layer: String, CaseIterable, Comparable, Hashable, Sendable {
    case programme, region, site, cohort

    package static func < (a: Layer, b: Layer) -> Bool {
      (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
    }

    /// `in programme.yaml`, for messages.
    package var placed: String {
      switch self {
      case .programme: "in programme.yaml"
      case .region: "in region.yaml"
      case .site: "at a site"
      case .cohort: "at a cohort"
      }
    }
  }

  package let name: String
  package let shape: Shape
  package let unit: String?
  /// What it means: one sentence without a full stop.
  package let meaning: String
  /// Who may state it; nil: whoever may state what it is part of.
  package let layers: Set<Layer>?
  /// The lowest layer at which it must be known; nil: it may be left out everywhere.
  package let required: Layer?
  /// A lower layer may raise it, never lower it.
  package let mayOnlyRise: Bool

  init(
    _ name: String, _ shape: Shape, _ meaning: String, unit: String? = nil, in layers: Set<Layer>? = nil,
    required: Layer? = nil, mayOnlyRise: Bool = false
  ) {
    self.name = name
    self.shape = shape
    self.unit = unit
    self.meaning = meaning
    self.layers = layers
    self.required = required
    self.mayOnlyRise = mayOnlyRise
  }
}

extension [Setting] {
  package subscript(named name: String) -> Setting? { first { $0.name == name } }

  /// What may be in the file, or part of a file, of a layer.
  package func allowed(in layer: Setting.Layer) -> [Setting] {
    filter { $0.layers?.contains(layer) ?? true }
  }
}
