import Basics
import Pages
import Programme
package import Regions

/// The sheets of a workshop's groups, to be printed: agenda, who comes, who moderates, what each brings.
package struct WorkshopPage: Sendable {
  package struct Sheet: Hashable, Sendable {
    /// `Grupa Sala A`
    package var heading: String
    package var moderator: String?
    /// By the columns of the words.
    package var rows: [[String]]
    package var feedback: String?

    package init(heading: String, moderator: String? = nil, rows: [[String]], feedback: String? = nil) {
      self.heading = heading
      self.moderator = moderator
      self.rows = rows
      self.feedback = feedback
    }
  }

  package var words: WorkshopWords
  package var sheets: [Sheet]

  package init(words: WorkshopWords, sheets: [Sheet]) {
    self.words = words
    self.sheets = sheets
  }

  /// One page that needs nothing beside it; each sheet on its own paper. O(people).
  package static func html(_ pages: [WorkshopPage]) -> String {
    let language = pages.first?.words.language ?? "en"
    let title = pages.first?.words.title ?? ""
    var page = """
      \(PageHead.html(title: title, language: language, style: style))\
      <body>

      """
    for own in pages {
      for sheet in own.sheets { page += own.section(sheet) }
    }
    return page + "</body>\n</html>\n"
  }

  private func section(_ sheet: Sheet) -> String {
    var text = "<section lang=\"\(MarkupText.escaped(words.language))\">\n<header>\n"
    text += "<p>\(MarkupText.escaped(words.title))</p>\n<h1>\(MarkupText.escaped(sheet.heading))</h1>\n"
    if let moderator = sheet.moderator {
      text += "<p>\(MarkupText.escaped(words.moderator)): <b>\(MarkupText.escaped(moderator))</b></p>\n"
    }
    text += "</header>\n<h2>\(MarkupText.escaped(words.agendaTitle))</h2>\n<ol>\n"
    for point in words.agenda { text += "<li>\(MarkupText.escaped(point))</li>\n" }
    text += "</ol>\n<h2>\(MarkupText.escaped(words.rosterTitle))</h2>\n<table>\n<thead><tr>"
    for column in words.columns { text += "<th scope=\"col\">\(MarkupText.escaped(column))</th>" }
    text += "</tr></thead>\n<tbody>\n"
    for row in sheet.rows {
      text += "<tr>" + row.map { "<td>\(MarkupText.escaped($0))</td>" }.joined() + "</tr>\n"
    }
    text += "</tbody>\n</table>\n"
    if let feedback = sheet.feedback {
      let link = MarkupText.escaped(feedback)
      text +=
        "<p>\(MarkupText.escaped(words.feedback)): <a href=\"\(link)\" rel=\"noreferrer\">\(link)</a></p>\n"
    }
    return text + "</section>\n"
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
      ol { margin: 0; padding-left: 1.6rem; }
      table { border-collapse: collapse; width: 100%; font-size: .92rem; }
      th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
      td { overflow-wrap: anywhere; }
      thead th { background: var(--band); font-weight: 600; }
      th:nth-child(5), td:nth-child(5) { text-align: right; font-variant-numeric: tabular-nums; }
      td:first-child { font-weight: 600; }
      a { color: inherit; overflow-wrap: anywhere; }
      @page { margin: 15mm; }
      @media print { :root { --ink: #000; --soft: #333; --paper: #fff; --band: #eee; --line: #999; }
        body { padding: 0; max-width: none; } section { border: 0; padding: 0; margin: 0; break-after: page; }
        thead { display: table-header-group; } tr { break-inside: avoid; } }

      """
}
