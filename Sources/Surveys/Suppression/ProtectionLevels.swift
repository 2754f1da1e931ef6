/// Primary suppression: what must be hidden whatever else is shown, and what earlier publications revealed about the rest.
struct ProtectionLevels {
  enum Cause: Hashable {
    /// Fewer people than the minimum, or a single tandem.
    case few
    /// Fewer people than the minimum came or went since it was shown with so many answers.
    case changed(before: Int)
    /// Hidden in an earlier publication. If it were shown now, it could be compared with those of its line that were shown then. What
    /// protected it then still does: each table that was possible then, with those who came since, is possible now.
    case carried
    /// What the parts of a line leave of the whole; it has no place in the table, and needs no protection of its own.
    case rest

    var isChange: Bool {
      if case .changed = self { true } else { false }
    }
  }

  private(set) var levels: [Int]
  private(set) var causes: [Cause?]
  /// Shown without its values in an earlier publication.
  private(set) var hasCarriedValues: [Bool]
  /// False where hiding is useless: the figure is published already and has not changed.
  private(set) var canRaise: [Bool]

  /// Tightens the system's bounds where answers were given before: what was given stays given. O(cells × publications).
  init(_ table: GuardedTable, _ system: inout CountSystem) {
    levels = Array(repeating: 0, count: system.cells.count)
    causes = Array(repeating: nil, count: system.cells.count)
    hasCarriedValues = Array(repeating: false, count: system.cells.count)
    canRaise = Array(repeating: true, count: system.cells.count)
    // Answers of one person, at most: each change of a person is one of so many answers.
    let share =
      table.cells.map { ($0.answered + max(1, $0.respondents) - 1) / max(1, $0.respondents) }.max() ?? 1
    let minimum = table.minimum
    for place in system.cells.indices {
      let cell = system.cells[place]
      if place >= system.shownCells {
        levels[place] = 2
        causes[place] = cell.answered < minimum * share ? .few : .rest
      } else if cell.respondents < minimum || cell.answered < minimum || cell.tandems == 1 {
        levels[place] = 2
        causes[place] = .few
      } else if table.withheld.contains(cell.slice) {
        levels[place] = 2
      } else if cell.isUniform && table.counting != .plain || table.coarsened.contains(cell.slice) {
        levels[place] = 1
      }
      guard place < system.shownCells else {
        if !table.earlier.isEmpty { keep(place, from: 0, &system) }
        continue
      }
      for publication in table.earlier {
        switch publication[cell.slice] {
        case .hidden:
          levels[place] = 2
          causes[place] = .carried
        case .shown(let answered, let values, let other) where causes[place] != .carried:
          compare(
            place, before: (answered, values, other), least: minimum * share, table, &system)
        case nil, .shown: break
        }
      }
      if causes[place] == .carried { keep(place, from: 0, &system) }
    }
  }

  /// How many of its answers were given before is unknown here. So no witness takes any away, and each is valid for both runs.
  private func keep(_ cell: Int, from figure: Int, _ system: inout CountSystem) {
    for figure in figure..<max(figure, system.width) {
      let place = system.place(cell, figure)
      system.lower[place] = max(system.lower[place], system.figures[place])
    }
  }

  private mutating func compare(
    _ place: Int, before: (answered: Int, values: [Int]?, other: GuardedTable.OtherFigures), least: Int,
    _ table: GuardedTable, _ system: inout CountSystem
  ) {
    let counting = table.counting
    let cell = system.cells[place]
    let more = cell.answered - before.answered
    var (gain, loss) = (max(0, more), max(0, -more))
    if let values = before.values, values.count == cell.values.count {
      let changes = zip(cell.values, values).map { $0 - $1 }
      let (up, down) = (changes.map { max(0, $0) }, changes.map { max(0, -$0) })
      gain = max(gain, counting == .exclusive ? up.reduce(0, +) : up.max() ?? 0)
      loss = max(loss, counting == .exclusive ? down.reduce(0, +) : down.max() ?? 0)
    } else if !cell.values.isEmpty || counting == .sums && before.other == .unpublished {
      levels[place] = max(levels[place], 1)
      hasCarriedValues[place] = true
      keep(place, from: 1, &system)
    }
    if gain == 0, loss == 0, before.other == .different { (gain, loss) = (1, 1) }
    if gain == 0, loss == 0 {
      guard causes[place] == nil else { return }
      canRaise[place] = false
      let isCoarsened = hasCarriedValues[place] || table.coarsened.contains(cell.slice)
      levels[place] = isCoarsened || cell.isUniform && counting != .plain ? 1 : 0
      return
    }
    if (1..<least).contains(gain) || (1..<least).contains(loss) {
      levels[place] = 2
      if causes[place] != .few { causes[place] = .changed(before: before.answered) }
    }
    guard loss == 0 else { return }
    let count = system.place(place, 0)
    system.lower[count] = max(system.lower[count], before.answered)
    guard counting == .exclusive || counting == .overlapping else { return }
    for (figure, value) in (before.values ?? []).prefix(cell.values.count).enumerated() {
      let given = system.place(place, 1 + figure)
      system.lower[given] = max(system.lower[given], value)
    }
  }
}
