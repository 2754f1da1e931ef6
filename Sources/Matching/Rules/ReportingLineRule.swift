package import Programme
package import Regions

/// Neither stands within some steps up the other's chain of managers.
///
/// A chain is known as far as its managers are on the stream; one who did not apply is its last step. Without an own
/// manager's id the fact is missing.
package struct ReportingLineRule: Rule {
  package let name = RuleName.reportingLine.rawValue
  /// Managers of all people on the stream.
  private let managers: [PersonID: PersonID]

  package init(managers: [PersonID: PersonID]) { self.managers = managers }

  package init(_ people: some Sequence<Person>) {
    var managers: [PersonID: PersonID] = [:]
    for person in people { managers[person.id] = person.manager }
    self.init(managers: managers)
  }

  /// Whether the own manager is known.
  package func fact(of person: Person, under settings: MatchingSettings) -> Bool { person.manager != nil }

  package func judge(mentor: Bool, mentee: Bool, under settings: MatchingSettings) -> Judgement {
    guard settings.reportingSteps > 0 else { return .allowed }
    return mentor && mentee ? .allowed : .missing
  }

  package func forbiddenPairs(among applicants: Applicants) -> [ApplicantPair] {
    let longest = applicants.settings.map(\.reportingSteps).max() ?? 0
    var pairs: [ApplicantPair] = []
    for (index, person) in applicants.people.enumerated() {
      for (step, above) in chain(of: person.id, steps: longest).enumerated() {
        guard let other = applicants.index(of: above) else { continue }
        let reach = max(
          applicants.settings(of: index).reportingSteps, applicants.settings(of: other).reportingSteps)
        if step < reach { pairs.append(ApplicantPair(index, other)) }
      }
    }
    return pairs
  }

  /// Managers from the next one up. A cycle in the data ends the walk.
  func chain(of person: PersonID, steps: Int) -> [PersonID] {
    var chain: [PersonID] = []
    var current = person
    while chain.count < steps, let above = managers[current], above != person, !chain.contains(above) {
      chain.append(above)
      current = above
    }
    return chain
  }

  package func reason(mentor: Person, mentee: Person, under settings: MatchingSettings) -> String {
    for (above, below) in [(mentee, mentor), (mentor, mentee)] {
      if let step = chain(of: below.id, steps: settings.reportingSteps).firstIndex(of: above.id) {
        return step == 0
          ? "\(above.id) is the manager of \(below.id)"
          : "\(above.id) is \(step + 1) steps above \(below.id)"
      }
    }
    let lacking = mentor.manager == nil ? mentor : mentee
    return "the manager of \(lacking.id) is unknown"
  }
}
