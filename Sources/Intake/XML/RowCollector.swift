/// Gathers the values of each row from the events of a guarded parse, by a shape.
///
/// The field paths are one tree below the row's element; the nodes of it that the open elements match are kept
/// on a stack, usually one for each level. A condition hangs on a node: what it asks for is gathered as a hidden
/// column, and when its element ends unmet, the values that were gathered in it are taken back.
final class RowCollector: XMLListener {
  private struct Node {
    /// nil for any name.
    var name: XMLName?
    var step: ElementPath.Step
    var children: [Int] = []
    /// Columns that take the element's text; attributes and the columns that take them.
    var columns: [Int] = []
    var attributes: [(name: XMLName?, column: Int)] = []
    var conditions: [(column: Int, comparison: ElementPath.Condition.Comparison, value: [UInt8])] = []
    /// Columns at or below the node, by number; empty unless there are conditions.
    var owned: Set<Int> = []
    /// Where the next child is expected.
    var hint = 0
  }

  private struct Value {
    var column: Int
    var start: Int
    var count = 0
    var line: Int
    var isAside = false
  }

  private struct Active {
    var node: Int
    var mark: Int
  }

  private let shape: RowShape
  private let limits: XMLLimits
  private var rowNames: [XMLName?] = []
  private var nodes: [Node] = []
  private var columnCount: Int
  private var hiddenCount = 0
  private var isCompiled = false

  /// Steps of the row's path that the open elements match, and the most that ever did.
  private var matched = 0
  private(set) var deepestMatch = 0
  private(set) var root = ""
  private var rowDepth = 0
  private var rowStart = 0
  private var rowLine = 0
  private(set) var rowCount = 0

  private var active: [Active] = []
  private var frames: [Int] = []
  private var values: [Value] = []
  private var capturing = 0
  private var text = ByteBuffer()
  private var aside = ByteBuffer()
  private var slices: UnsafeMutablePointer<FieldSlice>
  private var sliceCapacity: Int
  private var tails: [Int]
  private var present: SourceRow?

  /// Who takes the rows, set while a piece is fed.
  var body: ((SourceRow) throws -> Void)?

  init(shape: RowShape, limits: XMLLimits) {
    self.shape = shape
    self.limits = limits
    columnCount = shape.fields.count
    sliceCapacity = max(64, columnCount * 2)
    slices = .allocate(capacity: sliceCapacity)
    tails = [Int](repeating: 0, count: columnCount)
  }

  deinit { slices.deallocate() }

  // MARK: The tree of the fields

  private func compile(_ parser: GuardedXML) {
    isCompiled = true
    rowNames = shape.rowSteps.map { $0.name.flatMap(parser.intern) }
    nodes = [Node(name: nil, step: ElementPath.Step(name: nil))]
    for (column, path) in shape.fieldPaths.enumerated() {
      let node = node(at: path.steps, parser)
      if let attribute = path.attribute {
        nodes[node].attributes.append((parser.intern(local(attribute)), column))
      } else {
        nodes[node].columns.append(column)
      }
    }
    addConditions(shape.rowSteps.last?.conditions ?? [], to: 0, parser)
    for index in nodes.indices where !nodes[index].conditions.isEmpty {
      nodes[index].owned = owned(by: index)
    }
  }

  private func local(_ name: String) -> String {
    name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
  }

  private func node(at steps: [ElementPath.Step], _ parser: GuardedXML) -> Int {
    var current = 0
    for step in steps {
      if let child = nodes[current].children.first(where: { nodes[$0].step == step }) {
        current = child
      } else {
        nodes.append(Node(name: step.name.flatMap(parser.intern), step: step))
        let child = nodes.count - 1
        nodes[current].children.append(child)
        addConditions(step.conditions, to: child, parser)
        current = child
      }
    }
    return current
  }

  private func addConditions(_ conditions: [ElementPath.Condition], to node: Int, _ parser: GuardedXML) {
    for condition in conditions {
      let column = columnCount + hiddenCount
      hiddenCount += 1
      nodes[node].conditions.append((column, condition.comparison, Array(condition.value.utf8)))
      if condition.name.hasPrefix("@") {
        let name = parser.intern(local(String(condition.name.dropFirst())))
        nodes[node].attributes.append((name, column))
      } else {
        let step = ElementPath.Step(name: local(condition.name))
        let child = self.node(below: node, step, parser)
        nodes[child].columns.append(column)
      }
    }
  }

  private func node(below parent: Int, _ step: ElementPath.Step, _ parser: GuardedXML) -> Int {
    if let child = nodes[parent].children.first(where: { nodes[$0].step == step }) { return child }
    nodes.append(Node(name: step.name.flatMap(parser.intern), step: step))
    nodes[parent].children.append(nodes.count - 1)
    return nodes.count - 1
  }

  private func owned(by node: Int) -> Set<Int> {
    var all = Set(nodes[node].columns)
    all.formUnion(nodes[node].attributes.map(\.column))
    for child in nodes[node].children { all.formUnion(owned(by: child)) }
    return all
  }

  // MARK: Events

  func startElement(_ name: XMLName, namespace: XMLName?, attributes: XMLAttributes, parser: GuardedXML) {
    if !isCompiled { compile(parser) }
    if rowDepth > 0 {
      enter(name, attributes, parser)
      return
    }
    if parser.depth == 1 { root = GuardedXML.string(name) }
    guard matched == parser.depth - 1, matched < rowNames.count else { return }
    if shape.rowSteps[matched].name != nil, rowNames[matched] != name { return }
    matched += 1
    deepestMatch = max(deepestMatch, matched)
    if matched == rowNames.count {
      rowDepth = parser.depth
      rowStart = parser.tagStart
      parser.keptFrom = rowStart
      rowLine = parser.line - parser.lineFeeds(from: rowStart)
      frames.append(0)
      open(0, attributes, parser)
    }
  }

  /// Follows an element within a row into the tree.
  private func enter(_ name: XMLName, _ attributes: XMLAttributes, _ parser: GuardedXML) {
    let from = frames.last ?? 0
    let to = active.count
    frames.append(to)
    for index in from..<to {
      let node = active[index].node
      let children = nodes[node].children.count
      guard children > 0 else { continue }
      let hint = nodes[node].hint
      for offset in 0..<children {
        let place = hint + offset < children ? hint + offset : hint + offset - children
        let child = nodes[node].children[place]
        guard nodes[child].step.name == nil || nodes[child].name == name else { continue }
        nodes[node].hint = place + 1 < children ? place + 1 : 0
        open(child, attributes, parser)
      }
    }
  }

  private func open(_ node: Int, _ attributes: XMLAttributes, _ parser: GuardedXML) {
    active.append(Active(node: node, mark: values.count))
    let columns = nodes[node].columns.count
    if columns > 0 {
      capturing += 1
      let line = parser.line
      for index in 0..<columns {
        values.append(Value(column: nodes[node].columns[index], start: text.count, line: line))
      }
    }
    for (name, column) in nodes[node].attributes {
      for index in 0..<attributes.count where attributes.name(index) == name {
        let bytes = attributes.value(index)
        values.append(
          Value(column: column, start: aside.count, count: bytes.count, line: parser.line, isAside: true))
        aside.append(bytes)
      }
    }
    if values.count > limits.values { parser.stop(.tooManyColumns(limit: limits.values)) }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>, parser: GuardedXML) {
    if capturing > 0 { text.append(bytes) }
  }

  func endElement(parser: GuardedXML) {
    guard rowDepth > 0 else {
      if matched == parser.depth { matched -= 1 }
      return
    }
    let from = frames.popLast() ?? 0
    var isMet = true
    while active.count > from, let last = active.popLast() {
      let columns = nodes[last.node].columns.count
      if columns > 0 {
        capturing -= 1
        for index in last.mark..<(last.mark + columns) {
          values[index].count = text.count - values[index].start
        }
      }
      if !nodes[last.node].conditions.isEmpty, !meets(last) {
        isMet = false
        let owned = nodes[last.node].owned
        let kept = values[last.mark...].filter { !owned.contains($0.column) }
        values.replaceSubrange(last.mark..., with: kept)
      }
    }
    if parser.depth == rowDepth { endRow(isMet: isMet, parser) }
  }

  private func meets(_ element: Active) -> Bool {
    nodes[element.node].conditions.allSatisfy { condition in
      values[element.mark...].contains { value in
        guard value.column == condition.column else { return false }
        let base = value.isAside ? aside.base : text.base
        let found = UnsafeBufferPointer(start: base + value.start, count: value.count)
        switch condition.comparison {
        case .equal: return found.elementsEqual(condition.value)
        case .unequal: return !found.elementsEqual(condition.value)
        case .notBefore: return !found.lexicographicallyPrecedes(condition.value)
        case .notAfter: return !condition.value.lexicographicallyPrecedes(found)
        }
      }
    }
  }

  private func endRow(isMet: Bool, _ parser: GuardedXML) {
    if isMet, let body {
      rowCount += 1
      let row = present ?? SourceRow(file: parser.file, transcoder: parser.transcoder, isXML: true)
      present = row
      layOut()
      let start = rowStart - parser.recentOffset
      let end = min(parser.consumed - parser.recentOffset, parser.recent.count)
      row.number = rowCount
      row.line = rowLine
      row.columnCount = columnCount
      row.slices = UnsafePointer(slices)
      row.text = UnsafePointer(text.base)
      row.aside = UnsafePointer(aside.base)
      row.whole = UnsafeBufferPointer(start: parser.recent.base + start, count: max(0, end - start))
      defer { row.clear() }
      do { try body(row) } catch { parser.stop(throwing: error) }
    }
    rowDepth = 0
    matched -= 1
    parser.keptFrom = nil
    values.removeAll(keepingCapacity: true)
    active.removeAll(keepingCapacity: true)
    frames.removeAll(keepingCapacity: true)
    capturing = 0
    text.removeAll()
    aside.removeAll()
  }

  /// Writes the first value of each column to its place, and the others behind all of them.
  private func layOut() {
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
  }
}
