package import Programme

/// The two were never a tandem before, in either direction.
package struct EarlierTandemRule: ProgrammeRule {
  package typealias Fact = Bool

  package static let name = "earlier-tandem"

  private let earlier: [PersonID: [Tandem]]

  package init(_ settings: MatchingSettings, _ cohort: CohortFacts) { earlier = cohort.earlier }

  package func forbidden(to person: Person) -> [PersonID] {
    (earlier[person.id] ?? []).map { $0.mentor == person.id ? $0.mentee : $0.mentor }
  }

  package func reason(mentor: Person, mentee: Person) -> String {
    let both: Set = [mentor.id, mentee.id]
    guard let tandem = earlier[mentor.id]?.first(where: { Set([$0.mentor, $0.mentee]) == both }) else {
      return "a tandem before"
    }
    return "a tandem before, in \(tandem.cohort)"
  }
}
