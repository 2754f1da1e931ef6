package import Basics
import Programme
import Yams

/// A YAML file as nodes with their places, or all that is wrong with its text.
package struct YAMLDocument: Sendable {
  /// nil where the file is empty or cannot be read as YAML.
  package let root: YAMLNode?
  package let diagnostics: [Diagnostic]

  /// O(n): nothing in the text can make reading it longer than its length.
  package init(_ bytes: [UInt8], file: String) {
    var bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    if let fault = YAMLDocument.firstFault(bytes) {
      root = nil
      diagnostics = [
        Diagnostic(
          .error, fault.message, file: file, line: fault.line, column: fault.column, code: "bad-character")
      ]
      return
    }
    let scan = YAMLScan(bytes)
    var found = scan.mistakes.map {
      Diagnostic(.error, $0.message, file: file, line: $0.line, column: $0.column, code: $0.code)
    }
    guard !scan.isFatal else {
      root = nil
      diagnostics = found
      return
    }
    do {
      let text = String(decoding: scan.bytes, as: UTF8.self)
      // The parser is kept: it alone holds on to the anchors that nodes refer to weakly.
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      let node = try parser.singleRoot()
      root = try withExtendedLifetime(parser) { try node.map { try YAMLDocument.node($0, scan.doubled) } }
    } catch {
      root = nil
      found.append(YAMLDocument.diagnostic(error, file: file, bytes: bytes))
    }
    diagnostics = found
  }

  private struct Anchored: Error {
    let mark: Mark?
  }

  private static func node(_ node: Node, _ doubled: Set<YAMLScan.Place>) throws -> YAMLNode {
    // The scan refuses anchors by the look of the text; here the parser itself has the last word.
    guard node.anchor == nil else { throw Anchored(mark: node.mark) }
    let line = node.mark?.line ?? 1
    let column = node.mark?.column ?? 1
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain || scalar.style == .any
      return YAMLNode(content: .scalar(scalar.string, plain: isPlain), line: line, column: column)
    case .sequence(let sequence):
      return YAMLNode(
        content: .list(try sequence.map { try YAMLDocument.node($0, doubled) }), line: line, column: column)
    case .mapping(let mapping):
      var pairs: [YAMLNode.Pair] = []
      pairs.reserveCapacity(mapping.count)
      for (key, value) in mapping {
        let key = try YAMLDocument.node(key, doubled)
        guard !doubled.contains(YAMLScan.Place(line: key.line, column: key.column)) else { continue }
        pairs.append(YAMLNode.Pair(key: key, value: try YAMLDocument.node(value, doubled)))
      }
      // Yams marks a block mapping at its first key, or at the brace.
      return YAMLNode(content: .mapping(pairs), line: line, column: column)
    case .alias:
      throw Anchored(mark: node.mark)
    }
  }

  private static func diagnostic(_ error: any Error, file: String, bytes: [UInt8]) -> Diagnostic {
    func at(_ mark: Mark, _ message: String, _ code: String = "bad-yaml") -> Diagnostic {
      Diagnostic(.error, message, file: file, line: mark.line, column: mark.column, code: code)
    }
    switch error {
    case let anchored as Anchored:
      return Diagnostic(
        .error, "anchors and aliases are not read: write the value out", file: file,
        line: anchored.mark?.line,
        column: anchored.mark?.column, code: "anchor")
    case YamlError.scanner(let context, let problem, let mark, _),
      YamlError.parser(let context, let problem, let mark, _),
      YamlError.composer(let context, let problem, let mark, _):
      return at(mark, explained(problem, context: context.map { ($0.text, $0.mark.line) }))
    case YamlError.duplicatedKeysInMapping(let keys, let context):
      return at(
        context.mark,
        "\(keys.map { "`\($0)`" }.joined(separator: ", ")) appears here more than once: keep one",
        "duplicate-key")
    default:
      return Diagnostic(.error, "is not YAML that can be read: start over", file: file, code: "bad-yaml")
    }
  }

  /// libyaml's problem in the words of whoever wrote the file.
  private static func explained(_ problem: String, context: (text: String, line: Int)?) -> String {
    switch problem {
    case "could not find expected ':'":
      return "no colon after the key\(since(context)): write `key: value`"
    case "mapping values are not allowed in this context":
      return "a second colon on the line, or an indentation that fits nothing above:"
        + " quote the value, or indent as the lines beside it"
    case "did not find expected key", "did not find expected '-' indicator":
      return "the indentation fits nothing above: indent as the lines beside it"
    case "did not find expected ',' or ']'":
      return "the list\(since(context)) is not closed: add `]`, or a comma between its values"
    case "did not find expected ',' or '}'":
      return "the mapping\(since(context)) is not closed: add `}`, or a comma between its settings"
    case "found unexpected end of stream":
      return "the text in quotes\(since(context)) never ends: close it with the quote that opens it"
    case "found character that cannot start any token":
      return "a character that cannot begin a value (a tab, `@`, a backtick or `%`): put the value in quotes"
    case "found unknown escape character":
      return "an unknown escape after `\\`: write `\\\\` for a backslash, or use single quotes"
    case "block sequence entries are not allowed in this context":
      return "a list begins where none can: put it on the next line, indented"
    case "but found another document":
      return "a second document (`---`): one file holds one document"
    default:
      return "is not YAML: \(problem)\(since(context))"
    }
  }

  private static func since(_ context: (text: String, line: Int)?) -> String {
    context.map { " that begins on line \($0.line)" } ?? ""
  }

  /// The first byte that is no UTF-8, or a character that hides in an editor or breaks lines unseen.
  private static func firstFault(_ bytes: [UInt8]) -> (line: Int, column: Int, message: String)? {
    var line = 1
    var column = 1
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while true {
      switch decoder.decode(&iterator) {
      case .emptyInput: return nil
      case .error:
        return (line, column, "bytes that are not UTF-8: save the file as UTF-8")
      case .scalarValue(let scalar):
        switch scalar.value {
        case 0x0A:
          line += 1
          column = 0
        case 0x09, 0x0D: break
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
          let code = scalar.value.digits(4, radix: 16, uppercase: true)
          return (line, column, "the invisible character U+\(code): delete it")
        default: break
        }
        column += 1
      }
    }
  }
}
