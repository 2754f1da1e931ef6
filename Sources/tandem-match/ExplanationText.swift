import Matching
import Programme
import Regions
import ToolSupport

/// An explanation as somebody of HR reads it on a terminal.
struct ExplanationText {
  let match: CohortMatch
  let names: TopicNames

  init(_ match: CohortMatch) {
    self.match = match
    names = TopicNames(match.applicants.regions)
  }

  func text(_ explanation: Explanation) -> String {
    var text = "\(person(explanation.person))\n"
    for chosen in explanation.tandems { text += self.chosen(chosen, of: explanation.person) }
    if let unmatched = explanation.unmatched { text += left(unmatched, explanation.relaxations) }
    if !explanation.alternatives.isEmpty {
      text += "\n  Next best, and what choosing them would cost the whole:\n"
      var table = TextTable([
        .init("partner"), .init("as"), .init("score", .right), .init("cost"),
      ])
      for other in explanation.alternatives {
        table.add([
          person(other.partner), other.role == .mentor ? "mentee" : "mentor", String(other.score.total),
          ExplanationText.cost(other.change),
        ])
      }
      text += indented(table.text)
    }
    if !explanation.ruledOut.isEmpty {
      text += "\n  Ruled out:\n"
      var table = TextTable([.init("candidate"), .init("rule"), .init("because")])
      for ruledOut in explanation.ruledOut {
        for (index, finding) in ruledOut.findings.enumerated() {
          table.add([index == 0 ? person(ruledOut.candidate) : "", finding.rule, finding.reason])
        }
      }
      text += indented(table.text)
    }
    if explanation.elsewhere > 0 { text += "  and \(explanation.elsewhere) at other sites (rule site)\n" }
    return text
  }

  /// `costs a tandem and 12 points`, `costs nothing`.
  static func cost(_ change: AssignmentChange) -> String {
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

  private static func signed(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(number > 0 ? "+" : "−")\(number.magnitude) \(number.magnitude == 1 ? one : many ?? one + "s")"
  }

  private func chosen(_ chosen: Explanation.Chosen, of id: PersonID) -> String {
    let isMentor = chosen.tandem.mentor == id
    var text = "  \(isMentor ? "mentors" : "is mentored by") "
    text += person(isMentor ? chosen.tandem.mentee : chosen.tandem.mentor)
    text += ": \(chosen.tandem.score.total) of 1000"
    text += chosen.tandem.locked ? ", locked by HR\n\n" : "\n\n"
    var table = TextTable([
      .init("part"), .init("value", .right), .init("weight", .right), .init("points", .right),
      .init("because"),
    ])
    for line in chosen.score.lines {
      table.add([
        line.part.rawValue, String(line.value), String(line.weight), String(line.points), because(line),
      ])
    }
    table.add(["total", "", "", String(chosen.score.lines.reduce(0) { $0 + $1.points }), ""])
    return text + (chosen.score.lines.isEmpty ? "" : indented(table.text))
  }

  /// The topics and words behind a part.
  func because(_ line: ScoreExplanation.Line) -> String {
    var parts = line.met.map { met -> String in
      let wish = names[met.wish]
      guard let offer = met.offer else { return "\(wish): –" }
      return met.nearness == 1000 ? wish : "\(wish) ~ \(names[offer]) (\(met.nearness))"
    }
    if line.words > 0 {
      let said = line.said.map { $0.first == $0.second ? "“\($0.first)”" : "“\($0.first)” ~ “\($0.second)”" }
      parts.append("+\(line.words) by words\(said.isEmpty ? "" : " " + said.joined(separator: ", "))")
    }
    return parts.joined(separator: "; ")
  }

  private func left(_ unmatched: Unmatched, _ relaxations: [Explanation.Relaxation]) -> String {
    var text = "  is in no tandem\n\n"
    var table = TextTable([.init("rule"), .init("rules out", .right)])
    for reason in unmatched.reasons { table.add([reason.rule, String(reason.ruledOut)]) }
    text += indented(table.text)
    if let nearest = unmatched.nearest { text += "  nearest: \(person(nearest))\n" }
    for relaxation in relaxations { text += "  \(remedy(relaxation))\n" }
    if relaxations.isEmpty { text += "  no single rule would place this person\n" }
    return text
  }

  func remedy(_ relaxation: Explanation.Relaxation) -> String {
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

  func person(_ id: PersonID) -> String {
    guard let index = match.applicants.index(of: id) else { return id.text }
    let person = match.applicants.people[index]
    return "\(person.name) (\(id), \(person.department.joined(separator: "/")), \(person.site))"
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  " + $0 }
      .joined(separator: "\n")
  }
}

/// What topics are called, in the language of the first region at work.
struct TopicNames {
  private var names: [String: String] = [:]

  init(_ regions: [Region]) {
    for region in regions {
      for topic in region.topics.catalogue.topics where names[topic.id] == nil {
        names[topic.id] = topic.names["en"] ?? topic.names[region.language]
      }
    }
  }

  subscript(id: String) -> String { names[id] ?? id }
}
