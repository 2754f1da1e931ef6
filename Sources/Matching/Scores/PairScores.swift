import Programme

/// The scores that count: the regions' own, or those given for the pairs, which have no parts.
struct PairScores: Sendable {
  let book: ScoreBook
  /// nil: none are given. A pair that is absent is no candidate.
  let given: [IdentifierPair: Int]?

  private func identifiers(_ mentor: Int, _ mentee: Int) -> IdentifierPair {
    let people = book.applicants.people
    return IdentifierPair(mentor: people[mentor].id, mentee: people[mentee].id)
  }

  func score(mentor: Int, mentee: Int) -> TandemScore {
    guard let given else { return book.score(mentor: mentor, mentee: mentee) }
    return TandemScore(total: given[identifiers(mentor, mentee)] ?? 0)
  }

  /// The candidates that have a score, with it.
  func scored(_ candidates: Candidates) -> Candidates {
    guard let given else { return candidates }
    return candidates.replacingScores { given[identifiers(Int($0), Int($1))] }
  }

  /// A tandem of the two, as it is proposed.
  func tandem(_ mentor: Int, _ mentee: Int, in cohort: String) -> Tandem {
    let pair = identifiers(mentor, mentee)
    return Tandem(
      cohort: cohort, region: book.applicants.people[mentee].region, mentor: pair.mentor,
      mentee: pair.mentee, score: score(mentor: mentor, mentee: mentee),
      topics: book.commonTopics(mentor: mentor, mentee: mentee))
  }
}
