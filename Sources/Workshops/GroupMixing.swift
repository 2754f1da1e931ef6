/// Puts people into groups: spreads those of one class (a department, a site, newcomers), and separates those who met before.
/// Departments cost the squares of their members in each group, wherever the groups meet: dates are chosen by them. Sites and
/// experience cost what the squares exceed an even spread over the groups of a date by: nobody travels for a better mixture.
/// It first deals people out, the cheapest group first, then exchanges two people of different groups while that helps. Sizes
/// stay as dealt. A round is O(n²) exchanges, each O(attributes + acquaintances).
struct GroupMixing {
  struct Group {
    /// The date: those of another date can only be exchanged with who can come to both.
    var date: Int
    var size: Int
  }

  /// An attribute by which people are spread.
  struct Attribute {
    var weight: Int
    /// By person; −1: none that counts.
    var classOf: [Int]
    /// Whether only what exceeds an even spread over the groups of a date costs.
    var isRelative = false
    /// Steers the exchanges, and costs nothing.
    var isFree = false
  }

  private let groups: [Group]
  private let attributes: [Attribute]
  private let classCounts: [Int]
  private let metWeight: Int
  /// By person: whom they met before, by number.
  private let met: [[Int]]
  /// What a person costs at a date; nil: they cannot come.
  private let dateCost: (Int, Int) -> Int?
  /// Stay where they are.
  private var isFixed: [Bool]
  private(set) var groupOf: [Int?]
  private var counts: [[Int]]
  /// By attribute, then date and class: what an even spread is reckoned from.
  private var dateCounts: [[Int]]
  /// By date.
  private let groupsOfDate: [Int]

  /// - Parameters:
  ///   - dates: by person; nil: they do not come.
  ///   - kept: by person: the group of an earlier plan, where they stay.
  init(
    groups: [Group], dates: [Int?], kept: [Int?], attributes: [Attribute], met: [[Int]], metWeight: Int,
    dateCost: @escaping (_ person: Int, _ date: Int) -> Int?
  ) {
    self.groups = groups
    self.attributes = attributes
    self.met = met
    self.metWeight = metWeight
    self.dateCost = dateCost
    classCounts = attributes.map { ($0.classOf.max() ?? -1) + 1 }
    groupOf = Array(repeating: nil, count: dates.count)
    isFixed = kept.map { $0 != nil }
    counts = classCounts.map { Array(repeating: 0, count: $0 * groups.count) }
    let dateCount = (groups.map(\.date).max() ?? -1) + 1
    dateCounts = classCounts.map { Array(repeating: 0, count: $0 * dateCount) }
    groupsOfDate = (0..<dateCount).map { date in groups.count { $0.date == date } }
    var left = groups.map(\.size)
    for (person, group) in kept.enumerated() {
      if let group {
        put(person, group)
        left[group] -= 1
      }
    }
    // Dealt class by class, so that each is spread before the next comes.
    let order = dates.indices.filter { dates[$0] != nil && kept[$0] == nil }.sorted { a, b in
      let left = attributes.map { $0.classOf[a] } + [a]
      let right = attributes.map { $0.classOf[b] } + [b]
      return left.lexicographicallyPrecedes(right)
    }
    for person in order {
      let open = groups.indices.filter { groups[$0].date == dates[person] && left[$0] > 0 }
      let choice = open.min { a, b in
        (joining(person, a), -left[a], a) < (joining(person, b), -left[b], b)
      }
      if let choice {
        put(person, choice)
        left[choice] -= 1
      }
    }
  }

  /// What the groups cost beside the departments: sites and experience beyond an even spread, and those who met.
  var cost: Int {
    var cost = 0
    for index in attributes.indices.dropFirst() where !attributes[index].isFree {
      cost += self.cost(of: index)
    }
    var pairs = 0
    for (person, others) in met.enumerated() where groupOf[person] != nil {
      pairs += others.count { $0 > person && groupOf[$0] == groupOf[person] }
    }
    return cost + metWeight * pairs
  }

  /// The first attribute's.
  var departmentCost: Int { attributes.isEmpty ? 0 : cost(of: 0) }

  private func cost(of index: Int) -> Int {
    var squares = counts[index].reduce(0) { $0 + $1 * $1 }
    if attributes[index].isRelative {
      for (place, count) in dateCounts[index].enumerated() {
        squares -= GroupMixing.even(count, over: groupsOfDate[place / classCounts[index]])
      }
    }
    return attributes[index].weight * squares
  }

  /// The least sum of squares when so many are spread over so many groups.
  static func even(_ count: Int, over groups: Int) -> Int {
    guard groups > 0 else { return 0 }
    let (low, more) = (count / groups, count % groups)
    return (groups - more) * low * low + more * (low + 1) * (low + 1)
  }

  private mutating func put(_ person: Int, _ group: Int) {
    groupOf[person] = group
    count(person, group, 1)
  }

  private mutating func count(_ person: Int, _ group: Int, _ step: Int) {
    for index in attributes.indices {
      let own = attributes[index].classOf[person]
      guard own >= 0 else { continue }
      counts[index][group * classCounts[index] + own] += step
      dateCounts[index][groups[group].date * classCounts[index] + own] += step
    }
  }

  private func joining(_ person: Int, _ group: Int) -> Int {
    var cost = metWeight * met[person].count { groupOf[$0] == group }
    for index in attributes.indices {
      let attribute = attributes[index]
      guard attribute.classOf[person] >= 0 else { continue }
      cost +=
        attribute.weight * (2 * counts[index][group * classCounts[index] + attribute.classOf[person]] + 1)
    }
    return cost
  }

  /// Exchanges while that helps, for at most so many rounds.
  mutating func improve(rounds: Int = 20) {
    let people = groupOf.indices.filter { groupOf[$0] != nil && !isFixed[$0] }
    for _ in 0..<rounds {
      var didHelp = false
      for (at, first) in people.enumerated() {
        for second in people[(at + 1)...] {
          guard let change = change(first, second), change < 0 else { continue }
          exchange(first, second)
          didHelp = true
        }
      }
      if !didHelp { return }
    }
  }

  /// What exchanging the two would change; nil: it cannot be, or is nothing.
  private func change(_ first: Int, _ second: Int) -> Int? {
    guard let a = groupOf[first], let b = groupOf[second], a != b else { return nil }
    var change = 0
    if groups[a].date != groups[b].date {
      guard let before = dateCost(first, groups[a].date), let other = dateCost(second, groups[b].date),
        let after = dateCost(first, groups[b].date), let moved = dateCost(second, groups[a].date)
      else { return nil }
      change += after + moved - before - other
    }
    for index in attributes.indices {
      let attribute = attributes[index]
      let (x, y) = (attribute.classOf[first], attribute.classOf[second])
      guard x != y else { continue }
      for (own, from, to) in [(x, a, b), (y, b, a)] where own >= 0 {
        let (left, joined) = (from * classCounts[index] + own, to * classCounts[index] + own)
        change += attribute.weight * 2 * (1 - counts[index][left] + counts[index][joined])
        guard attribute.isRelative, groups[a].date != groups[b].date else { continue }
        change -= attribute.weight * evenChange(index, own, groups[from].date, -1)
        change -= attribute.weight * evenChange(index, own, groups[to].date, 1)
      }
    }
    if metWeight > 0 {
      var pairs = 0
      for other in met[first] where other != second {
        if groupOf[other] == a { pairs -= 1 }
        if groupOf[other] == b { pairs += 1 }
      }
      for other in met[second] where other != first {
        if groupOf[other] == b { pairs -= 1 }
        if groupOf[other] == a { pairs += 1 }
      }
      change += metWeight * pairs
    }
    return change
  }

  /// What one more or one fewer of a class changes of a date's even spread.
  private func evenChange(_ index: Int, _ own: Int, _ date: Int, _ step: Int) -> Int {
    let count = dateCounts[index][date * classCounts[index] + own]
    return GroupMixing.even(count + step, over: groupsOfDate[date])
      - GroupMixing.even(count, over: groupsOfDate[date])
  }

  private mutating func exchange(_ first: Int, _ second: Int) {
    guard let a = groupOf[first], let b = groupOf[second] else { return }
    for (person, from, to) in [(first, a, b), (second, b, a)] {
      count(person, from, -1)
      put(person, to)
    }
  }
}
