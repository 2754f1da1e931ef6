import Basics

/// What every page of ours begins with: one file that loads nothing from elsewhere, and tells nobody who looks at it.
package enum PageHead {
  /// Ink and paper by day and by night, which the pages' own rules build on.
  package static let palette = """

    :root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #fff; --band: #f3f5f7; --line: #d0d7de; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da7b3; --paper: #0f1419; --band: #1a2129;
      --line: #37414c; } }
    * { box-sizing: border-box; }

    """

  /// From the doctype to the end of the head.
  ///
  /// - Parameters:
  ///   - title: text, not markup.
  ///   - language: a BCP 47 tag.
  ///   - runsScript: whether the page's own script may run; none from elsewhere ever does.
  package static func html(title: String, language: String = "en", style: String, runsScript: Bool = false)
    -> String
  {
    let script = runsScript ? "; script-src 'unsafe-inline'" : ""
    return """
      <!doctype html>
      <html lang="\(MarkupText.escaped(language))">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'\(script)">
      <title>\(MarkupText.escaped(title))</title>
      <style>\(style)</style>
      </head>

      """
  }
}
