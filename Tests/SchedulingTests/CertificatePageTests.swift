import Foundation
import Scheduling
import TestSupport
import Testing

@testable import Regions

@Suite struct CertificatePageTests {
  private func page(_ body: String) -> CertificateText {
    CertificateText(
      language: "pl", title: "Zaświadczenie o udziale", body: body, issued: "Łódź, 5 kwietnia 2027",
      signature: "Biuro <Tandem>")
  }

  @Test func paragraphsAreAsTheTextHasThem() {
    let html = page("Anna <Nowak>\n\nUdział & rola\nTematy: a\n\nDziękujemy").html
    #expect(html.contains("<html lang=\"pl\">"))
    #expect(
      html.contains(
        "<p class=\"name\">Anna &lt;Nowak&gt;</p>\n<p>Udział &amp; rola<br>\nTematy: a</p>\n<p>Dziękujemy</p>"
      ))
    #expect(html.contains("<p class=\"signature\">Biuro &lt;Tandem&gt;</p>"))
    #expect(!html.contains("<script") && !html.contains("http:") && !html.contains("https:"))
  }

  @Test(arguments: [0, 12, 60]) func printsOnOneSheet(_ topics: Int) throws {
    let words = (0..<topics).map { "künstliche Intelligenz im Alltag \($0)" }.joined(separator: ", ")
    let html = page("Friederike Çelik-von der Aue\n\nhat teilgenommen.\nThemen: \(words).\n\nWir danken.")
      .html
    #expect(try Browser.sheets(html) == 1)
    // And nothing is cut: on paper the sheet's content is no higher than the sheet.
    let measured = html.replacingOccurrences(of: "@media print", with: "@media all")
      .replacingOccurrences(
        of: "</body>",
        with: """
          <script>document.body.dataset.cut = String(
            document.querySelector('main').scrollHeight > 995);</script></body>
          """
      )
      .replacingOccurrences(of: "default-src 'none';", with: "script-src 'unsafe-inline';")
    #expect(try Browser.dump(measured).contains("data-cut=\"false\""))
  }
}
