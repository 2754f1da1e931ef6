import Foundation
import Testing

/// Standard streams that are full, closed or gone.
@Suite struct StreamFaultTests {
  /// Calls that write to standard output, and no file.
  private static let readers: [(call: [String], input: String)] = [
    (["tandem-import", Material.examples + "/staff.csv", Material.examples + "/answers.xml"], ""),
    (["tandem-match", "--cohort", Material.cohort, "--format", "html"], "people"),
    (["tandem-schedule", "--cohort", Material.cohort, "--format", "ndjson"] + Material.now, "tandems"),
    (["tandem-workshop", "--cohort", Material.cohort, "--format", "ndjson"] + Material.now, "stream"),
    (["tandem-invite", "--dry-run"] + Material.now, "stream"),
    (["tandem-invite", "replies", "--sessions", "stream", "mails"], ""),
    (
      ["tandem-find", "--for", "pl:710001", "--topic", "wideo", "--format", "ndjson"] + Material.now, "people"
    ),
    (["tandem-survey", "--survey", "midterm", "--partial", "answers.csv"], ""),
    (["tandem-region", "list"], ""), (["tandem-region", "show", "pl"], ""), (["tandem", "--help"], ""),
    (["tandem", "--version"], ""), (["tandem-match", "--help"], ""), (["tandem-schedule", "--version"], ""),
  ]

  private func desk() throws -> Writer.Desk {
    let (desk, material) = (try Writer.Desk(), try Material.made.get())
    try desk.file("people", material.people)
    try desk.file("tandems", material.tandems)
    try desk.file("stream", material.all)
    try desk.file("mails/none.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n")
    try desk.file(
      "answers.csv",
      "response,employee,cohort,role,sessions_held,q1_useful,q2_recommend,q3_comment\n"
        + (0..<30).map { "\($0),\(710_000 + $0),2026-autumn,mentor,4,4,9,fine\n" }.joined())
    return desk
  }

  @Test(arguments: readers) func aFullDiskBehindStandardOutput(_ call: [String], _ input: String) throws {
    let desk = try desk()
    let ending = try Child.run(
      call, in: desk.path, input: input.isEmpty ? nil : input, redirection: ">/dev/full")
    #expect(ending.status == 74, "\(call): \(ending.errors)")
    #expect(
      ending.errors.hasSuffix(
        "standard output: error: writing failed: No space left on device; make room and run it again\n"),
      "\(call): \(ending.errors)")
  }

  @Test(arguments: readers) func standardOutputIsClosed(_ call: [String], _ input: String) throws {
    let desk = try desk()
    let ending = try Child.run(call, in: desk.path, input: input.isEmpty ? nil : input, redirection: ">&-")
    #expect(ending.status == 74, "\(call): \(ending.errors)")
    #expect(
      ending.errors.contains("standard output: error: writing failed: Bad file descriptor"),
      "\(ending.errors)")
  }

  @Test(arguments: readers.filter { !$0.input.isEmpty }) func standardInputIsClosed(
    _ call: [String], _ input: String
  ) throws {
    let desk = try desk()
    let ending = try Child.run(call, in: desk.path, redirection: "<&-")
    #expect([66, 74].contains(ending.status), "\(call): \(ending.status) \(ending.errors)")
    #expect(
      ending.errors.contains("standard input: error: cannot be read: Bad file descriptor"), "\(ending.errors)"
    )
  }

  @Test(arguments: readers) func theReaderGoesAway(_ call: [String], _ input: String) throws {
    let desk = try desk()
    let script = "\"$@\" | true; exit ${PIPESTATUS[0]}"
    let words = ["/bin/bash", "-c", script, "bash", "\(Child.tools)/\(call[0])"] + call.dropFirst()
    let ending = try Child.run(words, in: desk.path, input: input.isEmpty ? nil : input)
    #expect([0, 69].contains(ending.status), "\(call): \(ending.status) \(ending.errors)")
    #expect(!ending.errors.contains("Broken pipe"))
    #expect(!ending.errors.contains("closed the pipe"))
  }

  /// Whoever looks at the first line alone has all files none the less.
  @Test(arguments: Writer.all.filter { !$0.isOnce }) func aWriterWhoseReaderGoesAwayWritesAll(
    _ writer: Writer
  ) throws {
    let whole = try writer.undisturbed()
    for redirection in ["| true"] {
      let desk = try Writer.Desk(copying: whole.base)
      let words = ["/bin/bash", "-c", "\"$@\" \(redirection); exit ${PIPESTATUS[0]}", "bash"]
      let ending = try Child.run(
        words + ["\(Child.tools)/\(writer.call[0])"] + writer.call.dropFirst(), in: desk.path,
        input: writer.input)
      #expect([0, whole.ending.status].contains(ending.status), "\(writer.name): \(ending.errors)")
      #expect(!ending.errors.contains("pipe"), "\(ending.errors)")
      #expect(
        try Snapshot(desk.path).differences(from: whole.after, but: writer.isOfTheMoment) == [],
        "\(writer.name)")
    }
  }

  /// What is opened first must not become the standard output that was closed.
  @Test(arguments: Writer.all) func aWriterWithClosedStreamsWritesNoFileWrongly(_ writer: Writer) throws {
    let whole = try writer.undisturbed()
    for redirection in [">&-", "<&- >&- 2>&-"] {
      let desk = try Writer.Desk(copying: whole.base)
      _ = try writer.run(in: desk, redirection: redirection)
      let left = try Snapshot(desk.path)
      #expect(
        left.harm(from: whole.before, to: whole.after, grows: writer.grows) { writer.lists.contains($0) }
          == [],
        "\(writer.name) \(redirection)")
      #expect(!left.files.keys.contains(where: Snapshot.isDraft), "\(writer.name) \(redirection)")
    }
  }

  /// Something else stands where a folder or file is to be.
  @Test(arguments: Writer.all.filter { $0.call[0] != "tandem-region" }) func anotherThingIsInThePlace(
    _ writer: Writer
  ) throws {
    let whole = try writer.undisturbed()
    let fresh = Set(whole.after.files.keys.map { String($0.prefix { $0 != "/" }) })
    for name in fresh.sorted()
    where whole.before.files[name] != whole.after.files[name] || whole.after.files[name]?.bytes == nil {
      guard name != "files", !(writer.input ?? "").hasPrefix(name) else { continue }
      for link in [false, true] {
        let desk = try Writer.Desk(copying: whole.base)
        let path = "\(desk.path)/\(name)"
        try? FileManager.default.removeItem(atPath: path)
        if link {
          try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/nowhere/at/all")
        } else if whole.after.files[name]?.bytes == nil {
          try desk.file(name, "a file\n")
        } else {
          try desk.file(name + "/inside", "a folder\n")
        }
        let before = try Snapshot(desk.path)
        let ending = try writer.run(in: desk)
        // A link that leads nowhere, in the place of a file, is replaced by it.
        if link, whole.after.files[name]?.bytes != nil { continue }
        #expect(
          [66, 73, 74].contains(ending.status), "\(writer.name), \(name): \(ending.status) \(ending.errors)")
        #expect(ending.errors.contains(": error: "), "\(ending.errors)")
        #expect(try Snapshot(desk.path).files[name] == before.files[name])
      }
    }
  }
}
