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
    /// Keys of the words that are a tick; empty: what means yes in any export.
    package var ticked: Set<String> = []

    var isBound: Bool { !columns.isEmpty || !choices.isEmpty }
  }

  package let form: Form
  package let fields: [String: Place]
  package let questions: [Place]
  /// How many of the file's columns the form knows: the measure of a fit.
  var boundColumns: Int
  /// Columns that a field, a question or a condition uses.
  let columns: Set<Int>
  /// Which rows count.
  let conditions: RowConditions
  /// How the dates of the `timestamp` column are read.
  var dates = DateColumn.Decision()
  /// Headings of single choices that the file lacks, each with its field.
  let missingChoices: [(field: String, heading: String)]
  /// Fields with two columns of one heading, the first of them.
  package private(set) var fault: IntakeError?

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
    self.fault = fault
  }

  /// Lays the form over the element paths of an XML file, each path a column in the order of `paths`.
  ///
  /// - Parameter present: those that the beginning of the document has; conditions on others leave nothing out.
  package init(_ form: Form, paths: [String], present: [String]? = nil) throws(IntakeError) {
    let index = Dictionary(paths.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    try self.init(
      form, place: { names, _ in Place(columns: names.compactMap { index[Form.elementPath($0)] }) },
      present: present.map { Set($0.compactMap { index[$0] }) }, untitled: [])
  }

  private init(
    _ form: Form, place: ([String], String) -> Place, present: Set<Int>? = nil, untitled: [Int]
  ) throws(IntakeError) {
    self.form = form
    var fields: [String: Place] = [:]
    var columns: Set<Int> = []
    var missingChoices: [(field: String, heading: String)] = []
    for name in form.fields.keys.sorted(by: { $0.precedesByBytes($1) }) {
      guard let field = form.fields[name] else { continue }
      var found = place(field.columns, name)
      for (heading, choice) in field.choices.sorted(by: { $0.key.precedesByBytes($1.key) }) {
        let columns = place([heading], name).columns
        if columns.isEmpty { missingChoices.append((name, heading)) }
        for column in columns { found.choices[column] = choice }
        found.columns.removeAll { columns.contains($0) }
      }
      found.ticked = Set(field.ticked.map { WordKey($0).strict })
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
    conditions = RowConditions(form) { name in
      let columns =
        form.fields[name] == nil
        ? place([name], name).columns : fields[name].map { $0.columns + $0.choices.keys.sorted() } ?? []
      return columns.filter { present?.contains($0) ?? true }
    }
    self.columns = columns.union(conditions.columns)
    boundColumns = self.columns.count
    self.missingChoices = missingChoices
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

  /// What a kind of form cannot do without: of each group one field.
  static func needed(_ form: Form) -> [[String]] {
    switch form.kind {
    case .staff: [["employeeNumber"], ["name", "familyName"]]
    case .questionnaire: [["email", "employeeNumber"], ["role"]]
    case .profiles: [["email", "employeeNumber"]]
    case .keywords: [["email", "employeeNumber"], ["keywords"]]
    case .survey: []
    }
  }
}
