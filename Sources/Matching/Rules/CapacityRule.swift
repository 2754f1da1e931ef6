import Basics
package import Programme
package import Regions

/// Both have room for one more tandem, beside those that they are in already.
package struct CapacityRule: Rule {
  package struct Fact: Hashable, Sendable {
    package var asMentor: Bool
    package var asMentee: Bool
  }

  package let name = RuleName.capacity.rawValue
  /// Tandems of other cohorts that go on, by person.
  private let running: [PersonID: Int]

  package init(running: [Tandem]) {
    var count: [PersonID: Int] = [:]
    for tandem in running {
      count[tandem.mentor, default: 0] += 1
      count[tandem.mentee, default: 0] += 1
    }
    self.running = count
  }

  /// Places that are left, in tandems of either role.
  package func places(of person: Person, under settings: MatchingSettings) -> (mentor: Int, mentee: Int) {
    let taken = running[person.id] ?? 0
    // More than this many tandems at once are a mistake of the form, and sums must not overflow.
    func left(_ usual: Int) -> Int { max(0, min(person.capacity ?? usual, 1000) - taken) }
    return (
      person.role.mayMentor ? left(settings.mentorCapacity) : 0,
      person.role.mayBeMentored ? left(settings.menteeCapacity) : 0
    )
  }

  package func fact(of person: Person, under settings: MatchingSettings) -> Fact {
    let places = places(of: person, under: settings)
    // Whoever has the other role is the matter of `RoleRule`.
    return Fact(
      asMentor: !person.role.mayMentor || places.mentor > 0,
      asMentee: !person.role.mayBeMentored || places.mentee > 0)
  }

  package func judge(mentor: Fact, mentee: Fact, under settings: MatchingSettings) -> Judgement {
    mentor.asMentor && mentee.asMentee ? .allowed : .forbidden
  }

  package func reason(mentor: Person, mentee: Person, under settings: MatchingSettings) -> String {
    let full = fact(of: mentor, under: settings).asMentor ? mentee : mentor
    let count = running[full.id] ?? 0
    return count > 0
      ? "\(full.id) is in \(counted(count, "tandem")) already" : "\(full.id) takes no tandem"
  }
}
