import Basics
import Programme

/// Surveys that do not hold together, and forms that do not ask what the survey does.
enum SurveyCheck {
  /// Bits of one machine word hold which choices were ticked.
  static let mostChoices = 64

  static func mistakes(in region: Value, forms: [(name: String, value: Value)]) -> [Diagnostic] {
    guard let surveys = region["surveys"] else { return [] }
    var found: [Diagnostic] = []
    for survey in surveys.entries where survey.value.content != .bad {
      let own = forms.filter { $0.value["survey"]?.text == survey.name }
      found += questions(survey.value)
      found += scales(survey.value)
      found += pairing(survey, among: surveys)
      found += dimensions(survey.value, forms: own.map(\.value))
    }
    let names = surveys.entries.map(\.name)
    for (_, form) in forms {
      guard let survey = form["survey"], let name = survey.text else { continue }
      guard let declared = surveys[name] else {
        let advice =
          NearestName.question(name, among: names) ?? ": add it to `surveys` in programme.yaml or region.yaml"
        found.append(survey.origin.error("no survey `\(name)`\(advice)", code: "unknown-survey"))
        continue
      }
      found += differences(form, declared, survey: name)
    }
    return found
  }

  private static func questions(_ survey: Value) -> [Diagnostic] {
    var found: [Diagnostic] = []
    if let questions = survey["questions"], questions.entries.isEmpty, questions.content != .bad {
      found.append(questions.origin.error("`questions` asks nothing: add a question", code: "missing"))
    }
    for question in survey["questions"]?.entries ?? [] {
      let kind = question.value["kind"]?.text
      if kind == "likert", question.value["points"] == nil {
        found.append(
          question.value.origin.error("`\(question.name)` lacks `points`: 5 or 7", code: "missing"))
      }
      guard kind == "choice" || kind == "choices" else { continue }
      let choices = question.value["choices"]
      if choices == nil {
        found.append(
          question.value.origin.error(
            "`\(question.name)` lacks `choices`, the answers to choose from", code: "missing"))
      }
      var seen: Set<String> = []
      for choice in choices?.items ?? [] where !seen.insert(choice.text ?? "").inserted {
        found.append(
          choice.origin.error(
            "the choice `\(choice.text ?? "")` appears twice: take one out", code: "duplicate"))
      }
      if let choices, kind == "choices", choices.items.count > mostChoices {
        found.append(
          choices.origin.error(
            "more than \(mostChoices) choices of which several may be ticked: ask for fewer", code: "too-many"
          ))
      }
    }
    return found
  }

  private static func scales(_ survey: Value) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let questions = survey["questions"]
    let names = questions?.entries.map(\.name) ?? []
    for scale in survey["scales"]?.entries ?? [] {
      var points: Int?
      var seen: Set<String> = []
      for item in scale.value["items"]?.items ?? [] {
        guard let name = item.text else { continue }
        guard let question = questions?[name] else {
          let advice = NearestName.question(name, among: names) ?? ": name one of the survey's"
          found.append(item.origin.error("no question `\(name)`\(advice)", code: "unknown-question"))
          continue
        }
        if !seen.insert(name).inserted {
          found.append(item.origin.error("the item `\(name)` appears twice: take one out", code: "duplicate"))
        }
        guard question["kind"]?.text == "likert", let own = question["points"]?.whole else {
          found.append(
            item.origin.error(
              "`\(name)` is not a likert question: a scale is made of those", code: "contradiction"))
          continue
        }
        if let points, points != own {
          found.append(
            item.origin.error(
              "`\(name)` has \(own) points where the items before it have \(points): a scale has one number of points",
              code: "contradiction"))
        }
        points = points ?? own
      }
      for item in scale.value["reversed"]?.items ?? [] where !seen.contains(item.text ?? "") {
        found.append(
          item.origin.error(
            "`\(item.text ?? "")` is not an item of the scale `\(scale.name)`", code: "unknown-question"))
      }
    }
    return found
  }

  private static func pairing(_ survey: Value.Entry, among surveys: Value) -> [Diagnostic] {
    guard let paired = survey.value["paired-with"], let name = paired.text else { return [] }
    guard name != survey.name else {
      return [
        paired.origin.error(
          "a survey cannot be paired with itself: name an earlier one", code: "contradiction")
      ]
    }
    guard let earlier = surveys[name] else {
      let advice = NearestName.question(name, among: surveys.entries.map(\.name)) ?? ": name one of `surveys`"
      return [paired.origin.error("no survey `\(name)`\(advice)", code: "unknown-survey")]
    }
    let shared = (survey.value["questions"]?.entries ?? []).contains { question in
      guard let kind = question.value["kind"]?.text, ["likert", "nps", "number"].contains(kind) else {
        return false
      }
      let other = earlier["questions"]?[question.name]
      return other?["kind"]?.text == kind && other?["points"]?.whole == question.value["points"]?.whole
    }
    guard !shared else { return [] }
    return [
      paired.origin.error(
        "no likert, nps or number question is in both `\(survey.name)` and `\(name)`: give one the same name",
        code: "contradiction")
    ]
  }

  private static func dimensions(_ survey: Value, forms: [Value]) -> [Diagnostic] {
    guard !forms.isEmpty else { return [] }
    let fields = Set(forms.flatMap { $0["fields"]?.entries.map(\.name) ?? [] }).union(["cohort"])
    return (survey["dimensions"]?.items ?? []).compactMap { item in
      // What headquarters offers a region's form need not fill.
      guard let name = item.text, !fields.contains(name), item.origin.file.hasSuffix("/region.yaml") else {
        return nil
      }
      let advice = NearestName.question(name, among: fields) ?? ": add it to the form's fields"
      return item.origin.error("no form of the survey fills `\(name)`\(advice)", code: "unknown-field")
    }
  }

  /// A form may ask less than its survey, but nothing else.
  private static func differences(_ form: Value, _ survey: Value, survey name: String) -> [Diagnostic] {
    let declared = survey["questions"]
    return (form["questions"]?.entries ?? []).compactMap { question in
      guard let other = declared?[question.name] else {
        let advice =
          NearestName.question(question.name, among: declared?.entries.map(\.name) ?? [])
          ?? ": add it to the survey's questions"
        return question.origin.error(
          "the survey `\(name)` asks no `\(question.name)`\(advice)", code: "unknown-question")
      }
      let kinds = (question.value["kind"]?.text ?? "", other["kind"]?.text ?? "")
      let points = (question.value["points"]?.whole, other["points"]?.whole)
      if kinds.0 != kinds.1 || points.0 != nil && points.1 != nil && points.0 != points.1 {
        func text(_ kind: String, _ points: Int?) -> String { points.map { "\(kind) of \($0)" } ?? kind }
        return question.origin.error(
          "`\(question.name)` is \(text(kinds.0, points.0)) here and \(text(kinds.1, points.1)) in the survey "
            + "`\(name)`: make them one", code: "contradiction")
      }
      let choices = other["choices"]?.texts ?? []
      guard
        let odd = (question.value["choices"]?.items ?? []).first(where: { !choices.contains($0.text ?? "") })
      else { return nil }
      return odd.origin.error(
        "the survey `\(name)` has no choice `\(odd.text ?? "")` of `\(question.name)`"
          + "\(NearestName.question(odd.text ?? "", among: choices) ?? ": add it there")",
        code: "contradiction")
    }
  }
}
