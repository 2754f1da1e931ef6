import Programme

extension TopicCatalogue {
  /// The catalogue of a checked mapping of topics.
  init(checked value: Value) {
    self.init(
      value.entries.map { entry in
        var names: [String: String] = [:]
        var aliases: [String: [String]] = [:]
        for part in entry.value.entries where part.name != "parent" {
          names[part.name] = part.value.texts.first
          aliases[part.name] = part.value.texts
        }
        return Topic(id: entry.name, parent: entry.value["parent"]?.text, names: names, aliases: aliases)
      })
  }
}
