import Mustache

/// A text with variables in Mustache (`{{mentor.name}}`, `{{#first}}…{{/first}}`), read once and rendered often.
///
/// Of Mustache, texts use variables, sections, inverted sections and comments alone: partials, inheritance, changed
/// delimiters and pragmas are refused, since a text of HR has no need of them, and some of them can loop.
package struct TextTemplate: Sendable {
  /// What is wrong with a template, and where in its text.
  package struct Fault: Error, Hashable, Sendable {
    package var message: String
    package var code: String
    /// In the template, from 1.
    package var line: Int
    /// In Unicode scalars of that line, from 1.
    package var column: Int
  }

  package enum Medium: Hashable, Sendable {
    /// Calendars, mail, terminals: nothing is escaped.
    case plain
    /// Values are escaped for HTML, the template's own markup is not.
    case html
  }

  package let source: String
  /// Every variable that the text speaks of, in the order of its first place.
  package let variables: [Tag]
  private let template: MustacheTemplate

  /// A name in the template, and its place.
  package struct Tag: Hashable, Sendable {
    package var name: String
    package var line: Int
    package var column: Int
  }

  /// Throws the first fault. O(n), in the text's length.
  package init(_ source: String) throws(Fault) {
    self.source = source
    variables = try TextTemplate.scan(source)
    template = try TextTemplate.parsed(source, .plain)
  }

  /// Unknown values render as nothing: they are complained of when the file is read.
  package func render(_ values: [String: any Sendable], as medium: Medium = .plain) -> String {
    switch medium {
    case .plain: template.render(Scope(values: values))
    case .html: (try? TextTemplate.parsed(source, .html))?.render(Scope(values: values)) ?? ""
    }
  }

  /// What a template looks its names up in. A type of its own: looking up whether a generic dictionary is a parent
  /// costs the renderer more than the lookup in it.
  private struct Scope: MustacheParent {
    let values: [String: any Sendable]

    func child(named name: String) -> Any? {
      guard let value = values[name] else { return nil }
      return (value as? [String: any Sendable]).map(Scope.init) ?? value
    }
  }

  /// The content type is a pragma of the template itself, on a line of its own that leaves no trace.
  private static func parsed(_ source: String, _ medium: Medium) throws(Fault) -> MustacheTemplate {
    do {
      return try MustacheTemplate(
        string: "{{% CONTENT_TYPE:\(medium == .html ? "HTML" : "TEXT")}}\n" + source)
    } catch let error as MustacheTemplate.ParserError {
      throw Fault(
        message: "the template cannot be read: look at its tags", code: "bad-template",
        line: max(1, error.context.lineNumber - 1), column: error.context.columnNumber)
    } catch {
      throw Fault(
        message: "the template cannot be read: look at its tags", code: "bad-template", line: 1, column: 1)
    }
  }

  /// The tags of a template, one after the other, and where each begins.
  private struct TagScanner {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var line = 1
    private var lineStart = 0

    init(_ source: String) { scalars = Array(source.unicodeScalars) }

    /// - Returns: the next tag and the sign that it begins with, if any; nil at the end.
    mutating func next() throws(Fault) -> (tag: Tag, sigil: Character?)? {
      while index + 1 < scalars.count, scalars[index] != "{" || scalars[index + 1] != "{" {
        if scalars[index] == "\n" {
          line += 1
          lineStart = index + 1
        }
        index += 1
      }
      guard index + 1 < scalars.count else { return nil }
      let column = index - lineStart + 1
      var end = index + 2
      while end + 1 < scalars.count, !(scalars[end] == "}" && scalars[end + 1] == "}"), scalars[end] != "\n" {
        end += 1
      }
      guard end + 1 < scalars.count, scalars[end] == "}" else {
        throw Fault("`{{` is never closed: add `}}`", at: Tag(name: "", line: line, column: column))
      }
      var content = String(String.UnicodeScalarView(scalars[(index + 2)..<end]))
      index = end + 2
      let sigil = content.first.flatMap { "#^/!&{><$=%".contains($0) ? $0 : nil }
      if sigil != nil { content.removeFirst() }
      let tag = Tag(name: content.trimmed, line: line, column: column)
      if sigil == "{" {
        guard index < scalars.count, scalars[index] == "}" else {
          throw Fault("`{{{` is never closed: add `}}}`", at: tag)
        }
        index += 1
      }
      return (tag, sigil)
    }
  }

  /// The tags' names and whether sections pair, before Mustache sees them: its own errors name no remedy.
  private static func scan(_ source: String) throws(Fault) -> [Tag] {
    var scanner = TagScanner(source)
    var found: [Tag] = []
    var open: [Tag] = []
    while let (tag, sigil) = try scanner.next() {
      let name = tag.name
      switch sigil {
      case "!": continue
      case ">", "<", "$", "=", "%":
        throw Fault(
          "`{{\(sigil.map(String.init) ?? "")` is not for texts: write the words out", code: "bad-tag",
          at: tag)
      case "/":
        guard let section = open.popLast() else {
          throw Fault(
            "`{{/\(name)}}` closes a section that none opens: delete it, or add `{{#\(name)}}`", at: tag)
        }
        guard section.name == name else {
          throw Fault(
            "`{{/\(name)}}` closes `\(section.name)` of line \(section.line): write `{{/\(section.name)}}`",
            at: tag)
        }
        continue
      case "#", "^": open.append(tag)
      default: break
      }
      guard !name.isEmpty else { throw Fault("an empty tag: name a variable, or delete it", at: tag) }
      if name != "." { found.append(tag) }
    }
    if let section = open.last {
      throw Fault("the section `\(section.name)` is never closed: add `{{/\(section.name)}}`", at: section)
    }
    return found
  }
}

extension TextTemplate.Fault {
  fileprivate init(_ message: String, code: String = "bad-template", at tag: TextTemplate.Tag) {
    self.init(message: message, code: code, line: tag.line, column: tag.column)
  }
}

extension String {
  /// Without blanks at either end.
  fileprivate var trimmed: String {
    var text = Substring(self)
    while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return String(text)
  }
}
