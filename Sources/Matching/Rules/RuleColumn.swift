import Programme
import Regions

/// One rule over all applicants: people with one fact are one class, and classes are judged, not people.
package struct RuleColumn: Sendable {
  package let name: String
  /// The class of each applicant: a fact, and the settings that hold.
  let classOf: [Int32]
  /// Pairs that the rule forbids one by one: the others of applicant *i* are `others[starts[i] ..< starts[i + 1]]`,
  /// ascending.
  let starts: [Int32]
  let others: [Int32]
  private let judge: @Sendable (Int32, Int32) -> Standing
  private let describe: @Sendable (Int, Int) -> String

  /// - Parameter rules: the rule under each of the settings of `applicants`.
  init<Own: Rule>(_ name: String, _ rules: [Own], _ applicants: Applicants) {
    self.name = name
    let (classOf, classes) = RuleColumn.classes(rules, applicants)
    self.classOf = classOf
    (starts, others) = RuleColumn.adjacency(rules, applicants)
    let unknown = applicants.settings.map { settings -> Standing in
      switch settings.unknown[name] ?? .allow {
      case .allow: .allowed
      case .warn: .warned
      case .forbid: .forbidden
      }
    }
    judge = { mentor, mentee in
      let (first, second) = (classes[Int(mentor)], classes[Int(mentee)])
      func standing(under settings: Int32) -> Standing {
        switch rules[Int(settings)].judge(mentor: first.fact, mentee: second.fact) {
        case .allowed: .allowed
        case .forbidden: .forbidden
        case .missing: unknown[Int(settings)]
        }
      }
      let own = standing(under: first.settings)
      return first.settings == second.settings ? own : max(own, standing(under: second.settings))
    }
    describe = { mentor, mentee in
      let people = (applicants.people[mentor], applicants.people[mentee])
      let facts = (classes[Int(classOf[mentor])].fact, classes[Int(classOf[mentee])].fact)
      let (first, second) = (
        rules[Int(applicants.settingsOf[mentor])], rules[Int(applicants.settingsOf[mentee])]
      )
      // The reason of the one whose settings object.
      let objects =
        first.judge(mentor: facts.0, mentee: facts.1) != .allowed
        || first.forbidden(to: people.0).contains(people.1.id)
      return (objects ? first : second).reason(mentor: people.0, mentee: people.1)
    }
  }

  /// Numbers each fact under each of the settings.
  private static func classes<Own: Rule>(
    _ rules: [Own], _ applicants: Applicants
  ) -> (classOf: [Int32], classes: [FactClass<Own.Fact>]) {
    var numberOf: [FactClass<Own.Fact>: Int32] = [:]
    var classes: [FactClass<Own.Fact>] = []
    let classOf = zip(applicants.people, applicants.settingsOf).map { person, settings -> Int32 in
      let own = FactClass(settings: settings, fact: rules[Int(settings)].fact(of: person))
      if let known = numberOf[own] { return known }
      let number = Int32(truncatingIfNeeded: classes.count)
      numberOf[own] = number
      classes.append(own)
      return number
    }
    return (classOf, classes)
  }

  private static func adjacency<Own: Rule>(
    _ rules: [Own], _ applicants: Applicants
  ) -> (starts: [Int32], others: [Int32]) {
    var pairs: Set<ApplicantPair> = []
    for (index, person) in applicants.people.enumerated() {
      for id in rules[Int(applicants.settingsOf[index])].forbidden(to: person) {
        guard let other = applicants.index(of: id), other != index else { continue }
        pairs.insert(ApplicantPair(index, other))
      }
    }
    var directed: [(Int32, Int32)] = []
    for pair in pairs {
      directed.append((pair.first, pair.second))
      directed.append((pair.second, pair.first))
    }
    directed.sort { $0 < $1 }
    var starts = [Int32](repeating: 0, count: applicants.count + 1)
    for (from, _) in directed { starts[Int(from) + 1] += 1 }
    for index in 0..<applicants.count { starts[index + 1] += starts[index] }
    return (starts, directed.map(\.1))
  }

  /// Of two classes: the verdict of the rule on facts.
  func standing(ofClasses mentor: Int32, _ mentee: Int32) -> Standing { judge(mentor, mentee) }

  func forbidden(with index: Int) -> ArraySlice<Int32> {
    others[Int(starts[index])..<Int(starts[index + 1])]
  }

  func standing(_ mentor: Int, _ mentee: Int) -> Standing {
    // One cannot mentor oneself; whichever rule is asked first says so.
    if mentor == mentee { return .forbidden }
    if forbidden(with: mentor).contains(Int32(truncatingIfNeeded: mentee)) { return .forbidden }
    return judge(classOf[mentor], classOf[mentee])
  }

  func reason(_ mentor: Int, _ mentee: Int) -> String { describe(mentor, mentee) }
}

/// People with one fact, under like settings.
private struct FactClass<Fact: Hashable & Sendable>: Hashable, Sendable {
  var settings: Int32
  var fact: Fact
}

/// Two applicants by their indices, the lesser first.
private struct ApplicantPair: Hashable {
  let first: Int32
  let second: Int32

  init(_ a: Int, _ b: Int) {
    first = Int32(truncatingIfNeeded: min(a, b))
    second = Int32(truncatingIfNeeded: max(a, b))
  }
}
