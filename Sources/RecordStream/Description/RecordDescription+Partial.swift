/// Partial aggregates of a survey, as `tandem-survey --partial` writes and `merge` reads them: a header, then its cells
/// and what is too many in them.
extension RecordDescription {
  static let partial = [header, cell, surplus]

  private static let place = "`tandem-survey --partial`"

  private static let header = RecordDescription(
    "survey-partial", "Begins an aggregate: the survey as it was declared, and who is in it.", place: place,
    [
      RecordKey("version", .integer, "of this form: 1", .required),
      RecordKey(
        "survey",
        .object([
          RecordKey("name", .text, "the survey's name", .required),
          RecordKey(
            "questions",
            .list(
              .object([
                RecordKey("name", .text, "the question's name", .required),
                RecordKey(
                  "kind", .words(["likert", "nps", "choice", "choices", "number", "text"]),
                  "how it is answered", .required),
                RecordKey("points", .integer, "of a likert scale: 5 or 7", .optionalValue),
                RecordKey("choices", .list(.text), "the answers to choose from", .optionalValue),
                RecordKey("wording", .map(.text), "by language", .optionalValue),
              ])), "in order", .required),
          RecordKey("dimensions", .list(.text), "what it may be tabulated by", .optionalValue),
          RecordKey("audience", .list(.text), "who is asked", .optionalValue),
          RecordKey("occasion", .words(["cohort", "session"]), "how often a person answers", .optionalValue),
          RecordKey("pairedWith", .text, "the earlier survey of the same people", .optionalValue),
          RecordKey(
            "scales",
            .list(
              .object([
                RecordKey("name", .text, "the scale's name", .required),
                RecordKey("items", .list(.text), "questions", .required),
                RecordKey("reversed", .list(.text), "items worded the other way round", .optionalValue),
              ])), "items that measure one thing", .optionalValue),
        ]), "the survey", .required),
      RecordKey("dimensions", .list(.text), "of the cells' slices, in order", .optionalValue),
      RecordKey(
        "minimumGroup",
        .object([
          RecordKey("figures", .count, "fewest people of a figure, at least 5", .required),
          RecordKey("text", .count, "the same for free text, at least as many", .required),
        ]), "the region's numbers", .required),
      RecordKey(
        "regions", .map(.text), "by region: the name of the key that people were told apart by", .required),
      RecordKey("people", .map(.text), "by key: prints of the people, sixteen digits each", .optionalValue),
    ])

  private static let cell = RecordDescription(
    "survey-cell", "The counts of one slice.", place: place,
    [
      RecordKey("slice", .list(.text), "one value for each dimension", .required),
      RecordKey("sheets", .count, "sheets of answers", .required),
      RecordKey(
        "questions",
        .list(
          .object([
            RecordKey("asked", .count, "who was asked", .required),
            RecordKey("answered", .count, "who answered", .required),
            RecordKey("counts", .list(.count), "by value", .optionalValue),
            RecordKey(
              "numbers", .list(.tuple([.number, .count])), "numbers, each with its count", .optionalValue),
            RecordKey("tandems", .list(.text), "a sketch of the tandems", .optionalValue),
          ])), "as the survey orders them", .required),
      RecordKey("tandems", .list(.text), "a sketch of the tandems", .optionalValue),
      RecordKey(
        "scales",
        .list(
          .object([
            RecordKey("complete", .count, "who answered all items", .required),
            RecordKey("sums", .list(.count), "by item", .required),
            RecordKey("squares", .list(.count), "by item", .required),
            RecordKey("total", .count, "of the sums", .required),
            RecordKey("totalSquares", .count, "of their squares", .required),
          ])), "as the survey orders them", .optionalValue),
      RecordKey(
        "changes", .list(.orNull(.list(.tuple([.number, .number, .count])))),
        "by question: an answer then, one now, and a count", .optionalValue),
    ])

  private static let surplus = RecordDescription(
    "survey-surplus", "What is too much in the cells, since some people stand in several.", place: place,
    [
      RecordKey("slice", .list(.orNull(.text)), "one value for each dimension; null: totalled", .required),
      RecordKey("sheets", .count, "sheets", .required),
      RecordKey("questions", .list(.count), "by question", .required),
      RecordKey("scales", .list(.count), "by scale", .required),
    ])
}
