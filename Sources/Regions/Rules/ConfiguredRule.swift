import Basics
package import Programme

/// A rule that a region adds by configuration (`forbid: {same: costCentre}`, `require: {level-gap: ">= 2"}`). It binds the
/// pairs in which one is of that region.
package struct ConfiguredRule: Rule {
  package enum Fact: Hashable, Sendable {
    case text(String)
    case number(Int)
    case words([String])
    case missing
  }

  private let test: ExtraRule.Test
  /// Not where another region added it: its people's facts are read all the same.
  private let binds: Bool

  package init(_ rule: ExtraRule, _ settings: MatchingSettings) {
    test = rule.test
    binds = settings.extraRules.contains(rule)
  }

  package func fact(of person: Person) -> Fact {
    switch test {
    case .forbidSame(let attribute), .requireSame(let attribute):
      ConfiguredRule.attribute(attribute, of: person).map { .text($0) } ?? .missing
    case .require(let measure, _, _): ConfiguredRule.measure(measure, of: person)
    }
  }

  package func judge(mentor: Fact, mentee: Fact) -> Judgement {
    guard binds else { return .allowed }
    if mentor == .missing || mentee == .missing { return .missing }
    switch test {
    case .forbidSame: return mentor == mentee ? .forbidden : .allowed
    case .requireSame: return mentor == mentee ? .allowed : .forbidden
    case .require(let measure, let comparison, let value):
      let found = ConfiguredRule.value(measure, mentor, mentee)
      return ConfiguredRule.holds(found, comparison, value) ? .allowed : .forbidden
    }
  }

  package func reason(mentor: Person, mentee: Person) -> String {
    let (first, second) = (fact(of: mentor), fact(of: mentee))
    switch test {
    case .forbidSame(let name), .requireSame(let name), .require(let name, _, _):
      guard first != .missing, second != .missing else {
        return "the \(name) of \(first == .missing ? mentor.id : mentee.id) is unknown"
      }
    }
    switch test {
    case .forbidSame(let attribute), .requireSame(let attribute):
      guard case .text(let a) = first, case .text(let b) = second else { return attribute }
      return a == b ? "\(attribute) of both is \(a)" : "\(attribute) is \(a) and \(b)"
    case .require(let measure, let comparison, let value):
      let found = ConfiguredRule.value(measure, first, second)
      return "\(measure) is \(found), \(comparison) \(value) is asked"
    }
  }

  /// Facts of every person that a rule may speak of.
  static let facts: [String: @Sendable (Person) -> String?] = [
    "region": { $0.region }, "site": { $0.site }, "department": { $0.department.joined(separator: "/") },
    "level": { $0.level.map { String($0) } }, "manager": { $0.manager?.text }, "timeZone": { $0.timeZone },
    "role": { $0.role.rawValue },
  ]

  /// A field of the record, else a further attribute; nil where it is empty.
  private static func attribute(_ name: String, of person: Person) -> String? {
    let value = facts[name].map { $0(person) } ?? person.attributes[name]
    return value.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// `level-gap` is a gap of levels, `NAME-gap` one of whole numbers in that attribute.
  private static func measure(_ name: String, of person: Person) -> Fact {
    switch name {
    case "department-distance": return person.department.isEmpty ? .missing : .words(person.department)
    case "shared-interests": return person.interests.isEmpty ? .missing : .words(person.interests)
    default:
      let field = name.hasSuffix("-gap") ? String(name.dropLast(4)) : name
      let number = field == "level" ? person.level : attribute(field, of: person).flatMap { Int($0) }
      return number.map { .number($0) } ?? .missing
    }
  }

  /// Of a measure `NAME-gap` the mentee's less the mentor's; of any other number the lesser of both.
  private static func value(_ measure: String, _ mentor: Fact, _ mentee: Fact) -> Int {
    switch (mentor, mentee) {
    case (.words(let a), .words(let b)) where measure == "department-distance":
      a.count + b.count - 2 * zip(a, b).prefix { $0 == $1 }.count
    case (.words(let a), .words(let b)): Set(a).intersection(b).count
    case (.number(let a), .number(let b)): measure.hasSuffix("-gap") ? gap(a, b) : min(a, b)
    default: 0
    }
  }

  private static func gap(_ mentor: Int, _ mentee: Int) -> Int {
    let (gap, overflow) = mentee.subtractingReportingOverflow(mentor)
    return overflow ? (mentee > mentor ? Int.max : Int.min) : gap
  }

  private static func holds(_ a: Int, _ comparison: String, _ b: Int) -> Bool {
    switch comparison {
    case ">=": a >= b
    case "<=": a <= b
    case "==": a == b
    case "!=": a != b
    case ">": a > b
    case "<": a < b
    default: false
    }
  }
}

/// A rule by configuration: on an attribute (`department`, `site`, `costCentre` …) or a measure (`level-gap`).
package struct ExtraRule: Hashable, Sendable {
  package enum Test: Hashable, Sendable {
    /// Forbidden where both have the same value.
    case forbidSame(attribute: String)
    /// Required to have the same value.
    case requireSame(attribute: String)
    /// Required: measure, comparison (`>=`, `<=`, `==`, `!=`, `>`, `<`), number.
    case require(measure: String, comparison: String, value: Int)
  }

  package var name: String
  package var test: Test

  static let setting = Setting(
    "rules",
    .map(
      key: .identifier,
      .record([
        Setting(
          "forbid",
          .record([Setting("same", .text(.identifier), "an attribute in which both must differ")]),
          "what rules a pair out"),
        Setting(
          "require",
          .record([
            Setting("same", .text(.identifier), "an attribute in which both must agree"),
            Setting("level-gap", .text(.comparison), "the mentee's level less the mentor's"),
            Setting("department-distance", .text(.comparison), "steps between the departments"),
            Setting("shared-interests", .text(.comparison), "topics in common"),
          ]), "what a pair must have"),
      ])), "rules of one's own, by name")

  /// The tests under one name; several are distinguished by number.
  static func rules(_ entry: Value.Entry) -> [ExtraRule] {
    var tests: [Test] = []
    if let attribute = entry.value[path: ["forbid", "same"]]?.text {
      tests.append(.forbidSame(attribute: attribute))
    }
    for part in entry.value["require"]?.entries ?? [] {
      guard let text = part.value.text else { continue }
      if part.name == "same" {
        tests.append(.requireSame(attribute: text))
      } else if let comparison = Comparison(text) {
        tests.append(
          .require(measure: part.name, comparison: comparison.sign, value: comparison.number))
      }
    }
    guard tests.count > 1 else { return tests.map { ExtraRule(name: entry.name, test: $0) } }
    return tests.enumerated().map { ExtraRule(name: "\(entry.name)-\($0 + 1)", test: $1) }
  }
}
