import Basics
import Programme
import Testing

@testable import Regions

/// Nodes keep their text and their place, and texts that look dangerous but are not pass.
@Suite struct YAMLDocumentTests {
  private func read(_ text: String) -> YAMLDocument { YAMLDocument(Array(text.utf8), file: "a.yaml") }

  private func value(_ text: String, _ path: String...) -> YAMLNode? {
    var node = read(text).root
    for name in path {
      guard case .mapping(let pairs)? = node?.content else { return nil }
      node = pairs.first { $0.key.content == .scalar(name, plain: true) }?.value
    }
    return node
  }

  @Test func `places are lines and columns in letters`() throws {
    let node = try #require(value("ä: {ß: x}\nb:\n  - 日本: no\n", "ä", "ß"))
    #expect((node.line, node.column) == (1, 8))
    #expect(node.content == .scalar("x", plain: true))
  }

  @Test(
    arguments: [
      "a: R & D", "a: 5 * 3", "a: 'it''s *not* an alias'", "a: \"&amp; *\"",
      "a: |\n  *x\n  &y\n  \ttab\nb: 1",
      "a: >-\n  one\n  *two*\nb: 1", "a: one\n  *two", "# *x &y\na: 1 # *z", "a: [x&y, a*b]", "a: x # it's",
      "a: don't\nb: won't", "- a: 1\n- a: 2", "a:\n- b: 1\n- b: 2\nc: 3", "a: {b: 1, c: {b: 2}}",
      "a: http://x#y",
      "\u{FEFF}a: 1", "a: 1\r\nb: 2\r\n", "a:   \t1", "a: b:c",
      "'a b': 1\n\"c\": 2",
      "a: {x: [1, 2], y: \"}\"}", "a: [\n  x, # y\n  z\n]",
    ])
  func `what is harmless passes`(_ text: String) {
    let document = read(text)
    #expect(document.diagnostics == [], "\(text)")
    #expect(document.root != nil)
  }

  @Test(
    arguments: [
      ("a: 1\nb: 2\na: 3", 1), ("x:\n  a: 1\n  b: 2\n  a: 3", 1), ("{a: 1, a: 2}", 1),
      ("- a: 1\n  b: 2\n  a: 3", 1), ("'a': 1\na: 2", 1), ("a: 1\na: 2\na: 3", 2),
      ("x: {a: 1, b: {a: 1}, a: 2}", 1),
    ])
  func `doubled keys are named where they stand, and the rest is read`(_ text: String, _ count: Int) {
    let document = read(text)
    #expect(document.diagnostics.count == count, "\(text)")
    #expect(document.diagnostics.allSatisfy { $0.code == "duplicate-key" })
    #expect(document.root != nil)
  }

  @Test(arguments: [
    "a: &x 1", "&x a: 1", "a: [&x 1]", "a: {b: *x}", "- *x", "- &x\n  a: 1", "? *x\n: 1", "a:\n  *x",
    "a: [1, *x]",
    "a: |\n  text\nb: *x", "- a: |\n    text\n  b: *x", "a: 'x'\nb: *x", "<<: *x", "a: \"x\" \nb: &c d",
  ])
  func `an anchor or alias is never composed`(_ text: String) {
    let document = read(text)
    #expect(document.root == nil)
    #expect(document.diagnostics.first?.severity == .error)
  }
}
