import Basics
import Programme
import Testing

@testable import Regions

/// What a text must look like, by what it means.
@Suite struct TextRulesTests {
  @Test(arguments: [
    (Shape.Text.email, ["a@b.cd", "first.last+x@mail.example.com", "o'neil@example.com"]),
    (.timeZone, ["Europe/Warsaw", "America/Argentina/Buenos_Aires", "UTC", "Asia/Shanghai"]),
    (.country, ["PL", "NO", "GB"]), (.language, ["pl", "zh-Hans", "pt-BR", "es-419", "gsw"]),
    (.date, ["2026-10-05", "2028-02-29"]), (.clock, ["00:00", "7:00", "17:30", "24:00"]),
    (.span, ["08:00-18:00", "00:00-24:00"]), (.comparison, [">= 2", "<-1", "==0"]),
    (.delimiter, [";", "tab", "|", "；"]), (.identifier, ["2026-autumn", "a", "A.b_c"]),
    (.path(".ics"), ["holidays/pl.ics", "a.ics"]), (.link, ["https://example.com/a", "http://intranet/x"]),
    (.elementPath, ["row", "a/b/c"]), (.encoding, ["utf-8", "Windows-1250"]),
  ])
  func `taken`(_ kind: Shape.Text, _ texts: [String]) {
    for text in texts { #expect(kind.fault(text) == nil, "\(text)") }
  }

  @Test(arguments: [
    (
      Shape.Text.email,
      [
        "", "a", "a@b", "@b.cd", "a@", "a b@c.de", "a@b..cd", "a@-b.cd", "a@b.cd, e@f.gh", "mailto:a@b.cd",
        "ą@b.cd",
      ]
    ),
    (
      .timeZone,
      ["", "CET", "Europe", "Europe/", "/etc/passwd", "../Europe/Warsaw", "Europe/Atlantis", "GMT+2"]
    ),
    (.country, ["", "pl", "POL", "ZZ", "UK"]), (.language, ["", "PL", "english", "zh_Hans", "zh-hans", "e"]),
    (.date, ["", "2026-02-29", "05.10.2026", "2026-1-5"]), (.clock, ["", "700", "24:01", "12:60", "12.00"]),
    (.span, ["", "08:00", "18:00-08:00", "08:00-08:00", "08:00–18:00"]),
    (.comparison, ["", "2", "> ", "=> 2", ">= x"]),
    (.delimiter, ["", ";;", "TAB"]), (.identifier, ["", "a b", "-a", ".a", "ü", "../a"]),
    (.path(".ics"), ["", ".ics", "/a.ics", "../a.ics", "a/../../b.ics", "a.txt"]),
    (.link, ["", "example.com", "javascript:alert(1)", "https://"]),
    (.elementPath, ["", "a//b", "/a", "a b"]),
    (.encoding, ["", "latin1", "utf-7"]), (.line, ["", " ", "a\nb"]),
  ])
  func `refused, with what to do`(_ kind: Shape.Text, _ texts: [String]) {
    for text in texts {
      let fault = kind.fault(text)
      #expect(fault != nil, "\(text)")
      #expect(fault?.hasPrefix("which ") ?? true)
    }
  }

  @Test func `the nearest name is the one that was meant`() {
    let names = ["language", "time-zone", "office", "sites", "gap", "count"]
    #expect(NearestName.of("langauge", among: names) == "language")
    #expect(NearestName.of("timezone", among: names) == "time-zone")
    #expect(NearestName.of("time_zone", among: names) == "time-zone")
    #expect(NearestName.of("Offices", among: names) == "office")
    #expect(NearestName.of("site", among: names) == "sites")
    #expect(NearestName.of("holidays", among: names) == nil)
    #expect(NearestName.of("", among: names) == nil)
    // On a tie the first by bytes, whatever the order.
    #expect(NearestName.of("cat", among: ["hat", "bat"]) == "bat")
    #expect(NearestName.of("cat", among: ["bat", "hat"]) == "bat")
  }
}
