import CLibXML2

/// A guarded XML parse for other modules: what comes in pieces is handed on as it is read, in values instead of pointers.
package final class XMLEvents {
  package enum Event: Sendable {
    /// `namespace` is the URI, empty without one.
    case start(name: String, namespace: String)
    /// A part of the text of the innermost element, CDATA included.
    case text([UInt8])
    case end
  }

  /// Why the parse ended: lower case, with the line.
  package struct Failure: Error, Hashable, Sendable {
    package var message: String
  }

  private final class Listener: XMLListener {
    var take: (Event) throws -> Void
    /// Names are interned, so that each is made into a string once.
    private var names: [XMLName: String] = [:]

    init(_ take: @escaping (Event) throws -> Void) { self.take = take }

    private func string(_ name: XMLName?) -> String {
      guard let name else { return "" }
      if let known = names[name] { return known }
      let string = GuardedXML.string(name)
      if names.count < 1000 { names[name] = string }
      return string
    }

    private func pass(_ event: Event, _ parser: GuardedXML) {
      do { try take(event) } catch { parser.stop(throwing: error) }
    }

    func startElement(
      _ name: XMLName, namespace: XMLName?, attributes: XMLAttributes, parser: GuardedXML
    ) {
      pass(.start(name: string(name), namespace: string(namespace)), parser)
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>, parser: GuardedXML) { pass(.text(Array(bytes)), parser) }

    func endElement(parser: GuardedXML) { pass(.end, parser) }
  }

  private let parser: GuardedXML

  /// - Parameter take: gets each event; what it throws ends the parse and comes out of `feed` or `finish`.
  package init(limits: XMLLimits = XMLLimits(), take: @escaping (Event) throws -> Void) {
    parser = GuardedXML(file: "", limits: limits, encoding: nil, listener: Listener(take))
  }

  /// Takes the next bytes of the document.
  ///
  /// - Throws: `Failure`, or what `take` threw.
  package func feed(_ bytes: [UInt8]) throws {
    try passing { try bytes.withUnsafeBufferPointer { try parser.feed($0) } }
  }

  /// Ends the document.
  package func finish() throws { try passing { try parser.finish() } }

  private func passing(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch let problem as SourceProblem {
      // What a file's owner could do about it helps nobody here.
      let words = if case .malformed(let words) = problem.fault { words } else { problem.fault.message }
      throw Failure(message: (problem.line.map { "line \($0): " } ?? "") + words)
    }
  }
}
