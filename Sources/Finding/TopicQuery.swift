import Basics
package import Programme

/// The topics that words name: each part between commas that is a topic's id, or one of its words in any language.
package enum TopicQuery {
  /// In the order of the words, each once. O(*a*) in the number of aliases of the catalogue.
  package static func topics(in words: String, of catalogue: TopicCatalogue) -> [String] {
    var byWords: [FoldedText: String] = [:]
    for topic in catalogue.topics {
      for alias in [topic.id] + topic.aliases.values.joined() where byWords[FoldedText(alias)] == nil {
        byWords[FoldedText(alias)] = topic.id
      }
    }
    var topics: [String] = []
    for part in [words] + words.split(whereSeparator: { ",;、，；".contains($0) }).map(String.init) {
      if let topic = byWords[FoldedText(part)], !topics.contains(topic) { topics.append(topic) }
    }
    return topics
  }
}
