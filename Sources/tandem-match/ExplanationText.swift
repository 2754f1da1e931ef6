import Basics
import Matching
import Programme
import Regions
import ToolSupport

/// An explanation as somebody of HR reads it on a terminal.
struct ExplanationText {
  private let wording: MatchWording

  init(_ match: CohortMatch) { wording = MatchWording(match) }

  func text(_ explanation: Explanation) -> String {
    var text = "\(wording.person(explanation.person))\n"
    for chosen in explanation.tandems { text += self.chosen(chosen, of: explanation.person) }
    if let unmatched = explanation.unmatched { text += left(unmatched, explanation.relaxations) }
    if !explanation.alternatives.isEmpty {
      text += "\n  Next best, and what choosing them would cost the whole:\n"
      var table = TextTable([
        .init("partner"), .init("as"), .init("score", .right), .init("cost"),
      ])
      for other in explanation.alternatives {
        table.add([
          wording.person(other.partner), other.role == .mentor ? "mentee" : "mentor",
          String(other.score.total),
          wording.cost(other.change),
        ])
      }
      text += indented(table.text)
    }
    if !explanation.ruledOut.isEmpty {
      text += "\n  Ruled out:\n"
      var table = TextTable([.init("candidate"), .init("rule"), .init("because")])
      for ruledOut in explanation.ruledOut {
        for (index, finding) in ruledOut.findings.enumerated() {
          table.add([index == 0 ? wording.person(ruledOut.candidate) : "", finding.rule, finding.reason])
        }
      }
      text += indented(table.text)
    }
    if explanation.elsewhere > 0 { text += "  and \(explanation.elsewhere) at other sites (rule site)\n" }
    return text
  }

  private func chosen(_ chosen: Explanation.Chosen, of id: PersonID) -> String {
    let isMentor = chosen.tandem.mentor == id
    var text = "  \(isMentor ? "mentors" : "is mentored by") "
    text += wording.person(isMentor ? chosen.tandem.mentee : chosen.tandem.mentor)
    text += ": \(chosen.tandem.score.total) of 1000"
    text += chosen.tandem.locked ? ", locked by HR\n\n" : "\n\n"
    var table = TextTable([
      .init("part"), .init("value", .right), .init("weight", .right), .init("points", .right),
      .init("because"),
    ])
    for line in chosen.score.lines {
      table.add([
        line.part.rawValue, String(line.value), String(line.weight), String(line.points),
        wording.because(line),
      ])
    }
    table.add(["total", "", "", String(chosen.score.lines.reduce(0) { $0 + $1.points }), ""])
    return text + (chosen.score.lines.isEmpty ? "" : indented(table.text))
  }

  private func left(_ unmatched: Unmatched, _ relaxations: [Explanation.Relaxation]) -> String {
    var text = "  is in no tandem\n\n"
    var table = TextTable([.init("rule"), .init("rules out", .right)])
    for reason in unmatched.reasons { table.add([reason.rule, String(reason.ruledOut)]) }
    text += indented(table.text)
    if let nearest = unmatched.nearest { text += "  nearest: \(wording.person(nearest))\n" }
    for relaxation in relaxations { text += "  \(wording.remedy(relaxation))\n" }
    if relaxations.isEmpty { text += "  no single rule would place this person\n" }
    return text
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  " + $0 }
      .joined(separator: "\n")
  }
}
