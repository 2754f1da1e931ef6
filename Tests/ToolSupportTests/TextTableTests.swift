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

  @Test(arguments: [("e\u{301}", 1), ("会", 2), ("😀", 2), ("", 0), ("ｱ", 1)]) func width(
    _ text: String, _ wanted: Int
  ) {
    #expect(TextTable.width(text) == wanted)
  }
}
