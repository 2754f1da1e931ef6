import Basics
package import Programme

/// Both have room for one more tandem, beside those that they are in already.
package struct CapacityRule: ProgrammeRule {
  package struct Fact: Hashable, Sendable {
    package var asMentor: Bool
    package var asMentee: Bool
  }

  package static let name = "capacity"
  package static let mentor = RuleSetting<Int>(
    "capacity.mentor", 1...20, "tandems of a mentor at once", unit: "tandems")
  package static let mentee = RuleSetting<Int>(
    "capacity.mentee", 1...20, "tandems of a mentee at once", unit: "tandems")
  package static let settings = [
    Setting(
      "capacity", .record([mentor.declared, mentee.declared]), "where a person states nothing",
      required: .programme)
  ]

  private let usual: (mentor: Int, mentee: Int)
  private let running: [PersonID: Int]

  package init(_ settings: MatchingSettings, _ cohort: CohortFacts) {
    usual = (settings[Self.mentor], settings[Self.mentee])
    running = cohort.running
  }

  /// Places that are left, in tandems of either role.
  package func places(of person: Person) -> (mentor: Int, mentee: Int) {
    let taken = running[person.id] ?? 0
    // More than this many tandems at once are a mistake of the form, and sums must not overflow.
    func left(_ usual: Int) -> Int { max(0, min(person.capacity ?? usual, 1000) - taken) }
    return (
      person.role.mayMentor ? left(usual.mentor) : 0, person.role.mayBeMentored ? left(usual.mentee) : 0
    )
  }

  package func fact(of person: Person) -> Fact {
    let places = places(of: person)
    // Whoever has the other role is the matter of `RoleRule`.
    return Fact(
      asMentor: !person.role.mayMentor || places.mentor > 0,
      asMentee: !person.role.mayBeMentored || places.mentee > 0)
  }

  package func judge(mentor: Fact, mentee: Fact) -> Judgement {
    mentor.asMentor && mentee.asMentee ? .allowed : .forbidden
  }

  package func reason(mentor: Person, mentee: Person) -> String {
    let full = fact(of: mentor).asMentor ? mentee : mentor
    let count = running[full.id] ?? 0
    return count > 0
      ? "\(full.id) is in \(counted(count, "tandem")) already" : "\(full.id) takes no tandem"
  }

  /// Everybody who states nothing else takes one tandem more.
  package static func relaxed(_ settings: MatchingSettings) -> MatchingSettings? {
    settings.with {
      $0[mentor] += 1
      $0[mentee] += 1
    }
  }
}
