extension Sequence {
  /// The elements by key; of several with one key, the first.
  package func keyed<Key: Hashable>(by key: (Element) -> Key) -> [Key: Element] {
    Dictionary(map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The elements by key; of several with one key, the last.
  package func latest<Key: Hashable>(by key: (Element) -> Key) -> [Key: Element] {
    Dictionary(map { (key($0), $0) }, uniquingKeysWith: { $1 })
  }

  /// The place of each key among the elements; of several with one key, the first.
  package func places<Key: Hashable>(by key: (Element) -> Key) -> [Key: Int] {
    Dictionary(enumerated().map { (key($1), $0) }, uniquingKeysWith: { first, _ in first })
  }
}
