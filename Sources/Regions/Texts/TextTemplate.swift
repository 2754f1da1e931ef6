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

  /// The tags' names and whether sections pair, before Mustache sees them: its own errors name no remedy.
  private static func scan(_ source: String) throws(Fault) -> [Tag] {
    let scalars = Array(source.unicodeScalars)
    var found: [Tag] = []
    var open: [Tag] = []
    var line = 1
    var lineStart = 0
    var index = 0
    while index < scalars.count {
      if scalars[index] == "\n" {
        line += 1
        lineStart = index + 1
      }
      guard index + 1 < scalars.count, scalars[index] == "{", scalars[index + 1] == "{" else {
        index += 1
        continue
      }
      let column = index - lineStart + 1
      func fault(_ message: String, _ code: String = "bad-template") -> Fault {
        Fault(message: message, code: code, line: line, column: column)
      }
      var end = index + 2
      while end + 1 < scalars.count, !(scalars[end] == "}" && scalars[end + 1] == "}"), scalars[end] != "\n" {
        end += 1
      }
      guard end + 1 < scalars.count, scalars[end] == "}" else {
        throw fault("`{{` is never closed: add `}}`")
      }
      var content = String(String.UnicodeScalarView(scalars[(index + 2)..<end]))
      index = end + 2
      let sigil = content.first.flatMap { "#^/!&{><$=%".contains($0) ? $0 : nil }
      if sigil != nil { content.removeFirst() }
      if sigil == "{" {
        guard index < scalars.count, scalars[index] == "}" else {
          throw fault("`{{{` is never closed: add `}}}`")
        }
        index += 1
      }
      let name = content.trimmed
      let tag = Tag(name: name, line: line, column: column)
      switch sigil {
      case "!": continue
      case ">", "<", "$", "=", "%":
        throw fault("`{{\(sigil.map(String.init) ?? "")` is not for texts: write the words out", "bad-tag")
      case "/":
        guard let section = open.popLast() else {
          throw fault("`{{/\(name)}}` closes a section that none opens: delete it, or add `{{#\(name)}}`")
        }
        guard section.name == name else {
          throw fault(
            "`{{/\(name)}}` closes `\(section.name)` of line \(section.line): write `{{/\(section.name)}}`")
        }
        continue
      case "#", "^": open.append(tag)
      default: break
      }
      guard !name.isEmpty else { throw fault("an empty tag: name a variable, or delete it") }
      if name != "." { found.append(tag) }
    }
    if let section = open.last {
      throw Fault(
        message: "the section `\(section.name)` is never closed: add `{{/\(section.name)}}`",
        code: "bad-template",
        line: section.line, column: section.column)
    }
    return found
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
