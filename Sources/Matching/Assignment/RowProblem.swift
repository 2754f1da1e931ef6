/// One side of a component of unit capacities whose nodes are all matched in every greatest matching, and the other.
///
/// The greatest matchings split a component into two zones (Dulmage, Mendelsohn 1958): the right nodes that free left
/// nodes reach over alternating paths, with those left nodes; and the rest. No optimum has a pair between the zones; in the
/// first all right nodes are matched, in the second all left nodes. Those are the rows here: least cost alone is
/// left to find, and Kőnig's cover of the zones proves the number of pairs.
struct RowProblem {
  /// Local nodes of the component.
  let rows: [Int32]
  let columns: [Int32]
  /// Whether the rows are left nodes.
  let rowsAreLeft: Bool
  /// How many pairs lie in the zone.
  let pairCount: Int

  /// The zones of a component that have rows.
  static func zones(_ graph: ComponentGraph, left: [Bool], right: [Bool]) -> [RowProblem] {
    let wholeRows = left.contains(true) ? nil : graph.column.count
    var zones: [RowProblem] = []
    for reached in [false, true] {
      let lefts = left.indices.lazy.filter { left[$0] == reached }.map { Int32($0) }
      let rights = right.indices.lazy.filter { right[$0] == reached }.map { Int32($0) }
      let rows = Array(reached ? rights : lefts)
      guard !rows.isEmpty else { continue }
      var count = 0
      if !reached, let wholeRows {
        count = wholeRows
      } else {
        for node in lefts {
          let row = graph.rowStart[Int(node)]..<graph.rowStart[Int(node) + 1]
          for place in row where right[Int(graph.column[place])] == reached { count += 1 }
        }
      }
      zones.append(
        RowProblem(
          rows: rows, columns: Array(reached ? lefts : rights), rowsAreLeft: !reached, pairCount: count))
    }
    return zones
  }
}

/// An optimum of a ``RowProblem``: least `highest − score` over all rows.
struct RowOptimum {
  /// The column of each row.
  var columns: [Int32]
  /// The price of each column, ≤ 0, and 0 for free ones; in units of cost.
  var prices: [Int64]
}

/// Most pairs, then greatest total, in a component of unit capacities without bonuses.
enum UnitAssignment {
  /// How a zone is solved.
  enum Method: CaseIterable {
    /// Jonker and Volgenant's algorithm on a matrix of 16 or 32 bits.
    case narrowMatrix, matrix
    /// Searches over ordered rows, one by one as long as they are short, then in a forest; or in a forest at once.
    case orderedRows, forest
  }

  /// Any optimum, as places in `graph`, and the potentials that prove it.
  ///
  /// - Parameter method: nil for the best of each zone.
  /// - Returns: nil when the scores do not fit the method; ordered rows fit all.
  static func solve(
    _ graph: ComponentGraph, by method: Method? = nil
  ) -> (chosen: [Int32], dual: DualPotentials)? {
    let matching = MaximumMatching(graph)
    let reached = matching.reached(graph)
    let highest = Int64(graph.highest)
    var dual = DualPotentials(reached: reached)
    var partner = [Int32](repeating: -1, count: reached.left.count)
    for zone in RowProblem.zones(graph, left: reached.left, right: reached.right) {
      guard let optimum = solve(zone, graph, highest, method) else { return nil }
      if zone.rowsAreLeft {
        for (column, price) in zip(zone.columns, optimum.prices) { dual.right[Int(column)] = -price }
      } else {
        for (column, price) in zip(zone.columns, optimum.prices) { dual.left[Int(column)] = -price }
      }
      for (row, column) in zip(zone.rows, optimum.columns) {
        let other = zone.columns[Int(column)]
        partner[Int(zone.rowsAreLeft ? row : other)] = zone.rowsAreLeft ? other : row
      }
    }
    var chosen: [Int32] = []
    chosen.reserveCapacity(partner.count)
    for (node, other) in partner.enumerated() where other >= 0 {
      guard let place = graph.place(left: node, right: Int(other)) else { return nil }
      chosen.append(Int32(place))
      // A row's potential makes its own pair tight.
      if dual.leftCover[node] == 1 {
        dual.left[node] = Int64(graph.score[place]) - dual.right[Int(other)]
      } else {
        dual.right[Int(other)] = Int64(graph.score[place]) - dual.left[node]
      }
    }
    return (chosen, dual)
  }

  private static func solve(
    _ zone: RowProblem, _ graph: ComponentGraph, _ highest: Int64, _ method: Method?
  ) -> RowOptimum? {
    switch method {
    case .narrowMatrix: return dense(zone, graph, highest, Int16.self)
    case .matrix: return dense(zone, graph, highest, Int32.self)
    case .orderedRows, .forest:
      let source = RowSource(zone, graph, highest: highest)
      return SparseAssignment.solve(
        source, columnCount: zone.columns.count, patience: method == .forest ? 0 : 4)
    case nil:
      if isDense(zone) {
        if let solved = dense(zone, graph, highest, Int16.self) { return solved }
        if let solved = dense(zone, graph, highest, Int32.self) { return solved }
      }
      return solve(zone, graph, highest, .orderedRows)
    }
  }

  /// A matrix pays when it is well filled and small enough for the processor's caches.
  private static func isDense(_ zone: RowProblem) -> Bool {
    let cells = zone.rows.count.multipliedReportingOverflow(by: zone.columns.count)
    return !cells.overflow && cells.partialValue <= 8_000_000 && zone.pairCount >= cells.partialValue / 8
  }

  private static func dense<Cost: FixedWidthInteger & SignedInteger>(
    _ zone: RowProblem, _ graph: ComponentGraph, _ highest: Int64, _: Cost.Type
  ) -> RowOptimum? {
    let width = JonkerVolgenant<Cost>.stride(zone.columns.count)
    var matrix = [Cost](repeating: JonkerVolgenant<Cost>.missing, count: zone.rows.count * width)
    let rowNode = (zone.rowsAreLeft ? zone.rows : zone.columns).ranks(among: graph.leftNodes.count)
    let columnNode = (zone.rowsAreLeft ? zone.columns : zone.rows).ranks(among: graph.rightNodes.count)
    let limit = Int64(JonkerVolgenant<Cost>.limit)
    for node in graph.leftNodes.indices where rowNode[node] >= 0 {
      let a = Int(rowNode[node])
      for place in graph.rowStart[node]..<graph.rowStart[node + 1] {
        let b = Int(columnNode[Int(graph.column[place])])
        if b < 0 { continue }
        let cost = highest - Int64(graph.score[place])
        guard cost <= limit else { return nil }
        matrix[zone.rowsAreLeft ? a * width + b : b * width + a] = Cost(truncatingIfNeeded: cost)
      }
    }
    let solved = JonkerVolgenant<Cost>(
      matrix: matrix, rows: zone.rows.count, columnCount: zone.columns.count)
    return solved.map { RowOptimum(columns: $0.columns, prices: $0.prices) }
  }
}
