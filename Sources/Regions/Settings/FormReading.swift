package import Basics

extension Form {
  /// A form out of the text of its file, and all that is wrong with it.
  ///
  /// - Parameter file: the file's name in messages.
  package static func read(_ text: String, named name: String, file: String) -> (
    form: Form?, diagnostics: [Diagnostic]
  ) {
    let read = ConfigurationReading.value(
      Array(text.utf8), file: file, FormSchema.settings, .region, named: file)
    guard let value = read.value else { return (nil, read.diagnostics) }
    let found =
      read.diagnostics
      + Completeness.missing(value, FormSchema.settings, at: .programme, named: file, placed: "here")
      + FormCheck.mistakes(in: value, named: name)
    guard !found.contains(where: { $0.severity == .error }) else { return (nil, found) }
    do throws(ValueReader.Missing) {
      return (try Form(name: name, value: value), found)
    } catch {
      return (nil, found + [error.diagnostic])
    }
  }

  /// A form's typed settings of its effective value.
  init(name: String, value: Value) throws(ValueReader.Missing) {
    let read = ValueReader(value)
    var fields: [String: Field] = [:]
    for entry in read.entries("fields") {
      let read = ValueReader(entry.value)
      fields[entry.name] = Field(
        columns: read.texts("columns"), separators: read.texts("separators"),
        required: try read.optional("required", take: \.flag) ?? false, values: read.words("values"),
        choices: read.words("choices"), ticked: read.texts("ticked"))
    }
    var questions: [Question] = []
    for entry in read.entries("questions") {
      let read = ValueReader(entry.value)
      let columns = read.texts("columns")
      questions.append(
        Question(
          name: entry.name, kind: try read.word("kind"), columns: columns.isEmpty ? [entry.name] : columns,
          points: try read.optional("points", take: \.whole), choices: read.texts("choices"),
          values: read.words("values")))
    }
    var slices: Slices?
    if value["slices"] != nil {
      slices = Slices(
        path: try read.text("slices", "path"), end: try read.text("slices", "end"),
        start: try read.optional("slices", "start", take: \.text))
    }
    self.init(
      name: name, kind: try read.word("kind"), format: try read.word("format"),
      encoding: try read.optional("encoding", take: \.text),
      delimiter: try read.optional("delimiter", take: \.text).map { $0 == "tab" ? "\t" : $0 },
      headingRows: try read.optional("heading-rows", take: \.whole),
      sheet: try read.optional("sheet", take: \.text),
      rowPath: try read.optional("rows", take: \.text), slices: slices, fields: fields,
      bareEmptyIsNotAsked: try read.optional("bare-empty", take: \.text) == "not-asked",
      roles: read.words("roles"), language: try read.optional("language", take: \.text),
      survey: try read.optional("survey", take: \.text), questions: questions,
      timeFormat: try read.optional("time-format", take: \.text),
      dateOrder: try read.optional("date-order", take: { $0.text.flatMap(DateOrder.init(rawValue:)) }),
      only: Form.conditions(read.entries("only")), except: Form.conditions(read.entries("except")))
  }

  private static func conditions(_ entries: [Value.Entry]) -> [Condition] {
    entries.map { entry in
      let words = entry.value.texts
      return Condition(column: entry.name, words: words == [FormSchema.anyWord] ? [] : words)
    }
  }
}
