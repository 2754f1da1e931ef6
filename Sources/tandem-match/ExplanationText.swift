import Basics
import Matching
import Programme
import Regions
import ToolSupport

/// An explanation as somebody of HR reads it on a terminal.
struct ExplanationText {
  private let wording: MatchWording

  /// The columns of a line; nil: no bound.
  private let width: Int?

  init(_ match: CohortMatch, width: Int?) {
    wording = MatchWording(match)
    self.width = width
  }

  func text(_ explanation: Explanation) -> String {
    var text = prose(wording.person(explanation.person), after: "")
    for chosen in explanation.tandems { text += self.chosen(chosen, of: explanation.person) }
    if let unmatched = explanation.unmatched { text += left(unmatched, explanation.relaxations) }
    if !explanation.alternatives.isEmpty {
      text += "\n" + prose("Next best, and what choosing them would cost the whole:")
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
      text += indented(table)
    }
    if !explanation.ruledOut.isEmpty {
      text += "\n  Ruled out:\n"
      var table = TextTable([.init("candidate"), .init("rule"), .init("because")])
      for ruledOut in explanation.ruledOut {
        for (index, finding) in ruledOut.findings.enumerated() {
          table.add([index == 0 ? wording.person(ruledOut.candidate) : "", finding.rule, finding.reason])
        }
      }
      text += indented(table)
    }
    if explanation.elsewhere > 0 { text += prose("and \(explanation.elsewhere) at other sites (rule site)") }
    return text
  }

  private func chosen(_ chosen: Explanation.Chosen, of id: PersonID) -> String {
    let isMentor = chosen.tandem.mentor == id
    let other = wording.person(isMentor ? chosen.tandem.mentee : chosen.tandem.mentor)
    let text =
      prose(
        "\(isMentor ? "mentors" : "is mentored by") \(other): \(chosen.tandem.score.total) of 1000"
          + (chosen.tandem.locked ? ", locked by HR" : "")) + "\n"
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
    return text + (chosen.score.lines.isEmpty ? "" : indented(table))
  }

  private func left(_ unmatched: Unmatched, _ relaxations: [Explanation.Relaxation]) -> String {
    var text = "  is in no tandem\n\n"
    var table = TextTable([.init("rule"), .init("rules out", .right)])
    for reason in unmatched.reasons { table.add([reason.rule, String(reason.ruledOut)]) }
    text += indented(table)
    if let nearest = unmatched.nearest { text += prose("nearest: \(wording.person(nearest))") }
    for relaxation in relaxations { text += prose(wording.remedy(relaxation)) }
    if relaxations.isEmpty { text += prose("no single rule would place this person") }
    return text
  }

  private func prose(_ text: String, after indent: String = "  ") -> String {
    TerminalText.prose(text, after: indent, to: width)
  }

  private func indented(_ table: TextTable) -> String {
    table.text(width: width.map { $0 - 2 }).split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.isEmpty ? "" : "  " + $0
    }
    .joined(separator: "\n")
  }
}
