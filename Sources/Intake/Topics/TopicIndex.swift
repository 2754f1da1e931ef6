import Basics
package import Programme

/// Words in, topic ids out: the catalogue's aliases in the languages of one form.
package struct TopicIndex: Sendable {
  /// What a word, or a phrase, means.
  enum Meaning: Hashable, Sendable {
    case topic(id: String)
    /// Taken for the nearest alias.
    case near(id: String, alias: String)
    /// A sentence that mentions topics; the nearest alias to all of it, for where it denies them all.
    case sentence([TopicMentions.Mention], nearest: String?)
    /// The nearest alias of all, where any comes within half a word.
    case unknown(nearest: String?)
  }

  private struct Alias: Sendable {
    var text: String
    var topic: String
    var scalars: [Unicode.Scalar]
  }

  private var strict: [String: String] = [:]
  /// A key that two topics share is no key: its value is nil.
  private var loose: [String: String?] = [:]
  private var foreign: [String: String?] = [:]
  private let aliases: [Alias]
  private let distance: Int
  let catalogue: TopicCatalogue
  let languages: [String]

  /// `languages`: whose aliases come first, most wanted first; the others count only where they fit exactly.
  /// `distance`: thousandths of the longer word's length.
  package init(catalogue: TopicCatalogue, languages: [String], distance: Int) {
    var aliases: [Alias] = []
    for topic in catalogue.topics {
      for language in languages {
        for text in (topic.aliases[language] ?? []) + [topic.names[language]].compactMap({ $0 }) {
          let key = WordKey(text)
          guard !key.isEmpty else { continue }
          if strict[key.strict] == nil { strict[key.strict] = topic.id }
          TopicIndex.claim(&loose, key.loose, topic.id)
          aliases.append(Alias(text: text, topic: topic.id, scalars: Array(key.loose.unicodeScalars)))
        }
      }
      let everywhere = Array(topic.aliases.values.joined()) + Array(topic.names.values) + [topic.id]
      for text in everywhere {
        let key = WordKey(text)
        if !key.isEmpty { TopicIndex.claim(&foreign, key.strict, topic.id) }
      }
    }
    self.aliases = aliases
    self.distance = distance
    self.catalogue = catalogue
    self.languages = languages
  }

  private static func claim(_ table: inout [String: String?], _ key: String, _ topic: String) {
    if let holder = table[key] {
      if holder != topic { table[key] = .some(nil) }
    } else {
      table[key] = .some(topic)
    }
  }

  /// The topic that the word names exactly, spelling forgiven.
  package func exact(_ key: WordKey) -> String? {
    strict[key.strict] ?? loose[key.loose].flatMap { $0 } ?? foreign[key.strict].flatMap { $0 }
  }

  /// O(aliases · length²) where the word is not known exactly, because every alias is tried, each within a band.
  func meaning(of word: some StringProtocol) -> Meaning {
    let key = WordKey(word)
    guard !key.isEmpty else { return .unknown(nearest: nil) }
    if let topic = exact(key) { return .topic(id: topic) }
    let scalars = Array(key.loose.unicodeScalars)
    func limit(_ count: Int) -> Int { max(scalars.count, count) / 2 }
    guard let (place, cost) = NearestName.place(of: scalars, among: aliases.lazy.map(\.scalars), limit: limit)
    else { return .unknown(nearest: nil) }
    let best = aliases[place]
    // Two topics at one distance: taking either would be a guess, so HR decides.
    func isTied(_ alias: Alias) -> Bool {
      alias.topic != best.topic
        && editDistance(scalars, alias.scalars, bound: min(cost, limit(alias.scalars.count))) != nil
    }
    guard cost * 1000 <= distance * max(scalars.count, best.scalars.count),
      !aliases[place...].contains(where: isTied)
    else { return .unknown(nearest: best.text) }
    return .near(id: best.topic, alias: best.text)
  }
}
