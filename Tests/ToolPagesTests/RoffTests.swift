import Testing

@testable import tool_pages

@Suite struct RoffTests {
  @Test func nothingIsTakenForARequest() {
    #expect(Roff.prose(".ics files, 'quoted' --x \\n") == ["\\&.ics files, \\(aqquoted\\(aq \\%\\-\\-x \\en"])
    #expect(Roff.literal(".sh `x`") == "\\&.sh \\(gax\\(ga")
  }

  @Test func otherLettersGoByTheirNumbers() {
    #expect(Roff.escaped("é…") == "\\[u00E9]\\[u2026]")
  }

  @Test func aSentenceIsALineAndLinesAreShort() {
    #expect(Roff.prose("One is here. Two (is, too.) Three") == ["One is here.", "Two (is, too.)", "Three"])
    let long = Roff.prose(String(repeating: "word ", count: 100))
    #expect(long.allSatisfy { $0.utf8.count < 80 } && long.count > 6)
  }

  @Test func backticksAreBold() {
    #expect(Roff.prose("see `a b`, and c") == ["see \\fBa b\\fP, and c"])
  }

  @Test func namesAndColumnsAreNotHyphenated() {
    #expect(
      Roff.prose("One tandem-match of mentor,mentee in $PATH") == [
        "One \\%tandem\\-match of \\%mentor,mentee in \\%$PATH"
      ])
  }

  @Test func paragraphsAndTheirLinesArePartedAndRecordsBreakAtCommas() {
    #expect(Roff.paragraphs("a\nb\n\nc") == ["a", ".Pp", "b", ".Pp", "c"])
    #expect(
      Roff.paragraphs("{\"a\":1,\"b\":2}")
        == [".Bd -ragged -offset indent", "{\\(dqa\\(dq:1,\\:\\c", "\\(dqb\\(dq:2}", ".Ed"])
  }
}
