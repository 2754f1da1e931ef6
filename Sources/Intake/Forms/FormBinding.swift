import Basics
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

  package let form: Form
  package let fields: [String: Place]
  package let questions: [Place]
  /// How many of the file's columns the form knows: the measure of a fit.
  package let boundColumns: Int
  /// Columns that a field or a question uses.
  let columns: Set<Int>
  /// Fields with two columns of one heading, the first of them.
  package let fault: IntakeError?

  /// Lays the form over the headings of a delimited file. Throws the first field that has no column.
  package init(_ form: Form, headings: Headings) throws(IntakeError) {
    var fault: IntakeError?
    func place(_ names: [String], field: String) -> Place {
      var place = Place()
      for name in names {
        let choices = headings.choices(of: name)
        if choices.isEmpty {
          let found = headings.columns(named: name)
          if found.count > 1, fault == nil {
            fault = .duplicateHeading(field: field, heading: name, columns: found.map { $0 + 1 })
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
  package init(_ form: Form, paths: [String]) throws(IntakeError) {
    let index = Dictionary(paths.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    try self.init(
      form, place: { names, _ in Place(columns: names.compactMap { index[Form.elementPath($0)] }) },
      untitled: [])
  }

  private init(
    _ form: Form, place: ([String], String) -> Place, untitled: [Int]
  ) throws(IntakeError) {
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
        throw .missingHeading(field: name, headings: field.columns, untitled: untitled)
      }
    }
    self.questions = form.questions.map { place($0.columns.isEmpty ? [$0.name] : $0.columns, $0.name) }
    for question in questions {
      columns.formUnion(question.columns)
      columns.formUnion(question.choices.keys)
    }
    self.fields = fields
    boundColumns = columns.count
    self.columns = columns
    fault = nil
    for group in FormBinding.needed(form) where !group.contains(where: { fields[$0] != nil }) {
      let headings = group.flatMap { form.fields[$0]?.columns ?? [] }
      throw .missingHeading(field: group.joined(separator: " or "), headings: headings, untitled: untitled)
    }
    if form.kind == .survey, !questions.contains(where: \.isBound) {
      throw .missingHeading(
        field: "any question",
        headings: form.questions.flatMap { $0.columns.isEmpty ? [$0.name] : $0.columns },
        untitled: untitled)
    }
  }

  private init(_ other: FormBinding, fault: IntakeError?) {
    form = other.form
    fields = other.fields
    questions = other.questions
    boundColumns = other.boundColumns
    columns = other.columns
    self.fault = fault
  }

  /// The same with another measure of its fit.
  init(_ other: FormBinding, boundColumns: Int) {
    form = other.form
    fields = other.fields
    questions = other.questions
    self.boundColumns = boundColumns
    columns = other.columns
    fault = other.fault
  }

  /// What a kind of form cannot do without: of each group one field.
  static func needed(_ form: Form) -> [[String]] {
    switch form.kind {
    case .staff: [["employeeNumber"], ["name", "familyName"]]
    case .questionnaire: [["email", "employeeNumber"], ["role"]]
    case .profiles: [["email", "employeeNumber"]]
    case .survey: []
    }
  }
}
