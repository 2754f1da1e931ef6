import Programme

/// What a column of an export can hold: a field of a person, or what such a field is made of.
package struct FormField: Sendable {
  package let name: String
  package let meaning: String
  /// A number: words for its values say nothing.
  package let isNumber: Bool

  /// Every field that has a meaning of its own; any other is an attribute, or in a survey a dimension, of its name.
  package static let all: [FormField] =
    Person.fields.fields.filter(\.isAsked).map { FormField($0.description) } + parts
  package static let names = all.map(\.name)
  package static let known = Set(names)

  /// Whose response it is, of which cohort, and when it was given: never a dimension of a survey.
  package static let aboutResponse: Set<String> = [
    "response", "employeeNumber", "email", "timestamp", "cohort",
  ]

  private static let parts = [
    FormField("employeeNumber", "the number by which the employer knows them"),
    FormField("givenName", "the given name, where no column has the whole name"),
    FormField("familyName", "the family name, where no column has the whole name"),
    FormField("workingDays", "the days on which they work"),
    FormField("comments", "free words"),
    FormField("keywords", "the topics and words of a pair's own list, in order"),
    FormField("timestamp", "when the form was filled in: the latest answer of a person counts"),
    FormField("response", "the response's own number"),
    FormField("cohort", "the cohort that a response is about"),
  ]

  private init(_ name: String, _ meaning: String) {
    self.name = name
    self.meaning = meaning
    isNumber = false
  }

  private init(_ field: FieldDescription) {
    name = field.key
    meaning = field.meaning
    isNumber =
      switch field.shape {
      case .integer, .count, .number: true
      default: false
      }
  }
}
