import Testing

/// Pages are read as their readers and the tests must understand them.
@Suite struct GuidePageTests {
  @Test func blocksSayWhatIsDoneWithThem() {
    let page = GuidePage(
      "page",
      text: """
        # A page
        <!-- stand-in: smtp mail.example.org:587 -->
        ```sh exit=65,69
        false
        ```
        ```text
        shown
        ```
        ```sh afresh
        ```
        ```text stdout
        ```
        ```text stderr
        ```
        <!-- file: a/b.csv -->

        ```csv
        x
        ```
        <!-- file: c.ics -->
        ```text
        ```
        <!-- not run: a line for crontab -->
        ```sh
        ```
        <!-- not run: -->
        ```bash
        ```
        ```
        ```
        Prose takes the remark away.
        <!-- file: d -->
        Here.
        ```yaml
        ```
        """)
    #expect(
      page.blocks.map(\.role) == [
        .command(exit: [65, 69], isAfresh: false), .output, .command(exit: [], isAfresh: true),
        .standardOutput, .standardErrors, .file("a/b.csv"), .file("c.ics"),
        .shown("not run: a line for crontab"), .unmarked, .unmarked, .unmarked,
      ])
    #expect(page.blocks[0].text == "false\n")
    #expect(page.blocks[0].line == 3)
    #expect(page.standIns.map(\.address) == ["mail.example.org:587"])
  }

  @Test func anchorsAreThoseOfViewers() {
    let page = GuidePage(
      "page",
      text: """
        ## Layers, and which line says so
        ## Wrocław 2
        ## Wrocław 2
        See [it](Other.md#there), `code [no](link)` and [that](#wrocław-2).
            tandem-match people
            A ──> tandem-match
        """)
    #expect(page.anchors == ["layers-and-which-line-says-so", "wrocław-2", "wrocław-2-1"])
    #expect(page.links.map(\.target) == ["Other.md#there", "#wrocław-2"])
    #expect(page.words.map(\.text) == ["code [no](link)"])
    #expect(page.indentedCommands == [5])
  }
}
