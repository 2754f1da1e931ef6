import Basics
import Testing
import ToolSupport

@Suite struct TextTableTests {
  @Test func columnsAlignInAnyScript() {
    var table = TextTable([.init("site"), .init("tandems", .right)])
    table.add(["上海", "7"])
    table.add(["Łódź", "12"])
    table.add(["a\u{1B}b"])
    #expect(
      table.text == """
        site  tandems
        ────  ───────
        上海        7
        Łódź       12
        a b

        """)
  }

  private static let people: TextTable = {
    var table = TextTable([
      .init("Mentor"), .init("Department"), .init("Sessions held", .right), .init("First"), .init("Because"),
    ])
    table.add([
      "Świętosława Kowal-Święch", "Marketing/Digital Media", "10", "2026-10-14 08:00",
      "both are free together on too few days",
    ])
    table.add(["王小明", "市场营销与数字媒体部", "1234567", "2027-03-26 08:00", ""])
    return table
  }()

  @Test func theWidestColumnsBreakAtWords() {
    #expect(
      Self.people.text(width: 80) == """
        Mentor        Department            Sessions  First             Because
                                                held
        ────────────  ────────────────────  ────────  ────────────────  ───────────────
        Świętosława   Marketing/Digital           10  2026-10-14 08:00  both are free
        Kowal-Święch  Media                                             together on too
                                                                        few days
        王小明        市场营销与数字媒体部   1234567  2027-03-26 08:00

        """)
    #expect(
      Self.people.text(width: 64) == """
        Mentor        Department     Sessions  First       Because
                                         held
        ────────────  ─────────────  ────────  ──────────  ─────────────
        Świętosława   Marketing/           10  2026-10-14  both are free
        Kowal-Święch  Digital Media            08:00       together on
                                                           too few days
        王小明        市场营销与数    1234567  2027-03-26
                      字媒体部                 08:00

        """)
  }

  /// Words are cut where there is no room for whole ones, numbers never are.
  @Test func numbersAreNeverCut() {
    let narrow = Self.people.text(width: 45)
    #expect(narrow.contains("…"))
    for number in ["10", "1234567", "2026-10-14", "08:00", "2027-03-26"] { #expect(narrow.contains(number)) }
    #expect(narrow.split(separator: "\n").allSatisfy { TerminalText.width(String($0)) <= 45 })
    let tiny = Self.people.text(width: 5)
    for number in ["10", "1234567", "2026-10-14", "08:00"] { #expect(tiny.contains(number)) }
  }

  /// Rather than cutting words, spare columns are left out, the first ones first.
  @Test func spareColumnsMakeRoom() {
    var table = TextTable([
      .init("name"), .init("taught", .right, spare: 2), .init("site", spare: 1), .init("score", .right),
    ])
    table.add(["Jędrzej Lewandowska", "12", "Warszawa", "750"])
    #expect(table.text(width: 36).contains("Warszawa"))
    #expect(
      table.text(width: 33) == """
        name         taught  score
        ───────────  ──────  ─────
        Jędrzej          12    750
        Lewandowska
        no room for site: --format csv
        has all

        """)
    #expect(
      table.text(width: 18) == """
        name         score
        ───────────  ─────
        Jędrzej        750
        Lewandowska
        no room for
        taught, site:
        --format csv has
        all

        """)
    #expect(!table.text.contains("no room"))
  }

  @Test func whatFitsStaysAsItIs() {
    let text = Self.people.text
    let wide = text.split(separator: "\n").map { TerminalText.width(String($0)) }.max() ?? 0
    #expect(Self.people.text(width: wide) == text)
    #expect(Self.people.text(width: 1000) == text)
    #expect(Self.people.text(width: wide - 1) != text)
  }

  /// No word is lost or broken while whole words have room, whatever the cells.
  @Test func wordsStayWhole() {
    var draws = SplitMix(seed: 7)
    for _ in 0..<300 {
      let columns = 1 + Int(draws.next() % 5)
      var table = TextTable(
        (0..<columns).map { .init("heading \($0)", draws.next() % 3 == 0 ? .right : .left) })
      for _ in 0..<4 {
        table.add(
          (0..<columns).map { _ in
            (0..<Int(draws.next() % 6)).map { _ in
              String(repeating: "abźż".randomElement(using: &draws) ?? "a", count: 1 + Int(draws.next() % 7))
            }.joined(separator: " ")
          })
      }
      // Each column has room for its longest word.
      let width = max(20, columns * 9 + Int(draws.next() % 80))
      let text = table.text(width: width)
      #expect(!text.contains("…"))
      #expect(text.split(separator: "\n").allSatisfy { TerminalText.width(String($0)) <= width })
      func words(_ text: String) -> [Substring] {
        text.split { $0 == " " || $0 == "\n" || $0 == "─" }.sorted()
      }
      #expect(words(text) == words(table.text))
    }
  }
}
