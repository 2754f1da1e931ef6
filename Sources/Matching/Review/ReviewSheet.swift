import Basics
import Pages
import Programme

/// What HR reviews before invitations go out: every tandem with its score and the next best for both of its people, and who
/// is left out. HR ticks lock or forbid on the page and saves a decisions file that `tandem-match --lock` and `--forbid` read.
package struct ReviewSheet {
  private let match: CohortMatch
  private let explainer: Explainer
  private let wording: MatchWording

  package init(_ match: CohortMatch, _ explainer: Explainer) {
    self.match = match
    self.explainer = explainer
    wording = MatchWording(match)
  }

  /// One page that needs nothing beside it. As long as an explanation of everybody takes.
  package var html: String {
    let cohort = MarkupText.escaped(match.cohort)
    var page = """
      \(PageHead.html(title: "Tandems of \(match.cohort)", style: ReviewSheetText.style, runsScript: true))\
      <body data-cohort="\(cohort)">
      <header>
      <h1>Tandems of \(cohort)</h1>
      <p>\(MarkupText.escaped(match.summary))</p>
      <div class="bar" role="toolbar" aria-label="Decisions">
      <label>Find <input id="find" type="search" autocomplete="off"></label>
      <label>Show <select id="show"><option value="">all</option><option value="decided">decided</option>\
      <option value="open">undecided</option></select></label>
      <output id="count" aria-live="polite">no decisions</output>
      <button id="save" type="button" disabled>Save decisions</button>
      </div>
      <p class="help">Tab goes through the page; in a tandem <kbd>L</kbd> locks, <kbd>F</kbd> forbids, <kbd>J</kbd> and \
      <kbd>K</kbd> go on and back, <kbd>/</kbd> finds. The saved file goes to <code>tandem-match --lock FILE --forbid \
      FILE</code>.</p>
      <noscript><p class="help">Without scripts the page can be read and printed; decisions need them.</p></noscript>
      </header>
      <main>
      <h2 id="tandems">Tandems</h2>
      <ol class="list" aria-labelledby="tandems">

      """
    for tandem in match.tandems { page += item(tandem) }
    page += "</ol>\n<h2 id=\"unmatched\">Unmatched</h2>\n"
    if match.unmatched.isEmpty { page += "<p>Everybody is in a tandem.</p>\n" }
    page += "<ol class=\"list\" aria-labelledby=\"unmatched\">\n"
    for left in match.unmatched { page += item(left) }
    page += "</ol>\n</main>\n<script>\(ReviewSheetText.script)</script>\n</body>\n</html>\n"
    return page
  }

  private func item(_ tandem: Tandem) -> String {
    var item = """
      <li class="item" tabindex="0" data-region="\(MarkupText.escaped(tandem.region))">
      <div class="head">
      <span class="score" title="score of 1000">\(tandem.score.total)</span>
      <span class="pair">\(person(tandem.mentor)) <span class="arrow">mentors</span> \(person(tandem.mentee))</span>
      \(choices(tandem.mentor, tandem.mentee, isLocked: tandem.locked))
      </div>

      """
    if !tandem.topics.isEmpty {
      item += "<p class=\"topics\">\(MarkupText.escaped(wording.topics(tandem.topics)))</p>\n"
    }
    item += "<details><summary>Score and alternatives</summary>\n"
    let explanations = [tandem.mentor, tandem.mentee].compactMap { explainer.explanation(of: $0) }
    let chosen = explanations.lazy.flatMap(\.tandems).first { $0.tandem.id == tandem.id }
    if let lines = chosen?.score.lines, !lines.isEmpty { item += parts(lines) }
    return item + alternatives(explanations) + "</details>\n</li>\n"
  }

  private func parts(_ lines: [ScoreExplanation.Line]) -> String {
    var table = "<table><caption>Score</caption><thead><tr><th>part</th><th class=\"n\">value</th>"
    table += "<th class=\"n\">weight</th><th class=\"n\">points</th><th>because</th></tr></thead><tbody>\n"
    for line in lines {
      table += "<tr><th scope=\"row\">\(line.part.rawValue)</th><td class=\"n\">"
      table += "<meter min=\"0\" max=\"1000\" value=\"\(line.value)\"></meter> \(line.value)</td>"
      table += "<td class=\"n\">\(line.weight)</td><td class=\"n\">\(line.points)</td>"
      table += "<td>\(MarkupText.escaped(wording.because(line)))</td></tr>\n"
    }
    let total = lines.reduce(0) { $0 + $1.points }
    table += "</tbody><tfoot><tr><th scope=\"row\">total</th><td></td><td></td><td class=\"n\">\(total)</td>"
    return table + "<td></td></tr></tfoot></table>\n"
  }

  private func item(_ left: Unmatched) -> String {
    guard let explanation = explainer.explanation(of: left.person),
      let applicant = match.person(left.person)
    else { return "" }
    var item = """
      <li class="item" tabindex="0" data-region="\(MarkupText.escaped(applicant.region))">
      <div class="head"><span class="score none">–</span>
      <span class="pair">\(person(left.person)) <span class="arrow">\(applicant.role.rawValue)</span></span></div>
      <p class="topics">\(MarkupText.escaped(left.reasonsText))</p>

      """
    if !explanation.relaxations.isEmpty || !explanation.alternatives.isEmpty {
      item += "<details><summary>What would help</summary>\n<ul>"
      for remedy in explanation.relaxations {
        item += "<li>\(MarkupText.escaped(wording.remedy(remedy)))</li>"
      }
      item += "</ul>\n\(alternatives([explanation]))</details>\n"
    }
    return item + "</li>\n"
  }

  private func alternatives(_ explanations: [Explanation]) -> String {
    guard explanations.contains(where: { !$0.alternatives.isEmpty }) else { return "" }
    var table = "<table><caption>Alternatives</caption><thead><tr><th>mentor</th><th>mentee</th>"
    table += "<th class=\"n\">score</th><th>cost for the whole</th><th>decision</th></tr></thead><tbody>\n"
    for explanation in explanations {
      for other in explanation.alternatives {
        let (mentor, mentee) =
          other.role == .mentor ? (explanation.person, other.partner) : (other.partner, explanation.person)
        table += "<tr><td>\(person(mentor))</td><td>\(person(mentee))</td>"
        table += "<td class=\"n\">\(other.score.total)</td>"
        table += "<td>\(MarkupText.escaped(wording.cost(other.change)))</td>"
        table += "<td>\(choices(mentor, mentee, isLocked: false))</td></tr>\n"
      }
    }
    return table + "</tbody></table>\n"
  }

  private func name(_ id: PersonID) -> String { match.person(id)?.name ?? id.text }

  private func person(_ id: PersonID) -> String {
    let detail = match.person(id).map { "\($0.department.joined(separator: "/")), \($0.site)" } ?? ""
    return
      "<span class=\"person\" title=\"\(MarkupText.escaped(id.text))\"><b>\(MarkupText.escaped(name(id)))</b> "
      + "<small>\(MarkupText.escaped(detail))</small></span>"
  }

  /// Two boxes of which at most one is ticked.
  private func choices(_ mentor: PersonID, _ mentee: PersonID, isLocked: Bool) -> String {
    let names = MarkupText.escaped("\(name(mentor)) and \(name(mentee))")
    return "<span class=\"choices\" data-mentor=\"\(MarkupText.escaped(mentor.text))\" "
      + "data-mentee=\"\(MarkupText.escaped(mentee.text))\" "
      + "data-mentor-name=\"\(MarkupText.escaped(name(mentor)))\" "
      + "data-mentee-name=\"\(MarkupText.escaped(name(mentee)))\">"
      + "<label><input type=\"checkbox\" value=\"lock\"\(isLocked ? " checked" : "") "
      + "aria-label=\"lock \(names)\"> lock</label> "
      + "<label><input type=\"checkbox\" value=\"forbid\" aria-label=\"forbid \(names)\"> forbid</label></span>"
  }
}
