import Basics

/// One topic: its place in the tree and its names in each language.
package struct Topic: Hashable, Sendable {
  package var id: String
  /// The broader topic; nil at the root. Topics with a common parent are near.
  package var parent: String?
  /// Display name by language tag; the first alias of that language.
  package var names: [String: String]
  /// All words that mean it, by language tag, the display name included.
  package var aliases: [String: [String]]

  package init(id: String, parent: String? = nil, names: [String: String], aliases: [String: [String]]) {
    self.id = id
    self.parent = parent
    self.names = names
    self.aliases = aliases
  }
}

/// The topics that questionnaires speak of.
package struct TopicCatalogue: Hashable, Sendable {
  /// By id, in byte order.
  package let topics: [Topic]
  private let indexByID: [String: Int]

  package init(_ topics: [Topic]) {
    self.topics = topics.sorted { $0.id.precedesByBytes($1.id) }
    indexByID = self.topics.places(by: \.id)
  }

  package subscript(id: String) -> Topic? {
    indexByID[id].map { topics[$0] }
  }

  /// From the topic itself up to its root. A cycle in the tree ends the walk.
  package func ancestry(of id: String) -> [String] {
    var path: [String] = []
    var next: String? = id
    while let current = next, !path.contains(current) {
      path.append(current)
      next = self[current]?.parent
    }
    return path
  }

  /// How near two topics are, 0…1: 1 for the same, else twice the depth of the nearest common ancestor over the
  /// sum of both depths (Wu and Palmer, 1994), 0 where nothing is common.
  package func nearness(_ a: String, _ b: String) -> Double {
    if a == b { return 1 }
    let up = ancestry(of: a)
    let other = ancestry(of: b)
    guard let common = up.first(where: other.contains) else { return 0 }
    let depth = Double(ancestry(of: common).count)
    return 2 * depth / Double(up.count + other.count)
  }
}
