import Basics
import Foundation
import Pages
package import Programme
package import Regions

/// A workshop as its groups see it: the agenda, who comes, who moderates and what each brings, as pages to print and as CSV.
package struct WorkshopSheets {
  private let workshop: Workshop
  private let composer: InvitationComposer
  private let words: WorkshopWords
  private let people: [PersonID: Person]
  /// By mentor: sessions held in the cohort.
  private let held: [PersonID: Int]

  /// - Throws: where no language of the region has the texts.
  package init(
    _ workshop: Workshop, composer: InvitationComposer, people: [PersonID: Person], held: [PersonID: Int]
  ) throws(ConfigurationError) {
    self.workshop = workshop
    self.composer = composer
    self.people = people
    self.held = held
    words = try composer.words(of: workshop)
  }

  // MARK: - CSV

  /// Number, time and point, below the region's headings.
  package var agenda: String {
    CSVText.rows(
      [["#", words.timeTitle, words.agendaTitle]]
        + words.agenda.enumerated().map { [String($0 + 1), $1.time, $1.text] })
  }

  /// The roster of a group, with the region's headings.
  package func roster(_ group: Workshop.Group) throws(ConfigurationError) -> String {
    CSVText.rows([words.columns] + (try rows(of: group)))
  }

  // MARK: - Pages

  /// One page that needs nothing beside it; each group of each workshop on its own paper. O(people).
  package static func html(_ workshops: [WorkshopSheets]) throws(ConfigurationError) -> String {
    var sections = ""
    for sheets in workshops {
      for index in sheets.workshop.groups.indices { sections += try sheets.section(index) }
    }
    return html(workshops.first?.words, sections)
  }

  /// The page of one group, by its index.
  package func html(group index: Int) throws(ConfigurationError) -> String {
    WorkshopSheets.html(words, try section(index))
  }

  private static func html(_ words: WorkshopWords?, _ sections: String) -> String {
    """
    \(PageHead.html(title: words?.title ?? "", language: words?.language ?? "en", style: style))\
    <body>
    \(sections)</body>
    </html>

    """
  }

  private func section(_ index: Int) throws(ConfigurationError) -> String {
    let group = workshop.groups[index]
    var text = "<section lang=\"\(MarkupText.escaped(words.language))\">\n<header>\n"
    text += "<p>\(MarkupText.escaped(words.title))</p>\n<h1>\(MarkupText.escaped(words.groups[index]))</h1>\n"
    if let moderator = group.moderator {
      text += "<p>\(MarkupText.escaped(words.moderator)): <b>\(MarkupText.escaped(name(moderator)))</b></p>\n"
    }
    text += "</header>\n<h2>\(MarkupText.escaped(words.agendaTitle))</h2>\n<ol>\n"
    for point in words.agenda {
      text += "<li><span class=\"time\">\(MarkupText.escaped(point.time))</span> "
      text += "<span>\(MarkupText.escaped(point.text))</span></li>\n"
    }
    text +=
      "</ol>\n<h2>\(MarkupText.escaped(words.rosterTitle))</h2>\n<div class=\"scroll\"><table>\n<thead><tr>"
    for column in words.columns { text += "<th scope=\"col\">\(MarkupText.escaped(column))</th>" }
    text += "</tr></thead>\n<tbody>\n"
    for row in try rows(of: group) {
      text += "<tr>"
      for (column, cell) in row.enumerated() {
        text +=
          column == 1
          ? "<td class=\"mail\">\(broken(cell, after: "@"))</td>" : "<td>\(MarkupText.escaped(cell))</td>"
      }
      text += "</tr>\n"
    }
    text += "</tbody>\n</table></div>\n"
    if let feedback = feedback(group) {
      let link = MarkupText.escaped(feedback)
      text +=
        "<p>\(MarkupText.escaped(words.feedback)): <a href=\"\(link)\" rel=\"noreferrer\">\(broken(feedback, after: "/?&="))</a></p>\n"
    }
    return text + "</section>\n"
  }

  /// An address that may only break after these characters.
  private func broken(_ address: String, after signs: String) -> String {
    address.map { sign in
      MarkupText.escaped(String(sign)) + (signs.contains(sign) ? "<wbr>" : "")
    }.joined()
  }

  private func name(_ id: PersonID) -> String { people[id]?.name ?? id.text }

  /// By the columns of the words. By name, as people look for themselves; people of one name by identifier.
  private func rows(of group: Workshop.Group) throws(ConfigurationError) -> [[String]] {
    let members = group.members.sorted { a, b in
      let (left, right) = (name(a), name(b))
      return left == right ? a < b : left.precedesByBytes(right)
    }
    var rows: [[String]] = []
    for member in members {
      let person = people[member]
      rows.append([
        name(member) + (workshop.online.contains(member) ? " (\(words.online))" : ""), person?.email ?? "",
        person?.department.joined(separator: " / ") ?? "",
        person?.site ?? "", String(held[member] ?? 0), try composer.topicNames(person?.teach ?? []),
      ])
    }
    return rows
  }

  /// The link to the region's form, with the workshop and the group that it is about.
  private func feedback(_ group: Workshop.Group) -> String? {
    func encoded(_ text: String) -> String {
      text.addingPercentEncoding(
        withAllowedCharacters: .alphanumerics.intersection(.init(charactersIn: "!"..."~"))) ?? ""
    }
    return composer.region.at(cohort: workshop.cohort).workshop.feedback.map {
      $0.replacing("WORKSHOP", with: encoded(workshop.id.text)).replacing("GROUP", with: encoded(group.name))
    }
  }

  private static let style =
    PageHead.palette + """
      body { margin: 0 auto; max-width: 62rem; padding: 1rem; color: var(--ink); background: var(--paper);
        font: 15px/1.5 system-ui, sans-serif; }
      section { border: 1px solid var(--line); border-radius: 6px; padding: 1rem 1.5rem; margin: 0 0 1.5rem; }
      header p { margin: .2rem 0; color: var(--soft); }
      header b { color: var(--ink); }
      h1 { font-size: 1.4rem; margin: .2rem 0; }
      h2 { font-size: 1.05rem; margin: 1.2rem 0 .4rem; }
      ol { margin: 0; padding: 0; list-style: none; }
      li { display: flex; gap: 1rem; }
      .time { flex: none; min-width: 7.5rem; color: var(--soft); font-variant-numeric: tabular-nums; }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; width: 100%; font-size: .92rem; }
      th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
      td { overflow-wrap: break-word; }
      .mail, a { overflow-wrap: normal; word-break: keep-all; hyphens: none; }
      thead th { background: var(--band); font-weight: 600; }
      th:nth-child(5), td:nth-child(5) { text-align: right; font-variant-numeric: tabular-nums; }
      td:first-child { font-weight: 600; }
      a { color: inherit; }
      @page { margin: 15mm; }
      @media print { :root { --ink: #000; --soft: #333; --paper: #fff; --band: #eee; --line: #999; }
        body { padding: 0; max-width: none; } section { border: 0; padding: 0; margin: 0; break-after: page; }
        .scroll { overflow: visible; } table { font-size: 8.5pt; } thead { display: table-header-group; } tr { break-inside: avoid; } }

      """
}
