/// The field paths of a shape as one tree below the row's element, its names interned by a parser.
///
/// Nodes lie level by level in one array, so that the children of a node are neighbours. What a condition asks
/// for is a hidden column behind those of the fields.
struct FieldTree {
  struct Node {
    /// nil for any name.
    var name: XMLName?
    var isAny = false
    var children: Range<Int> = 0..<0
    /// Columns that take the element's text.
    var columns: Range<Int> = 0..<0
    var attributes: Range<Int> = 0..<0
    var hasConditions = false
    /// Whether one element can match two of the children: under `*`, or under two conditions.
    var hasRivals = false
  }

  struct Condition {
    let column: Int
    let comparison: ElementPath.Condition.Comparison
    let value: [UInt8]
  }

  private(set) var nodes: [Node] = []
  /// What the nodes' ranges of columns and attributes point into.
  private(set) var columns: [Int] = []
  private(set) var attributes: [(name: XMLName?, column: Int)] = []
  /// By node: its conditions, and the columns at and below it that go when they are not met.
  private(set) var conditions: [Int: [Condition]] = [:]
  private(set) var owned: [Int: Set<Int>] = [:]

  init(_ shape: RowShape, intern: (String) -> XMLName?) {
    let sketch = Sketch(shape)
    var order = [0]
    var next = 0
    while next < order.count {
      let draft = sketch.drafts[order[next]]
      var node = Node(name: draft.step.name.flatMap(intern), isAny: draft.step.name == nil)
      node.children = order.count..<(order.count + draft.children.count)
      order += draft.children
      let names = draft.children.map { sketch.drafts[$0].step.name }
      node.hasRivals = names.contains(nil) || Set(names).count < names.count
      node.columns = columns.count..<(columns.count + draft.columns.count)
      columns += draft.columns
      node.attributes = attributes.count..<(attributes.count + draft.attributes.count)
      attributes += draft.attributes.map { (intern($0.name), $0.column) }
      node.hasConditions = !draft.conditions.isEmpty
      if node.hasConditions {
        conditions[next] = draft.conditions
        owned[next] = sketch.owned(by: order[next])
      }
      nodes.append(node)
      next += 1
    }
  }

  /// The tree as the paths build it up.
  private struct Sketch {
    struct Draft {
      var step: ElementPath.Step
      var children: [Int] = []
      var columns: [Int] = []
      var attributes: [(name: String, column: Int)] = []
      var conditions: [Condition] = []
    }

    var drafts = [Draft(step: ElementPath.Step(name: nil))]
    var nextColumn: Int

    init(_ shape: RowShape) {
      nextColumn = shape.fields.count
      for (column, path) in shape.fieldPaths.enumerated() {
        var node = 0
        for step in path.steps { node = child(of: node, step) }
        if let attribute = path.attribute {
          drafts[node].attributes.append((Self.local(attribute), column))
        } else {
          drafts[node].columns.append(column)
        }
      }
      demand(shape.rowSteps.last?.conditions ?? [], of: 0)
    }

    mutating func child(of parent: Int, _ step: ElementPath.Step) -> Int {
      if let known = drafts[parent].children.first(where: { drafts[$0].step == step }) { return known }
      let node = drafts.count
      drafts.append(Draft(step: step))
      drafts[parent].children.append(node)
      demand(step.conditions, of: node)
      return node
    }

    mutating func demand(_ conditions: [ElementPath.Condition], of node: Int) {
      for condition in conditions {
        let column = nextColumn
        nextColumn += 1
        drafts[node].conditions.append(
          Condition(column: column, comparison: condition.comparison, value: Array(condition.value.utf8)))
        if condition.name.hasPrefix("@") {
          drafts[node].attributes.append((Self.local(String(condition.name.dropFirst())), column))
        } else {
          let asked = child(of: node, ElementPath.Step(name: Self.local(condition.name)))
          drafts[asked].columns.append(column)
        }
      }
    }

    func owned(by node: Int) -> Set<Int> {
      var all = Set(drafts[node].columns)
      all.formUnion(drafts[node].attributes.map(\.column))
      for child in drafts[node].children { all.formUnion(owned(by: child)) }
      return all
    }

    private static func local(_ name: String) -> String {
      name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
    }
  }
}
