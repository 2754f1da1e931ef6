import Basics
import Programme
import Regions

/// What became of every column of one file: fields and questions that have one, those that have none, and columns that
/// neither uses.
struct ColumnAccount {
  struct Missing {
    /// The field, or the question.
    var name: String
    /// Where the form looks for it.
    var headings: [String]
    var nearest: String?
    var isQuestion: Bool
    /// Whether another column does as well: one of e-mail address and employee number is enough.
    var isSpare: Bool
  }

  let missing: [Missing]
  /// Headings of the columns that nothing uses, each once.
  let unused: [String]
  private let sought: Int
  /// Columns of which none is there, so that rows that must not count do: drafts, answers that were not sent.
  private let lacking: [String]

  /// - Parameters:
  ///   - isFound: whether the file has a column at that place.
  ///   - unused: headings of the columns that the form does not use.
  init(_ binding: FormBinding, unused: [String], isFound: (FormBinding.Place) -> Bool = { $0.isBound }) {
    var seen: Set<String> = []
    let unused = unused.filter { !$0.isEmpty && seen.insert($0).inserted }
    var missing: [Missing] = []
    let form = binding.form
    var sought = 0
    func note(_ name: String, _ place: FormBinding.Place?, _ headings: [String], isQuestion: Bool) {
      sought += 1
      if let place, isFound(place) { return }
      let others = isQuestion ? [] : FormBinding.needed(form).first { $0.contains(name) } ?? []
      missing.append(
        Missing(
          name: name, headings: headings, nearest: Nearest.nearest(headings, among: unused),
          isQuestion: isQuestion,
          isSpare: others.contains { $0 != name && binding.fields[$0].map(isFound) == true }))
    }
    for name in form.fields.keys.sorted(by: { $0.precedesByBytes($1) }) {
      guard let field = form.fields[name], !field.columns.isEmpty || !field.choices.isEmpty else { continue }
      note(name, binding.fields[name], field.columns, isQuestion: false)
    }
    for (field, heading) in binding.missingChoices where binding.fields[field] != nil {
      note("a choice of \(field)", nil, [heading], isQuestion: false)
    }
    for column in binding.conditions.unbound {
      note(ColumnAccount.condition(column), nil, form.fields[column]?.columns ?? [column], isQuestion: false)
    }
    for (question, place) in zip(form.questions, binding.questions) {
      note(
        question.name, place, question.columns.isEmpty ? [question.name] : question.columns, isQuestion: true)
    }
    lacking = binding.conditions.lacksOnly ? form.only.map(\.column) : []
    self.unused = unused
    self.missing = missing
    self.sought = sought
  }

  /// The consent that the form asks for and the file has no column for, where a column is left over that may hold it: a
  /// "no" in it would be lost, so that nothing of the file may be imported.
  ///
  /// Such a column has a heading near to that of the consent or with all of its words, or nothing but yes and no below it.
  ///
  /// - Parameter flags: headings of the columns whose values all say yes or no.
  func lostConsent(flags: Set<String> = []) -> IntakeError? {
    guard let consent = missing.first(where: { $0.name == "consent" && !$0.isQuestion }) else { return nil }
    let holder =
      consent.nearest
      ?? unused.first { heading in
        flags.contains(heading)
          || consent.headings.contains { ColumnAccount.words($0).isSubset(of: ColumnAccount.words(heading)) }
      }
    return holder.map { .missingConsent(headings: consent.headings, holder: $0) }
  }

  private static func words(_ text: String) -> Set<String> {
    Set(text.split { !$0.isLetter && !$0.isNumber }.map { WordKey($0).loose })
  }

  private static func condition(_ column: String) -> String { "the condition on \(column)" }

  /// Warnings for what has no column, and a note of what is not used.
  func diagnostics(form: String, of regions: [String], file: String) -> [Diagnostic] {
    let place = "form \(form) of \(Phrases.list(regions))"
    var found: [Diagnostic] = []
    func warn(
      _ text: String, _ severity: Diagnostic.Severity = .warning, code: String = "missing-column"
    ) {
      found.append(Diagnostic(severity, text, file: file, code: code))
    }
    for one in missing where one.isQuestion {
      let nearest = one.nearest.map { " (nearest unused heading \(Quoted.heading($0)))" } ?? ""
      warn(
        "no column for the question \(one.name): it counts as not asked\(nearest)", code: "missing-question")
    }
    for one in missing where !one.isQuestion && !one.isSpare {
      guard let nearest = one.nearest else { continue }
      warn(
        "\(place): no column for \(one.name) (\(one.headings.map(Quoted.heading).joined(separator: ", "))); the nearest "
          + "unused heading is \(Quoted.heading(nearest)): name it in the form, or correct it in the file")
    }
    let conditions = lacking.map(ColumnAccount.condition)
    let rest = missing.filter { !$0.isQuestion && !$0.isSpare && $0.nearest == nil }.map(\.name)
      .filter { !conditions.contains($0) }
    if !lacking.isEmpty {
      warn(
        "\(place): no column for \(Phrases.list(conditions)): rows that are not to count are read too; name the column in "
          + "the form's `only`")
    }
    // Shipped forms name more than most files have; but a questionnaire is made for the wishes in it.
    let wanted = rest.filter { ["learn", "teach"].contains($0) }
    for (names, severity) in [
      (wanted, Diagnostic.Severity.warning), (rest.filter { !wanted.contains($0) }, .note),
    ]
    where !names.isEmpty {
      warn("\(place): no column for \(Phrases.list(names)), and no similar heading: left empty", severity)
    }
    if !unused.isEmpty {
      let some = unused.prefix(6).map(Quoted.heading).joined(separator: ", ")
      warn(
        "\(sought - missing.count) of \(counted(sought, "field")) found; "
          + "\(counted(unused.count, "column is", "columns are")) not used: \(some)\(unused.count > 6 ? ", …" : "")",
        .note, code: "unused-columns")
    }
    return found
  }
}
