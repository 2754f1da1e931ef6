package import Basics

/// Reads the rows of an XML document as a stream, by a shape; what it hands out is what the CSV reader does.
///
/// O(*n*) in the bytes of the file, and memory bounded by the piece and the longest row.
package final class XMLReader {
  package typealias RowBody = (SourceRow) throws -> Void

  package let name: String
  package let shape: RowShape
  private let collector: RowCollector
  let parser: GuardedXML

  /// - Parameter encoding: overrides what the document says of itself.
  package init(
    name: String, shape: RowShape, encoding: TextEncoding? = nil, limits: XMLLimits = XMLLimits()
  ) {
    self.name = name
    self.shape = shape
    collector = RowCollector(shape: shape, limits: limits)
    parser = GuardedXML(file: name, limits: limits, encoding: encoding, listener: collector)
  }

  /// Rows handed out so far.
  package private(set) var rowCount = 0

  /// The encoding that the document is read in, known once its first piece was fed.
  package var encoding: TextEncoding { parser.transcoder.encoding }

  /// Reads the whole source. Throws what the body throws, and a `SourceProblem` where the document breaks off,
  /// after the rows before it went through.
  package func read(_ source: ByteSource, row: RowBody) throws {
    try source.forEachPiece { try feed($0, row: row) }
    try finish(row: row)
  }

  /// Takes the next bytes of the file and hands out every row that they complete.
  package func feed(_ piece: UnsafeBufferPointer<UInt8>, row: RowBody) throws {
    try handingOut(to: row) { try parser.feed(piece) }
  }

  /// Ends the document. Throws when it was cut, and when it is of another shape.
  package func finish(row: RowBody) throws {
    try handingOut(to: row) { try parser.finish() }
    try parser.untilFailure {
      if collector.deepestMatch < shape.rowSteps.count - 1 {
        throw SourceProblem(file: name, fault: .noRows(path: shape.row, root: collector.root))
      }
    }
  }

  private func handingOut(to row: RowBody, _ work: () throws -> Void) throws {
    try withoutActuallyEscaping(row) { row in
      collector.body = {
        self.rowCount += 1
        try row($0)
      }
      defer { collector.body = nil }
      try work()
    }
  }
}
