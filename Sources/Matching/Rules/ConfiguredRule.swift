package import Programme
package import Regions

/// A rule that a region adds by configuration (`forbid: {same: costCentre}`, `require: {level-gap: ">= 2"}`). It binds the
/// pairs in which one is of that region.
package struct ConfiguredRule: Rule {
  package enum Fact: Hashable, Sendable {
    case text(String?)
    case number(Int?)
  }

  private let rule: ExtraRule
  package var name: String { rule.name }

  package init(_ rule: ExtraRule) { self.rule = rule }

  package func fact(of person: Person, under settings: MatchingSettings) -> Fact {
    switch rule.test {
    case .forbidSame(let attribute), .requireSame(let attribute):
      .text(ConfiguredRule.attribute(attribute, of: person))
    case .require(let measure, _, _): .number(ConfiguredRule.measure(measure, of: person))
    }
  }

  package func judge(mentor: Fact, mentee: Fact, under settings: MatchingSettings) -> Judgement {
    guard settings.extraRules.contains(rule) else { return .allowed }
    switch (rule.test, mentor, mentee) {
    case (.forbidSame, .text(let a?), .text(let b?)): return a == b ? .forbidden : .allowed
    case (.requireSame, .text(let a?), .text(let b?)): return a == b ? .allowed : .forbidden
    case (.require(let measure, let comparison, let value), .number(let a?), .number(let b?)):
      let gap = ConfiguredRule.gap(measure, mentor: a, mentee: b)
      return ConfiguredRule.holds(gap, comparison, value) ? .allowed : .forbidden
    default: return .missing
    }
  }

  package func reason(mentor: Person, mentee: Person, under settings: MatchingSettings) -> String {
    switch rule.test {
    case .forbidSame(let attribute), .requireSame(let attribute):
      let values = [mentor, mentee].map { ConfiguredRule.attribute(attribute, of: $0) }
      guard let a = values[0], let b = values[1] else {
        return "the \(attribute) of \(values[0] == nil ? mentor.id : mentee.id) is unknown"
      }
      return a == b ? "\(attribute) of both is \(a)" : "\(attribute) is \(a) and \(b)"
    case .require(let measure, let comparison, let value):
      let values = [mentor, mentee].map { ConfiguredRule.measure(measure, of: $0) }
      guard let a = values[0], let b = values[1] else {
        return "the \(measure) of \(values[0] == nil ? mentor.id : mentee.id) is unknown"
      }
      let gap = ConfiguredRule.gap(measure, mentor: a, mentee: b)
      return "\(measure) is \(gap), \(comparison) \(value) is asked"
    }
  }

  /// A field of the record, else a further attribute; nil where it is empty.
  private static func attribute(_ name: String, of person: Person) -> String? {
    let value: String? =
      switch name {
      case "region": person.region
      case "site": person.site
      case "department": person.department.joined(separator: "/")
      case "level": person.level.map { String($0) }
      case "manager": person.manager?.text
      case "timeZone": person.timeZone
      case "role": person.role.rawValue
      default: person.attributes[name]
      }
    return value.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// `level-gap` is a gap of levels, `NAME-gap` one of whole numbers in that attribute.
  private static func measure(_ name: String, of person: Person) -> Int? {
    let field = name.hasSuffix("-gap") ? String(name.dropLast(4)) : name
    return field == "level" ? person.level : attribute(field, of: person).flatMap { Int($0) }
  }

  /// Of a measure `NAME-gap` the mentee's less the mentor's; of any other the lesser of both.
  private static func gap(_ measure: String, mentor: Int, mentee: Int) -> Int {
    guard measure.hasSuffix("-gap") else { return min(mentor, mentee) }
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
