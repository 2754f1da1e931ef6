import Basics

/// What an attacker knows about one table: unknown counts, and an equation for each total and margin.
///
/// Each cell has its count and, where values are published, one figure a value (and, of several choices, how many left it out). A line, a
/// cell and its parts along one dimension, is an equation for each figure. Where the parts make up less than the whole, the rest is a
/// cell of its own, which is never shown: an attacker finds it by subtraction.
struct CountSystem {
  /// A cell in a line, or a line of a cell.
  struct Term: Hashable {
    var index: Int
    /// −1 for the whole, 1 for a part.
    var sign: Int
  }

  /// Beyond any count; a sum has no bounds.
  static let unbounded = Int.max / 4

  /// The table's cells in the order of their slices, then the rests.
  private(set) var cells: [GuardedTable.Cell]
  /// How many of the cells are in the table.
  let shownCells: Int
  /// Figures of a cell: first the count, then the values (the sum, where the table sums), then those who left each choice out.
  let width: Int
  /// By cell and figure.
  var figures: [Int] = []
  var lower: [Int] = []
  var upper: [Int] = []
  private(set) var lines: [[Term]] = []
  private(set) var linesOf: [[Term]]
  /// By cell: those that count it, along all dimensions.
  private(set) var marginsOf: [[Int]]
  /// By cell: those that it counts, the fewest answers first.
  private(set) var partsOf: [[Int]]

  /// O(cells × (dimensions + values)).
  init(_ table: GuardedTable) {
    cells = table.cells.sorted { $0.slice < $1.slice }
    shownCells = cells.count
    let values = table.cells.map(\.values.count).max() ?? 0
    switch table.counting {
    case .plain: width = 1
    case .sums, .rests: width = 2
    case .exclusive: width = 1 + values
    case .overlapping: width = 1 + 2 * values
    }
    marginsOf = Array(repeating: [], count: cells.count)
    linesOf = marginsOf.map { _ in [] }
    partsOf = linesOf.map { _ in [] }
    let index = cells.places(by: \.slice)
    var parts: [Slice: [[Int]]] = [:]
    for (place, cell) in cells.enumerated() {
      for margin in cell.slice.margins where margin != cell.slice {
        if let whole = index[margin] { marginsOf[place].append(whole) }
      }
      for (dimension, value) in cell.slice.values.enumerated() where value != nil {
        var whole = cell.slice
        whole.values[dimension] = nil
        if index[whole] != nil {
          parts[whole, default: Array(repeating: [], count: whole.values.count)][dimension].append(place)
        }
      }
      addFigures(of: place, table.counting)
    }
    for whole in 0..<shownCells {
      for members in parts[cells[whole].slice] ?? [] where !members.isEmpty {
        addLine(whole, members, table.counting)
      }
    }
    for (part, margins) in marginsOf.enumerated() {
      for margin in margins { partsOf[margin].append(part) }
    }
    for cell in partsOf.indices {
      partsOf[cell].sort { (cells[$0].answered, $0) < (cells[$1].answered, $1) }
    }
    for (line, terms) in lines.enumerated() {
      for term in terms { linesOf[term.index].append(Term(index: line, sign: term.sign)) }
    }
  }

  func place(_ cell: Int, _ figure: Int) -> Int { cell * width + figure }

  private mutating func addFigures(of place: Int, _ counting: GuardedTable.Counting) {
    let cell = cells[place]
    let isSum = counting == .sums
    var own = [cell.answered]
    if counting != .plain, !isSum { own += cell.values }
    if counting == .overlapping { own += cell.values.map { cell.answered - $0 } }
    for figure in 0..<width {
      figures.append(figure < own.count ? own[figure] : 0)
      if figure == 1, case .rests(let range) = counting {
        // A sum of nothing is known.
        let isNone = cell.answered == 0
        lower.append(isNone ? 0 : range.map { $0.lowerBound * cell.answered } ?? -CountSystem.unbounded)
        upper.append(isNone ? 0 : range.map { $0.upperBound * cell.answered } ?? CountSystem.unbounded)
        continue
      }
      let least = figure == 0 ? cell.least.map { min(max(0, $0), cell.answered) } : nil
      let most = figure == 0 ? cell.most.map { max($0, cell.answered) } : nil
      lower.append(isSum && figure == 1 ? -CountSystem.unbounded : least ?? 0)
      upper.append(most ?? CountSystem.unbounded)
    }
  }

  private mutating func addLine(_ whole: Int, _ parts: [Int], _ counting: GuardedTable.Counting) {
    let rest = (0..<width).map { figure in
      figures[place(whole, figure)] - parts.reduce(0) { $0 + figures[place($1, figure)] }
    }
    // Parts that overlap do not add up: such a line reveals nothing by subtraction.
    guard rest.allSatisfy({ $0 >= 0 }) else { return }
    var members = parts
    if rest.contains(where: { $0 > 0 }) {
      members.append(cells.count)
      let values = counting == .plain || counting == .sums ? [] : Array(rest.dropFirst())
      cells.append(
        GuardedTable.Cell(
          slice: cells[whole].slice, answered: rest[0],
          values: Array(values.prefix(cells[whole].values.count)), isUniform: false))
      marginsOf.append([whole] + marginsOf[whole])
      linesOf.append([])
      partsOf.append([])
      addFigures(of: cells.count - 1, counting)
    }
    lines.append([Term(index: whole, sign: -1)] + members.map { Term(index: $0, sign: 1) })
  }
}
