/// Which cells of a table may be shown, so that an attacker who has every shown figure can determine no hidden count.
///
/// Primary suppression hides cells of fewer people than the minimum, of a single tandem, and those that differ from an earlier
/// publication by fewer (see ``ProtectionLevels``). A cell whose answers are all alike, or all but one, shows only its count. The attacker
/// knows all shown figures, that counts are whole and not negative, and that given answers stay given. The protection is that of cell
/// suppression (Cox 1995; Fischetti and Salazar 2001) with these levels: a count of fewer than k must be able to be 0 and to be k; the
/// count of any other hidden cell must have a range of k; of answers that are all alike, k must be able to be others. The proof is a
/// witness for either end: another table of whole numbers with the same figures (``ExchangeSearch``). Where there is none, secondary
/// suppression hides the cheapest cells that give one. In the end, what turns out to be unnecessary is shown again.
package struct Suppression {
  package enum Outcome: Hashable, Sendable {
    case shown
    /// The count without its values.
    case counted
    case hidden(HiddenReason)
  }

  package struct Plan: Hashable, Sendable {
    /// In the order of the table's cells.
    package var outcomes: [Outcome]
    /// Whether every hidden count has its witnesses. False only where hiding cannot help after earlier publications.
    package var isProved: Bool
    /// Whether each secondary suppression was tried and found to be needed.
    package var isMinimal: Bool
  }

  let system: CountSystem
  private let table: GuardedTable
  private let protection: ProtectionLevels
  private var levels: [Int]
  private var canRaise: [Bool]
  private let costs: [Int]
  private var search: ExchangeSearch
  /// The true figures, but during a walk.
  private var frame: ExchangeSearch.Frame
  private var agenda: [Int] = []
  /// By cell: those that its witnesses change.
  private var touched: [Int: Set<Int>] = [:]
  private var isProved = true
  private var isMinimal = true
  /// Searches for what to show again, at most.
  private static let trials = 4_000

  /// O(hidden cells × steps of a search), and a step is O(members of a line).
  package static func plan(_ table: GuardedTable) -> Plan {
    var suppression = Suppression(table)
    suppression.protect()
    suppression.showAgain()
    return suppression.plan()
  }

  private init(_ table: GuardedTable) {
    var system = CountSystem(table)
    protection = ProtectionLevels(table, &system)
    self.system = system
    self.table = table
    levels = protection.levels
    canRaise = protection.canRaise
    costs = system.cells.map { 1 + max(0, $0.answered) }
    search = ExchangeSearch(system, costs: costs)
    frame = ExchangeSearch.Frame(figures: system.figures, lower: system.lower, upper: system.upper)
  }

  // MARK: - Protecting

  private mutating func protect() {
    agenda = levels.indices.filter { levels[$0] > 0 }
    var next = 0
    while next < agenda.count {
      let cell = agenda[next]
      next += 1
      if let witnesses = witnesses(of: cell, isOpen: true) {
        touched[cell] = witnesses
        continue
      }
      // Hiding all margins of the cell protects it, unless an earlier publication reveals them.
      raise(system.marginsOf[cell], to: levels[cell])
      if let witnesses = witnesses(of: cell, isOpen: true) {
        touched[cell] = witnesses
        continue
      }
      raise(Array(levels.indices), to: 2)
      touched[cell] = witnesses(of: cell, isOpen: false)
      if touched[cell] == nil { isProved = false }
    }
  }

  private mutating func raise(_ cells: [Int], to level: Int) {
    for cell in cells where levels[cell] < level && canRaise[cell] {
      levels[cell] = level
      agenda.append(cell)
    }
  }

  /// The cells that a proof of the cell's protection changes; nil where there is none. `isOpen`: others may be hidden for it.
  private mutating func witnesses(of cell: Int, isOpen: Bool, isWorded: Bool = false) -> Set<Int>? {
    var cells: Set<Int> = []
    for demand in demands(of: cell, isWorded: isWorded) {
      if meets(cell, demand, isOpen: false, &cells) { continue }
      guard isOpen, meets(cell, demand, isOpen: true, &cells) else { return nil }
    }
    return cells
  }

  private mutating func meets(_ cell: Int, _ demand: Demand, isOpen: Bool, _ cells: inout Set<Int>) -> Bool {
    switch demand {
    case .all(let walks): return walks.allSatisfy { take($0, cell, isOpen: isOpen, &cells) == $0.times }
    case .any(let walks): return walks.contains { take($0, cell, isOpen: isOpen, &cells) == $0.times }
    case .range(let width):
      var walk = Walk(step: -1, times: width)
      let down = take(walk, cell, isOpen: false, &cells)
      walk.step = 1
      walk.times = width - down
      let up = take(walk, cell, isOpen: isOpen, &cells)
      if up == walk.times { return true }
      walk.step = -1
      walk.times = width - up
      return isOpen && take(walk, cell, isOpen: true, &cells) == walk.times
    }
  }

  /// Steps of one cell in one direction, from the true table; each of any of the kinds, nil: of one person more or fewer.
  private struct Walk {
    var step: Int
    var times: Int
    var kinds: [ExchangeSearch.Kind]?
  }

  private enum Demand {
    case all([Walk])
    case any([Walk])
    /// Of the count, downward and upward together.
    case range(width: Int)
  }

  /// How many steps were found.
  private mutating func take(_ walk: Walk, _ cell: Int, isOpen: Bool, _ cells: inout Set<Int>) -> Int {
    var trail: [(ExchangeSearch.Kind, [ExchangeSearch.Change])] = []
    while trail.count < walk.times {
      guard let (kind, changes) = step(walk, cell, isOpen: isOpen) else { break }
      for change in changes {
        add(change, kind, times: 1)
        cells.insert(change.cell)
        raise([change.cell], to: kind.level)
      }
      trail.append((kind, changes))
    }
    for (kind, changes) in trail { for change in changes { add(change, kind, times: -1) } }
    return trail.count
  }

  private mutating func add(_ change: ExchangeSearch.Change, _ kind: ExchangeSearch.Kind, times: Int) {
    for part in kind.parts {
      frame.figures[system.place(change.cell, part.figure)] += change.step * part.by * times
    }
  }

  private mutating func step(
    _ walk: Walk, _ cell: Int, isOpen: Bool
  ) -> (ExchangeSearch.Kind, [ExchangeSearch.Change])? {
    let kinds = walk.kinds ?? kinds(of: cell)
    for kind in kinds {
      if let found = search.exchange(of: cell, by: walk.step, kind, frame, levels: levels) {
        return (kind, found.support)
      }
    }
    guard isOpen else { return nil }
    var best: (kind: ExchangeSearch.Kind, cost: Int, support: [ExchangeSearch.Change])?
    for kind in kinds {
      let found = search.exchange(
        of: cell, by: walk.step, kind, frame, levels: levels, canRaise: canRaise, below: best?.cost ?? .max)
      if let found { best = (kind, found.cost, found.support) }
    }
    return best.map { ($0.kind, $0.support) }
  }

  /// The ways in which a person more or fewer may have answered, those of the cell's most frequent answers first. Of several choices
  /// only some of the ways are tried; the first can always be taken away.
  private func kinds(of cell: Int) -> [ExchangeSearch.Kind] {
    typealias Part = ExchangeSearch.Kind.Part
    let count = Part(figure: 0, by: 1)
    let values = system.width - 1
    func given(_ value: Int) -> Int { frame.figures[system.place(cell, 1 + value)] }
    switch table.counting {
    case .plain, .sums: return [ExchangeSearch.Kind(parts: [count])]
    case .rests: return [ExchangeSearch.Kind(parts: [Part(figure: 1, by: 1)])]
    case .exclusive:
      guard values > 0 else { return [ExchangeSearch.Kind(parts: [count])] }
      return (0..<values).sorted { (-given($0), $0) < (-given($1), $1) }.map {
        ExchangeSearch.Kind(parts: [count, Part(figure: 1 + $0, by: 1)])
      }
    case .overlapping:
      let choices = values / 2
      func kind(_ isChosen: (Int) -> Bool) -> ExchangeSearch.Kind {
        ExchangeSearch.Kind(
          parts: [count] + (0..<choices).map { Part(figure: 1 + $0 + (isChosen($0) ? 0 : choices), by: 1) })
      }
      let answered = frame.figures[system.place(cell, 0)]
      var kinds = [
        kind { given($0) == answered }, kind { given($0) > 0 }, kind { 2 * given($0) >= answered },
        kind { _ in false }, kind { _ in true },
      ]
      // What takes a person from a margin takes them from one of its parts.
      for part in system.partsOf[cell].prefix(8) {
        let all = frame.figures[system.place(part, 0)]
        if all > 0 { kinds.append(kind { frame.figures[system.place(part, 1 + $0)] == all }) }
      }
      for choice in 0..<choices { kinds += [kind { $0 == choice }, kind { $0 != choice }] }
      var known: Set<ExchangeSearch.Kind> = []
      return kinds.filter { known.insert($0).inserted }
    }
  }

  /// What an attacker must not be able to rule out, for the cell to be protected.
  private func demands(of cell: Int, isWorded: Bool) -> [Demand] {
    if case .rests(let range) = table.counting {
      guard system.cells[cell].isUniform else { return [] }
      let sum = system.place(cell, 1)
      return [.range(width: min(range?.count ?? 2, frame.upper[sum] - frame.lower[sum] + 1) - 1)]
    }
    let cause = protection.causes[cell]
    let isUniform =
      system.cells[cell].isUniform && cause != .carried && !protection.hasCarriedValues[cell]
    var demands: [Demand] = []
    if levels[cell] == 2, let demand = countDemand(of: cell, isWorded: isWorded) { demands.append(demand) }
    if table.counting == .sums {
      guard isUniform || cause == .few || cause?.isChange == true else { return demands }
      let sum = ExchangeSearch.Kind(parts: [.init(figure: 1, by: 1)])
      return demands + [.all([Walk(step: 1, times: 1, kinds: [sum])])]
    }
    return isUniform ? demands + valueDemands(of: cell) : demands
  }

  /// How far the count of a hidden cell must be able to differ.
  private func countDemand(of cell: Int, isWorded: Bool) -> Demand? {
    let minimum = table.minimum
    let count = system.place(cell, 0)
    let answered = system.figures[count]
    func range(_ low: Int, _ high: Int) -> Demand {
      .all([
        Walk(step: -1, times: max(0, answered - max(low, frame.lower[count]))),
        Walk(step: 1, times: max(0, min(high, frame.upper[count]) - answered)),
      ])
    }
    switch protection.causes[cell] {
    case .few: return range(0, max(minimum, answered))
    case .changed(let before):
      // Where the answers were withheld before, it is unknown here which of them are new.
      return range(protection.hasCarriedValues[cell] ? answered : before, max(before + minimum, answered))
    case .none:
      return .range(width: min(minimum - (isWorded ? 1 : 0), frame.upper[count] - frame.lower[count]))
    case .rest, .carried: return nil
    }
  }

  /// Of those who gave the value that all gave, some must be able to give another, or to leave it out.
  private func valueDemands(of cell: Int) -> [Demand] {
    typealias Kind = ExchangeSearch.Kind
    let isOverlapping = table.counting == .overlapping
    let values = isOverlapping ? (system.width - 1) / 2 : system.width - 1
    let answered = system.figures[system.place(cell, 0)]
    var demands: [Demand] = []
    for value in 0..<values {
      let given = system.figures[system.place(cell, 1 + value)]
      guard GuardedTable.isUniform(CollectionOfOne(given), of: answered) else { continue }
      let others: [Int] =
        isOverlapping
        ? [1 + values + value]
        : (0..<values).filter { $0 != value }.sorted { (abs($0 - value), $0) < (abs($1 - value), $1) }
          .map { 1 + $0 }
      let kinds = others.map { Kind(parts: [.init(figure: 1 + value, by: -1), .init(figure: $0, by: 1)]) }
      if levels[cell] == 1 {
        demands.append(.all([Walk(step: 1, times: min(table.minimum, given), kinds: kinds)]))
      } else if !kinds.isEmpty {
        let more = others.map { Kind(parts: [.init(figure: 0, by: 1), .init(figure: $0, by: 1)]) }
        demands.append(
          .any([Walk(step: 1, times: 1, kinds: kinds + (table.counting == .exclusive ? more : []))]))
      }
    }
    return demands
  }

  // MARK: - Showing again

  private mutating func showAgain() {
    guard isProved else {
      isMinimal = false
      return
    }
    var using: [Int: Set<Int>] = [:]
    for (cell, cells) in touched { for other in cells { using[other, default: []].insert(cell) } }
    let extra = levels.indices.filter { levels[$0] > protection.levels[$0] }
      .sorted { (-costs[$0], $0) < (-costs[$1], $1) }
    var trials = 0
    for cell in extra {
      let before = levels[cell]
      levels[cell] = protection.levels[cell]
      var found: [Int: Set<Int>] = [:]
      var isNeeded = false
      let affected = (using[cell] ?? []).union(levels[cell] > 0 ? [cell] : [])
      for other in affected.sorted() where levels[other] > 0 {
        trials += 1
        if trials > Suppression.trials { isMinimal = false }
        guard trials <= Suppression.trials, let witnesses = witnesses(of: other, isOpen: false) else {
          isNeeded = true
          break
        }
        found[other] = witnesses
      }
      if isNeeded {
        levels[cell] = before
        continue
      }
      if levels[cell] == 0 { found[cell] = [] }
      for (other, cells) in found {
        for old in touched[other] ?? [] { using[old]?.remove(other) }
        for new in cells { using[new, default: []].insert(other) }
        touched[other] = cells
      }
    }
  }

  // MARK: - Reasons

  private mutating func plan() -> Plan {
    let reasonsAreSafe = reasonsRevealNothing()
    var bySlice: [Slice: Outcome] = [:]
    for cell in 0..<system.shownCells {
      let outcome: Outcome
      switch levels[cell] {
      case 0: outcome = .shown
      case 1: outcome = .counted
      default:
        switch protection.causes[cell] {
        case _ where !reasonsAreSafe: outcome = .hidden(.protection)
        case .few: outcome = .hidden(.tooFew)
        case .changed, .carried: outcome = .hidden(.earlierRun)
        case .rest, .none: outcome = .hidden(.secondary)
        }
      }
      // Where a slice occurs twice, what hides one hides both.
      if case .hidden = bySlice[system.cells[cell].slice] { continue }
      bySlice[system.cells[cell].slice] = outcome
    }
    return Plan(
      outcomes: table.cells.map { bySlice[$0.slice] ?? .hidden(.protection) }, isProved: isProved,
      isMinimal: isMinimal)
  }

  /// A reason is a figure too: "fewer than k" bounds a count from above, "to protect another" from below. Whether all counts keep their
  /// range against an attacker who reads the reasons.
  private mutating func reasonsRevealNothing() -> Bool {
    guard isProved, table.cells.allSatisfy({ $0.answered == $0.respondents }) else {
      return false
    }
    let own = frame
    defer { frame = own }
    var (lower, upper) = (system.lower, system.upper)
    for cell in 0..<system.shownCells where levels[cell] == 2 {
      let count = system.place(cell, 0)
      switch protection.causes[cell] {
      case .few: upper[count] = min(upper[count], table.minimum - 1)
      case .changed(let before):
        upper[count] = min(upper[count], before + table.minimum - 1)
        lower[count] = max(lower[count], before - table.minimum + 1)
      case .none: lower[count] = max(lower[count], table.minimum)
      case .carried, .rest: break
      }
      // What the reasons say must be true of the table itself: a single tandem may be of k people.
      let answered = system.figures[count]
      guard answered >= lower[count], answered <= upper[count] else { return false }
    }
    frame = ExchangeSearch.Frame(figures: system.figures, lower: lower, upper: upper)
    for cell in levels.indices where levels[cell] > 0 {
      if witnesses(of: cell, isOpen: false, isWorded: true) == nil { return false }
    }
    return true
  }
}
