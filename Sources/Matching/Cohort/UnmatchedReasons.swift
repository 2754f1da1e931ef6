import Basics
import Programme
import Regions

/// Why applicants are left out: for each rule how many of their candidates it rules out.
///
/// Candidates of a person are all others of the region, of every region where tandems of two sites are allowed, whose
/// role fits; where nobody's does, all others there, and the rule is `role`. A candidate whom no rule rules out is in a tandem with somebody else: that counts for `capacity`. Floors are
/// judged where no other rule forbids a pair, since others have no score.
struct UnmatchedReasons {
  private let cohort: String
  private let applicants: Applicants
  private let rules: RuleBook
  private let scores: ScoreBook
  private let candidates: Candidates
  private let sides: Sides
  /// By rule, region and role: how many applicants are of each class.
  private let tallies: [[Group: [Int32: Int]]]
  private let groups: [Group: Int]
  /// By settings: whether tandems may be of two sites.
  private let isRemote: [Bool]

  /// Applicants of one role in one region.
  private struct Group: Hashable {
    var region: Int32
    var role: Role
  }

  init(
    _ cohort: String, _ applicants: Applicants, _ rules: RuleBook, _ scores: ScoreBook,
    _ candidates: Candidates, _ sides: Sides
  ) {
    self.cohort = cohort
    self.applicants = applicants
    self.rules = rules
    self.scores = scores
    self.candidates = candidates
    self.sides = sides
    tallies = rules.columns.map { column in
      var tally: [Group: [Int32: Int]] = [:]
      for (index, number) in column.classOf.enumerated() {
        let group = Group(region: applicants.regionOf[index], role: applicants.people[index].role)
        tally[group, default: [:]][number, default: 0] += 1
      }
      return tally
    }
    var groups: [Group: Int] = [:]
    for (index, person) in applicants.people.enumerated() {
      groups[Group(region: applicants.regionOf[index], role: person.role), default: 0] += 1
    }
    self.groups = groups
    isRemote = applicants.settings.map { $0[SiteRule.remote] }
  }

  /// In the order of the people.
  ///
  /// O(people × block + classes² of each rule), because facts are counted by class.
  func reasons(for people: [Int]) -> [Unmatched] {
    var members: [Int: [Int32]] = [:]
    var isWanted = [Bool](repeating: false, count: applicants.count)
    for person in people { isWanted[person] = true }
    for block in BlockPlan(applicants).blocks where block.contains(where: { isWanted[Int($0)] }) {
      for member in block where isWanted[Int(member)] { members[Int(member)] = block }
    }
    var counted: [ClassKey: Int] = [:]
    var distant: [[Int32]: PersonID?] = [:]
    return people.map { person in
      reasons(for: person, block: members[person] ?? [], &counted, &distant)
    }
  }

  private struct ClassKey: Hashable {
    var rule: Int
    var region: Int32
    var role: Role
    var number: Int32
  }

  /// Whether somebody's candidates may be of the region.
  private func reaches(_ person: Int, _ region: Int32) -> Bool {
    isRemote[Int(applicants.settingsOf[person])] || applicants.regionOf[person] == region
  }

  private func reasons(
    for person: Int, block: [Int32], _ counted: inout [ClassKey: Int], _ distant: inout [[Int32]: PersonID?]
  ) -> Unmatched {
    let role = applicants.people[person].role
    var counts: [String: Int] = [:]
    let region = applicants.regionOf[person]
    var fitting = role == .either ? -1 : 0
    var others = -1
    for (group, people) in groups where reaches(person, group.region) {
      others += people
      if role.fits(group.role) { fitting += people }
    }
    guard fitting > 0 else {
      if others > 0 { counts[RoleRule.name] = others }
      return unmatched(person, counts, nearest: nil)
    }
    counts = ruledOut(person, role, region, &counted)
    let nearest = nearest(to: person, role, in: block, &counts)
    if let nearest { return unmatched(person, counts, nearest: applicants.people[nearest].id) }
    return unmatched(person, counts, nearest: farNearest(person, role, &distant))
  }

  /// By rule: how many candidates it forbids.
  private func ruledOut(
    _ person: Int, _ role: Role, _ region: Int32, _ counted: inout [ClassKey: Int]
  ) -> [String: Int] {
    var counts: [String: Int] = [:]
    for (rule, column) in rules.columns.enumerated() {
      let own = column.classOf[person]
      let key = ClassKey(rule: rule, region: region, role: role, number: own)
      let whole = counted[key] ?? count(rule, person, role, own)
      counted[key] = whole
      // Nobody is their own candidate.
      var ruledOut = whole - (role == .either && forbids(column, own, own, role, role) ? 1 : 0)
      for other in column.forbidden(with: person) where Int(other) != person {
        let theirs = applicants.people[Int(other)].role
        if role.fits(theirs), reaches(person, applicants.regionOf[Int(other)]),
          !forbids(column, own, column.classOf[Int(other)], role, theirs)
        {
          ruledOut += 1
        }
      }
      if ruledOut > 0 { counts[column.name, default: 0] += ruledOut }
    }
    return counts
  }

  /// The candidate of the block against whom the fewest rules speak, then of the best score; counts what is known of single
  /// pairs alone: floors, and candidates whom no rule forbids.
  private func nearest(
    to person: Int, _ role: Role, in block: [Int32], _ counts: inout [String: Int]
  ) -> Int? {
    var nearest: (rules: Int, score: Int, index: Int)?
    for other in block where Int(other) != person {
      let theirs = applicants.people[Int(other)].role
      guard role.fits(theirs) else { continue }
      let against = verdict(person, Int(other))
      for floor in against.floors { counts[floor, default: 0] += 1 }
      if against.rules == 0 {
        let name = isCandidate(person, Int(other)) ? CapacityRule.name : UnmatchedReasons.scoresName
        counts[name, default: 0] += 1
      }
      let isBetter =
        nearest.map {
          (against.rules, -against.score, Int(other)) < ($0.rules, -$0.score, $0.index)
        } ?? true
      if isBetter { nearest = (against.rules, against.score, Int(other)) }
    }
    return nearest?.index
  }

  /// The reason for a pair that the file of scores does not hold.
  private static let scoresName = "scores"

  /// Whether the pair has a score: all have that rules allow, unless the scores come from a file.
  private func isCandidate(_ person: Int, _ other: Int) -> Bool {
    [(person, other), (other, person)].contains { mentor, mentee in
      sides.mentor[mentor] >= 0 && sides.mentee[mentee] >= 0
        && candidates.place(mentor: sides.mentor[mentor], mentee: sides.mentee[mentee]) != nil
    }
  }

  /// Nobody of the block fits: the first of all others against whom the fewest rules speak, once for people alike.
  private func farNearest(
    _ person: Int, _ role: Role, _ distant: inout [[Int32]: PersonID?]
  ) -> PersonID? {
    let isListed = rules.columns.contains { !$0.forbidden(with: person).isEmpty }
    let key = rules.columns.map { $0.classOf[person] }
    if !isListed, let known = distant[key] { return known }
    var best: (rules: Int, index: Int)?
    for other in 0..<applicants.count where other != person {
      let theirs = applicants.people[other].role
      guard role.fits(theirs), reaches(person, applicants.regionOf[other]) else { continue }
      let against = verdict(person, other).rules
      if against < best?.rules ?? Int.max { best = (against, other) }
      // Two blocks are divided by one rule at least.
      if against <= 1 { break }
    }
    let nearest = best.map { applicants.people[$0.index].id }
    if !isListed { distant[key] = .some(nearest) }
    return nearest
  }

  /// How many rules exclude the two in their best roles, and which floors do.
  private func verdict(
    _ person: Int, _ other: Int
  ) -> (rules: Int, score: Int, floors: [String]) {
    var best: (rules: Int, score: Int, floors: [String])?
    applicants.forEachRole(of: person, other) { mentor, mentee in
      var against = 0
      for column in rules.columns where column.standing(mentor, mentee) == .forbidden { against += 1 }
      var points = 0
      var floors: [String] = []
      if against == 0 {
        let score = scores.score(mentor: mentor, mentee: mentee)
        points = score.total
        floors = rules.floors(below: score, mentor, mentee).map(\.name)
        against = floors.count
      }
      if best.map({ (against, -points) < ($0.rules, -$0.score) }) ?? true { best = (against, points, floors) }
    }
    return best ?? (Int.max, 0, [])
  }

  private func unmatched(_ person: Int, _ counts: [String: Int], nearest: PersonID?) -> Unmatched {
    Unmatched(
      person: applicants.people[person].id, cohort: cohort,
      reasons: counts.map { Unmatched.Reason(rule: $0.key, ruledOut: $0.value) }.sorted {
        $0.ruledOut != $1.ruledOut ? $0.ruledOut > $1.ruledOut : $0.rule.precedesByBytes($1.rule)
      }, nearest: nearest)
  }

  private func count(_ rule: Int, _ person: Int, _ role: Role, _ own: Int32) -> Int {
    let column = rules.columns[rule]
    var count = 0
    for (group, tally) in tallies[rule]
    where role.fits(group.role) && reaches(person, group.region) {
      for (number, people) in tally where forbids(column, own, number, role, group.role) { count += people }
    }
    return count
  }

  /// Whether the rule forbids two classes in every role that the two may have.
  private func forbids(_ column: RuleColumn, _ own: Int32, _ other: Int32, _ role: Role, _ theirs: Role)
    -> Bool
  {
    if role.mayMentor, theirs.mayBeMentored, column.standing(ofClasses: own, other) != .forbidden {
      return false
    }
    if role.mayBeMentored, theirs.mayMentor, column.standing(ofClasses: other, own) != .forbidden {
      return false
    }
    return true
  }
}
