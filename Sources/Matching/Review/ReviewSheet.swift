import Basics
import Pages
import Programme

/// What HR reviews before invitations go out: every tandem with its score and the alternatives, and who is left out. Lock or
/// forbid is ticked on the page, and saved as a decisions file that `tandem-match --lock` and `--forbid` read.
package struct ReviewSheet: Sendable {
  package struct Person: Hashable, Sendable {
    package var id: String
    package var name: String
    package var detail: String

    package init(id: String, name: String, detail: String) {
      self.id = id
      self.name = name
      self.detail = detail
    }
  }

  /// One part of a score.
  package struct Part: Hashable, Sendable {
    package var name: String
    /// Thousandths.
    package var value: Int
    package var weight: Int
    package var points: Int
    package var because: String

    package init(name: String, value: Int, weight: Int, points: Int, because: String) {
      self.name = name
      self.value = value
      self.weight = weight
      self.points = points
      self.because = because
    }
  }

  /// Other people for one of the two, and what that would cost the whole.
  package struct Alternative: Hashable, Sendable {
    package var mentor: Person
    package var mentee: Person
    package var score: Int
    package var cost: String

    package init(mentor: Person, mentee: Person, score: Int, cost: String) {
      self.mentor = mentor
      self.mentee = mentee
      self.score = score
      self.cost = cost
    }
  }

  package struct Tandem: Hashable, Sendable {
    package var mentor: Person
    package var mentee: Person
    package var region: String
    package var score: Int
    package var isLocked: Bool
    package var topics: [String]
    package var parts: [Part]
    package var alternatives: [Alternative]

    package init(
      mentor: Person, mentee: Person, region: String, score: Int, isLocked: Bool, topics: [String],
      parts: [Part],
      alternatives: [Alternative]
    ) {
      self.mentor = mentor
      self.mentee = mentee
      self.region = region
      self.score = score
      self.isLocked = isLocked
      self.topics = topics
      self.parts = parts
      self.alternatives = alternatives
    }
  }

  package struct Unmatched: Hashable, Sendable {
    package var person: Person
    package var region: String
    package var role: String
    /// `site 31`, the most first.
    package var reasons: [String]
    /// What would place them.
    package var remedies: [String]
    package var alternatives: [Alternative]

    package init(
      person: Person, region: String, role: String, reasons: [String], remedies: [String],
      alternatives: [Alternative]
    ) {
      self.person = person
      self.region = region
      self.role = role
      self.reasons = reasons
      self.remedies = remedies
      self.alternatives = alternatives
    }
  }

  package var cohort: String
  /// `600 applicants, 256 tandems, 88 unmatched`
  package var summary: String
  package var tandems: [Tandem]
  package var unmatched: [Unmatched]

  package init(cohort: String, summary: String, tandems: [Tandem], unmatched: [Unmatched]) {
    self.cohort = cohort
    self.summary = summary
    self.tandems = tandems
    self.unmatched = unmatched
  }

  /// One page that needs nothing beside it. O(tandems).
  package var html: String {
    var page = """
      \(PageHead.html(title: "Tandems of \(cohort)", style: ReviewSheetText.style, runsScript: true))\
      <body data-cohort="\(MarkupText.escaped(cohort))">
      <header>
      <h1>Tandems of \(MarkupText.escaped(cohort))</h1>
      <p>\(MarkupText.escaped(summary))</p>
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
    for tandem in tandems { page += ReviewSheet.item(tandem) }
    page += "</ol>\n<h2 id=\"unmatched\">Unmatched</h2>\n"
    if unmatched.isEmpty { page += "<p>Everybody is in a tandem.</p>\n" }
    page += "<ol class=\"list\" aria-labelledby=\"unmatched\">\n"
    for left in unmatched { page += ReviewSheet.item(left) }
    page += "</ol>\n</main>\n<script>\(ReviewSheetText.script)</script>\n</body>\n</html>\n"
    return page
  }

  private static func item(_ tandem: Tandem) -> String {
    var item = """
      <li class="item" tabindex="0" data-region="\(MarkupText.escaped(tandem.region))">
      <div class="head">
      <span class="score" title="score of 1000">\(tandem.score)</span>
      <span class="pair">\(person(tandem.mentor)) <span class="arrow">mentors</span> \(person(tandem.mentee))</span>
      \(choices(tandem.mentor, tandem.mentee, isLocked: tandem.isLocked))
      </div>

      """
    if !tandem.topics.isEmpty {
      item += "<p class=\"topics\">\(MarkupText.escaped(tandem.topics.joined(separator: ", ")))</p>\n"
    }
    item += "<details><summary>Score and alternatives</summary>\n"
    if !tandem.parts.isEmpty {
      item += "<table><caption>Score</caption><thead><tr><th>part</th><th class=\"n\">value</th>"
      item += "<th class=\"n\">weight</th><th class=\"n\">points</th><th>because</th></tr></thead><tbody>\n"
      for part in tandem.parts {
        item += "<tr><th scope=\"row\">\(MarkupText.escaped(part.name))</th><td class=\"n\">"
        item += "<meter min=\"0\" max=\"1000\" value=\"\(part.value)\"></meter> \(part.value)</td>"
        item += "<td class=\"n\">\(part.weight)</td><td class=\"n\">\(part.points)</td>"
        item += "<td>\(MarkupText.escaped(part.because))</td></tr>\n"
      }
      let total = tandem.parts.reduce(0) { $0 + $1.points }
      item += "</tbody><tfoot><tr><th scope=\"row\">total</th><td></td><td></td><td class=\"n\">\(total)</td>"
      item += "<td></td></tr></tfoot></table>\n"
    }
    return item + alternatives(tandem.alternatives) + "</details>\n</li>\n"
  }

  private static func item(_ left: Unmatched) -> String {
    var item = """
      <li class="item" tabindex="0" data-region="\(MarkupText.escaped(left.region))">
      <div class="head"><span class="score none">–</span>
      <span class="pair">\(person(left.person)) <span class="arrow">\(MarkupText.escaped(left.role))</span></span></div>
      <p class="topics">\(MarkupText.escaped(left.reasons.joined(separator: ", ")))</p>

      """
    if !left.remedies.isEmpty || !left.alternatives.isEmpty {
      item += "<details><summary>What would help</summary>\n<ul>"
      for remedy in left.remedies { item += "<li>\(MarkupText.escaped(remedy))</li>" }
      item += "</ul>\n\(alternatives(left.alternatives))</details>\n"
    }
    return item + "</li>\n"
  }

  private static func alternatives(_ alternatives: [Alternative]) -> String {
    guard !alternatives.isEmpty else { return "" }
    var table = "<table><caption>Alternatives</caption><thead><tr><th>mentor</th><th>mentee</th>"
    table += "<th class=\"n\">score</th><th>cost for the whole</th><th>decision</th></tr></thead><tbody>\n"
    for other in alternatives {
      table += "<tr><td>\(person(other.mentor))</td><td>\(person(other.mentee))</td>"
      table += "<td class=\"n\">\(other.score)</td><td>\(MarkupText.escaped(other.cost))</td>"
      table += "<td>\(choices(other.mentor, other.mentee, isLocked: false))</td></tr>\n"
    }
    return table + "</tbody></table>\n"
  }

  private static func person(_ person: Person) -> String {
    "<span class=\"person\" title=\"\(MarkupText.escaped(person.id))\"><b>\(MarkupText.escaped(person.name))</b> "
      + "<small>\(MarkupText.escaped(person.detail))</small></span>"
  }

  /// Two boxes of which at most one is ticked.
  private static func choices(_ mentor: Person, _ mentee: Person, isLocked: Bool) -> String {
    let names = "\(mentor.name) and \(mentee.name)"
    return "<span class=\"choices\" data-mentor=\"\(MarkupText.escaped(mentor.id))\" "
      + "data-mentee=\"\(MarkupText.escaped(mentee.id))\" data-mentor-name=\"\(MarkupText.escaped(mentor.name))\" "
      + "data-mentee-name=\"\(MarkupText.escaped(mentee.name))\">"
      + "<label><input type=\"checkbox\" value=\"lock\"\(isLocked ? " checked" : "") "
      + "aria-label=\"lock \(MarkupText.escaped(names))\"> lock</label> "
      + "<label><input type=\"checkbox\" value=\"forbid\" "
      + "aria-label=\"forbid \(MarkupText.escaped(names))\"> forbid</label></span>"
  }
}
