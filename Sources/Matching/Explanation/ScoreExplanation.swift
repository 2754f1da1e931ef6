import Basics
import Programme
import Regions

/// A score taken apart: what each part is, what it contributes, and the words behind it. The contributions add up to the
/// total, exactly.
package struct ScoreExplanation: Hashable, Sendable {
  package enum Part: String, CaseIterable, FieldValue {
    case taught, returned, shared, distance
  }

  /// One of the four parts.
  package struct Line: Hashable, Sendable {
    package var part: Part
    package var weight: Int
    /// Thousandths: `topics` + `words`.
    package var value: Int
    package var topics: Int
    package var words: Int
    /// Points of the total.
    package var points: Int
    /// Wishes (or interests) and the offers nearest to them.
    package var met: [Met]
    /// Answers that are alike.
    package var said: [Said]
  }

  /// A wish, its nearest offer and how near that is, in thousandths; nil where nothing is near.
  package struct Met: Hashable, Sendable {
    package var wish: String
    package var offer: String?
    package var nearness: Int
  }

  /// What one said and what the other said, and how alike that is, in thousandths.
  package struct Said: Hashable, Sendable {
    package var first: String
    package var second: String
    package var likeness: Int
  }

  package var total: Int
  package var lines: [Line]
}

extension CohortMatch {
  /// O(answers²) for the words behind; meant for single pairs.
  package func explanation(mentor: Int, mentee: Int) -> ScoreExplanation {
    let score = score(mentor: mentor, mentee: mentee)
    guard pairScores.given == nil else { return ScoreExplanation(total: score.total, lines: []) }
    let share = scores.share(mentee)
    let weights = applicants.settings(of: mentee).weights
    let taught = scores.taught(from: mentor, to: mentee, share: share)
    let returned = scores.taught(from: mentee, to: mentor, share: share)
    let shared = scores.shared(mentor, mentee)
    var lines = [
      line(.taught, weights.taught, taught, scores.learn[mentee], scores.teach[mentor]),
      line(.returned, weights.returned, returned, scores.learn[mentor], scores.teach[mentee]),
      line(.shared, weights.shared, shared, scores.interests[mentor], scores.interests[mentee]),
      ScoreExplanation.Line(
        part: .distance, weight: ScoreFormula.weight(weights.distance), value: score.distance, topics: 0,
        words: 0,
        points: 0, met: [], said: []),
    ]
    let answers: [(ScoreExplanation.Part, Int, String, Int, String)] = [
      (.taught, mentee, "learn", mentor, "teach"), (.returned, mentor, "learn", mentee, "teach"),
      (.shared, mentor, "interests", mentee, "interests"),
    ]
    for (index, (_, first, firstField, second, secondField)) in answers.enumerated() {
      lines[index].said = said(first, firstField, second, secondField)
    }
    let points = CohortMatch.apportion(
      score.total, by: lines.map { $0.weight * $0.value }, of: lines.reduce(0) { $0 + $1.weight })
    for index in lines.indices { lines[index].points = points[index] }
    return ScoreExplanation(total: score.total, lines: lines)
  }

  private func line(
    _ part: ScoreExplanation.Part, _ weight: Int, _ value: ScorePart, _ wishes: [Int32], _ offers: [Int32]
  ) -> ScoreExplanation.Line {
    let met = wishes.map { wish in
      var best: (offer: Int32, nearness: Int)?
      for offer in offers {
        let nearness = scores.topics.nearness(wish, offer)
        if nearness > best?.nearness ?? 0 { best = (offer, nearness) }
      }
      return ScoreExplanation.Met(
        wish: scores.topics.ids[Int(wish)], offer: best.map { scores.topics.ids[Int($0.offer)] },
        nearness: best?.nearness ?? 0)
    }
    return ScoreExplanation.Line(
      part: part, weight: ScoreFormula.weight(weight), value: value.value, topics: value.topics,
      words: value.words, points: 0, met: met, said: [])
  }

  private func said(
    _ first: Int, _ firstField: String, _ second: Int, _ secondField: String
  ) -> [ScoreExplanation.Said] {
    let language = WordTable.language(of: applicants.region(of: first))
    guard language == WordTable.language(of: applicants.region(of: second)),
      let measure = scores.words.measures[language],
      let mine = applicants.people[first].said[firstField],
      let theirs = applicants.people[second].said[secondField]
    else { return [] }
    return measure.matches(mine, theirs).map {
      ScoreExplanation.Said(first: $0.a, second: $0.b, likeness: $0.likeness)
    }
  }

  /// Shares of a whole that add up to it: rounded down, then one more where most was cut off, the first part first.
  static func apportion(_ total: Int, by products: [Int], of divisor: Int) -> [Int] {
    guard divisor > 0 else { return products.map { _ in 0 } }
    var shares = products.map { $0 / divisor }
    let missing = total - shares.reduce(0, +)
    let order = products.indices.sorted {
      (-(products[$0] % divisor), $0) < (-(products[$1] % divisor), $1)
    }
    for index in order.prefix(max(0, missing)) { shares[index] += 1 }
    return shares
  }
}
