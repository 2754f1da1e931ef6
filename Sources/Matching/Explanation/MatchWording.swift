package import Programme
import Regions

/// The words for a match and what explains it: the page and the terminal use the same.
package struct MatchWording: Sendable {
  private let match: CohortMatch
  /// Names of topics by id, in English where the catalogue has them.
  private var topicNames: [String: String] = [:]

  package init(_ match: CohortMatch) {
    self.match = match
    for region in match.applicants.regions {
      for topic in region.topics.catalogue.topics where topicNames[topic.id] == nil {
        topicNames[topic.id] = topic.names["en"] ?? topic.names[region.language]
      }
    }
  }

  package func topic(_ id: String) -> String { topicNames[id] ?? id }

  package func topics(_ ids: [String]) -> String { ids.map(topic).joined(separator: ", ") }

  /// `Anna Nowak (pl:1, Sales/Export, Warszawa)`
  package func person(_ id: PersonID) -> String {
    guard let person = match.person(id) else { return id.text }
    return "\(person.name) (\(id), \(person.department.joined(separator: "/")), \(person.site))"
  }

  /// `−1 tandem, −12 points`, `nothing`.
  package func cost(_ change: AssignmentChange) -> String {
    var parts: [String] = []
    if change.pairs != 0 { parts.append(signed(change.pairs, "tandem")) }
    if change.priority != 0 {
      parts.append(signed(change.priority, "waiting person", "waiting people") + " placed")
    }
    if let before = change.worstOfAllBefore, let after = change.worstOfAllAfter, before != after {
      parts.append("the worst tandem \(before < after ? "rises" : "falls") from \(before) to \(after)")
    } else if let before = change.worstBefore, let after = change.worstAfter, before != after {
      parts.append(
        "the worst tandem in reach \(before < after ? "rises" : "falls") from \(before) to \(after)")
    }
    if change.total != 0 { parts.append(signed(change.total, "point")) }
    return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
  }

  private func signed(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(number > 0 ? "+" : "−")\(number.magnitude) \(number.magnitude == 1 ? one : many ?? one + "s")"
  }

  /// The topics and words behind a part of a score.
  package func because(_ line: ScoreExplanation.Line) -> String {
    var parts = line.met.map { met -> String in
      let wish = topic(met.wish)
      guard let offer = met.offer else { return "\(wish): –" }
      return met.nearness == 1000 ? wish : "\(wish) ~ \(topic(offer)) (\(met.nearness))"
    }
    if line.words > 0 {
      let said = line.said.map { $0.first == $0.second ? "“\($0.first)”" : "“\($0.first)” ~ “\($0.second)”" }
      parts.append("+\(line.words) by words\(said.isEmpty ? "" : " " + said.joined(separator: ", "))")
    }
    return parts.joined(separator: "; ")
  }

  package func remedy(_ relaxation: Explanation.Relaxation) -> String {
    let partner = person(relaxation.partner)
    switch relaxation.scope {
    case .person where relaxation.rule == CapacityRule.name:
      let room = relaxation.room.map { person($0) } ?? partner
      return "would be placed with \(partner) if \(room) took one tandem more"
    case .person:
      return "would be placed with \(partner) if the rule \(relaxation.rule) gave way for this person alone"
    case .region:
      return "would be placed with \(partner) if the region relaxed the rule \(relaxation.rule)"
    }
  }
}

extension Unmatched {
  /// `site 31, department 4`: how many candidates each rule rules out.
  package var reasonsText: String { reasons.map { "\($0.rule) \($0.ruledOut)" }.joined(separator: ", ") }
}

extension CohortMatch {
  package func person(_ id: PersonID) -> Person? { applicants.index(of: id).map { applicants.people[$0] } }

  /// `600 applicants, 256 tandems, 88 unmatched`
  package var summary: String {
    "\(applicants.count) applicant\(applicants.count == 1 ? "" : "s"), \(tandems.count)"
      + " tandem\(tandems.count == 1 ? "" : "s"), \(unmatched.count) unmatched"
  }
}
