package import Basics
package import Programme
package import Regions

/// How one file would be read, for people to look at before they import it. One model; a screen and a page show it.
package struct FilePreview: Sendable {
  /// A field or a question of the form, and where its values are.
  package struct Field: Sendable, Hashable {
    package var name: String
    /// Headings with their numbers from 1, or element paths, which have none.
    package var columns: [Column]
    /// Of a multiple choice with a column for each: how many.
    package var choices: Int
    /// The first different values.
    package var samples: [String]
  }

  package struct Column: Sendable, Hashable {
    package var number: Int?
    package var heading: String
    /// The first value.
    package var sample: String?
  }

  /// What the form looks for and the file has no column for.
  package struct Missing: Sendable, Hashable {
    package var name: String
    package var headings: [String]
    package var nearest: String?
  }

  /// What becomes of one row.
  package struct Row: Sendable, Hashable {
    package enum Outcome: Sendable, Hashable {
      case person(Person)
      /// Master data of somebody; whether the person applies is in another file.
      case staff(String)
      case profile(String)
      case response
      /// Not imported, and why.
      case rejected(String)
      /// Does not count, and why.
      case leftOut(String)
    }

    package var number: Int
    package var line: Int
    package var outcome: Outcome
  }

  package let file: String
  /// nil: no form fits, or the file cannot be read; `messages` has the reason.
  package internal(set) var form: String?
  package internal(set) var kind: Form.Kind?
  package internal(set) var regions: [String] = []
  /// `CSV`, `Excel workbook`, `XML`, `triple-s`.
  package internal(set) var format = ""
  package internal(set) var encoding: String?
  var encodingRead: TextEncoding?
  /// `99% sure`; nil where the bytes leave no doubt.
  package internal(set) var judgement: String?
  package internal(set) var delimiter: String?
  package internal(set) var lineEnd: String?
  package internal(set) var sheet: String?
  /// Where the headings are.
  package internal(set) var headings: String?
  /// How dates are read, and the row that proves it.
  package internal(set) var dates: String?
  package internal(set) var fields: [Field] = []
  package internal(set) var unused: [Column] = []
  package internal(set) var missing: [Missing] = []
  package internal(set) var rows: [Row] = []
  /// All rows of the file; nil: no form reads it, and it is too long to count them for a preview.
  package internal(set) var rowCount: Int?
  /// What the import says of the file beside what is shown here.
  package internal(set) var messages: [Diagnostic] = []
  /// Rows in which each field has a value.
  package internal(set) var filled: [String: Int] = [:]

  init(file: String) { self.file = file }
}

extension FilePreview.Row.Outcome {
  /// One line: what the row becomes, and why where it becomes nothing.
  package var text: String {
    switch self {
    case .person(let person):
      var parts = ["person \(person.id)", person.name, person.role.rawValue]
      for (word, topics) in [("learn", person.learn), ("teach", person.teach)] where !topics.isEmpty {
        parts.append("\(word) \(topics.joined(separator: " "))")
      }
      return parts.joined(separator: ", ")
    case .staff(let label): return "master data of \(label)"
    case .profile(let label): return "profile of \(label)"
    case .response: return "response"
    case .rejected(let why): return "rejected: \(why)"
    case .leftOut(let why): return "left out: \(why)"
    }
  }

  package var isGood: Bool {
    switch self {
    case .rejected, .leftOut: false
    default: true
    }
  }
}

extension FilePreview.Column {
  /// `3 Rolle`, or the path of an element.
  package var label: String { (number.map { "\($0) " } ?? "") + heading }
}

extension FilePreview.Field {
  /// Where its values are: one column, or several.
  package var place: String {
    if choices > 0, let first = columns.first, let last = columns.last {
      return "\(counted(choices, "choice")), \(first.label) … \(last.label)"
    }
    return columns.map(\.label).joined(separator: ", ")
  }
}

extension FilePreview {
  /// What is known of the file as a whole, each with its name.
  package var summary: [(name: String, text: String)] {
    var lines: [(String, String)] = []
    if let form {
      let kind = kind?.rawValue ?? ""
      lines.append(("Form", "\(form) of \(Phrases.list(regions))\(kind == form ? "" : " (\(kind))")"))
    } else {
      lines.append(("Form", "none fits; draft one with `tandem-region form`"))
    }
    var format = [format]
    if let encoding { format.append(encoding + (judgement.map { " (\($0))" } ?? "")) }
    if let delimiter { format.append(delimiter) }
    if let lineEnd { format.append(lineEnd) }
    if !self.format.isEmpty { lines.append(("Format", format.joined(separator: ", "))) }
    if let sheet { lines.append(("Sheet", sheet)) }
    if let headings { lines.append(("Headings", headings)) }
    if let dates { lines.append(("Dates", dates)) }
    if let rowCount { lines.append(("Rows", counted(rowCount, "row"))) }
    return lines
  }
}
