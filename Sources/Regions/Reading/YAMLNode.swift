/// A node of a YAML file and where it is: scalars keep their text, since what a word means is the
/// schema's to say and not YAML's (`no` is a country before it is a truth value).
package struct YAMLNode: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case scalar(String, plain: Bool)
    case list([YAMLNode])
    case mapping([Pair])
  }

  package struct Pair: Hashable, Sendable {
    package var key: YAMLNode
    package var value: YAMLNode
  }

  package var content: Content
  /// From 1.
  package var line: Int
  /// In Unicode scalars, from 1.
  package var column: Int

  /// Nothing was written: an empty value, `~` or `null`.
  package var isNull: Bool {
    guard case .scalar(let text, plain: true) = content else { return false }
    return text.isEmpty || text == "~" || text == "null" || text == "Null" || text == "NULL"
  }

  /// What is here, in words for a message.
  package var described: String {
    switch content {
    case .scalar where isNull: "nothing"
    case .scalar(let text, _): "`\(text.count > 40 ? String(text.prefix(40)) + "…" : text)`"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }
}
