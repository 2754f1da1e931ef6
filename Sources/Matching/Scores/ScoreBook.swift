package import Programme
import Regions

/// One part of a score as it comes about: topics, then what free words add.
package struct ScorePart: Hashable, Sendable {
  /// From topics, in thousandths.
  package var topics: Int
  /// What the free words add to it.
  package var words: Int
  /// How alike the words are.
  package var likeness: Int

  package var value: Int { topics + words }
}

/// The scores of all pairs of applicants: prepared once, then asked pair by pair.
package struct ScoreBook: Sendable {
  let applicants: Applicants
  let topics: TopicTable
  let words: WordTable
  /// Topic numbers of each applicant, in the order of wishes.
  let learn: [[Int32]]
  let teach: [[Int32]]
  let interests: [[Int32]]

  package init(_ applicants: Applicants) {
    self.applicants = applicants
    let topics = TopicTable(applicants)
    self.topics = topics
    words = WordTable(applicants)
    learn = applicants.people.map { topics.numbers($0.learn) }
    teach = applicants.people.map { topics.numbers($0.teach) }
    interests = applicants.people.map { topics.numbers($0.interests) }
  }

  /// The score by the weights of the mentee's region: it invites.
  package func score(mentor: Int, mentee: Int) -> TandemScore {
    let taught = taught(from: mentor, to: mentee, share: share(mentee)).value
    let returned = self.taught(from: mentee, to: mentor, share: share(mentee)).value
    let shared = shared(mentor, mentee).value
    let distance = distance(mentor, mentee)
    return TandemScore(
      total: ScoreFormula.total(
        applicants.settings(of: mentee).weights, taught: taught, returned: returned, shared: shared,
        distance: distance),
      taught: taught, returned: returned, shared: shared, distance: distance)
  }

  /// How much of what `pupil` wants to learn `teacher` can teach.
  package func taught(from teacher: Int, to pupil: Int, share: Int) -> ScorePart {
    let wishes = learn[pupil]
    let offers = teach[teacher]
    let met = ScoreFormula.wishes(wishes.count) { place in
      offers.map { topics.nearness(wishes[place], $0) }.max() ?? 0
    }
    return part(
      topics: met, likeness: words.likeness(pupil, .learn, teacher, .teach), share: share,
      hasTopics: !wishes.isEmpty)
  }

  package func shared(_ mentor: Int, _ mentee: Int) -> ScorePart {
    let a = interests[mentor]
    let b = interests[mentee]
    func sum(_ some: [Int32], _ others: [Int32]) -> Int {
      some.reduce(0) { sum, own in sum + (others.map { topics.nearness(own, $0) }.max() ?? 0) }
    }
    return part(
      topics: ScoreFormula.interests(sum(a, b), of: a.count, sum(b, a), of: b.count),
      likeness: words.likeness(mentor, .interests, mentee, .interests), share: share(mentee),
      hasTopics: !a.isEmpty && !b.isEmpty)
  }

  package func distance(_ mentor: Int, _ mentee: Int) -> Int {
    ScoreFormula.distance(applicants.people[mentor].department, applicants.people[mentee].department)
  }

  /// The share of free words by the region of the mentee.
  package func share(_ mentee: Int) -> Int { applicants.settings(of: mentee).freeWords }

  /// What the two may speak of first: the mentee's wishes that the mentor can teach, in their order, then the mentor's that
  /// the mentee can; where there are none, wishes near to an offer.
  package func commonTopics(mentor: Int, mentee: Int) -> [String] {
    for least in [1000, 1] {
      var common: [Int32] = []
      for (teacher, pupil) in [(mentor, mentee), (mentee, mentor)] {
        for wish in learn[pupil] where !common.contains(wish) {
          if teach[teacher].contains(where: { topics.nearness(wish, $0) >= least }) { common.append(wish) }
        }
      }
      if !common.isEmpty { return common.map { topics.ids[Int($0)] } }
    }
    return []
  }

  private func part(topics: Int, likeness: Int, share: Int, hasTopics: Bool) -> ScorePart {
    ScorePart(
      topics: topics,
      words: ScoreFormula.words(topics: topics, likeness: likeness, share: share, hasTopics: hasTopics),
      likeness: likeness)
  }
}
