import Basics

/// Finds how people could have been spread otherwise with every shown figure the same: the unit step of a witness.
///
/// An exchange takes away a person of one kind of answer from some hidden cells and adds one to others, so that every line still adds up
/// and no bound is broken. The search repairs one broken line after the other and backtracks within a budget. So it may miss an exchange
/// (then more is hidden than necessary), but one that it finds is proof in itself, against a linear attacker and an integer one.
struct ExchangeSearch {
  /// The figures that one step changes together.
  struct Kind: Hashable {
    struct Part: Hashable {
      var figure: Int
      var by: Int
    }

    var parts: [Part]

    /// What must be hidden for the change to be unseen: 2, the cell; 1, its values.
    var level: Int { parts.contains { $0.figure == 0 } ? 2 : 1 }
  }

  struct Change: Hashable {
    var cell: Int
    var step: Int
  }

  /// What the cells are held to during a search.
  struct Frame {
    var figures: [Int]
    let lower: [Int]
    let upper: [Int]
  }

  private let system: CountSystem
  private let costs: [Int]
  /// Steps of one search. More find rarer exchanges; each is O(members of a line).
  private static let budget = (closed: 200, open: 400)
  private static let widest = 64
  private var delta: [Int]
  private var imbalance: [Int]
  private var broken: [Int] = []
  private var support: [Change] = []
  private var steps = 0
  private var best: (cost: Int, support: [Change])?

  /// - Parameter costs: by cell, what hiding it loses.
  init(_ system: CountSystem, costs: [Int]) {
    self.system = system
    self.costs = costs
    delta = Array(repeating: 0, count: system.cells.count)
    imbalance = Array(repeating: 0, count: system.lines.count)
  }

  /// An exchange that changes the cell by one step of the kind, or nil where none was found.
  ///
  /// - Parameters:
  ///   - levels: by cell, 0 shown, 1 shown without its values, 2 hidden.
  ///   - canRaise: cells that may be hidden beyond their level for a price; nil: none.
  ///   - below: only what costs less is of use.
  mutating func exchange(
    of cell: Int, by step: Int, _ kind: Kind, _ frame: Frame, levels: [Int], canRaise: [Bool]? = nil,
    below: Int = .max
  ) -> (cost: Int, support: [Change])? {
    guard fits(cell, step, kind, frame), let price = price(of: cell, kind, levels, canRaise), price < below
    else { return nil }
    steps = 0
    best = nil
    limit = below
    apply(cell, step)
    extend(cost: price, kind, frame, levels, canRaise)
    undo()
    return best
  }

  private var limit = Int.max

  private struct Candidate {
    var cell: Int
    var step: Int
    /// Lines that it breaks, less those that it repairs.
    var breaks: Int
    var price: Int
    /// How many more such steps the cell could take.
    var room: Int
  }

  private func fits(_ cell: Int, _ step: Int, _ kind: Kind, _ frame: Frame) -> Bool {
    kind.parts.allSatisfy { part in
      let place = system.place(cell, part.figure)
      let value = frame.figures[place] + step * part.by
      return value >= frame.lower[place] && value <= frame.upper[place]
    }
  }

  private func room(_ cell: Int, _ step: Int, _ kind: Kind, _ frame: Frame) -> Int {
    kind.parts.reduce(1_000) { least, part in
      let place = system.place(cell, part.figure)
      let value = frame.figures[place]
      return min(least, step * part.by > 0 ? frame.upper[place] - value : value - frame.lower[place])
    }
  }

  /// What it costs to make the change unseen; nil where the cell must stay as it is.
  private func price(of cell: Int, _ kind: Kind, _ levels: [Int], _ canRaise: [Bool]?) -> Int? {
    let missing = kind.level - levels[cell]
    if missing <= 0 { return 0 }
    guard let canRaise, canRaise[cell] else { return nil }
    return costs[cell] * missing
  }

  private mutating func apply(_ cell: Int, _ step: Int) {
    delta[cell] += step
    support.append(Change(cell: cell, step: step))
    for term in system.linesOf[cell] {
      let before = imbalance[term.index]
      let after = before + term.sign * step
      imbalance[term.index] = after
      if before == 0, after != 0 { broken.append(term.index) }
      if before != 0, after == 0, let place = broken.lastIndex(of: term.index) { broken.remove(at: place) }
    }
  }

  private mutating func undo() {
    guard let last = support.last else { return }
    apply(last.cell, -last.step)
    support.removeLast(2)
  }

  private mutating func extend(
    cost: Int, _ kind: Kind, _ frame: Frame, _ levels: [Int], _ canRaise: [Bool]?
  ) {
    // Of the broken lines, the one with the fewest ways to repair it.
    guard
      let line = broken.min(by: { (system.lines[$0].count, $0) < (system.lines[$1].count, $1) })
    else {
      best = (cost, support)
      limit = cost
      return
    }
    steps += 1
    let budget = canRaise == nil ? ExchangeSearch.budget.closed : ExchangeSearch.budget.open
    guard steps <= budget, support.count < ExchangeSearch.widest else { return }
    for candidate in candidates(for: line, cost, kind, frame, levels, canRaise) {
      guard cost + candidate.price < limit else { continue }
      apply(candidate.cell, candidate.step)
      extend(cost: cost + candidate.price, kind, frame, levels, canRaise)
      undo()
      if best != nil, canRaise == nil || limit == 0 { return }
      if steps > budget { return }
    }
  }

  private func candidates(
    for line: Int, _ cost: Int, _ kind: Kind, _ frame: Frame, _ levels: [Int], _ canRaise: [Bool]?
  ) -> [Candidate] {
    let terms = system.lines[line]
    let sign = imbalance[line] > 0 ? -1 : 1
    // In a long line any hidden neighbour will do: the search need not see them all.
    let enough = terms.count > 256 && canRaise == nil ? 12 : Int.max
    let start = enough == .max ? 0 : position(in: terms)
    var found: [Candidate] = []
    for offset in terms.indices {
      let term = terms[(start + offset) % terms.count]
      let cell = term.index
      let step = sign * term.sign
      guard delta[cell] == 0, let price = price(of: cell, kind, levels, canRaise), cost + price < limit,
        fits(cell, step, kind, frame)
      else { continue }
      var breaks = 0
      for other in system.linesOf[cell] {
        let before = imbalance[other.index]
        let after = before + other.sign * step
        breaks += (abs(after) > abs(before) ? 1 : 0) - (after == 0 ? 1 : 0)
      }
      found.append(
        Candidate(
          cell: cell, step: step, breaks: breaks, price: price, room: room(cell, step, kind, frame)))
      if found.count == enough { break }
    }
    return found.sorted {
      ($0.breaks, $0.price, -$0.room, $0.cell) < ($1.breaks, $1.price, -$1.room, $1.cell)
    }
  }

  /// Where the cell that was changed last would be in the line: parts ascend behind the whole.
  private func position(in terms: [CountSystem.Term]) -> Int {
    guard let last = support.last?.cell else { return 0 }
    let place = terms.dropFirst().partitionPoint { $0.index < last }
    return place < terms.count ? place : 0
  }
}
