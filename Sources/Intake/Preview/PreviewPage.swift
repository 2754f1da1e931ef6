import Basics
import Pages
import Programme

/// The preview of an import as a page that needs nothing beside it.
package struct PreviewPage {
  private let files: [FilePreview]

  package init(_ files: [FilePreview]) { self.files = files }

  package var html: String {
    var page = """
      \(PageHead.html(title: "Preview of an import", style: PreviewPage.style))\
      <body>
      <header>
      <h1>Preview of an import</h1>
      <p>Nothing was imported. This is what <code>tandem-import</code> would make of \
      \(counted(files.count, "file")).</p>
      </header>
      <main>

      """
    for file in files { page += section(file) }
    page += "</main>\n</body>\n</html>\n"
    return page
  }

  private func section(_ file: FilePreview) -> String {
    var html = "<section>\n<h2>\(text(file.file))</h2>\n<dl>\n"
    for (name, value) in file.summary { html += "<dt>\(text(name))</dt><dd>\(text(value))</dd>\n" }
    html += "</dl>\n"
    if !file.fields.isEmpty {
      html += table(
        "Fields", ["Field", "Column", "First values"],
        file.fields.map { [text($0.name), text($0.place), samples($0.samples)] })
    }
    if !file.missing.isEmpty {
      html += table(
        "Fields without a column", ["Field", "Headings looked for", "Nearest unused heading"],
        file.missing.map {
          [text($0.name), text($0.headings.joined(separator: ", ")), text($0.nearest ?? "–")]
        })
    }
    if !file.unused.isEmpty {
      html += table(
        file.form == nil ? "Columns" : "Columns that no field uses", ["Column", "First value"],
        file.unused.map { [text($0.label), text($0.sample ?? "")] })
    }
    if !file.rows.isEmpty {
      html += table(
        "The first rows", ["Row", "Line", "Becomes"],
        file.rows.map {
          [
            "\($0.number)", "\($0.line)",
            $0.outcome.isGood ? text($0.outcome.text) : "<b>\(text($0.outcome.text))</b>",
          ]
        })
    }
    if !file.messages.isEmpty {
      html += "<h3>Messages</h3>\n<ul>\n"
      for message in file.messages {
        html += "<li class=\"\(message.severity.rawValue)\">\(text(message.description))</li>\n"
      }
      html += "</ul>\n"
    }
    return html + "</section>\n"
  }

  private func samples(_ texts: [String]) -> String {
    texts.map { "<q>\(text($0))</q>" }.joined(separator: " ")
  }

  /// - Parameter rows: cells as markup.
  private func table(_ title: String, _ headings: [String], _ rows: [[String]]) -> String {
    var html = "<h3>\(text(title))</h3>\n<div class=\"wide\"><table>\n<thead><tr>"
    html += headings.map { "<th scope=\"col\">\(text($0))</th>" }.joined() + "</tr></thead>\n<tbody>\n"
    for row in rows {
      html += "<tr>" + row.map { "<td>\($0)</td>" }.joined() + "</tr>\n"
    }
    return html + "</tbody></table></div>\n"
  }

  private func text(_ text: String) -> String { MarkupText.escaped(text) }

  private static let style =
    PageHead.palette + """
      body { margin: 0 auto; max-width: 64rem; padding: 0 1rem 3rem; color: var(--ink); background: var(--paper);
        font: 16px/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.6rem; margin: 1.2rem 0 .3rem; }
      h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; overflow-wrap: anywhere; }
      h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
      header p { color: var(--soft); }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: 0; }
      dt { color: var(--soft); }
      dd { margin: 0; overflow-wrap: anywhere; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line);
        overflow-wrap: break-word; }
      td:last-child { overflow-wrap: anywhere; }
      th { color: var(--soft); font-weight: 600; white-space: nowrap; }
      q { quotes: none; background: var(--band); border-radius: .2rem; padding: 0 .3rem; }
      li.error { font-weight: 600; }
      li { overflow-wrap: anywhere; }

      """
}
