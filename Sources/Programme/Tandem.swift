/// A mentor and a mentee who meet for one cohort.
package struct Tandem: Hashable, Sendable {
  package enum Status: String, CaseIterable, FieldValue {
    case proposed, confirmed, active, completed, ended
  }

  package var id: TandemID
  package var cohort: String
  /// The mentee's region: it invites.
  package var region: String
  package var mentor: PersonID
  package var mentee: PersonID
  package var score: TandemScore
  package var status: Status
  /// HR fixed this tandem: it is kept whatever its score.
  package var locked: Bool
  /// What the two may speak of first: what the mentee wants to learn and the mentor can teach, then the other way round.
  package var topics: [String]
  /// The list that the two wrote together in their first session, in its order: topics by id, and free words. Empty: it has
  /// not come back yet.
  package var keywords: [String] = []

  package init(
    cohort: String, region: String, mentor: PersonID, mentee: PersonID, score: TandemScore,
    status: Status = .proposed, locked: Bool = false, topics: [String] = []
  ) {
    id = TandemID(cohort: cohort, mentor: mentor, mentee: mentee)
    self.cohort = cohort
    self.region = region
    self.mentor = mentor
    self.mentee = mentee
    self.score = score
    self.status = status
    self.locked = locked
    self.topics = topics
  }
}

extension Tandem: FieldObject {
  package static let fields = FieldTable(
    "tandem", "A mentor and a mentee who meet for one cohort.", place: "`tandem-match`",
    blank: Tandem(cohort: "", region: "", mentor: PersonID(""), mentee: PersonID(""), score: TandemScore()),
    [
      .required("id", \.id, "`COHORT/MENTOR+MENTEE`"),
      .required("cohort", \.cohort, "the cohort's id"),
      .required("region", \.region, "the mentee's region, which invites"),
      .required("mentor", \.mentor, "the mentor's id"),
      .required("mentee", \.mentee, "the mentee's id"),
      .defaulted("score", \.score, "what it is worth, in thousandths"),
      .defaulted("status", \.status, "how far it is"),
      .defaulted("locked", \.locked, "fixed by HR, whatever its score"),
      .defaulted("topics", \.topics, "what the two may speak of first"),
      .sparse("keywords", \.keywords, "the list of their first session: topics by id, and free words"),
    ])

  /// What the two speak of: their own list, and before they have one what they may speak of first.
  package var agenda: [String] { keywords.isEmpty ? topics : keywords }
}

/// A mentor and a mentee by their identifiers, as HR names them in a file.
package struct IdentifierPair: Hashable, Sendable {
  package var mentor: PersonID
  package var mentee: PersonID

  package init(mentor: PersonID, mentee: PersonID) {
    self.mentor = mentor
    self.mentee = mentee
  }
}

/// What a tandem is worth, whole and in its parts. Each part is in thousandths, 0…1000, so that sums are exact.
package struct TandemScore: Hashable, Sendable {
  /// 1000 × the weighted mean of the parts, rounded.
  package var total: Int
  /// How much of what the mentee wants to learn the mentor can teach.
  package var taught: Int
  /// The same the other way round.
  package var returned: Int
  /// Common interests.
  package var shared: Int
  /// How far apart the departments are.
  package var distance: Int

  package init(total: Int = 0, taught: Int = 0, returned: Int = 0, shared: Int = 0, distance: Int = 0) {
    self.total = total
    self.taught = taught
    self.returned = returned
    self.shared = shared
    self.distance = distance
  }
}

extension TandemScore: FieldObject {
  package static let fields = FieldTable(
    blank: TandemScore(),
    [
      .count("total", \.total, "of all parts"),
      .count("taught", \.taught, "how much of what the mentee wants to learn the mentor can teach"),
      .count("returned", \.returned, "the same the other way round"),
      .count("shared", \.shared, "common interests"),
      .count("distance", \.distance, "how far apart the departments are"),
    ])
}

/// An applicant for whom no tandem was found, with the reasons.
package struct Unmatched: Hashable, Sendable {
  /// One rule, and how many of the candidates it ruled out. A candidate is counted for each rule that forbids it.
  package struct Reason: Hashable, Sendable {
    package var rule: String
    package var ruledOut: Int

    package init(rule: String, ruledOut: Int) {
      self.rule = rule
      self.ruledOut = ruledOut
    }
  }

  package var person: PersonID
  package var cohort: String
  /// Most candidates first, then by rule.
  package var reasons: [Reason]
  /// The candidate against whom the fewest rules speak.
  package var nearest: PersonID?

  package init(person: PersonID, cohort: String, reasons: [Reason], nearest: PersonID? = nil) {
    self.person = person
    self.cohort = cohort
    self.reasons = reasons
    self.nearest = nearest
  }
}

extension Unmatched: FieldObject {
  package static let fields = FieldTable(
    "unmatched", "An applicant without a tandem, and why.", place: "`tandem-match`",
    blank: Unmatched(person: PersonID(""), cohort: "", reasons: []),
    [
      .required("person", \.person, "the person's id"),
      .required("cohort", \.cohort, "the cohort's id"),
      .defaulted("reasons", \.reasons, "the rules, the one of most candidates first"),
      .optional("nearest", \.nearest, "the candidate against whom the fewest rules speak"),
    ])
}

extension Unmatched.Reason: FieldObject {
  package static let fields = FieldTable(
    blank: Unmatched.Reason(rule: "", ruledOut: 0),
    [
      .defaulted("rule", \.rule, "the rule's name"),
      .count("ruledOut", \.ruledOut, "how many candidates it ruled out"),
    ])
}
