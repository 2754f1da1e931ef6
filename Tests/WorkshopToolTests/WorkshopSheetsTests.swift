import Foundation
import Programme
import RecordStream
import TestSupport
import Testing
import ToolSupport

@testable import tandem_workshop

/// The sheets of a group as golden files, in the region's language. `TANDEM_RECORD=1 swift test` writes them anew; look at
/// them in a browser then.
@Suite struct WorkshopSheetsTests {
  private static let golden = WorkshopRun.repository + "/Tests/WorkshopToolTests/Fixtures"

  private func folder() throws -> TestFolder {
    let folder = try TestFolder(configuration: true)
    try folder.setWorkshop(
      "pl",
      """
        week: 15
        spread: 0
        group: {least: 4, most: 8}
        venues:
          Aula Warszawa: {site: Warszawa, rooms: {Sala Ślęza: {capacity: 8}, Sala B: {capacity: 6}}}
        moderators: ["pl:104", "pl:601"]
        feedback: https://forms.example.com/pl?w=WORKSHOP&g=GROUP

      """)
    return folder
  }

  private func stream() throws -> String {
    let start = try #require(Timestamp(rfc3339: "2026-10-12T10:00:00+02:00"))
    let held = Session(
      tandem: "2026-autumn/pl:100+pl:600", number: 1, uid: "x@pl.example.com", start: start,
      end: Timestamp(secondsSinceEpoch: start.secondsSinceEpoch + 5400, offset: 7200),
      timeZone: "Europe/Warsaw",
      place: "office", status: .held)
    return WorkshopRun.stream(10) + WorkshopRun.text(.session(held)) + "\n"
  }

  @Test func agendaAndRosterOfEachGroup() throws {
    let folder = try folder()
    let run = WorkshopRun(
      ["--format", "ndjson", "--rosters", folder.path + "/sheets"], input: try stream(), in: folder)
    #expect(run.status == .done, "\(run.errors)")
    let names = folder.names.filter { $0.hasPrefix("sheets/") }.map { String($0.dropFirst(7)) }
    #expect(names.count == 5, "\(names)")
    for name in names {
      let made = try folder.read("sheets/" + name)
      let file = Self.golden + "/" + name
      if ProcessInfo.processInfo.environment["TANDEM_RECORD"] != nil {
        try Data(made.utf8).write(to: URL(fileURLWithPath: file))
      }
      #expect(made == (try String(contentsOfFile: file, encoding: .utf8)), "\(name)")
      #expect(!made.contains("<b> ") && !made.contains("{{"))
      let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/sheets/" + name)[
        .posixPermissions]
      #expect(mode as? Int == 0o600)
    }
    let workshop = try #require(try run.workshops().first)
    #expect(Set(workshop.groups.compactMap { $0.moderator?.text }) == ["pl:104", "pl:601"])
    #expect(workshop.attendees.contains(PersonID("pl:601")), "a moderator is invited")
    let pages = names.filter { $0.hasSuffix(".html") }
    let all = try pages.map { try folder.read("sheets/" + $0) }.joined()
    #expect(
      all.contains(
        "https://forms.example.com/pl?w=2026%2Dautumn%2Fpl%2Fworkshop%2D1&amp;g=Sala%20%C5%9Al%C4%99za"))
    #expect(all.contains("Zażółć 100 &lt;b&gt;"))
  }

  /// Each line of an address as the browser sets it: none begins in the middle of a word.
  @Test func addressesBreakOnlyWhereTheyMay() throws {
    let folder = try folder()
    let html = WorkshopRun(["--format", "html"], input: try stream(), in: folder).text
    #expect(html.contains("<td class=\"mail\">p100@<wbr>pl.example.com</td>"))
    let script = """
      <script>
      const bad = [];
      for (const cell of document.querySelectorAll('.mail')) {
        const box = document.createRange();
        const tops = [];
        for (const node of cell.childNodes) for (let at = 0; at < node.length; at++) {
          box.setStart(node, at); box.setEnd(node, at + 1); tops.push(box.getBoundingClientRect().top);
        }
        const text = cell.textContent;
        for (let at = 1; at < tops.length; at++) if (tops[at] > tops[at - 1] + 2 && text[at - 1] !== '@') bad.push(text);
      }
      document.title = 'broken ' + bad.length + ' of ' + document.querySelectorAll('.mail').length;
      </script></body>
      """
    for width in ["320px", "60rem"] {
      let page = html.replacing(
        "style-src 'unsafe-inline'", with: "style-src 'unsafe-inline'; script-src 'unsafe-inline'"
      )
      .replacing("max-width: 62rem", with: "max-width: \(width)").replacing("</body>", with: script)
      #expect(try Browser.dump(page).contains("<title>broken 0 of 10</title>"), "\(width)")
    }
  }

  @Test func theAgendaHasTimes() throws {
    let folder = try folder()
    let run = WorkshopRun(
      ["--format", "ndjson", "--rosters", folder.path + "/sheets"], input: try stream(), in: folder)
    #expect(run.status == .done)
    let agenda = try folder.read("sheets/2026-autumn-pl-workshop-1-agenda.csv").components(
      separatedBy: "\r\n")
    #expect(agenda[0] == "#,Godzina,Program")
    #expect(agenda[1] == "1,09:00–09:15,\"Powitanie, program na półmetku\"")
    #expect(agenda[6].hasPrefix("6,11:40–12:00,"))
  }

  @Test func htmlOfAllAndACalendar() throws {
    let folder = try folder()
    let html = WorkshopRun(["--format", "html"], input: try stream(), in: folder)
    #expect(html.text.components(separatedBy: "<section lang=\"pl\">").count == 3)
    #expect(html.text.hasSuffix("</body>\n</html>\n"))
    let calendar = WorkshopRun(["--format", "ics"], input: try stream(), in: folder)
    #expect(calendar.text.components(separatedBy: "BEGIN:VEVENT").count == 2)
    #expect(calendar.text.contains("METHOD:PUBLISH"))
    let made = WorkshopRun(
      ["--format", "ndjson", "--invitations", folder.path + "/inv"], input: try stream(),
      in: folder)
    #expect(made.status == .done)
    let request = try folder.read("inv/2026-autumn-pl-workshop-1.ics")
    #expect(request.contains("METHOD:REQUEST"))
    #expect(request.components(separatedBy: "ATTENDEE;").count == 12)
  }
}
