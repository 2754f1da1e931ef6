/// Taking blossoms apart, and alternating paths through them.
extension GeneralMatching {
  /// Turns over the path that an edge between two outer vertices completes.
  mutating func augment(_ edge: Int) {
    for (start, end) in [(edges[edge].a, 2 * edge + 1), (edges[edge].b, 2 * edge)] {
      var (s, p) = (start, end)
      while true {
        let b = outer[s]
        if b >= count { augment(inside: b, s) }
        mate[s] = p
        if labelEnd[b] < 0 { break }
        let inner = outer[vertex(labelEnd[b])]
        s = vertex(labelEnd[inner])
        let j = vertex(labelEnd[inner] ^ 1)
        if inner >= count { augment(inside: inner, j) }
        mate[j] = labelEnd[inner]
        p = labelEnd[inner] ^ 1
      }
    }
  }

  /// Moves the base of a blossom to `v`, turning over the pairs on the even way between.
  private mutating func augment(inside b: Int, _ v: Int) {
    var t = v
    while parent[t] != b { t = parent[t] }
    if t >= count { augment(inside: t, v) }
    let size = children[b].count
    guard let first = children[b].firstIndex(of: t) else { return }
    var j = first & 1 == 1 ? first - size : first
    let (step, trick) = first & 1 == 1 ? (1, 0) : (-1, 1)
    while j != 0 {
      j += step
      t = children[b][(j + size) % size]
      let p = childEnds[b][(j - trick + size) % size] ^ trick
      if t >= count { augment(inside: t, vertex(p)) }
      j += step
      t = children[b][(j + size) % size]
      if t >= count { augment(inside: t, vertex(p ^ 1)) }
      mate[vertex(p)] = p ^ 1
      mate[vertex(p ^ 1)] = p
    }
    children[b] = Array(children[b][first...] + children[b][..<first])
    childEnds[b] = Array(childEnds[b][first...] + childEnds[b][..<first])
    base[b] = base[children[b][0]]
  }

  /// Takes a blossom apart; in the middle of a stage its members are labelled along the way through it.
  mutating func expand(_ b: Int, atEnd: Bool) {
    for child in children[b] {
      parent[child] = -1
      if child < count {
        outer[child] = child
      } else if atEnd && dual[child] == 0 {
        expand(child, atEnd: true)
      } else {
        for v in leaves(child) { outer[v] = child }
      }
    }
    if !atEnd && label[b] == 2 { relabel(b) }
    retire(b)
  }

  private mutating func relabel(_ b: Int) {
    let size = children[b].count
    let entry = outer[vertex(labelEnd[b] ^ 1)]
    guard let first = children[b].firstIndex(of: entry) else { return }
    var j = first & 1 == 1 ? first - size : first
    let (step, trick) = first & 1 == 1 ? (1, 0) : (-1, 1)
    func end(_ index: Int) -> Int { childEnds[b][((index - trick) % size + size) % size] }
    func child(_ index: Int) -> Int { children[b][(index % size + size) % size] }
    var p = labelEnd[b]
    while j != 0 {
      label[vertex(p ^ 1)] = 0
      label[vertex(end(j) ^ trick ^ 1)] = 0
      assign(vertex(p ^ 1), 2, p)
      allowed[end(j) / 2] = true
      j += step
      p = end(j) ^ trick
      allowed[p / 2] = true
      j += step
    }
    var member = child(j)
    label[vertex(p ^ 1)] = 2
    label[member] = 2
    labelEnd[vertex(p ^ 1)] = p
    labelEnd[member] = p
    forgetBestEdge(member)
    j += step
    while child(j) != entry {
      member = child(j)
      if label[member] != 1, let v = leaves(member).first(where: { label[$0] != 0 }) {
        label[v] = 0
        label[vertex(mate[base[member]])] = 0
        assign(v, 2, labelEnd[v])
      }
      j += step
    }
  }
}
