import Basics
import Programme
import RecordStream
import Regions

@testable import tandem_region

/// The pages of reference, made of what the code itself reads.
enum ReferencePages {
  static let remark = "<!-- Generated from the code by GuideTests (TANDEM_RECORD=1); change it there. -->"

  // MARK: - Records

  static var records: String {
    var lines = [
      "# Reference: records", "", remark, "",
      "Between the tools flow JSON Lines: UTF-8, LF, one object a line, its keys sorted. `record` names the kind. A tool passes on "
        + "every record that it does not consume, unknown kinds included; readers skip keys that they do not know.",
      "",
      "Each kind has a JSON Schema (draft 7): `Config/schemas/records/KIND.json`, or `tandem-region schema --record KIND`.",
      "", "| record | what it is | from |", "| --- | --- | --- |",
    ]
    for description in RecordKinds.descriptions {
      lines.append(
        "| [\(description.kind)](#\(description.kind)) | \(description.meaning) | \(description.place) |")
    }
    lines += ["", "Keys in **bold** are required."]
    for description in RecordKinds.descriptions {
      lines += ["", "## \(description.kind)", "", "\(description.meaning) From \(description.place).", ""]
      lines += ["| key | type | meaning |", "| --- | --- | --- |"]
      if description.isNamed { lines.append("| **`record`** | `\(description.kind)` | the kind |") }
      lines += rows(description.fields, below: "")
      if let others = description.others { lines.append("| any other | text | \(others.meaning) |") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func rows(_ keys: [FieldDescription], below path: String) -> [String] {
    keys.sorted { $0.key.precedesByBytes($1.key) }.flatMap { key -> [String] in
      let name = "`\(path)\(key.key)`"
      let shown = key.presence == .required ? "**\(name)**" : name
      return ["| \(shown) | \(type(key.shape)) | \(key.meaning) |"] + parts(key.shape, below: path + key.key)
    }
  }

  private static func parts(_ shape: FieldShape, below path: String) -> [String] {
    switch shape {
    case .object(let keys): rows(keys, below: path + ".")
    case .list(let element): parts(element, below: path + "[]")
    case .orNull(let inner), .map(let inner): parts(inner, below: path)
    default: []
    }
  }

  private static func type(_ shape: FieldShape) -> String {
    switch shape {
    case .text: "text"
    case .id: "id"
    case .time: "time"
    case .date: "date"
    case .integer: "whole number"
    case .count: "whole number from 0"
    case .number: "number"
    case .flag: "`true` or `false`"
    case .words(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .span: "hours"
    case .list(let element): "list of: \(type(element))"
    case .map(let element): "by name: \(type(element))"
    case .named(let names, let element):
      "by \(names.first ?? "") … \(names.last ?? ""): \(type(element))"
    case .object: "object"
    case .orNull(let inner): "\(type(inner)), or null"
    case .either(let shapes): shapes.map(type).joined(separator: "; or ")
    case .tuple(let parts): "(" + parts.map(type).joined(separator: ", ") + ")"
    }
  }

  // MARK: - Configuration

  /// - Parameter defaults: the programme's own settings, as headquarters ships them.
  static func configuration(defaults: Value) -> String {
    var lines = [
      "# Reference: configuration", "", remark, "",
      "`programme.yaml` (headquarters), `regions/ID/region.yaml`, and in them the parts of a site and of a cohort are layers: the lower "
        + "states only what differs. `tandem-region show ID --why` shows what applies and which line sets it. How to begin a region: "
        + "[For the region's administrator](Administrator.md).", "",
      "The default is what headquarters ships; `–` means that there is none. A setting in **bold** must have a value in its last layer.",
    ]
    lines += ["", "## programme.yaml and region.yaml", ""] + head
    let sections = RegionSchema.settings.map { setting in
      (setting.name, rows([setting], below: "", default: defaults, layers: "all of its part"))
    }
    for (_, rows) in sections where rows.count == 1 { lines += rows }
    for (name, rows) in sections where rows.count > 1 { lines += ["", "### \(name)", ""] + head + rows }
    lines +=
      ["", "## Forms", "", "`regions/ID/forms/NAME.yaml`, and what headquarters ships in `forms/`.", ""]
      + head
    lines += rows(FormSchema.settings, below: "", default: nil, layers: "form")
    lines += ["", "## Topics", "", "`topics.yaml`.", ""] + head
    lines += rows(TopicSchema.settings, below: "", default: nil, layers: "programme")
    lines +=
      [
        "", "## Public holidays", "",
        "`holidays/COUNTRY.yaml`, one of each country; `tandem-region new` makes a region's calendar of it.",
        "",
      ]
      + head
    lines += rows(HolidaySchema.settings, below: "", default: nil, layers: "headquarters")
    lines +=
      ["", "## Texts", "", "`texts/LANGUAGE.yaml`, and a region's own in `regions/ID/texts/`.", ""] + head
    lines += rows(TextSchema.settings, below: "", default: nil, layers: "programme, region")
    return lines.joined(separator: "\n") + "\n"
  }

  private static let head = [
    "| setting | value | default | meaning | stated by |", "| --- | --- | --- | --- | --- |",
  ]

  private static func rows(
    _ settings: [Setting], below path: String, default value: Value?, layers: String, isFlat: Bool = false
  ) -> [String] {
    settings.flatMap { setting -> [String] in
      let own = setting.layers.map { $0.sorted().map(\.rawValue).joined(separator: ", ") } ?? layers
      let (shape, suffix) = opened(setting.shape)
      let inner = isFlat ? [] : parts(of: shape)
      let known = value?[setting.name]
      let isShipped = known?.origin.file.hasSuffix("programme.yaml") == true
      let name = "`\(path)\(setting.name)`"
      let meaning =
        setting.meaning.replacing("|", with: "\\|") + (setting.unit.map { " (\($0))" } ?? "")
        + (setting.mayOnlyRise ? "; may only be raised" : "")
      let shown =
        inner.isEmpty && suffix.isEmpty && isShipped ? known.map { "`\(short($0))`" } ?? "–" : "–"
      let row =
        "| \(setting.required == nil ? name : "**\(name)**") | \(setting.shape.wanted.replacing("|", with: "\\|")) | \(shown) "
        + "| \(meaning) | \(own) |"
      // A site or a cohort states the same sections as its region.
      let listed =
        path.isEmpty && ["sites", "cohorts"].contains(setting.name)
        ? inner.filter { entry in !RegionSchema.settings.contains { $0.name == entry.name } } : inner
      // Many that have the same parts are listed without them, and the parts once.
      var below = rows(
        listed, below: path + setting.name + suffix + ".", default: suffix.isEmpty ? known : nil, layers: own,
        isFlat: isOpen(shape))
      if case .open(_, _, let element) = shape, !isFlat {
        below += rows(
          parts(of: element), below: path + setting.name + suffix + ".NAME.", default: nil, layers: own)
      }
      return [row] + below
    }
  }

  private static func short(_ value: Value) -> String {
    let text = EffectiveText.inline(value)
    return text.count > 60 ? text.prefix(57) + "…" : text
  }

  /// The shape below names of one's own choosing, and how a path says them.
  private static func opened(_ shape: Shape) -> (Shape, String) {
    switch shape {
    case .map(_, let element): (element, ".NAME")
    case .at(_, let inner), .orNone(let inner): opened(inner)
    default: (shape, "")
    }
  }

  private static func isOpen(_ shape: Shape) -> Bool { if case .open = shape { true } else { false } }

  private static func parts(of shape: Shape) -> [Setting] {
    switch shape {
    case .record(let settings), .short(_, _, let settings): settings
    case .open(let settings, _, _): settings
    case .at(_, let inner), .orNone(let inner): parts(of: inner)
    default: []
    }
  }
}
