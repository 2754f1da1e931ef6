import Basics
import Testing

@testable import ToolSupport

@Suite struct TerminalTextTests {
  @Test(arguments: [
    ("e\u{301}", 1), ("会", 2), ("😀", 2), ("", 0), ("ｱ", 1), ("🚀", 2), ("❤\u{FE0F}", 2), ("한", 2), ("Ｗ", 2),
    ("👩‍👩‍👧", 2),
  ]) func width(_ text: String, _ wanted: Int) {
    #expect(TerminalText.width(text) == wanted)
  }

  @Test func linesBreakAtWords() {
    let text = "one two three four"
    #expect(TerminalText.wrapped(text, to: 18) == [text])
    #expect(TerminalText.wrapped(text, to: 9) == ["one two", "three", "four"])
    #expect(TerminalText.wrapped(text, after: "- ", to: 9) == ["- one two", "  three", "  four"])
    #expect(TerminalText.wrapped("a incomprehensible b", to: 8) == ["a", "incompr…", "b"])
    #expect(TerminalText.wrapped("", to: 8) == [""])
    // A space that must not break, and paths.
    #expect(TerminalText.wrapped("95\u{A0}% of all", to: 6) == ["95\u{A0}%", "of all"])
    #expect(TerminalText.wrapped("Sales/Export/Asia", to: 7) == ["Sales/", "Export/", "Asia"])
    #expect(TerminalText.wrapped("6/10 done", to: 5) == ["6/10", "done"])
    // A sign does not begin a line.
    #expect(TerminalText.wrapped("about 63 %", to: 8) == ["about", "63 %"])
    #expect(TerminalText.wrapped("Kraków – Łódź", to: 8) == ["Kraków –", "Łódź"])
  }

  /// Each ideograph may end a line, but for one before punctuation.
  @Test func ideographsBreakAnywhere() {
    #expect(TerminalText.wrapped("市场营销部", to: 5) == ["市场", "营销", "部"])
    #expect(TerminalText.wrapped("市场。营销", to: 5) == ["市", "场。", "营销"])
  }

  @Test func whatIsTooLongIsCut() {
    #expect(TerminalText.cut("abc", to: 3) == "abc")
    #expect(TerminalText.cut("abcd", to: 3) == "ab…")
    #expect(TerminalText.cut("会议室", to: 4) == "会…")
    #expect(TerminalText.cut("e\u{301}e\u{301}e\u{301}", to: 2) == "e\u{301}…")
  }

  @Test(arguments: [([:], nil), (["COLUMNS": "72"], 72), (["COLUMNS": "wide"], nil), (["COLUMNS": "0"], nil)])
  func aPipeIsBoundedWhereColumnsAre(_ environment: [String: String], _ wanted: Int?) {
    let output = Output.memory()
    _ = Console(output: output, errors: .memory(), environment: environment, standardInput: [])
    #expect(output.lineWidth == wanted)
  }

  @Test func proseIsBrokenWhereTheLineIsBounded() throws {
    let output = Output.memory()
    try output.write(prose: ["one two three"])
    output.lineWidth = 8
    try output.write(prose: ["one two three", ""])
    #expect(output.text == "one two three\none two\nthree\n\n")
  }
}
