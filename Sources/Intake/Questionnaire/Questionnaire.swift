import Basics
import Programme
package import Regions

/// What a region's form reads, as a questionnaire to ask it with: the headings are the form's own, so that the export of
/// what is asked needs no other form.
package struct Questionnaire: Sendable {
  package struct Choice: Sendable, Hashable {
    /// Letters and digits, by which survey programs name it.
    package var code: String
    package var word: String
  }

  package enum Answer: Sendable, Hashable {
    case text
    case longText
    case number
    /// One of the choices.
    case choice([Choice])
    /// Any of the choices, joined in one cell by the separator.
    case choices([Choice], separator: String)
  }

  package struct Question: Sendable, Hashable {
    /// The field of the form.
    package var field: String
    /// The heading that the form looks for.
    package var heading: String
    package var answer: Answer
    package var isRequired: Bool
  }

  package let title: String
  package let language: String
  package let questions: [Question]
  /// Topics that are not offered, as their names hold what the form takes for the end of one.
  package let omittedTopics: [String]
  /// The heading of the time at which the form was filled in, where the form reads one and in the usual way.
  package let timestamp: String?
  /// Where answers go.
  package let office: String

  /// - Parameter language: of the topics to choose from, BCP 47.
  package init(_ form: Form, region: Region, language: String) {
    self.language = language
    title = region.office.name
    office = region.office.email
    timestamp =
      form.timeFormat == nil || form.timeFormat == "yyyy-MM-dd HH:mm:ss"
      ? form.fields["timestamp"]?.columns.first : nil
    let topics = Questionnaire.topics(region, language)
    let separators = ["learn", "teach", "interests"].compactMap {
      form.fields[$0].flatMap(Questionnaire.separator)
    }
    omittedTopics = topics.map(\.word).filter { word in separators.contains { word.contains($0) } }
    // What a program fills in by itself is not asked.
    let names =
      FormField.names.filter { !["timestamp", "response", "cohort"].contains($0) }
      + form.fields.keys.filter { !FormField.known.contains($0) }.sorted { $0.precedesByBytes($1) }
    questions = names.compactMap { name in
      guard let field = form.fields[name], let heading = field.columns.first else { return nil }
      return Question(
        field: name, heading: heading,
        answer: Questionnaire.answer(name, field, form, region, topics, language), isRequired: field.required)
    }
  }

  private static func answer(
    _ name: String, _ field: Form.Field, _ form: Form, _ region: Region, _ topics: [Choice],
    _ language: String
  ) -> Answer {
    switch name {
    case "role": return .choice(numbered(roles(form)))
    case "learn", "teach", "interests":
      guard let separator = separator(of: field) else { return .choice(numbered(topics.map(\.word))) }
      return .choices(topics.filter { !$0.word.contains(separator) }, separator: separator)
    case "site": return .choice(numbered(region.sites.map(\.name)))
    case "comments": return .longText
    case "capacity": return .number
    default:
      return Person.flags.contains { $0.key == name } ? .choice(numbered(yesAndNo(field, language))) : .text
    }
  }

  /// What joins several choices in one cell; nil where the form reads one choice.
  private static func separator(of field: Form.Field) -> String? {
    field.separators.first { $0.trimmed == ";" } ?? field.separators.first
  }

  private static func numbered(_ words: [String]) -> [Choice] {
    words.enumerated().map { Choice(code: "A\($0.offset + 1)", word: $0.element) }
  }

  /// A word of the form for each role.
  private static func roles(_ form: Form) -> [String] {
    [Role.mentor, .mentee, .either].flatMap { role in
      form.roles.filter { $0.value == role.rawValue }.keys.sorted { $0.precedesByBytes($1) }.prefix(1)
    }
  }

  private static func topics(_ region: Region, _ language: String) -> [Choice] {
    region.topics.catalogue.topics.compactMap { topic in
      ([language, base(language)] + region.fallbackLanguages + ["en"]).lazy.compactMap { topic.names[$0] }
        .first.map {
          Choice(code: String(topic.id.filter { $0.isLetter || $0.isNumber }.prefix(20)), word: $0)
        }
    }
  }

  private static func base(_ language: String) -> String {
    language.split(separator: "-").first.map(String.init) ?? language
  }

  /// Words that the form reads as yes and no.
  private static func yesAndNo(_ field: Form.Field, _ language: String) -> [String] {
    func word(_ meaning: String) -> String? {
      field.values.filter { $0.value == meaning }.keys.sorted { $0.precedesByBytes($1) }.first
    }
    let usual = [
      "de": ("ja", "nein"), "pl": ("tak", "nie"), "hu": ("igen", "nem"), "es": ("sí", "no"),
      "fr": ("oui", "non"), "zh": ("是", "否"),
    ]
    let words = usual[base(language)] ?? ("yes", "no")
    return [word("true") ?? words.0, word("false") ?? words.1]
  }
}

// MARK: - For Microsoft Forms

extension Questionnaire {
  /// Headings of the columns that Microsoft Forms writes by itself where people answer signed in.
  private static let automatic: Set<String> = ["Email", "Name"]

  package static let headings = ["number", "question", "kind", "choices", "required"]

  /// The questions as a list to enter by hand, in the order of the form; choices joined by line breaks.
  package var rows: [[String]] {
    let asked = questions.filter { !Questionnaire.automatic.contains($0.heading) }
    return asked.enumerated().map { index, question in
      let (kind, choices): (String, [Choice]) =
        switch question.answer {
        case .text: ("text", [])
        case .longText: ("text, long answer", [])
        case .number: ("text, a number", [])
        case .choice(let choices): ("choice, one answer", choices)
        case .choices(let choices, _): ("choice, several answers", choices)
        }
      return [
        String(index + 1), question.heading, kind, choices.map(\.word).joined(separator: "\n"),
        question.isRequired ? "yes" : "no",
      ]
    }
  }
}
