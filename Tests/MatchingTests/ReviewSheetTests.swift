import Basics
import Foundation
import Matching
import Programme
import Regions
import TestSupport
import Testing

@Suite struct ReviewSheetTests {
  static let hostile = "</script><img src=x onerror=\"document.title='broken'\">' & 李"

  /// Two tandems, one of them locked, in a region that tries to get into the markup; and one person left out.
  private static func sheet() throws -> ReviewSheet {
    func person(
      _ number: Int, _ role: Role, _ name: String, site: String = "Łódź", region: String = "pl",
      learn: [String] = [], teach: [String] = [], said: [String: [String]] = [:]
    ) -> Person {
      var person = MatchFixture.person(
        number, role, site: site, department: "Sales", learn: learn, teach: teach, said: said, name: name)
      person.region = region
      return person
    }
    var other = MatchFixture.region()
    other.id = "pl\"><script>"
    var request = MatchFixture.request(
      [
        person(1, .mentor, "Anna Nowak", teach: ["video"], said: ["learn": [hostile]]),
        person(11, .mentee, "=Jan \"Kos\", Jr.", learn: ["video"], said: ["teach": [hostile]]),
        person(13, .mentee, hostile, learn: ["video"]),
        person(2, .mentor, hostile, site: "Elsewhere", region: other.id),
        person(12, .mentee, "Żaneta", site: "Elsewhere", region: other.id),
      ], [MatchFixture.region(), other])
    request.locks = [MatchFixture.pair(2, 12)]
    let match = try CohortMatch(request)
    return ReviewSheet(match, Explainer(match, request))
  }

  @Test func thePageIsSelfContainedAndNothingGetsIntoItsMarkup() throws {
    let html = try Self.sheet().html
    #expect(!html.contains("<img"))
    #expect(html.components(separatedBy: "<script>").count == 2)
    #expect(html.components(separatedBy: "</script>").count == 2)
    for word in ["http:", "https:", "src=", "@import", "url("] {
      #expect(
        !html.replacingOccurrences(of: MarkupText.escaped(Self.hostile), with: "").contains(word), "\(word)")
    }
    #expect(html.contains("default-src 'none'"))
  }

  @Test func everyTandemItsPartsAlternativesAndTheUnmatchedAreThere() throws {
    let html = try Self.sheet().html
    #expect(html.components(separatedBy: "<li class=\"item\"").count == 4)
    #expect(html.contains("<th scope=\"row\">taught</th>"))
    #expect(html.contains("<td>+") && html.contains(" by words “\(MarkupText.escaped(Self.hostile))”"))
    #expect(html.contains("<td class=\"n\">500</td>"))
    #expect(html.contains(/−[0-9]+ points/))
    #expect(html.contains("capacity 1"))
    #expect(html.components(separatedBy: " checked ").count == 2)
  }

  /// The page in a real browser, driven by its keyboard: the decisions file is what `--lock` reads.
  @Test func inABrowserLocksAndForbidsBecomeAFile() throws {
    // What HR does, and what the page then holds, written into the document for --dump-dom.
    let drive = """
      <script>
      const press = (target, key) => target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      URL.createObjectURL = blob => { blob.text().then(text => {
        const out = document.createElement('pre'); out.id = 'saved'; out.textContent = text; document.body.append(out);
      }); return 'about:blank#saved'; };
      const items = document.querySelectorAll('.item');
      items[0].focus(); press(items[0], 'l'); press(items[0], 'j');
      document.body.dataset.focus = String(Array.from(items).indexOf(document.activeElement));
      press(items[1], 'f');
      document.querySelector('details input[value=forbid]').click();
      document.getElementById('find').value = 'ZANETA';
      document.getElementById('find').dispatchEvent(new Event('input'));
      document.body.dataset.shown = String(Array.from(items).filter(item => !item.hidden).length);
      document.body.dataset.told = document.getElementById('count').textContent;
      document.addEventListener('click', event => { if (event.target.download) event.preventDefault(); });
      document.getElementById('save').click();
      </script></body>
      """
    let dom = try Browser.dump(Self.sheet().html.replacingOccurrences(of: "</body>", with: drive))
    #expect(dom.contains("data-focus=\"1\""))
    #expect(dom.contains("data-shown=\"1\""))
    #expect(dom.contains("data-told=\"1 locked, 2 forbidden, not saved\""))
    #expect(dom.contains("<title>Tandems of 2026-autumn</title>"))
    let saved = dom.components(separatedBy: "<pre id=\"saved\">").last?.components(separatedBy: "</pre>")
      .first
    let lines = (saved ?? "").replacingOccurrences(of: "\r", with: "").split(separator: "\n").map {
      String($0)
    }
    #expect(lines.first == "decision,mentor,mentee,mentor name,mentee name")
    #expect(lines.contains("lock,pl:1,pl:11,Anna Nowak,\"'=Jan \"\"Kos\"\", Jr.\""))
    #expect(lines.contains { $0.hasPrefix("forbid,pl:2,pl:12,") })
    #expect(lines.contains { $0.hasPrefix("forbid,pl:1,pl:13,Anna Nowak,") })
    #expect(lines.count == 4)
  }
}
