import Basics
package import Programme

/// How far one tandem, site or department is.
package struct ProgressRecord: Sendable {
  package let by: CohortProgress.Group
  package let name: String
  package let counts: CohortProgress.Counts
  package let next: Timestamp?

  package init(by: CohortProgress.Group, name: String, counts: CohortProgress.Counts, next: Timestamp?) {
    self.by = by
    self.name = name
    self.counts = counts
    self.next = next
  }

  package static let fields = WrittenTable<ProgressRecord>(
    "progress", "How far a tandem, a site or a department is.", place: "`tandem-schedule progress`",
    [
      .required("by", \.by, "what it counts"),
      .required("name", \.name, "of the tandem, site or department"),
      .count("tandems", \.counts.tandems, "tandems"),
      .count("wanted", \.counts.wanted, "sessions that the programme asks for"),
      .count("held", \.counts.held, "sessions recorded as held"),
      .count("missed", \.counts.missed, "sessions recorded as missed"),
      .count("due", \.counts.due, "past, and not recorded"),
      .count("coming", \.counts.coming, "planned"),
      .count("atRisk", \.counts.atRisk, "without room until the end"),
      .count("topics", \.counts.topics, "topics of the pairs' lists"),
      .count("covered", \.counts.covered, "those of them that were covered"),
      .count("behind", \.counts.behind, "tandems that are behind"),
      .optional("since", \.counts.since, "behind since"),
      .optional("next", \.next, "the next session"),
    ])
}
