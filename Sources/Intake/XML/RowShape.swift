/// How the rows of an XML document are found: the path of the row's element and the paths of its fields.
///
/// A path is made of element names with `/` between them, matched by local name whatever the namespace; `*` is
/// any element. A field's path is relative to the row; it may end in `@name` for an attribute, and `.` is the
/// row element's own text. A step may carry conditions on what the element holds, all of which must be met:
///
///     document/responses/rows/row
///     employment_information/job_information[end_date=9999-12-31]/department
///     job_information[start_date<=2026-10-05][end_date>=2026-10-05]/location
///     link[@rel=alternate]/@href
///
/// Values are compared as texts, which orders ISO dates. An element that repeats gives a column several values.
package struct RowShape: Equatable, Sendable {
  /// The paths as they were given; a field's place among them is its column.
  package let row: String
  package let fields: [String]
  let rowSteps: [ElementPath.Step]
  let fieldPaths: [ElementPath]

  package init(row: String, fields: [String]) throws(IntakeError) {
    self.row = row
    self.fields = fields
    let path = try ElementPath(row)
    // A condition can be judged for the row itself, not for what is around many rows.
    guard path.attribute == nil, !path.steps.isEmpty,
      path.steps.dropLast().allSatisfy({ $0.conditions.isEmpty })
    else { throw .badPath(row) }
    rowSteps = path.steps
    var paths: [ElementPath] = []
    for field in fields { paths.append(try ElementPath(field)) }
    fieldPaths = paths
  }

  /// The name of the element in LimeSurvey's XML for a column's code: `282267X9X100` is `_282267X9X100`, and
  /// `#` is written `-`, since a name may not begin with a digit nor hold a `#`.
  package static func limeSurveyElement(_ code: String) -> String {
    let name = String(code.map { $0 == "#" ? "-" : $0 })
    return name.first?.isNumber == true ? "_" + name : name
  }
}

/// One path of a `RowShape`, taken apart.
package struct ElementPath: Equatable, Sendable {
  struct Step: Equatable, Sendable {
    /// nil for `*`.
    var name: String?
    var conditions: [Condition] = []
  }

  struct Condition: Equatable, Sendable {
    enum Comparison: String, Sendable {
      case equal = "="
      case notBefore = ">="
      case notAfter = "<="
      case unequal = "!="
    }
    /// A child element, or an attribute when it begins with `@`.
    var name: String
    var comparison: Comparison
    var value: String
  }

  var steps: [Step]
  var attribute: String?

  package init(_ text: String) throws(IntakeError) {
    steps = []
    var rest = Substring(text)
    if rest == "." { return }
    if rest.hasPrefix("/") { rest.removeFirst() }
    while true {
      if attribute != nil { throw .badPath(text) }
      let end = Self.endOfStep(rest)
      let step = rest[..<end]
      if step.hasPrefix("@"), step.count > 1 {
        attribute = String(step.dropFirst())
      } else {
        guard let parsed = Self.step(step) else { throw .badPath(text) }
        steps.append(parsed)
      }
      if end == rest.endIndex { return }
      rest = rest[rest.index(after: end)...]
    }
  }

  /// The first `/` that is not within brackets.
  private static func endOfStep(_ text: Substring) -> Substring.Index {
    var isBracketed = false
    for index in text.indices {
      switch text[index] {
      case "[": isBracketed = true
      case "]": isBracketed = false
      case "/" where !isBracketed: return index
      default: break
      }
    }
    return text.endIndex
  }

  private static func step(_ text: Substring) -> Step? {
    let parts = text.split(separator: "[", omittingEmptySubsequences: false)
    guard var name = parts.first.map(String.init), !name.isEmpty, !name.contains("]") else { return nil }
    // A prefix is only somebody's abbreviation of a namespace.
    if let colon = name.lastIndex(of: ":") { name = String(name[name.index(after: colon)...]) }
    guard !name.isEmpty, !name.contains("@") else { return nil }
    var step = Step(name: name == "*" ? nil : name)
    for part in parts.dropFirst() {
      guard part.hasSuffix("]") else { return nil }
      let inner = part.dropLast()
      for comparison in [Condition.Comparison.notBefore, .notAfter, .unequal, .equal] {
        guard let range = inner.firstRange(of: comparison.rawValue) else { continue }
        let name = inner[..<range.lowerBound]
        guard !name.isEmpty, name != "@" else { return nil }
        step.conditions.append(
          Condition(name: String(name), comparison: comparison, value: String(inner[range.upperBound...])))
        break
      }
      if step.conditions.isEmpty { return nil }
    }
    guard step.conditions.count == parts.count - 1 else { return nil }
    return step
  }
}
