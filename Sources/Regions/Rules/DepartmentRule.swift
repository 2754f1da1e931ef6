package import Programme

/// The departments differ within the first steps of their paths.
///
/// Where one path ends before it differs, its person is above the other's department: that is one department.
package struct DepartmentRule: ProgrammeRule {
  package static let name = "department"
  package static let depth = RuleSetting<Int>(
    "department-depth", 0...20, "departments differ within so many steps of their paths; 0: no rule",
    unit: "steps")
  package static let settings = [depth.declared]

  private let depth: Int

  package init(_ settings: MatchingSettings, _ cohort: CohortFacts) { depth = settings[Self.depth] }

  package func fact(of person: Person) -> [String] { person.department }

  package func judge(mentor: [String], mentee: [String]) -> Judgement {
    guard depth > 0 else { return .allowed }
    if mentor.isEmpty || mentee.isEmpty { return .missing }
    let a = mentor.prefix(depth)
    let b = mentee.prefix(depth)
    return a.starts(with: b) || b.starts(with: a) ? .forbidden : .allowed
  }

  package func reason(mentor: Person, mentee: Person) -> String {
    if let lacking = [mentor, mentee].first(where: { $0.department.isEmpty }) {
      return "the department of \(lacking.id) is unknown"
    }
    let common = zip(mentor.department, mentee.department).prefix(max(0, depth))
      .prefix { $0 == $1 }.map(\.0)
    return "both in \(common.joined(separator: "/"))"
  }

  package static func relaxed(_ settings: MatchingSettings) -> MatchingSettings? {
    settings.with { $0[depth] = 0 }
  }
}
