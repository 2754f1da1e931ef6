import Programme

/// Partial aggregates of a survey, as `tandem-survey --partial` writes and `merge` reads them: a header, then its cells
/// and what is too many in them.
extension RecordDescription {
  static let partial = [header, cell, surplus]

  private static let place = "`tandem-survey --partial`"

  private static let header = RecordDescription(
    "survey-partial", "Begins an aggregate: the survey as it was declared, and who is in it.", place: place,
    [
      FieldDescription("version", .integer, "of this form: 1", .required),
      FieldDescription(
        "survey",
        .object([
          FieldDescription("name", .text, "the survey's name", .required),
          FieldDescription(
            "questions",
            .list(
              .object([
                FieldDescription("name", .text, "the question's name", .required),
                FieldDescription(
                  "kind", .words(["likert", "nps", "choice", "choices", "number", "text"]),
                  "how it is answered", .required),
                FieldDescription("points", .integer, "of a likert scale: 5 or 7", .optionalValue),
                FieldDescription("choices", .list(.text), "the answers to choose from", .optionalValue),
                FieldDescription("wording", .map(.text), "by language", .optionalValue),
              ])), "in order", .required),
          FieldDescription("dimensions", .list(.text), "what it may be tabulated by", .optionalValue),
          FieldDescription("audience", .list(.text), "who is asked", .optionalValue),
          FieldDescription(
            "occasion", .words(["cohort", "session"]), "how often a person answers", .optionalValue),
          FieldDescription("pairedWith", .text, "the earlier survey of the same people", .optionalValue),
          FieldDescription(
            "scales",
            .list(
              .object([
                FieldDescription("name", .text, "the scale's name", .required),
                FieldDescription("items", .list(.text), "questions", .required),
                FieldDescription(
                  "reversed", .list(.text), "items worded the other way round", .optionalValue),
              ])), "items that measure one thing", .optionalValue),
        ]), "the survey", .required),
      FieldDescription("dimensions", .list(.text), "of the cells' slices, in order", .optionalValue),
      FieldDescription(
        "minimumGroup",
        .object([
          FieldDescription("figures", .count, "fewest people of a figure, at least 5", .required),
          FieldDescription("text", .count, "the same for free text, at least as many", .required),
        ]), "the region's numbers", .required),
      FieldDescription(
        "regions", .map(.text), "by region: the name of the key that people are distinguished by", .required),
      FieldDescription(
        "people", .map(.text), "by key: prints of the people, sixteen digits each", .optionalValue),
    ])

  private static let cell = RecordDescription(
    "survey-cell", "The counts of one slice.", place: place,
    [
      FieldDescription("slice", .list(.text), "one value for each dimension", .required),
      FieldDescription("sheets", .count, "responses", .required),
      FieldDescription(
        "questions",
        .list(
          .object([
            FieldDescription("asked", .count, "who was asked", .required),
            FieldDescription("answered", .count, "who answered", .required),
            FieldDescription("counts", .list(.count), "by value", .optionalValue),
            FieldDescription(
              "numbers", .list(.tuple([.number, .count])), "numbers, each with its count", .optionalValue),
            FieldDescription("tandems", .list(.text), "a sketch of the tandems", .optionalValue),
          ])), "as the survey orders them", .required),
      FieldDescription("tandems", .list(.text), "a sketch of the tandems", .optionalValue),
      FieldDescription(
        "scales",
        .list(
          .object([
            FieldDescription("complete", .count, "who answered all items", .required),
            FieldDescription("sums", .list(.count), "by item", .required),
            FieldDescription("squares", .list(.count), "by item", .required),
            FieldDescription("total", .count, "of the sums", .required),
            FieldDescription("totalSquares", .count, "of their squares", .required),
          ])), "as the survey orders them", .optionalValue),
      FieldDescription(
        "changes", .list(.orNull(.list(.tuple([.number, .number, .count])))),
        "by question: an answer then, one now, and a count", .optionalValue),
    ])

  private static let surplus = RecordDescription(
    "survey-surplus", "What is too much in the cells, since some people are in several.", place: place,
    [
      FieldDescription(
        "slice", .list(.orNull(.text)), "one value for each dimension; null: totalled", .required),
      FieldDescription("sheets", .count, "sheets", .required),
      FieldDescription("questions", .list(.count), "by question", .required),
      FieldDescription("scales", .list(.count), "by scale", .required),
    ])
}
