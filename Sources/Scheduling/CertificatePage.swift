import Basics
import Pages
package import Regions

extension CertificateText {
  /// The certificate as a page that prints on one sheet, whatever its length, and needs nothing beside the file.
  /// O(characters).
  package var html: String {
    let paragraphs = body.split(separator: "\n", omittingEmptySubsequences: false)
      .split { $0.allSatisfy(\.isWhitespace) }
      .map { lines in lines.map { MarkupText.escaped(String($0)) }.joined(separator: "<br>\n") }
    var text = ""
    for (at, paragraph) in paragraphs.enumerated() {
      text += "<p\(at == 0 ? " class=\"name\"" : "")>\(paragraph)</p>\n"
    }
    // Long names and many topics take a smaller type, so that one sheet is enough.
    let length = body.unicodeScalars.count
    let size = length > 2500 ? " class=\"long longest\"" : length > 900 ? " class=\"long\"" : ""
    return """
      \(PageHead.html(title: title, language: language, style: CertificateText.style))\
      <body\(size)>
      <main>
      <h1>\(MarkupText.escaped(title))</h1>
      \(text)<footer>
      <p>\(MarkupText.escaped(issued))</p>
      <p class="signature">\(MarkupText.escaped(signature))</p>
      </footer>
      </main>
      </body>
      </html>

      """
  }

  /// The border keeps clear of the edges of A4 and of Letter.
  private static let style = """

    :root { color-scheme: light; }
    * { box-sizing: border-box; }
    @page { margin: 12mm; }
    html { background: #e9ebee; }
    body { margin: 0; padding: 4vmin; font: 13pt/1.5 "Noto Serif", Georgia, "Noto Serif CJK SC", SimSun, serif; color: #1b1f24; }
    main { max-width: 186mm; min-height: 240mm; margin: 0 auto; padding: 22mm 18mm 16mm; background: #fff;
      border: 1.5pt solid #1f4e79; outline: .5pt solid #1f4e79; outline-offset: -3mm; display: flex; flex-direction: column;
      text-align: center; overflow-wrap: anywhere; }
    h1 { font-size: 25pt; font-weight: 600; line-height: 1.2; margin: 0 0 14mm; color: #1f4e79; }
    p { margin: 0 0 6mm; }
    .name { font-size: 21pt; font-weight: 600; line-height: 1.25; margin: 0 0 10mm; }
    footer { margin-top: auto; padding-top: 14mm; display: flex; justify-content: space-between; align-items: flex-end; gap: 10mm;
      text-align: left; font-size: 11pt; }
    footer p { margin: 0; }
    .signature { border-top: .75pt solid #1b1f24; padding-top: 2mm; min-width: 60mm; text-align: center; }
    .long { font-size: 10pt; line-height: 1.35; }
    .long .name { font-size: 16pt; }
    .long h1 { font-size: 19pt; margin-bottom: 8mm; }
    .long p { margin-bottom: 3mm; }
    .longest { font-size: 6.5pt; }
    @media print { html { background: none; } body { padding: 0; }
      main { max-width: none; height: 100vh; min-height: 0; overflow: hidden; break-inside: avoid; break-after: avoid; } }

    """
}
