package import Basics

/// What an XML document is made of, from its first piece: enough to tell which form it is.
package struct XMLStructure: Equatable, Sendable {
  /// Local name of the root element.
  package internal(set) var root = ""
  /// The namespaces of the elements, in order of appearance.
  package internal(set) var namespaces: [String] = []
  /// The path of every kind of element and attribute from the root, in order of appearance: `feed/entry/link`,
  /// `feed/entry/link/@href`.
  package internal(set) var paths: [String] = []
  /// The path of the shallowest element that repeats beside itself and holds elements, or else attributes.
  package internal(set) var rowPath: String?
  /// Paths of texts and attributes below `rowPath`, relative to it.
  package internal(set) var fields: [String] = []
  /// What ended the reading; rows may stand before it.
  package internal(set) var fault: SourceProblem?

  package func has(_ path: String) -> Bool { paths.contains(path) }

  /// Looks at the first piece of a document. What is cut at its end is no fault; hostile content is.
  package static func found(
    in piece: [UInt8], isWhole: Bool, name: String, encoding: TextEncoding? = nil
  ) throws -> XMLStructure {
    let collector = StructureCollector()
    let parser = GuardedXML(file: name, limits: XMLLimits(), encoding: encoding, listener: collector)
    do {
      try piece.withUnsafeBufferPointer(parser.feed)
      if isWhole { try parser.finish() }
    } catch let problem as SourceProblem {
      // Rows may be before the break, and the reader will name it: only a document without any is hopeless.
      if collector.structure.root.isEmpty { throw problem }
      var structure = collector.summed()
      structure.fault = problem
      return structure
    }
    return collector.summed()
  }
}

private final class StructureCollector: XMLListener {
  private struct Node {
    var path: String
    var depth: Int
    var parent: Int
    var children: [XMLName: Int] = [:]
    var attributes: Set<XMLName> = []
    var isRepeated = false
    var hasText = false
    /// Which instance of the parent it was last seen in.
    var lastParentInstance = -1
  }

  /// Kinds of elements that are told apart; documents of rows have a few hundred.
  private static let limit = 10_000

  private(set) var structure = XMLStructure()
  private var nodes = [Node(path: "", depth: 0, parent: -1)]
  private var open: [(node: Int, instance: Int)] = [(0, 0)]
  private var instances = 0

  func startElement(_ name: XMLName, namespace: XMLName?, attributes: XMLAttributes, parser: GuardedXML) {
    guard let parent = open.last else { return }
    instances += 1
    var index = parent.node
    if let known = nodes[parent.node].children[name] {
      index = known
    } else if nodes.count < Self.limit {
      let local = GuardedXML.string(name)
      let path = nodes[parent.node].path.isEmpty ? local : nodes[parent.node].path + "/" + local
      index = nodes.count
      nodes.append(Node(path: path, depth: nodes[parent.node].depth + 1, parent: parent.node))
      nodes[parent.node].children[name] = index
      structure.paths.append(path)
      if structure.root.isEmpty { structure.root = local }
      let namespace = GuardedXML.string(namespace)
      if !namespace.isEmpty, !structure.namespaces.contains(namespace) {
        structure.namespaces.append(namespace)
      }
    }
    if nodes[index].lastParentInstance == parent.instance { nodes[index].isRepeated = true }
    nodes[index].lastParentInstance = parent.instance
    for attribute in 0..<attributes.count {
      guard let name = attributes.name(attribute), nodes[index].attributes.count < 1000,
        nodes[index].attributes.insert(name).inserted
      else { continue }
      structure.paths.append(nodes[index].path + "/@" + GuardedXML.string(name))
    }
    open.append((index, instances))
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>, parser: GuardedXML) {
    guard let last = open.last, !nodes[last.node].hasText else { return }
    nodes[last.node].hasText = bytes.contains { $0 > 0x20 }
  }

  func endElement(parser: GuardedXML) { open.removeLast() }

  func summed() -> XMLStructure {
    var result = structure
    // Rows of elements come before rows of attributes alone, such as the links of a feed.
    let repeated = nodes.filter { $0.isRepeated && !($0.children.isEmpty && $0.attributes.isEmpty) }
    let ofElements = repeated.filter { !$0.children.isEmpty }
    let rows = ofElements.isEmpty ? repeated : ofElements
    guard let row = rows.min(by: { $0.depth < $1.depth }) else { return result }
    result.rowPath = row.path
    let texts = Set(nodes.filter { $0.hasText || $0.children.isEmpty }.map(\.path))
    let prefix = row.path + "/"
    result.fields = result.paths.filter { path in
      path.hasPrefix(prefix) && (texts.contains(path) || path.contains("/@"))
    }.map { String($0.dropFirst(prefix.count)) }
    return result
  }
}
