package import Basics
import Programme

/// Where a value was written.
package struct Origin: Hashable, Sendable {
  package let file: String
  package let line: Int
  package let column: Int

  package func error(_ message: String, code: String) -> Diagnostic {
    Diagnostic(.error, message, file: file, line: line, column: column, code: code)
  }

  package func warning(_ message: String, code: String) -> Diagnostic {
    Diagnostic(.warning, message, file: file, line: line, column: column, code: code)
  }
}

/// A checked value and where it was written.
package struct Value: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case text(String)
    case whole(Int)
    case flag(Bool)
    /// The word `none`: stated, and nothing.
    case none
    /// Stated, and wrong, which has been reported.
    case bad
    case list([Value])
    /// In the order written.
    case record([Entry])
  }

  package struct Entry: Hashable, Sendable {
    package var name: String
    package var origin: Origin
    package var value: Value
  }

  package var content: Content
  package var origin: Origin

  package init(_ content: Content, _ origin: Origin) {
    self.content = content
    self.origin = origin
  }

  package static func empty(_ file: String) -> Value {
    Value(.record([]), Origin(file: file, line: 1, column: 1))
  }
}

extension Value {
  package var entries: [Entry] {
    if case .record(let entries) = content { entries } else { [] }
  }

  package var items: [Value] {
    if case .list(let items) = content { items } else { [] }
  }

  package var text: String? {
    if case .text(let text) = content { text } else { nil }
  }

  package var whole: Int? {
    if case .whole(let number) = content { number } else { nil }
  }

  package var flag: Bool? {
    if case .flag(let flag) = content { flag } else { nil }
  }

  package var texts: [String] { items.compactMap(\.text) }

  package subscript(_ name: String) -> Value? {
    get { entries.first { $0.name == name }?.value }
    set {
      guard case .record(var entries) = content else { return }
      if let index = entries.firstIndex(where: { $0.name == name }) {
        if let newValue { entries[index].value = newValue } else { entries.remove(at: index) }
      } else if let newValue {
        entries.append(Entry(name: name, origin: newValue.origin, value: newValue))
      }
      content = .record(entries)
    }
  }

  /// The value at `matching.weights.taught`.
  package subscript(path path: some Sequence<String>) -> Value? {
    var value: Value? = self
    for name in path { value = value?[name] }
    return value
  }

  /// Overlaid by a lower layer: records name by name, everything else as a whole. What is new follows what was.
  package func overlaid(by lower: Value) -> Value {
    guard case .record(var entries) = content, case .record(let new) = lower.content else { return lower }
    for entry in new {
      if let index = entries.firstIndex(where: { $0.name == entry.name }) {
        entries[index] = Entry(
          name: entry.name, origin: entry.origin, value: entries[index].value.overlaid(by: entry.value))
      } else {
        entries.append(entry)
      }
    }
    return Value(.record(entries), new.isEmpty ? origin : lower.origin)
  }
}
