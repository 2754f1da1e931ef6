extension SurveyDefinition {
  /// Questions that lack what their kind needs are reported by the check; here they take the least.
  init(_ entry: Value.Entry) throws(ValueReader.Missing) {
    let read = ValueReader(entry.value)
    let questions = try read.entries("questions").map { question throws(ValueReader.Missing) in
      try Question(question)
    }
    let scales = read.entries("scales").map { scale in
      Scale(
        name: scale.name, items: scale.value["items"]?.texts ?? [],
        reversed: Set(scale.value["reversed"]?.texts ?? []))
    }
    self.init(
      name: entry.name, questions: questions, scales: scales, dimensions: read.texts("dimensions"),
      audience: read.texts("audience"),
      occasion: try read.optional("occasion") { $0.text.flatMap(Occasion.init(rawValue:)) } ?? .cohort,
      pairedWith: try read.optional("paired-with", take: \.text))
  }
}

extension SurveyDefinition.Question {
  fileprivate init(_ entry: Value.Entry) throws(ValueReader.Missing) {
    let read = ValueReader(entry.value)
    let kind: Form.Question.Kind = try read.word("kind")
    let choices = read.texts("choices")
    let own: Kind =
      switch kind {
      case .likert: .likert(points: try read.optional("points", take: \.whole) ?? 5)
      case .nps: .nps
      case .choice: .choice(choices)
      case .choices: .choices(choices)
      case .number: .number
      case .text: .text
      }
    self.init(name: entry.name, kind: own, wording: read.words("wording"))
  }
}
