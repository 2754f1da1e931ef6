import Basics
import Programme

/// Takes typed values out of a checked one. What is missing here has slipped through the schema: it is reported as a
/// mistake of the configuration, never guessed.
struct ValueReader {
  struct Missing: Error {
    let path: String
    let origin: Origin

    var diagnostic: Diagnostic {
      origin.error("`\(path)` is not known: state it here or in programme.yaml", code: "missing")
    }
  }

  let value: Value

  init(_ value: Value) { self.value = value }

  private func found<T>(_ path: [String], _ take: (Value) -> T?) throws(Missing) -> T {
    guard let own = value[path: path], let result = take(own) else {
      throw Missing(path: path.joined(separator: "."), origin: value[path: path]?.origin ?? value.origin)
    }
    return result
  }

  /// What is stated, of whatever shape.
  func content(_ path: [String]) throws(Missing) -> Value.Content { try found(path, \.content) }

  func text(_ path: String...) throws(Missing) -> String { try found(path, \.text) }
  func whole(_ path: String...) throws(Missing) -> Int { try found(path, \.whole) }
  func flag(_ path: String...) throws(Missing) -> Bool { try found(path, \.flag) }

  func word<T: RawRepresentable<String>>(_ path: String...) throws(Missing) -> T {
    try found(path) { $0.text.flatMap(T.init(rawValue:)) }
  }

  func clock(_ path: String...) throws(Missing) -> Int {
    try found(path) { $0.text.flatMap { ClockTime($0)?.minute } }
  }
  func span(_ path: String...) throws(Missing) -> ClockSpan {
    try found(path) { $0.text.flatMap { ClockSpan($0) } }
  }
  func yearSpan() throws(Missing) -> YearSpan {
    YearSpan(
      from: try found(["from"]) { $0.text.flatMap { YearDay($0) } },
      until: try found(["until"]) { $0.text.flatMap { YearDay($0) } })
  }
  func date(_ path: String...) throws(Missing) -> LocalDate {
    try found(path) { $0.text.flatMap { LocalDate(iso8601: $0) } }
  }

  /// Absent, or `none`: nil.
  func optional<T>(_ path: String..., take: (Value) -> T?) throws(Missing) -> T? {
    guard let own = value[path: path], own.content != .none else { return nil }
    return try found(path, take)
  }

  func texts(_ path: String...) -> [String] { value[path: path]?.texts ?? [] }

  func entries(_ path: String...) -> [Value.Entry] { value[path: path]?.entries ?? [] }

  func words(_ path: String...) -> [String: String] {
    let pairs = (value[path: path]?.entries ?? []).compactMap { entry in
      entry.value.text.map { (entry.name, $0) }
    }
    return Dictionary(pairs, uniquingKeysWith: { _, last in last })
  }
}
