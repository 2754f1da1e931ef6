import Basics
package import Programme
import Regions

/// Somebody who was found, with the search that found them.
package struct FoundRecord: Sendable {
  let search: Search
  let found: Found
  /// The language to write to them in.
  let language: String

  package init(_ found: Found, by search: Search, language: String) {
    self.search = search
    self.found = found
    self.language = language
  }

  package static let fields = WrittenTable<FoundRecord>(
    "found", "Somebody of another field.", place: "`tandem-find`", searched)

  /// The same with an identifier, the day and the words that the invited person may read.
  package static let invitation = WrittenTable<FoundRecord>(
    "invitation", "The same, to be asked.", place: "`tandem-find --invite`",
    searched + [
      .required(
        "id", { "\($0.search.date)/\($0.search.purpose.name)/\($0.search.seeker.id)+\($0.found.person.id)" },
        "`DATE/PURPOSE/SEEKER+PERSON`"),
      .required("date", \.search.date, "the day of the search"),
      .required("email", \.found.person.email, "the person's address"),
      .required("language", \.language, "the language to write in"),
      .required("status", { _ in "proposed" }, "its state", shape: .words(["proposed"])),
    ])

  private static let searched: [WrittenField<FoundRecord>] = [
    .required("person", \.found.person.id, "who was found"),
    .required("for", \.search.seeker.id, "who is looking"),
    .required("purpose", \.search.purpose.name, "what for"),
    .required("site", \.search.site, "the site"),
    .required("words", \.search.words, "what was asked for, as written"),
    .required("topics", \.search.topics, "the topics that it was taken for"),
    .required("relevance", \.found.relevance, "thousandths"),
    .count("asked", \.found.asked, "how often the person was asked in the period"),
    .required("reasons", \.found.reasons, "why"),
  ]
}

extension Found.Reason: WrittenObject {
  package static let fields = WrittenTable<Found.Reason>([
    .required("field", \.field, "the field that holds it"),
    .required("text", \.text, "its text"),
    .required("nearness", \.nearness, "thousandths"),
  ])
}
