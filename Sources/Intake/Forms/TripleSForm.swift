import Regions

extension FormBinding {
  /// Fields whose codes say what they mean by themselves.
  private static let plain = FormField.aboutResponse.union(FormField.all.filter(\.isNumber).map(\.name))

  /// The form with the labels of a triple-s definition beside its own words, which go before: so a region's roles and
  /// topics are found by the words of the questionnaire, and nobody copies its code lists.
  func form(by definition: TripleSDefinition) -> Form {
    var form = form
    func labels(_ place: Place, unless known: (String) -> Bool) -> [String: String] {
      var all: [String: String] = [:]
      for column in place.columns where definition.variables.indices.contains(column) {
        let variable = definition.variables[column]
        guard variable.kind == .single || variable.kind == .multiple else { continue }
        for (code, label) in variable.codes where !label.isEmpty && !known(code) { all[code] = label }
      }
      return all
    }
    for (name, place) in fields where !FormBinding.plain.contains(name) {
      form.fields[name]?.values.merge(labels(place) { _ in false }) { own, _ in own }
    }
    for (index, place) in questions.enumerated() where form.questions.indices.contains(index) {
      let question = form.questions[index]
      guard question.kind == .choice || question.kind == .choices else { continue }
      form.questions[index].values.merge(labels(place, unless: question.choices.contains)) { own, _ in own }
    }
    return form
  }
}

extension Headings {
  /// Names and labels of the variables: a column answers to either.
  static func rows(of definition: TripleSDefinition) -> [[String]] {
    [
      definition.variables.map(\.name), definition.variables.map(\.label),
      definition.variables.map { _ in "" },
    ]
  }
}
