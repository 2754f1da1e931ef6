/// A disjoint-set forest with path halving and union by index: the lesser root stays.
package struct DisjointSets {
  private var parent: [Int32]
  /// How many sets there are.
  package private(set) var count: Int

  package init(count: Int) {
    parent = (0..<count).map { Int32($0) }
    self.count = count
  }

  package mutating func root(_ node: Int) -> Int {
    var node = node
    while Int(parent[node]) != node {
      parent[node] = parent[Int(parent[node])]
      node = Int(parent[node])
    }
    return node
  }

  package mutating func join(_ a: Int, _ b: Int) {
    let (a, b) = (root(a), root(b))
    guard a != b else { return }
    parent[max(a, b)] = Int32(min(a, b))
    count -= 1
  }
}
