import Basics
import Programme

/// Topics whose parent is not there, that go in a circle, or whose words mean two things.
enum TopicCheck {
  static func mistakes(in topics: Value) -> [Diagnostic] {
    mistakes(in: topics, joining: TopicCatalogue(checked: topics), words: [:])
  }

  /// What a region adds, held against the whole.
  static func mistakes(in own: Value, joining catalogue: TopicCatalogue) -> [Diagnostic] {
    var words: [String: String] = [:]
    let ids = Set(own.entries.map(\.name))
    for topic in catalogue.topics where !ids.contains(topic.id) {
      for word in topic.aliases.values.joined() { words[word.lowercased()] = topic.id }
    }
    return mistakes(in: own, joining: catalogue, words: words)
  }

  private static func mistakes(
    in topics: Value, joining catalogue: TopicCatalogue, words: [String: String]
  ) -> [Diagnostic] {
    var found: [Diagnostic] = []
    var owners = words
    for entry in topics.entries {
      if let parent = entry.value["parent"], let id = parent.text {
        if catalogue[id] == nil {
          let nearest = NearestName.question(id, among: catalogue.topics.map(\.id))
          found.append(
            parent.origin.error(
              "no topic `\(id)`\(nearest ?? ": add it, or take the line out")", code: "unknown-topic"))
        } else if catalogue.ancestry(of: entry.name).last.flatMap({ catalogue[$0]?.parent }) != nil {
          found.append(
            parent.origin.error(
              "the topic `\(entry.name)` is above itself: give it a broader parent", code: "topic-circle"))
        }
      }
      if catalogue[entry.name]?.names.isEmpty ?? true, entry.value.content != .bad {
        found.append(
          entry.origin.error(
            "the topic `\(entry.name)` has no words: write `en: [\(entry.name)]`", code: "no-words"))
      }
      for language in entry.value.entries where language.name != "parent" {
        for word in language.value.items {
          guard let text = word.text else { continue }
          let key = text.lowercased()
          if let owner = owners[key], owner != entry.name {
            found.append(
              word.origin.error(
                "`\(text)` already means the topic `\(owner)`: a word means one topic only",
                code: "ambiguous-word"))
          }
          owners[key] = entry.name
        }
      }
    }
    return found
  }
}
