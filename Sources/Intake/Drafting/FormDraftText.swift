import Basics
import Programme
package import Regions

/// A draft as the text of a form file.
extension FormDraft {
  /// YAML that the form reader reads without an error.
  ///
  /// - Parameter coverage: what an import by the draft makes of the export; nil where that is not known yet.
  package func yaml(name: String, coverage: Coverage? = nil) -> String {
    var lines = [
      "# yaml-language-server: $schema=../../../schemas/form.json",
      "# Drafted by `tandem-region form` from \(FormDraft.comment(name)).",
      "# Look at each `# check:`, and correct the line below it; then run `tandem-import preview`.",
    ]
    func check(_ texts: [String], indent: String = "") {
      for text in texts { lines.append("\(indent)# check: \(FormDraft.comment(text))") }
    }
    check(checks)
    lines.append("kind: \(kind.rawValue)")
    lines.append("format: \(format.rawValue)")
    if let survey { lines.append("survey: \(FormDraft.scalar(survey))") }
    if let rowPath { lines.append("rows: \(FormDraft.scalar(rowPath))") }
    if format == .csv, let encoding = wishes.encoding {
      lines.append("encoding: \(FormDraft.scalar(encoding.rawValue))")
    }
    if format == .csv, let delimiter = wishes.delimiter {
      let text = delimiter == 0x09 ? "tab" : String(Character(UnicodeScalar(delimiter)))
      lines.append("delimiter: \(FormDraft.scalar(text))")
    }
    if let headingRows { lines.append("heading-rows: \(headingRows)") }
    if let slices {
      lines.append("# check: only the slice that ends 9999-12-31 counts")
      var parts = ["path: \(FormDraft.scalar(slices.path))", "end: end_date"]
      if slices.hasStart { parts.append("start: start_date") }
      lines.append("slices: {\(parts.joined(separator: ", "))}")
    }
    if let dateOrder {
      lines.append("# \(FormDraft.comment(dateOrder.why))")
      lines.append("date-order: \(dateOrder.order.rawValue)")
    }
    for (word, conditions) in [("only", only), ("except", except)] where !conditions.isEmpty {
      lines.append(
        "# \(word == "only" ? "Rows that count" : "Rows that do not"): "
          + Phrases.list(conditions.map(\.why)) + ".")
      lines.append("\(word): {" + conditions.map(FormDraft.text).joined(separator: ", ") + "}")
    }
    if fields.isEmpty {
      lines.append("fields: {}")
    } else {
      lines.append("fields:")
      for field in fields {
        check(field.checks, indent: "  ")
        lines.append("  \(field.isIdle ? "# " : "")\(field.name): \(FormDraft.text(field))")
      }
    }
    if !roles.isEmpty {
      check(roleChecks)
      lines.append("roles:")
      for (word, role) in roles { lines.append("  \(FormDraft.scalar(word)): \(role.rawValue)") }
    }
    if kind == .survey {
      lines.append("questions:")
      for question in questions {
        check(question.checks, indent: "  ")
        lines.append("  \(FormDraft.scalar(question.name)): \(FormDraft.text(question))")
      }
    }
    lines += coverage?.lines ?? []
    return lines.map { $0 + "\n" }.joined()
  }

  /// A text in one line of comment.
  static func comment(_ text: String) -> String {
    String(Quoted.short(FormDraft.printable(text), 400))
  }

  /// Without the characters that YAML and people cannot see; headings are found without them.
  static func printable(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where scalar != "\n" && scalar != "\t", .format, .lineSeparator, .paragraphSeparator,
        .privateUse,
        .surrogate, .unassigned:
        continue
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  private static func scalar(_ text: String) -> String { EffectiveText.scalar(printable(text)) }

  private static func list(_ texts: [String]) -> String {
    "[" + texts.map(scalar).joined(separator: ", ") + "]"
  }

  private static func map(_ entries: [(String, String)]) -> String {
    var seen: Set<String> = []
    return "{"
      + entries.map { (scalar($0), scalar($1)) }.filter { seen.insert($0.0).inserted }
      .map { "\($0): \($1)" }.joined(separator: ", ") + "}"
  }

  private static func text(_ field: Field) -> String {
    var parts: [String] = []
    if !field.columns.isEmpty { parts.append("columns: " + list(field.columns)) }
    if !field.separators.isEmpty { parts.append("separators: " + list(field.separators)) }
    if field.required { parts.append("required: true") }
    if !field.choices.isEmpty {
      parts.append("choices: " + map(field.choices.map { ($0.heading, $0.choice) }))
    }
    if !field.ticked.isEmpty { parts.append("ticked: " + list(field.ticked)) }
    if !field.values.isEmpty { parts.append("values: " + map(field.values.map { ($0.word, $0.meaning) })) }
    return "{" + parts.joined(separator: ", ") + "}"
  }

  private static func text(_ question: Question) -> String {
    var parts = ["kind: \(question.kind.rawValue)", "columns: \(list([question.column]))"]
    if let points = question.points { parts.append("points: \(points)") }
    if !question.choices.isEmpty { parts.append("choices: " + list(question.choices)) }
    return "{" + parts.joined(separator: ", ") + "}"
  }

  private static func text(_ condition: Condition) -> String {
    "\(scalar(condition.column)): " + (condition.words.isEmpty ? "any" : list(condition.words))
  }
}

extension FormDraft {
  /// What an import by the draft makes of the export it was drafted from.
  package struct Coverage {
    fileprivate var lines: [String] = []
    /// The rows that the form's own reading rejects, whoever the people are.
    package private(set) var rejected = 0

    /// - Parameters:
    ///   - form: the draft as the form reader read it.
    ///   - source: the export, again.
    package init(of draft: FormDraft, as form: Form, over source: ByteSource, region: Region) throws {
      var region = region
      region.forms = [form]
      var faults: [String] = []
      var rejected = 0
      let preview = try ImportPreview([source], regions: [region], wishes: draft.wishes) { diagnostic in
        // Whose record it is shows only beside the master data.
        guard diagnostic.severity != .note, diagnostic.code != "no-staff-record" else { return }
        if diagnostic.severity == .error { rejected += 1 }
        faults.append(diagnostic.message)
      }
      self.rejected = rejected
      lines.append("")
      guard let file = preview.files.first, file.form != nil else {
        lines.append("# The export cannot be read by this draft yet:")
        lines += faults.prefix(6).map { "#   " + FormDraft.comment($0) }
        return
      }
      lines.append("# Of \(counted(file.rowCount ?? 0, "row")), so many have a value:")
      let names =
        draft.fields.map { (label: $0.name, key: $0.name) }
        + form.questions.map { (label: $0.name, key: RowWatch.key($0)) }
      let width = names.map(\.label.count).max() ?? 0
      for name in names {
        let count = file.filled[name.key] ?? 0
        let pad = String(repeating: " ", count: max(0, width - name.label.count))
        lines.append("#   \(name.label)\(pad)  \(count)\(count == 0 ? "  (none)" : "")")
      }
      if !draft.unused.isEmpty {
        lines.append("# Columns that no field uses, with their cells and the first value:")
        for one in draft.unused.prefix(40) {
          lines.append(
            "#   \(FormDraft.comment(one.heading)): \(one.filled), \(FormDraft.comment(Quoted.word(one.sample)))"
          )
        }
        if draft.unused.count > 40 { lines.append("#   and \(draft.unused.count - 40) more") }
      }
      if !faults.isEmpty {
        lines.append("# What an import says:")
        lines += faults.prefix(8).map { "#   " + FormDraft.comment($0) }
      }
    }
  }
}
