/// Every setting of a form's file.
package enum FormSchema {
  package static let settings: [Setting] = [
    Setting("use", .text(.identifier), "the shipped form that this one adapts"),
    Setting(
      "kind", .choice(Form.Kind.allCases.map(\.rawValue)), "what the export holds", required: .programme),
    Setting(
      "format", .choice(Form.Format.allCases.map(\.rawValue)), "how it is written", required: .programme),
    Setting("encoding", .text(.encoding), "the encoding, where it cannot be detected"),
    Setting("delimiter", .text(.delimiter), "the character between cells, where it cannot be detected"),
    Setting("heading-rows", .whole(0...10), "rows of headings", unit: "rows"),
    Setting("sheet", .text(.line), "workbooks: the sheet that is read, where not the one that fits"),
    Setting("rows", .text(.elementPath), "XML: the path of a row's element, by local names"),
    Setting(
      "slices",
      .record([
        Setting("path", .text(.elementPath), "the elements that repeat, from the row", required: .programme),
        Setting("end", .text(.elementPath), "the element that ends a slice", required: .programme),
        Setting("start", .text(.elementPath), "the element that begins a slice"),
      ]), "XML: elements that repeat as time slices, of which the current one counts"),
    Setting("fields", .open(knownFields, key: .identifier, field), "the column of each field"),
    Setting(
      "bare-empty", .choice(["not-asked", "not-answered"]), "CSV: what an empty cell without quotes means"),
    Setting(
      "roles", .map(key: .line, .choice(["mentor", "mentee", "either"])), "roles by the words of the form"),
    Setting("language", .text(.language), "the language of the topic words, where it is not the region's"),
    Setting("survey", .text(.identifier), "the survey's name"),
    Setting(
      "questions", .map(key: .identifier, .record(questionSettings)), "the survey's questions, in order"),
    Setting("time-format", .text(.line), "how times are written (`yyyy-MM-dd HH:mm:ss`)"),
    Setting(
      "date-order", .choice(Form.DateOrder.allCases.map(\.rawValue)),
      "which of 8/2/2026 is the day, where no date of the column proves it"),
    Setting(
      "only", conditions,
      "rows that count, by field or heading: the words of which it holds one, or `\(anyWord)` for all that is not empty"
    ),
    Setting("except", conditions, "rows that do not count (previews, tests), said in the same way"),
  ]

  /// In a condition: whatever is not empty.
  static let anyWord = "any"

  private static let conditions = Shape.map(key: .line, .oneOrMore(.text(.prose)))

  /// Headings alone, or headings and what to do with the cells.
  static let field = Shape.short(
    .oneOrMore(.text(.line)), named: "columns",
    [
      Setting(
        "columns", .oneOrMore(.text(.line)), "headings (any of them), codes, or element paths below the row"),
      Setting("separators", .oneOrMore(.text(.prose)), "what joins several values in one cell"),
      Setting("required", .flag, "whether a row without it is rejected"),
      Setting("values", .map(key: .prose, .text(.prose)), "words of the export and what they mean"),
      Setting(
        "choices", .map(key: .line, .text(.prose)),
        "columns of a multiple choice, and the choice that a tick in each stands for"),
      Setting("ticked", .oneOrMore(.text(.prose)), "what a tick is, where it is not what means yes"),
    ])

  private static let knownFields = FormField.all.map { Setting($0.name, field, $0.meaning) }

  private static let questionSettings: [Setting] = [
    Setting(
      "kind", .choice(Form.Question.Kind.allCases.map(\.rawValue)), "how it is answered", required: .programme
    ),
    Setting(
      "columns", .oneOrMore(.text(.line)), "headings or codes; the question's name where it is left out"),
    Setting("points", .choiceOfWhole([5, 7]), "points of a likert scale"),
    Setting("choices", .list(.text(.prose), least: 1), "the answers to choose from"),
    Setting("values", .map(key: .prose, .text(.prose)), "words of the export and their values"),
  ]
}

/// The catalogue of topics.
package enum TopicSchema {
  package static let settings: [Setting] = [
    Setting("topics", .map(key: .identifier, topic), "topics by id", required: .programme)
  ]

  /// A topic: its parent, and for each language the words that mean it, the shown one first.
  static let topic = Shape.open(
    [Setting("parent", .text(.identifier), "the broader topic")], key: .language, .oneOrMore(.text(.line)))
}
