import Programme
import Regions

/// One rule over all applicants: people with one fact are one class, and classes are judged, not people.
package struct RuleColumn: Sendable {
  package let name: String
  /// The class of each applicant: a fact, and the settings that hold.
  let classOf: [Int32]
  let classCount: Int
  /// Pairs that the rule forbids one by one: the others of applicant *i* are `others[starts[i] ..< starts[i + 1]]`,
  /// ascending.
  let starts: [Int32]
  let others: [Int32]
  private let judge: @Sendable (Int32, Int32) -> Standing
  private let tell: @Sendable (Int, Int) -> String

  init<Law: Rule>(_ rule: Law, _ applicants: Applicants) {
    name = rule.name
    var numberOf: [FactClass<Law.Fact>: Int32] = [:]
    var classes: [FactClass<Law.Fact>] = []
    var numbers: [Int32] = []
    numbers.reserveCapacity(applicants.count)
    for index in 0..<applicants.count {
      let settings = applicants.settings(of: index)
      let own = FactClass(
        settings: applicants.settingsOf[index], fact: rule.fact(of: applicants.people[index], under: settings)
      )
      let number = numberOf[own] ?? Int32(truncatingIfNeeded: classes.count)
      if numberOf[own] == nil {
        numberOf[own] = number
        classes.append(own)
      }
      numbers.append(number)
    }
    let classOf = numbers
    self.classOf = classOf
    classCount = classes.count
    (starts, others) = RuleColumn.adjacency(
      Set(rule.forbiddenPairs(among: applicants)), count: applicants.count)

    let facts = classes.map(\.fact)
    let settingsOfClass = classes.map(\.settings)
    let settings = applicants.settings
    let unknown = settings.map { $0.unknown[rule.name] ?? .allow }
    judge = { mentor, mentee in
      var worst = Standing.allowed
      let first = settingsOfClass[Int(mentor)]
      let second = settingsOfClass[Int(mentee)]
      for (number, own) in [first, second].enumerated() where number == 0 || first != second {
        let standing: Standing =
          switch rule.judge(
            mentor: facts[Int(mentor)], mentee: facts[Int(mentee)], under: settings[Int(own)])
          {
          case .allowed: .allowed
          case .forbidden: .forbidden
          case .missing:
            switch unknown[Int(own)] {
            case .allow: .allowed
            case .warn: .warned
            case .forbid: .forbidden
            }
          }
        worst = max(worst, standing)
      }
      return worst
    }
    tell = { mentor, mentee in
      // The reason of the one whose settings object.
      let objecting = [mentor, mentee].first { index in
        rule.judge(
          mentor: facts[Int(classOf[mentor])], mentee: facts[Int(classOf[mentee])],
          under: applicants.settings(of: index)) != .allowed
      }
      return rule.reason(
        mentor: applicants.people[mentor], mentee: applicants.people[mentee],
        under: applicants.settings(of: objecting ?? mentee))
    }
  }

  private static func adjacency(_ pairs: Set<ApplicantPair>, count: Int) -> ([Int32], [Int32]) {
    var directed: [(Int32, Int32)] = []
    for pair in pairs where pair.first != pair.second {
      directed.append((pair.first, pair.second))
      directed.append((pair.second, pair.first))
    }
    directed.sort { $0 < $1 }
    var starts = [Int32](repeating: 0, count: count + 1)
    for (from, _) in directed { starts[Int(from) + 1] += 1 }
    for index in 0..<count { starts[index + 1] += starts[index] }
    return (starts, directed.map(\.1))
  }

  /// Of two classes: what the rule says of facts.
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

  func reason(_ mentor: Int, _ mentee: Int) -> String { tell(mentor, mentee) }
}

/// People with one fact, under like settings.
private struct FactClass<Fact: Hashable & Sendable>: Hashable, Sendable {
  var settings: Int32
  var fact: Fact
}
