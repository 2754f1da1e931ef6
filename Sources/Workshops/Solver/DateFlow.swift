/// The cheapest way to bring mentors to given dates: a flow mentor → (date, department) → date, in which the n-th of a
/// department at a date costs 2n − 1, so that departments are spread. Exact for the dates that are open, and kept
/// so while one is opened or closed: each change sends one unit at a time along the cheapest residual path
/// (Ahuja, Magnanti, Orlin, Network Flows, 1993, section 9.7; convex costs, section 14.5).
///
/// Mentors are no nodes: of those of one department at one date only the cheapest to move counts. So the network has
/// departments × dates nodes; what a seat costs counts where a path begins or ends. A change of a date of c seats takes
/// O(c · paths), a path O(nodes · open dates) for each time a node is looked at, which is seldom more than twice.
struct DateFlow {
  private let problem: DateProblem
  /// Columns for the dates that can be open at once, and "left out" as the last: each date holds its smallest number.
  private let width: Int
  private let rowLength: Int
  /// By column: the candidate; −1: none.
  private var candidateAt: [Int]
  /// The columns of the open dates, and "left out".
  private var targets: [Int]
  private(set) var cost = 0
  /// How many nodes were looked at: the measure of work.
  private(set) var work = 0
  /// By mentor: the column.
  private var place: [Int32]
  /// By column.
  private var total: [Int32]
  /// By cell (department · width + column).
  private var count: [Int32]
  private var head: [Int32]
  private var next: [Int32]
  private var previous: [Int32]
  /// By cell and target: the cheapest change of cost when one member goes there, and who.
  private var change: [Int32]
  private var mover: [Int32]
  private var isStale: [Bool]
  private var search: PathSearch

  /// Nobody comes: everybody is left out.
  init(_ problem: DateProblem) {
    self.problem = problem
    let least = max(1, problem.candidates.map(\.smallest).min() ?? 1)
    width = min(problem.candidates.count, problem.mentorCount / least + 1) + 1
    rowLength = problem.candidates.count + 1
    let cells = problem.departmentCount * width
    candidateAt = Array(repeating: -1, count: width - 1) + [problem.candidates.count]
    targets = [width - 1]
    place = Array(repeating: Int32(width - 1), count: problem.mentorCount)
    total = Array(repeating: 0, count: width)
    count = Array(repeating: 0, count: cells)
    head = Array(repeating: -1, count: cells)
    next = Array(repeating: -1, count: problem.mentorCount)
    previous = next
    change = Array(repeating: DateProblem.never, count: cells * width)
    mover = Array(repeating: -1, count: cells * width)
    isStale = Array(repeating: true, count: cells)
    search = PathSearch(nodes: cells + width)
    for mentor in place.indices {
      enter(mentor, width - 1)
      cost += Int(problem.costs[mentor * rowLength + problem.candidates.count])
    }
    total[width - 1] = Int32(problem.mentorCount)
  }

  /// The candidates that are open.
  var open: [Int] { targets.dropLast().map { candidateAt[$0] } }

  var plan: DatePlan {
    DatePlan(
      held: open.sorted(),
      date: place.map { Int($0) == width - 1 ? nil : candidateAt[Int($0)] }, cost: cost)
  }

  func isOpen(_ candidate: Int) -> Bool { targets.contains { candidateAt[$0] == candidate } }

  /// Opens a date and brings to it whom that serves, at least its smallest number.
  ///
  /// - Parameter limit: give up as soon as the cost cannot come below it.
  /// - Returns: false where that fails, or the date cannot be filled; the flow is then of no use.
  mutating func add(_ candidate: Int, below limit: Int = .max) -> Bool {
    let date = problem.candidates[candidate]
    guard let column = candidateAt.firstIndex(of: -1) else { return false }
    candidateAt[column] = candidate
    targets.insert(column, at: targets.count - 1)
    cost += date.opening
    for cell in isStale.indices { isStale[cell] = true }
    var seats = 0
    while seats < date.capacity {
      guard let path = pathToDate(column) else { break }
      let gain = path + Int32(date.seat(after: seats))
      if gain >= 0, seats >= date.smallest { break }
      // Every further seat gains less than the one before.
      if limit != .max, cost + min(0, Int(gain)) * (date.capacity - seats) >= limit { return false }
      pushIntoDate(column)
      cost += Int(gain)
      seats += 1
    }
    return seats >= date.smallest && cost < limit
  }

  /// Closes a date; its mentors go elsewhere, or are left out.
  ///
  /// - Returns: false as soon as the cost is no longer below the limit; the flow is then of no use.
  mutating func drop(_ candidate: Int, below limit: Int = .max) -> Bool {
    guard let column = targets.dropLast().first(where: { candidateAt[$0] == candidate }) else { return false }
    targets.removeAll { $0 == column }
    cost -= problem.candidates[candidate].opening
    var leaving: [Int] = []
    for department in 0..<problem.departmentCount {
      let cell = department * width + column
      while head[cell] >= 0 {
        let mentor = Int(head[cell])
        cost -= Int(problem.costs[mentor * rowLength + candidate] + marginal(cell, column, leaving: true))
        leave(mentor, column)
        leaving.append(mentor)
      }
    }
    for others in 0..<Int(total[column]) { cost -= problem.candidates[candidate].seat(after: others) }
    total[column] = 0
    candidateAt[column] = -1
    for mentor in leaving {
      if cost >= limit { return false }
      cost += Int(insert(mentor))
    }
    return cost < limit
  }

  // MARK: - Members

  private mutating func enter(_ mentor: Int, _ column: Int) {
    let cell = problem.departments[mentor] * width + column
    let first = head[cell]
    next[mentor] = first
    previous[mentor] = -1
    if first >= 0 { previous[Int(first)] = Int32(mentor) }
    head[cell] = Int32(mentor)
    place[mentor] = Int32(column)
    count[cell] += 1
    isStale[cell] = true
  }

  private mutating func leave(_ mentor: Int, _ column: Int) {
    let cell = problem.departments[mentor] * width + column
    let before = previous[mentor]
    let after = next[mentor]
    if before >= 0 { next[Int(before)] = after } else { head[cell] = after }
    if after >= 0 { previous[Int(after)] = before }
    count[cell] -= 1
    isStale[cell] = true
  }

  /// What one more of a department costs at a date, or one fewer saves. Nothing where they are left out.
  private func marginal(_ cell: Int, _ column: Int, leaving: Bool) -> Int32 {
    guard column < width - 1 else { return 0 }
    let members = count[cell] - (leaving ? 1 : 0)
    return 2 * (members / Int32(max(1, problem.candidates[candidateAt[column]].groups))) + 1
  }

  /// What a person costs a date who comes after so many others. Nothing where they are left out.
  private func seat(_ column: Int, after others: Int32) -> Int32 {
    column < width - 1 ? Int32(problem.candidates[candidateAt[column]].seat(after: Int(others))) : 0
  }

  private mutating func refresh(_ cell: Int) {
    isStale[cell] = false
    let row = cell * width
    let here = candidateAt[cell % width]
    for target in targets { change[row + target] = DateProblem.never }
    var member = head[cell]
    while member >= 0 {
      let costs = Int(member) * rowLength
      let own = problem.costs[costs + here]
      for target in targets {
        let there = problem.costs[costs + candidateAt[target]]
        guard there != DateProblem.never else { continue }
        // Ties go to the lower mentor, whatever the order of the list.
        let step = there - own
        if step < change[row + target] || (step == change[row + target] && member < mover[row + target]) {
          change[row + target] = step
          mover[row + target] = member
        }
      }
      member = next[Int(member)]
    }
    change[row + cell % width] = DateProblem.never
  }

  // MARK: - Paths

  private var cells: Int { count.count }

  /// Finds the cheapest path for a mentor who has no place, and walks it. "Left out" always has room, so there is one.
  private mutating func insert(_ mentor: Int) -> Int32 {
    search.begin()
    let department = problem.departments[mentor]
    for target in targets {
      let there = problem.costs[mentor * rowLength + candidateAt[target]]
      if there != DateProblem.never {
        search.reach(department * width + target, at: there, from: -1, moving: Int32(mentor))
      }
    }
    expand(toward: nil)
    var best = Int32.max
    var end = -1
    for column in targets {
      let node = cells + column
      let hasRoom = column == width - 1 || total[column] < problem.candidates[candidateAt[column]].capacity
      guard hasRoom, search.distance[node] != DateProblem.never else { continue }
      let length = search.distance[node] + seat(column, after: total[column])
      if length < best {
        best = length
        end = node
      }
    }
    guard end >= 0 else { return 0 }
    total[end - cells] += 1
    walk(to: end)
    return best
  }

  /// What one more seat at a date changes: the cheapest path from any date that can spare somebody. nil: there is none.
  private mutating func pathToDate(_ goal: Int) -> Int32? {
    search.begin()
    for column in targets.dropLast() where column != goal {
      if total[column] > problem.candidates[candidateAt[column]].smallest {
        search.reach(cells + column, at: -seat(column, after: total[column] - 1), from: -1, moving: -1)
      }
    }
    if total[width - 1] > 0 { search.reach(cells + width - 1, at: 0, from: -1, moving: -1) }
    expand(toward: goal)
    let distance = search.distance[cells + goal]
    return distance < DateProblem.never ? distance : nil
  }

  private mutating func pushIntoDate(_ goal: Int) {
    let start = search.source(of: cells + goal)
    total[start - cells] -= 1
    total[goal] += 1
    walk(to: cells + goal)
  }

  /// Label-correcting search; the residual network of an optimal flow has no negative cycle.
  private mutating func expand(toward goal: Int?) {
    while let node = search.take() {
      work += 1
      let here = search.distance[node]
      if node >= cells {
        // A date with one too many: somebody of some department leaves.
        let column = node - cells
        if column == goal { continue }
        for department in 0..<problem.departmentCount {
          let cell = department * width + column
          guard count[cell] > 0 else { continue }
          search.reach(
            cell, at: here - marginal(cell, column, leaving: true), from: Int32(node), moving: -1)
        }
        continue
      }
      let column = node % width
      search.reach(
        cells + column, at: here + marginal(node, column, leaving: false), from: Int32(node), moving: -1)
      guard head[node] >= 0 else { continue }
      if isStale[node] { refresh(node) }
      let row = node * width
      for target in targets {
        let step = change[row + target]
        if step != DateProblem.never {
          search.reach(
            node - column + target, at: here + step, from: Int32(node), moving: mover[row + target])
        }
      }
    }
  }

  /// Moves everybody on the path, from its end backwards.
  private mutating func walk(to end: Int) {
    var node = end
    while node >= 0 {
      let mentor = Int(search.mover[node])
      if mentor >= 0, node < cells {
        let from = search.parent[node]
        if from >= 0 { leave(mentor, Int(from) % width) }
        enter(mentor, node % width)
      }
      node = Int(search.parent[node])
    }
  }
}

/// Distances, parents and the queue of one search; kept, so that a search allocates nothing.
private struct PathSearch {
  private(set) var distance: [Int32]
  private(set) var parent: [Int32]
  /// Who moves along the edge into a node; −1: the edge moves nobody.
  private(set) var mover: [Int32]
  private var queue: [Int32]
  private var isQueued: [Bool]
  private var first = 0
  private var waiting = 0

  init(nodes: Int) {
    distance = Array(repeating: DateProblem.never, count: nodes)
    parent = Array(repeating: -1, count: nodes)
    mover = parent
    queue = Array(repeating: 0, count: nodes)
    isQueued = Array(repeating: false, count: nodes)
  }

  mutating func begin() {
    for node in distance.indices { distance[node] = DateProblem.never }
    first = 0
    waiting = 0
  }

  @inline(__always)
  mutating func reach(_ node: Int, at length: Int32, from: Int32, moving: Int32) {
    guard length < distance[node] else { return }
    distance[node] = length
    parent[node] = from
    mover[node] = moving
    guard !isQueued[node] else { return }
    isQueued[node] = true
    var slot = first + waiting
    if slot >= queue.count { slot -= queue.count }
    queue[slot] = Int32(node)
    waiting += 1
  }

  mutating func take() -> Int? {
    guard waiting > 0 else { return nil }
    let node = Int(queue[first])
    first += 1
    if first == queue.count { first = 0 }
    waiting -= 1
    isQueued[node] = false
    return node
  }

  /// Where the path to a node begins.
  func source(of node: Int) -> Int {
    var node = node
    while parent[node] >= 0 { node = Int(parent[node]) }
    return node
  }
}
