/// Gathers the values of each row from the events of a guarded parse, by a shape.
final class RowCollector: XMLListener {
  private let shape: RowShape
  private let limits: XMLLimits
  private var rowNames: [XMLName?] = []
  /// Behind a pointer, so that an event costs no check for overlapping access to this object's properties.
  private let gathering: UnsafeMutablePointer<RowGathering>

  /// Steps of the row's path that the open elements match, and the most that ever did.
  private var matched = 0
  private(set) var deepestMatch = 0
  private(set) var root = ""
  private var rowDepth = 0
  private var rowStart = 0
  private var rowLine = 0
  private var rowCount = 0
  private var present: SourceRow?

  /// Who takes the rows, set while a piece is fed.
  var body: ((SourceRow) throws -> Void)?

  init(shape: RowShape, limits: XMLLimits) {
    self.shape = shape
    self.limits = limits
    gathering = .allocate(capacity: 1)
    gathering.initialize(to: RowGathering(columnCount: shape.fields.count))
  }

  deinit {
    gathering.deinitialize(count: 1)
    gathering.deallocate()
  }

  func startElement(_ name: XMLName, namespace: XMLName?, attributes: XMLAttributes, parser: GuardedXML) {
    if rowDepth > 0 {
      gathering.pointee.enter(name, attributes, line: parser.line)
      if gathering.pointee.valueCount > limits.values { parser.stop(.tooManyValues(limit: limits.values)) }
      return
    }
    if parser.depth == 1 {
      root = GuardedXML.string(name)
      rowNames = shape.rowSteps.map { $0.name.flatMap(parser.intern) }
      gathering.pointee.follow(FieldTree(shape, intern: parser.intern))
    }
    guard matched == parser.depth - 1, matched < rowNames.count else { return }
    if shape.rowSteps[matched].name != nil, rowNames[matched] != name { return }
    matched += 1
    deepestMatch = max(deepestMatch, matched)
    if matched == rowNames.count {
      rowDepth = parser.depth
      rowStart = parser.tagStart
      parser.keptFrom = rowStart
      rowLine = parser.line - parser.lineFeeds(from: rowStart)
      gathering.pointee.begin(attributes, line: rowLine)
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>, parser: GuardedXML) { gathering.pointee.take(bytes) }

  func endElement(parser: GuardedXML) {
    if rowDepth > 0 {
      let isMet = gathering.pointee.leave()
      if parser.depth > rowDepth { return }
      if isMet { handOut(parser) }
      rowDepth = 0
      parser.keptFrom = nil
    }
    if matched == parser.depth { matched -= 1 }
  }

  private func handOut(_ parser: GuardedXML) {
    guard let body else { return }
    rowCount += 1
    let row = present ?? SourceRow(file: parser.file, transcoder: parser.transcoder, hasOneLine: true)
    present = row
    row.content.pointee.number = rowCount
    row.content.pointee.line = rowLine
    row.content.pointee.whole = parser.bytes(from: rowStart)
    gathering.pointee.layOut(&row.content.pointee)
    defer { row.clear() }
    do { try body(row) } catch { parser.stop(throwing: error) }
  }
}
