/// The values of the present row as they come in.
///
/// The nodes of the tree that the open elements match are kept on a stack, usually one for each level. When an
/// element ends whose conditions are not met, the values that were gathered in it are taken back.
struct RowGathering: ~Copyable {
  private struct Value {
    var column: Int
    var start: Int
    var count = 0
    var line: Int
    var isAside = false
  }

  private struct Active {
    var node: Int
    /// How many values there were before its own.
    var mark: Int
  }

  private let columnCount: Int
  private var nodes: [FieldTree.Node] = []
  private var columns: [Int] = []
  private var attributeColumns: [(name: XMLName?, column: Int)] = []
  private var conditions: [Int: [FieldTree.Condition]] = [:]
  private var owned: [Int: Set<Int>] = [:]
  /// By node: which child is expected next, for children mostly come in one order.
  private var hints: [Int] = []
  private var active: [Active] = []
  private var frames: [Int] = []
  private var values: [Value] = []
  /// Open elements whose text is wanted.
  private var capturing = 0
  private var text = ByteBuffer()
  private var aside = ByteBuffer()
  private var slices: UnsafeMutablePointer<FieldSlice>
  private var sliceCapacity: Int
  private var tails: [Int]

  init(columnCount: Int) {
    self.columnCount = columnCount
    tails = [Int](repeating: 0, count: columnCount)
    sliceCapacity = columnCount + 64
    slices = .allocate(capacity: sliceCapacity)
  }

  deinit { slices.deallocate() }

  var valueCount: Int { values.count }

  mutating func follow(_ tree: FieldTree) {
    nodes = tree.nodes
    columns = tree.columns
    attributeColumns = tree.attributes
    conditions = tree.conditions
    owned = tree.owned
    hints = [Int](repeating: 0, count: nodes.count)
  }

  /// Begins a row with the attributes of its element.
  mutating func begin(_ attributes: XMLAttributes, line: Int) {
    values.removeAll(keepingCapacity: true)
    active.removeAll(keepingCapacity: true)
    frames.removeAll(keepingCapacity: true)
    capturing = 0
    text.removeAll()
    aside.removeAll()
    frames.append(0)
    open(0, attributes, line)
  }

  /// Follows an element within the row into the tree.
  mutating func enter(_ name: XMLName, _ attributes: XMLAttributes, line: Int) {
    let from = frames.last ?? 0
    let to = active.count
    frames.append(to)
    for index in from..<to {
      let node = active[index].node
      let children = nodes[node].children
      if children.isEmpty { continue }
      var child = hints[node]
      for _ in 0..<children.count {
        if child >= children.upperBound || child < children.lowerBound { child = children.lowerBound }
        if nodes[child].isAny || nodes[child].name == name {
          hints[node] = child + 1
          open(child, attributes, line)
          if !nodes[node].hasRivals { break }
        }
        child += 1
      }
    }
  }

  private mutating func open(_ node: Int, _ attributes: XMLAttributes, _ line: Int) {
    active.append(Active(node: node, mark: values.count))
    let wanted = nodes[node].columns
    if !wanted.isEmpty {
      capturing += 1
      for index in wanted { values.append(Value(column: columns[index], start: text.count, line: line)) }
    }
    for wanted in nodes[node].attributes {
      for index in 0..<attributes.count where attributes.name(index) == attributeColumns[wanted].name {
        let start = aside.count
        appendAside(attributes.value(index))
        values.append(
          Value(
            column: attributeColumns[wanted].column, start: start, count: aside.count - start, line: line,
            isAside: true))
      }
    }
  }

  /// Appends the value of an attribute, in which libxml2 leaves each ampersand as `&#38;` for a second reading.
  private mutating func appendAside(_ value: UnsafeBufferPointer<UInt8>) {
    let ampersand = Array("&#38;".utf8)
    var rest = value[...]
    while let index = rest.firstIndex(of: UInt8(ascii: "&")) {
      let isEscaped = rest[index...].starts(with: ampersand)
      aside.append(UnsafeBufferPointer(rebasing: rest[...index]))
      rest = rest[(index + (isEscaped ? ampersand.count : 1))...]
    }
    aside.append(UnsafeBufferPointer(rebasing: rest))
  }

  @inline(__always)
  mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) {
    if capturing > 0 { text.append(bytes) }
  }

  /// Ends the innermost element; whether its conditions were met.
  mutating func leave() -> Bool {
    let from = frames.popLast() ?? 0
    var isMet = true
    while active.count > from, let last = active.popLast() {
      let own = nodes[last.node].columns.count
      if own > 0 {
        capturing -= 1
        for index in last.mark..<(last.mark + own) { values[index].count = text.count - values[index].start }
      }
      guard nodes[last.node].hasConditions, !meets(last) else { continue }
      isMet = false
      let gone = owned[last.node] ?? []
      let kept = values[last.mark...].filter { !gone.contains($0.column) }
      values.replaceSubrange(last.mark..., with: kept)
    }
    return isMet
  }

  private func meets(_ element: Active) -> Bool {
    for condition in conditions[element.node] ?? [] {
      var isMet = false
      for value in values[element.mark...] where value.column == condition.column {
        let base = value.isAside ? aside.base : text.base
        let found = UnsafeBufferPointer(start: base + value.start, count: value.count)
        switch condition.comparison {
        case .equal: isMet = found.elementsEqual(condition.value)
        case .unequal: isMet = !found.elementsEqual(condition.value)
        case .notBefore: isMet = !found.lexicographicallyPrecedes(condition.value)
        case .notAfter: isMet = !condition.value.lexicographicallyPrecedes(found)
        }
        if isMet { break }
      }
      if !isMet { return false }
    }
    return true
  }

  /// Fills the row: the first value of each column in its place, and the others behind all of them.
  mutating func layOut(_ row: inout SourceRow.Content) {
    if columnCount + values.count > sliceCapacity {
      slices.deallocate()
      sliceCapacity = (columnCount + values.count) * 2
      slices = .allocate(capacity: sliceCapacity)
    }
    for column in 0..<columnCount { slices[column] = .null }
    var next = columnCount
    for value in values where value.column < columnCount {
      let slice = FieldSlice(
        start: value.start, count: value.count, isAside: value.isAside, line: value.line)
      if slices[value.column].isNull {
        slices[value.column] = slice
        tails[value.column] = value.column
      } else {
        slices[next] = slice
        slices[tails[value.column]].next = UInt32(truncatingIfNeeded: next)
        tails[value.column] = next
        next += 1
      }
    }
    row.columnCount = columnCount
    row.slices = UnsafePointer(slices)
    row.text = UnsafePointer(text.base)
    row.aside = UnsafePointer(aside.base)
  }
}
