/// What may be said of a survey in programme.yaml and region.yaml.
enum SurveySchema {
  static let settings: [Setting] = [
    Setting(
      "questions", .map(key: .identifier, .record(question)), "what is asked, in order", required: .programme),
    Setting(
      "scales", .map(key: .identifier, .record(scale)), "likert items that measure one thing together"),
    Setting(
      "dimensions", .list(.text(.identifier), least: 0),
      "what answers may be tabulated by, besides the region: fields of the survey's forms"),
    Setting("audience", .list(.choice(["mentor", "mentee"]), least: 1), "who is asked; everybody else"),
    Setting(
      "occasion", .choice(SurveyDefinition.Occasion.allCases.map(\.rawValue)),
      "how often a person may answer: once in a cohort, or once for each session"),
    Setting("paired-with", .text(.identifier), "the earlier survey that the same people answered"),
  ]

  /// The kinds are those that a form's questions have.
  private static let question: [Setting] = [
    Setting(
      "kind", .choice(Form.Question.Kind.allCases.map(\.rawValue)), "how it is answered", required: .programme
    ),
    Setting("points", .choiceOfWhole([5, 7]), "points of a likert scale"),
    Setting("choices", .list(.text(.prose), least: 1), "the answers to choose from"),
    Setting("wording", .map(key: .language, .text(.line)), "the question as it is asked, by language"),
  ]

  private static let scale: [Setting] = [
    Setting(
      "items", .list(.text(.identifier), least: 2), "likert questions of one number of points",
      required: .programme),
    Setting(
      "reversed", .list(.text(.identifier), least: 0), "items that are worded the other way round"),
  ]
}
