/// Small pieces of English for messages.
enum Phrases {
  /// `1, 2 and 5`
  static func list(_ items: some Sequence<some CustomStringConvertible>) -> String {
    let texts = items.map(\.description)
    guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
    return texts.dropLast().joined(separator: ", ") + " and " + last
  }
}
