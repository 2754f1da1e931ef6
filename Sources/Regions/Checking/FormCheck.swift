import Basics
import Programme

/// Forms that name what is not there, or lack what their kind cannot do without.
enum FormCheck {
  static func mistakes(in form: Value, named name: String) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let fields = form["fields"]?.entries ?? []
    var names = Set(fields.map(\.name))
    for field in fields where !FormField.known.contains(field.name) {
      // A fact of one's own is welcome; one that is nearly a known field is a slip.
      guard let nearest = NearestName.of(field.name, among: FormField.names) else { continue }
      names.insert(nearest)
      found.append(
        field.origin.error("unknown field `\(field.name)`; did you mean `\(nearest)`?", code: "unknown-field")
      )
    }
    let isXML = form["format"]?.text == Form.Format.xml.rawValue
    if isXML, form["rows"] == nil {
      found.append(
        form.origin.error(
          "`\(name)` is XML and lacks `rows`: the path of a row's element, `document/responses/rows/row`",
          code: "missing"))
    }
    for setting in isXML ? ["delimiter", "heading-rows", "bare-empty"] : ["rows", "slices"] {
      guard let own = form[setting] else { continue }
      found.append(
        own.origin.error(
          "`\(setting)` means nothing in \(isXML ? "XML" : "CSV"): take it out", code: "contradiction"))
    }
    found += byKind(form, name, names)
    found += questions(form)
    return found
  }

  private static func byKind(_ form: Value, _ name: String, _ names: Set<String>) -> [Diagnostic] {
    guard let kind = form["kind"]?.text.flatMap(Form.Kind.init(rawValue:)) else { return [] }
    func lacks(_ what: String) -> Diagnostic {
      (form["fields"] ?? form).origin.error("the form `\(name)` lacks \(what)", code: "missing")
    }
    var found: [Diagnostic] = []
    switch kind {
    case .staff:
      for field in ["employeeNumber", "site"] where !names.contains(field) {
        found.append(lacks("`fields.\(field)`, without which no person of master data can be placed"))
      }
      if !names.contains("name"), !(names.contains("givenName") && names.contains("familyName")) {
        found.append(lacks("`fields.name`, or `givenName` and `familyName`"))
      }
    case .questionnaire:
      if names.isDisjoint(with: ["email", "employeeNumber"]) {
        found.append(lacks("`fields.email` or `fields.employeeNumber`, which say whose answers they are"))
      }
      if !names.contains("role") { found.append(lacks("`fields.role`, what somebody applies to be")) }
      if names.contains("role"), form["roles"]?.entries.isEmpty ?? true {
        found.append(lacks("`roles`, which of its words mean mentor and mentee"))
      }
    case .survey:
      if form["survey"] == nil { found.append(lacks("`survey`, the survey's name")) }
      if form["questions"]?.entries.isEmpty ?? true { found.append(lacks("`questions`, what was asked")) }
    case .keywords:
      if names.isDisjoint(with: ["email", "employeeNumber"]) {
        found.append(lacks("`fields.email` or `fields.employeeNumber`, which say whose list it is"))
      }
      if !names.contains("keywords") { found.append(lacks("`fields.keywords`, the list")) }
    case .profiles:
      if names.isDisjoint(with: ["email", "employeeNumber"]) {
        found.append(lacks("`fields.email` or `fields.employeeNumber`, which say whose profile it is"))
      }
    }
    if kind != .survey, let questions = form["questions"] {
      found.append(
        questions.origin.error(
          "`questions` belong to a survey: write `kind: survey`, or take them out", code: "contradiction"))
    }
    return found
  }

  private static func questions(_ form: Value) -> [Diagnostic] {
    (form["questions"]?.entries ?? []).compactMap { question in
      let kind = question.value["kind"]?.text.flatMap(Form.Question.Kind.init(rawValue:))
      switch kind {
      case .likert where question.value["points"] == nil:
        return question.value.origin.error("`\(question.name)` lacks `points`: 5 or 7", code: "missing")
      case .choice where question.value["choices"] == nil, .choices where question.value["choices"] == nil:
        return question.value.origin.error(
          "`\(question.name)` lacks `choices`, the answers to choose from", code: "missing")
      default: return nil
      }
    }
  }

  /// Two forms of one survey.
  static func mistakes(between forms: [(name: String, value: Value)]) -> [Diagnostic] {
    var owners: [String: String] = [:]
    var found: [Diagnostic] = []
    for (name, form) in forms {
      guard let survey = form["survey"], let text = survey.text else { continue }
      if let owner = owners[text] {
        found.append(
          survey.origin.error(
            "the survey `\(text)` is already the form `\(owner)`: name this one otherwise",
            code: "duplicate-survey"))
      }
      owners[text] = name
    }
    return found
  }

  /// Facts of one's own that some form fills.
  static func attributes(of forms: [Value]) -> Set<String> {
    Set(forms.flatMap { $0["fields"]?.entries.map(\.name) ?? [] }).subtracting(FormField.known)
  }
}
