/// A small part of a workbook (relations, sheets, styles) as the elements that it has; texts are not looked at.
final class MarkupElements: XMLListener {
  typealias Body = (_ name: String, _ parent: String, _ attributes: [String: String]) throws -> Void

  private let body: Body
  private var open: [String] = []

  private init(_ body: @escaping Body) { self.body = body }

  func startElement(_ name: XMLName, namespace: XMLName?, attributes: XMLAttributes, parser: GuardedXML) {
    let name = GuardedXML.string(name)
    var found: [String: String] = [:]
    for index in 0..<attributes.count {
      guard let key = attributes.name(index) else { continue }
      found[GuardedXML.string(key)] = String(decoding: attributes.value(index), as: UTF8.self)
    }
    do { try body(name, open.last ?? "", found) } catch { parser.stop(throwing: error) }
    open.append(name)
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>, parser: GuardedXML) {}

  func endElement(parser: GuardedXML) { open.removeLast() }

  /// Calls the body with each element of a part: its local name, its parent's, and its attributes by local name.
  static func forEach(
    in entry: ZipArchive.Entry, of archive: ZipArchive,
    _ body: (String, String, [String: String]) throws -> Void
  ) throws {
    try withoutActuallyEscaping(body) { body in
      try archive.parse(entry, limit: 64 << 20, MarkupElements(body))
    }
  }
}

extension ZipArchive {
  /// Reads a part as XML. What is wrong in it is named with the part and the line.
  func parse(_ entry: Entry, limit: Int, _ listener: any XMLListener) throws {
    let parser = GuardedXML(file: entry.name, limits: XMLLimits(), encoding: nil, listener: listener)
    do {
      try read(entry, limit: limit) { try parser.feed($0) }
      try parser.finish()
    } catch let problem as SourceProblem where problem.file == entry.name {
      throw IntakeError.inPart(entry.name, line: problem.line ?? 1, problem.fault)
    }
  }
}
