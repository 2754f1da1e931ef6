/// The text of a certificate: JSON Lines whose keys are in one fixed order, the digest last.
///
///     {"certificate":"tandem assignment 1","objective":"fair","left":2,"right":2,"pairs":1,"locked":0,…}
///     {"left":0,"id":"pl:7","capacity":1,"priority":0,"best":[1,40],"to":[0,1],"score":[40,20],"chosen":[0]}
///     {"right":0,"id":"pl:9","capacity":1,"priority":0,"best":[0,0]}
///     {"locked":[1,1,30]}
///     {"component":0,"threshold":40}
///     {"digest":"cbf29ce484222325"}
extension Certificate {
  static let kind = "tandem assignment 1"

  /// Writes the text, in pieces of about 64 KB.
  ///
  /// - Throws: what `sink` throws.
  /// - Complexity: O(pairs + nodes).
  package func write(_ sink: ([UInt8]) throws -> Void) rethrows {
    var line = CertificateLine()
    line.text("{\"certificate\":\"\(Self.kind)\",\"objective\":\"\(claim.objective.rawValue)\",\"left\":")
    line.number(problem.left.count)
    line.field("right", problem.right.count)
    line.field("pairs", claim.pairs)
    line.field("locked", claim.locked)
    line.field("priority", claim.priority)
    if let worst = claim.worst { line.field("worst", worst) }
    line.field("total", claim.total)
    line.end()
    var next = 0
    for node in problem.left.indices {
      line.node("left", node, leftNames[node], problem.left[node])
      line.prices(best.left[node], most.left[node], above.left[node])
      let row = problem.rowStart[node]..<problem.rowStart[node + 1]
      line.list("to", problem.column[row])
      line.list("score", problem.score[row])
      let first = next
      while next < chosen.count, Int(chosen[next].left) == node { next += 1 }
      line.list("chosen", chosen[first..<next].map(\.right)[...])
      line.end()
      try line.flush(sink)
    }
    for node in problem.right.indices {
      line.node("right", node, rightNames[node], problem.right[node])
      line.prices(best.right[node], most.right[node], above.right[node])
      line.end()
      try line.flush(sink)
    }
    for pair in problem.locked {
      line.text("{\"locked\":[\(pair.left),\(pair.right),\(pair.score)]")
      line.end()
    }
    for twin in problem.twins {
      line.text("{\"twin\":[\(twin.left),\(twin.right)]")
      line.end()
    }
    for (node, threshold) in thresholds.sorted(by: { $0.key < $1.key }) {
      line.text("{\"component\":\(node),\"threshold\":\(threshold)")
      line.end()
      try line.flush(sink)
    }
    for (node, proof) in general.sorted(by: { $0.key < $1.key }) {
      for (name, dual) in [("best", proof.best), ("most", proof.most), ("above", proof.above)] {
        guard let dual else { continue }
        line.text("{\"component\":\(node),\"proof\":\"\(name)\"")
        line.list("vertices", dual.vertices[...])
        line.text(",\"sets\":[")
        for (index, set) in dual.sets.enumerated() {
          line.text(index > 0 ? ",{\"dual\":\(set.dual)" : "{\"dual\":\(set.dual)")
          line.list("of", set.vertices[...])
          line.text("}")
        }
        line.text("]")
        line.end()
        try line.flush(sink)
      }
    }
    try line.finish(sink)
  }

  /// Reads a text that ``write(_:)`` made.
  ///
  /// - Throws: ``CertificateError``; the digest is checked before anything is believed.
  /// - Complexity: O(bytes).
  package static func read(_ bytes: [UInt8]) throws(CertificateError) -> Certificate {
    var scanner = try CertificateScanner(bytes)
    try scanner.expect("{\"certificate\":\"\(kind)\",\"objective\":")
    guard let objective = AssignmentObjective(rawValue: try scanner.name()) else {
      throw .syntax(line: scanner.line)
    }
    try scanner.expect(",\"left\":")
    let leftCount = try scanner.count()
    let rightCount = try scanner.count("right")
    let pairs = try scanner.count("pairs")
    let lockedCount = try scanner.count("locked")
    try scanner.expect(",\"priority\":")
    let priority = try scanner.natural()
    let worst = scanner.skip(",\"worst\":") ? try scanner.number() : nil
    try scanner.expect(",\"total\":")
    let total = try scanner.number()
    try scanner.end()
    var read = CertificateRows()
    for node in 0..<leftCount { try read.left(node, &scanner) }
    for node in 0..<rightCount { try read.right(node, &scanner) }
    var locked: [AssignmentProblem.Pair] = []
    while scanner.skip("{\"locked\":[") {
      let left = try scanner.small()
      try scanner.expect(",")
      let right = try scanner.small()
      try scanner.expect(",")
      locked.append(.init(left: left, right: right, score: try scanner.small()))
      try scanner.expect("]")
      try scanner.end()
    }
    var twins: [AssignmentProblem.Twin] = []
    while scanner.skip("{\"twin\":[") {
      let left = try scanner.small()
      try scanner.expect(",")
      twins.append(.init(left: left, right: try scanner.small()))
      try scanner.expect("]")
      try scanner.end()
    }
    var thresholds: [Int32: Int32] = [:]
    var general: [Int32: GeneralProof] = [:]
    while scanner.skip("{\"component\":") {
      let node = try scanner.small()
      if scanner.skip(",\"threshold\":") {
        thresholds[node] = try scanner.small()
      } else {
        try scanner.expect(",\"proof\":")
        let name = try scanner.name()
        let dual = try scanner.generalDual()
        switch name {
        case "best": general[node] = GeneralProof(best: dual)
        case "most" where general[node] != nil: general[node]?.most = dual
        case "above" where general[node] != nil: general[node]?.above = dual
        default: throw .syntax(line: scanner.line)
        }
      }
      try scanner.end()
    }
    guard scanner.isAtEnd else { throw .syntax(line: scanner.line) }
    return try read.certificate(
      Claim(
        objective: objective, pairs: pairs, locked: lockedCount, priority: priority, worst: worst,
        total: total), locked: locked, twins: twins, thresholds: thresholds, general: general)
  }
}

/// What the node lines of a certificate say, put together.
private struct CertificateRows {
  private var left: [AssignmentProblem.Node] = []
  private var right: [AssignmentProblem.Node] = []
  private var leftNames: [String] = []
  private var rightNames: [String] = []
  private var leftPrices: [[Certificate.NodePrice?]] = []
  private var rightPrices: [[Certificate.NodePrice?]] = []
  private var rowStart = [0]
  private var column: [Int32] = []
  private var score: [Int32] = []
  private var chosen: [(left: Int32, right: Int32)] = []

  mutating func left(_ node: Int, _ scanner: inout CertificateScanner) throws(CertificateError) {
    let (name, value) = try scanner.node("left", node)
    left.append(value)
    leftNames.append(name)
    leftPrices.append(try scanner.prices())
    try scanner.list("to", &column)
    try scanner.list("score", &score)
    guard column.count == score.count else {
      throw .syntax(line: scanner.line)
    }
    var partners: [Int32] = []
    try scanner.list("chosen", &partners)
    for partner in partners { chosen.append((Int32(truncatingIfNeeded: node), partner)) }
    rowStart.append(column.count)
    try scanner.end()
  }

  mutating func right(_ node: Int, _ scanner: inout CertificateScanner) throws(CertificateError) {
    let (name, value) = try scanner.node("right", node)
    right.append(value)
    rightNames.append(name)
    rightPrices.append(try scanner.prices())
    try scanner.end()
  }

  func certificate(
    _ claim: Certificate.Claim, locked: [AssignmentProblem.Pair], twins: [AssignmentProblem.Twin],
    thresholds: [Int32: Int32], general: [Int32: GeneralProof]
  ) throws(CertificateError) -> Certificate {
    let problem: AssignmentProblem
    do throws(AssignmentError) {
      problem = try AssignmentProblem(
        left: left, right: right, rowStart: rowStart, column: column, score: score, locked: locked,
        twins: twins)
    } catch { throw .instance(error) }
    var pairs: [AssignmentProblem.Pair] = []
    pairs.reserveCapacity(chosen.count)
    for (left, right) in chosen {
      guard let place = problem.place(left: Int(left), right: right) else { throw .pairs }
      pairs.append(.init(left: left, right: right, score: score[place]))
    }
    return Certificate(
      problem: problem, leftNames: leftNames, rightNames: rightNames, claim: claim, chosen: pairs,
      best: prices(problem, 0), most: prices(problem, 1), above: prices(problem, 2), thresholds: thresholds,
      general: general)
  }

  private func prices(_ problem: AssignmentProblem, _ proof: Int) -> Certificate.NodePrices {
    var prices = Certificate.NodePrices(problem)
    prices.left = leftPrices.map { $0[proof] }
    prices.right = rightPrices.map { $0[proof] }
    return prices
  }
}
