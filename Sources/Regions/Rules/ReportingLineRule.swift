package import Programme

/// Neither is within some steps up the other's chain of managers.
///
/// A chain is known as far as its managers are on the stream; one who did not apply is its last step. Without an own
/// manager's id the fact is missing.
package struct ReportingLineRule: ProgrammeRule {
  package static let name = "reporting-line"
  package static let steps = RuleSetting<Int>(
    "reporting-steps", 0...20,
    "steps up the reporting line of either in which the other may not be; 0: no rule",
    unit: "steps")
  package static let settings = [steps.declared]

  private let steps: Int
  private let managers: [PersonID: PersonID]
  private let led: [PersonID: [PersonID]]

  package init(_ settings: MatchingSettings, _ cohort: CohortFacts) {
    steps = settings[Self.steps]
    (managers, led) = (cohort.managers, cohort.led)
  }

  /// Whether the own manager is known.
  package func fact(of person: Person) -> Bool { person.manager != nil }

  package func judge(mentor: Bool, mentee: Bool) -> Judgement {
    guard steps > 0 else { return .allowed }
    return mentor && mentee ? .allowed : .missing
  }

  /// Those above, and those below: a person of another region may have a shorter reach.
  package func forbidden(to person: Person) -> [PersonID] {
    var below: Set<PersonID> = []
    var level = [person.id]
    for _ in 0..<max(0, steps) where !level.isEmpty {
      level = level.flatMap { led[$0] ?? [] }.filter { $0 != person.id && below.insert($0).inserted }
    }
    return chain(of: person.id) + below
  }

  /// Managers from the next one up. A cycle in the data ends the walk.
  private func chain(of person: PersonID) -> [PersonID] {
    var chain: [PersonID] = []
    var current = person
    while chain.count < steps, let above = managers[current], above != person, !chain.contains(above) {
      chain.append(above)
      current = above
    }
    return chain
  }

  package func reason(mentor: Person, mentee: Person) -> String {
    for (above, below) in [(mentee, mentor), (mentor, mentee)] {
      if let step = chain(of: below.id).firstIndex(of: above.id) {
        return step == 0
          ? "\(above.id) is the manager of \(below.id)"
          : "\(above.id) is \(step + 1) steps above \(below.id)"
      }
    }
    let lacking = mentor.manager == nil ? mentor : mentee
    return "the manager of \(lacking.id) is unknown"
  }

  package static func relaxed(_ settings: MatchingSettings) -> MatchingSettings? {
    settings.with { $0[steps] = 0 }
  }
}
