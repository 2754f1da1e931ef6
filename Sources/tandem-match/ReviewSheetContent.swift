import Matching
import Programme
import Regions

extension ReviewSheet {
  /// The sheet of a match: every tandem with the next best for both of its people.
  init(_ match: CohortMatch, _ explainer: Explainer) {
    let text = ExplanationText(match)
    let names = TopicNames(match.applicants.regions)
    func person(_ id: PersonID) -> ReviewSheet.Person {
      guard let index = match.applicants.index(of: id) else {
        return ReviewSheet.Person(id: id.text, name: id.text, detail: "")
      }
      let person = match.applicants.people[index]
      return ReviewSheet.Person(
        id: id.text, name: person.name, detail: "\(person.department.joined(separator: "/")), \(person.site)")
    }
    func alternatives(_ explanation: Explanation) -> [ReviewSheet.Alternative] {
      explanation.alternatives.map { other in
        let own = person(explanation.person)
        let partner = person(other.partner)
        return ReviewSheet.Alternative(
          mentor: other.role == .mentor ? own : partner, mentee: other.role == .mentor ? partner : own,
          score: other.score.total, cost: ExplanationText.cost(other.change))
      }
    }
    let tandems = match.tandems.map { tandem -> ReviewSheet.Tandem in
      let mentor = explainer.explanation(of: tandem.mentor)
      let mentee = explainer.explanation(of: tandem.mentee)
      let lines = mentor?.tandems.first { $0.tandem.id == tandem.id }?.score.lines ?? []
      return ReviewSheet.Tandem(
        mentor: person(tandem.mentor), mentee: person(tandem.mentee), region: tandem.region,
        score: tandem.score.total, isLocked: tandem.locked, topics: tandem.topics.map { names[$0] },
        parts: lines.map { line in
          ReviewSheet.Part(
            name: line.part.rawValue, value: line.value, weight: line.weight, points: line.points,
            because: text.because(line))
        },
        alternatives: [mentor, mentee].compactMap { $0 }.flatMap(alternatives))
    }
    let left = match.unmatched.compactMap { unmatched -> ReviewSheet.Unmatched? in
      guard let explanation = explainer.explanation(of: unmatched.person),
        let index = match.applicants.index(of: unmatched.person)
      else { return nil }
      return ReviewSheet.Unmatched(
        person: person(unmatched.person), region: match.applicants.people[index].region,
        role: match.applicants.people[index].role.rawValue,
        reasons: unmatched.reasons.map { "\($0.rule) \($0.ruledOut)" },
        remedies: explanation.relaxations.map { text.remedy($0) }, alternatives: alternatives(explanation))
    }
    self.init(
      cohort: match.cohort, summary: MatchReport(match: match).summary, tandems: tandems, unmatched: left)
  }
}
