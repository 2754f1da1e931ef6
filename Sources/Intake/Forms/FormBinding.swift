import Programme
package import Regions

/// A form laid over one file: the columns in which each of its fields and questions stands.
package struct FormBinding: Sendable {
  /// Where one field stands in the file.
  package struct Place: Sendable, Hashable {
    /// Columns from 0, in the form's order; the first that is not empty counts.
    package var columns: [Int] = []
    /// Columns of a multiple choice, and the choice of each.
    package var choices: [Int: String] = [:]

    var isBound: Bool { !columns.isEmpty || !choices.isEmpty }
  }

  /// Why a form does not fit a file.
  package enum Misfit: Error, Hashable, Sendable {
    /// No column for a field that the form needs; its headings, and the columns without any heading.
    case missing(field: String, headings: [String], untitled: [Int])
    /// Two columns of one heading, from 1: which of them is meant cannot be known.
    case duplicate(field: String, heading: String, columns: [Int])

    package var code: String {
      switch self {
      case .missing(_, _, let untitled): untitled.isEmpty ? "missing-heading" : "empty-heading"
      case .duplicate: "duplicate-heading"
      }
    }

    package var message: String {
      switch self {
      case .missing(let field, let headings, let untitled):
        let wanted = headings.map { "'\($0)'" }.joined(separator: " or ")
        let hint =
          untitled.isEmpty
          ? ""
          : " (\(untitled.count == 1 ? "column" : "columns") \(Phrases.list(untitled)) without a heading)"
        return "no heading \(wanted) for \(field)\(hint): give the column its heading, or name it in the form"
      case .duplicate(let field, let heading, let columns):
        return "the heading '\(heading)' for \(field) stands \(columns.count) times (columns "
          + "\(Phrases.list(columns))): rename those that are not meant"
      }
    }
  }

  package let form: Form
  package let fields: [String: Place]
  package let questions: [Place]
  /// How many of the file's columns the form knows: the measure of a fit.
  package let boundColumns: Int
  /// Fields with two columns of one heading, the first of them.
  package let fault: Misfit?

  /// Lays the form over the headings of a delimited file. Throws the first field that has no column.
  package init(_ form: Form, headings: Headings) throws(Misfit) {
    var fault: Misfit?
    func place(_ names: [String], field: String) -> Place {
      var place = Place()
      for name in names {
        let choices = headings.choices(of: name)
        if choices.isEmpty {
          let found = headings.columns(named: name)
          if found.count > 1, fault == nil {
            fault = .duplicate(field: field, heading: name, columns: found.map { $0 + 1 })
          }
          for column in found where !place.columns.contains(column) { place.columns.append(column) }
        } else {
          for (column, choice) in choices { place.choices[column] = choice }
          // SurveyMonkey gives a single answer the same heading twice over: the question's own column stays plain.
          for column in headings.columns(named: name) where place.choices[column] == nil {
            place.columns.append(column)
          }
        }
      }
      return place
    }
    try self.init(form, place: place, untitled: headings.untitled)
    // The closure ran inside the designated initialiser: the fault is known only now.
    self = FormBinding(self, fault: fault)
  }

  /// Lays the form over the element paths of an XML file, each path a column in the order of `paths`.
  package init(_ form: Form, paths: [String]) throws(Misfit) {
    let index = Dictionary(paths.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    try self.init(
      form, place: { names, _ in Place(columns: names.compactMap { index[Form.elementPath($0)] }) },
      untitled: [])
  }

  private init(
    _ form: Form, place: ([String], String) -> Place, untitled: [Int]
  ) throws(Misfit) {
    self.form = form
    var fields: [String: Place] = [:]
    var columns: Set<Int> = []
    for name in form.fields.keys.sorted(by: { $0.precedesByBytes($1) }) {
      guard let field = form.fields[name] else { continue }
      let found = place(field.columns, name)
      if found.isBound {
        fields[name] = found
        columns.formUnion(found.columns)
        columns.formUnion(found.choices.keys)
      } else if field.required {
        throw .missing(field: name, headings: field.columns, untitled: untitled)
      }
    }
    self.questions = form.questions.map { place($0.columns.isEmpty ? [$0.name] : $0.columns, $0.name) }
    for question in questions {
      columns.formUnion(question.columns)
      columns.formUnion(question.choices.keys)
    }
    self.fields = fields
    boundColumns = columns.count
    fault = nil
    for group in FormBinding.needed(form) where !group.contains(where: { fields[$0] != nil }) {
      let headings = group.flatMap { form.fields[$0]?.columns ?? [] }
      throw .missing(field: group.joined(separator: " or "), headings: headings, untitled: untitled)
    }
    if form.kind == .survey, !questions.contains(where: \.isBound) {
      throw .missing(
        field: "any question",
        headings: form.questions.flatMap { $0.columns.isEmpty ? [$0.name] : $0.columns },
        untitled: untitled)
    }
  }

  private init(_ other: FormBinding, fault: Misfit?) {
    form = other.form
    fields = other.fields
    questions = other.questions
    boundColumns = other.boundColumns
    self.fault = fault
  }

  /// The same with another measure of its fit.
  init(_ other: FormBinding, boundColumns: Int) {
    form = other.form
    fields = other.fields
    questions = other.questions
    self.boundColumns = boundColumns
    fault = other.fault
  }

  /// What a kind of form cannot do without: of each group one field.
  private static func needed(_ form: Form) -> [[String]] {
    switch form.kind {
    case .staff: [["employeeNumber"], ["name", "familyName"]]
    case .questionnaire: [["email", "employeeNumber"], ["role"]]
    case .profiles: [["email", "employeeNumber"]]
    case .survey: []
    }
  }
}

/// Small pieces of English for messages.
enum Phrases {
  /// `1, 2 and 5`
  static func list(_ items: some Sequence<some CustomStringConvertible>) -> String {
    let texts = items.map(\.description)
    guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
    return texts.dropLast().joined(separator: ", ") + " and " + last
  }

  /// `1 row`, `2 rows`
  static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
  }
}
