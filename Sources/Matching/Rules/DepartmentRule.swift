package import Programme
package import Regions

/// The departments differ within the first steps of their paths.
///
/// Where one path ends before it differs, its person stands above the other's department: that is one department.
package struct DepartmentRule: Rule {
  package let name = RuleName.department.rawValue

  package init() {}

  package func fact(of person: Person, under settings: MatchingSettings) -> [String] { person.department }

  package func judge(mentor: [String], mentee: [String], under settings: MatchingSettings) -> Judgement {
    guard settings.departmentDepth > 0 else { return .allowed }
    if mentor.isEmpty || mentee.isEmpty { return .missing }
    let a = mentor.prefix(settings.departmentDepth)
    let b = mentee.prefix(settings.departmentDepth)
    return a.starts(with: b) || b.starts(with: a) ? .forbidden : .allowed
  }

  package func reason(mentor: Person, mentee: Person, under settings: MatchingSettings) -> String {
    if let lacking = [mentor, mentee].first(where: { $0.department.isEmpty }) {
      return "the department of \(lacking.id) is unknown"
    }
    let common = zip(mentor.department, mentee.department).prefix(max(0, settings.departmentDepth))
      .prefix { $0 == $1 }.map(\.0)
    return "both in \(common.joined(separator: "/"))"
  }
}
