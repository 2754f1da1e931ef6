import Basics
import Testing

@Suite struct MarkupTextTests {
  @Test(arguments: [
    ("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;"), ("Żółć 李", "Żółć 李"), ("\u{0}\u{7F}", "\u{FFFD}\u{FFFD}"),
    ("a\tb\nc", "a\tb\nc"), ("", ""),
  ]) func markupBecomesText(_ text: String, _ expected: String) {
    #expect(MarkupText.escaped(text) == expected)
  }
}
