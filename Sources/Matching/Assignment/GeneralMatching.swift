/// A matching of greatest weight in a graph that need not be bipartite, by Edmonds' blossoms, with the dual that proves it.
///
/// The primal-dual method with one stage a pair: alternating trees grow from all unmatched vertices over tight edges; an
/// odd cycle of tight edges shrinks to a blossom; the duals of vertices and blossoms change by the least amount that gives
/// something to do. Weights are whole numbers and duals are kept twice as large, so that all stay whole.
///
/// Source: Galil, *Efficient algorithms for finding maximum matching in graphs*, ACM Computing Surveys 18 (1986); the
/// arrangement of the data follows van Rantwijk's `mwmatching.py` (2008).
///
/// - Complexity: O(vertices³), because a stage is O(vertices²) and each but the last adds a pair.
struct GeneralMatching {
  struct Edge {
    var a: Int
    var b: Int
    var weight: Int64
  }

  /// A set of an odd number of vertices and its dual, twice as large as in the linear programme.
  struct OddSet: Equatable, Sendable {
    var vertices: [Int32]
    var dual: Int64
  }

  let edges: [Edge]
  let count: Int
  /// The remote end of each vertex's chosen edge, as `2 × edge + side`; -1 without.
  var mate: [Int]
  /// Duals of vertices, then of blossoms; twice as large.
  var dual: [Int64]
  /// The blossom a vertex or blossom lies in directly, or -1, and each vertex's outermost one.
  var parent: [Int]
  var outer: [Int]
  var base: [Int]
  /// A blossom's members in order around it, and the edge ends between them.
  var children: [[Int]]
  var childEnds: [[Int]]
  /// 0 free, 1 outer (even), 2 inner (odd), and the edge end the label came over.
  var label: [Int]
  var labelEnd: [Int]
  private var bestEdge: [Int]
  private var bestEdges: [[Int]?]
  var unused: [Int]
  var allowed: [Bool]
  private var queue: [Int] = []
  private let incident: [[Int]]

  /// The chosen edges, ascending.
  var chosen: [Int] {
    (0..<count).compactMap { mate[$0] >= 0 && mate[$0] & 1 == 1 ? mate[$0] / 2 : nil }.sorted()
  }

  /// The blossoms with a positive dual.
  var oddSets: [OddSet] {
    (count..<2 * count).filter { base[$0] >= 0 && dual[$0] > 0 }.map {
      OddSet(vertices: leaves($0).map { Int32($0) }.sorted(), dual: dual[$0])
    }
  }

  /// - Parameter edges: between different vertices of 0 ..< `count`, no two between the same; only positive weights are
  ///   ever chosen.
  init(count: Int, edges: [Edge]) {
    self.count = count
    self.edges = edges
    var incident = [[Int]](repeating: [], count: count)
    for (index, edge) in edges.enumerated() {
      incident[edge.a].append(2 * index + 1)
      incident[edge.b].append(2 * index)
    }
    self.incident = incident
    let most = max(0, edges.map(\.weight).max() ?? 0)
    mate = Array(repeating: -1, count: count)
    dual = Array(repeating: most, count: count) + Array(repeating: 0, count: count)
    parent = Array(repeating: -1, count: 2 * count)
    outer = Array(0..<count)
    base = Array(0..<count) + Array(repeating: -1, count: count)
    children = Array(repeating: [], count: 2 * count)
    childEnds = children
    label = Array(repeating: 0, count: 2 * count)
    labelEnd = Array(repeating: -1, count: 2 * count)
    bestEdge = labelEnd
    bestEdges = Array(repeating: nil, count: 2 * count)
    unused = Array(count..<2 * count)
    allowed = Array(repeating: false, count: edges.count)
    while stage() {}
  }

  /// The vertex at an edge end.
  func vertex(_ end: Int) -> Int { end & 1 == 0 ? edges[end / 2].a : edges[end / 2].b }

  func slack(_ edge: Int) -> Int64 {
    dual[edges[edge].a] + dual[edges[edge].b] - 2 * edges[edge].weight
  }

  func leaves(_ blossom: Int) -> [Int] {
    blossom < count ? [blossom] : children[blossom].flatMap { leaves($0) }
  }

  /// One stage: one more pair, or false when the matching is optimal.
  private mutating func stage() -> Bool {
    for index in label.indices {
      label[index] = 0
      bestEdge[index] = -1
      bestEdges[index] = nil
    }
    for index in allowed.indices { allowed[index] = false }
    queue.removeAll()
    for v in 0..<count where mate[v] < 0 && label[outer[v]] == 0 { assign(v, 1, -1) }
    while true {
      while let v = queue.popLast() {
        if scan(v) {
          for blossom in count..<2 * count
          where parent[blossom] < 0 && base[blossom] >= 0 && label[blossom] == 1 && dual[blossom] == 0 {
            expand(blossom, atEnd: true)
          }
          return true
        }
      }
      guard changeDuals() else { return false }
    }
  }

  /// Gives the outermost blossom of `w` a label, reached over `end`; an inner one passes on to its mate.
  mutating func assign(_ w: Int, _ kind: Int, _ end: Int) {
    let b = outer[w]
    label[w] = kind
    label[b] = kind
    labelEnd[w] = end
    labelEnd[b] = end
    bestEdge[w] = -1
    bestEdge[b] = -1
    if kind == 1 {
      queue += leaves(b)
    } else {
      let partner = mate[base[b]]
      assign(vertex(partner), 1, partner ^ 1)
    }
  }

  /// Looks at the edges of an outer vertex; true when a path was augmented.
  private mutating func scan(_ v: Int) -> Bool {
    for end in incident[v] {
      let edge = end / 2
      let w = vertex(end)
      if outer[v] == outer[w] { continue }
      var gap: Int64 = 0
      if !allowed[edge] {
        gap = slack(edge)
        if gap <= 0 { allowed[edge] = true }
      }
      if allowed[edge] {
        if label[outer[w]] == 0 {
          assign(w, 2, end ^ 1)
        } else if label[outer[w]] == 1 {
          let meeting = findBase(v, w)
          if meeting >= 0 {
            shrink(meeting, edge)
          } else {
            augment(edge)
            return true
          }
        } else if label[w] == 0 {
          label[w] = 2
          labelEnd[w] = end ^ 1
        }
      } else if label[outer[w]] == 1 {
        let b = outer[v]
        if bestEdge[b] < 0 || gap < slack(bestEdge[b]) { bestEdge[b] = edge }
      } else if label[w] == 0 {
        if bestEdge[w] < 0 || gap < slack(bestEdge[w]) { bestEdge[w] = edge }
      }
    }
    return false
  }

  /// Follows both trees towards their roots; the base of the blossom where they meet, or -1 for an augmenting path.
  private mutating func findBase(_ first: Int, _ second: Int) -> Int {
    var path: [Int] = []
    var found = -1
    var (v, w) = (first, second)
    while v >= 0 || w >= 0 {
      let b = outer[v]
      if label[b] & 4 != 0 {
        found = base[b]
        break
      }
      path.append(b)
      label[b] = 5
      if labelEnd[b] < 0 {
        v = -1
      } else {
        let inner = outer[vertex(labelEnd[b])]
        v = vertex(labelEnd[inner])
      }
      if w >= 0 { (v, w) = (w, v) }
    }
    for b in path { label[b] = 1 }
    return found
  }

  /// Makes a blossom of the cycle that an edge closes above `start`.
  private mutating func shrink(_ start: Int, _ edge: Int) {
    let bottom = outer[start]
    let b = unused.removeLast()
    base[b] = start
    parent[b] = -1
    parent[bottom] = b
    var path: [Int] = []
    var ends: [Int] = []
    var side = outer[edges[edge].a]
    while side != bottom {
      parent[side] = b
      path.append(side)
      ends.append(labelEnd[side])
      side = outer[vertex(labelEnd[side])]
    }
    path.append(bottom)
    path.reverse()
    ends.reverse()
    ends.append(2 * edge)
    side = outer[edges[edge].b]
    while side != bottom {
      parent[side] = b
      path.append(side)
      ends.append(labelEnd[side] ^ 1)
      side = outer[vertex(labelEnd[side])]
    }
    children[b] = path
    childEnds[b] = ends
    label[b] = 1
    labelEnd[b] = labelEnd[bottom]
    dual[b] = 0
    for v in leaves(b) {
      if label[outer[v]] == 2 { queue.append(v) }
      outer[v] = b
    }
    gatherBestEdges(b)
  }

  private mutating func gatherBestEdges(_ b: Int) {
    var bestTo = [Int](repeating: -1, count: 2 * count)
    for child in children[b] {
      for edge in bestEdges[child] ?? leaves(child).flatMap({ incident[$0].map { $0 / 2 } }) {
        let far = outer[edges[edge].b] == b ? outer[edges[edge].a] : outer[edges[edge].b]
        if far != b, label[far] == 1, bestTo[far] < 0 || slack(edge) < slack(bestTo[far]) {
          bestTo[far] = edge
        }
      }
      bestEdges[child] = nil
      bestEdge[child] = -1
    }
    let list = bestTo.filter { $0 >= 0 }
    bestEdges[b] = list
    bestEdge[b] = -1
    for edge in list where bestEdge[b] < 0 || slack(edge) < slack(bestEdge[b]) { bestEdge[b] = edge }
  }

  private enum Step {
    case done
    case grow(Int)
    case meet(Int)
    case expand(Int)
  }

  /// Changes the duals by the least amount that allows a step, and takes it; false at the optimum.
  private mutating func changeDuals() -> Bool {
    let (delta, step) = nextStep()
    shiftDuals(by: delta)
    switch step {
    case .done: return false
    case .grow(let edge):
      allowed[edge] = true
      queue.append(label[outer[edges[edge].a]] == 0 ? edges[edge].b : edges[edge].a)
    case .meet(let edge):
      allowed[edge] = true
      queue.append(edges[edge].a)
    case .expand(let b): expand(b, atEnd: false)
    }
    return true
  }

  private func nextStep() -> (delta: Int64, step: Step) {
    var step = Step.done
    var delta = dual[..<count].min() ?? 0
    for v in 0..<count where label[outer[v]] == 0 && bestEdge[v] >= 0 {
      let gap = slack(bestEdge[v])
      if gap < delta { (delta, step) = (gap, .grow(bestEdge[v])) }
    }
    for b in 0..<2 * count where parent[b] < 0 && label[b] == 1 && bestEdge[b] >= 0 {
      let gap = slack(bestEdge[b]) / 2
      if gap < delta { (delta, step) = (gap, .meet(bestEdge[b])) }
    }
    for b in count..<2 * count where base[b] >= 0 && parent[b] < 0 && label[b] == 2 && dual[b] < delta {
      (delta, step) = (dual[b], .expand(b))
    }
    return (delta, step)
  }

  /// Outer vertices give what inner ones take; blossoms, which count on every edge inside, the other way round.
  private mutating func shiftDuals(by delta: Int64) {
    for v in 0..<count {
      if label[outer[v]] == 1 { dual[v] -= delta } else if label[outer[v]] == 2 { dual[v] += delta }
    }
    for b in count..<2 * count where base[b] >= 0 && parent[b] < 0 {
      if label[b] == 1 { dual[b] += delta } else if label[b] == 2 { dual[b] -= delta }
    }
  }

  /// Forgets what belongs to a blossom that is no more.
  mutating func retire(_ b: Int) {
    label[b] = -1
    labelEnd[b] = -1
    children[b] = []
    childEnds[b] = []
    base[b] = -1
    bestEdges[b] = nil
    bestEdge[b] = -1
    unused.append(b)
  }

  mutating func forgetBestEdge(_ b: Int) { bestEdge[b] = -1 }
}
