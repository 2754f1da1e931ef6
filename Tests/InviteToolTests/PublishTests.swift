import Foundation
import Programme
import TestSupport
import Testing

/// `tandem-invite publish`, as built, against a real CalDAV server on loopback.
@Suite struct PublishTests {
  private let server: WorkFolder
  private let desk: WorkFolder

  init() throws {
    server = try WorkFolder()
    desk = try WorkFolder()
  }

  private func start(_ ways: [String] = []) throws -> StandInServer {
    try StandInServer(.caldav, folder: server.path, ways)
  }

  private func publish(
    _ peer: StandInServer, _ stream: String, _ more: [String] = [], to path: String = "/plan/",
    scheme: String = "http", environment: [String: String] = [:]
  ) throws -> InviteTool.Run {
    try InviteTool.runBuilt(
      ["publish", "--caldav", "\(scheme)://127.0.0.1:\(peer.port)\(path)", "--now", "2026-10-01T08:00:00Z"]
        + more,
      input: stream, environment: environment)
  }

  private let plan = "store/collection-root/plan"

  /// The events as the server keeps them: file name to text.
  private func events(in folder: String? = nil) throws -> [String: String] {
    let folder = folder ?? plan
    let names = server.names(folder).filter { $0.hasSuffix(".ics") }
    return try Dictionary(
      uniqueKeysWithValues: names.map { name in
        (name, try server.text("\(folder)/\(name)").replacing("\r\n", with: "\n"))
      })
  }

  private func note(_ added: Int, _ changed: Int, _ removed: Int, same: Int, others: Int = 0) -> String {
    "note: \(added) added, \(changed) changed, \(removed) removed, \(same) as they were, \(others) changed by others, 0 failed\n"
  }

  @Test func overTLSTheCalendarIsMadeAndKeptInStep() throws {
    let peer = try start(["tls", "login"])
    let login = try desk.file("login", "hr\ngeheim\n")
    let secure = ["--roots", server.path + "/cert.pem", "--credentials", login]
    func publish(_ stream: SampleStream) throws -> InviteTool.Run {
      try self.publish(peer, stream.text, secure, to: "/hr/plan", scheme: "https")
    }
    let folder = "store/collection-root/hr/plan"
    var sample = try SampleStream()
    let first = try publish(sample)
    #expect(first.status == 0)
    #expect(first.errors == note(6, 0, 0, same: 0))
    // The stream goes on.
    #expect(first.text == sample.text)
    let made = try events(in: folder)
    #expect(made.count == 6)
    for text in made.values {
      #expect(!text.contains("METHOD"))
      #expect(!text.contains("ATTENDEE"))
      #expect(!text.contains("ORGANIZER"))
      #expect(!text.contains("VALARM"))
    }
    #expect(try server.text(folder + "/.Radicale.props").contains("Deutschland"))

    let second = try publish(sample)
    #expect(second.status == 0)
    #expect(second.errors == note(0, 0, 0, same: 6))
    #expect(try events(in: folder) == made)

    sample.change(1) { $0.move(hours: 2) }
    sample.change(2) { $0.status = .cancelled }
    sample.sessions.removeAll { $0.number == 3 && $0.tandem.text.contains("pl:") }
    let third = try publish(sample)
    #expect(third.errors == note(0, 1, 2, same: 3))
    #expect(try events(in: folder).count == 4)
    #expect(
      try events(in: folder).values.contains { $0.contains("DTSTART;TZID=Europe/Berlin:20261014T100000") })
    sample.tandems[0].status = .ended
    #expect(try publish(sample).errors == note(0, 0, 2, same: 2))
    #expect(try publish(sample).errors == note(0, 0, 0, same: 2))
  }

  @Test func whatOthersChangedStaysUntilItIsOverwritten() throws {
    let peer = try start()
    var sample = try SampleStream()
    #expect(try publish(peer, sample.text).status == 0)
    let first = try #require(try events().first { $0.key.contains("de-1-de-2-1-") })
    let second = try #require(try events().first { $0.key.contains("de-1-de-2-2-") })
    let third = try #require(try events().first { $0.key.contains("de-1-de-2-3-") })
    func edit(_ event: (key: String, value: String), _ old: String, _ new: String) throws {
      try server.file("\(plan)/\(event.key)", event.value.replacing(old, with: new))
    }
    try edit(first, "T080000", "T081500")
    try edit(second, "SUMMARY;LANGUAGE=de:", "SUMMARY;LANGUAGE=de:NEU ")
    try edit(third, "X-TANDEM-", "X-OTHER-")
    // Somebody's own, and one of another programme.
    let own = first.value.replacing("2026-autumn-de-1-de-2-1@de.example.com", with: "own@de.example.com")
      .replacing("X-TANDEM-", with: "X-OTHER-")
    try server.file("\(plan)/own.ics", own)
    let other = first.value.replacing("2026-autumn-de-1-de-2-1@de.example.com", with: "spring@de.example.com")
      .replacing("de/2026-autumn", with: "de/2026-spring")
    try server.file("\(plan)/spring.ics", other)
    let edited = try events()

    sample.change(2) { $0.status = .cancelled }
    let run = try publish(peer, sample.text)
    #expect(run.status == 65)
    #expect(run.errors.hasSuffix(note(0, 0, 0, same: 3, others: 3)), "\(run.errors)")
    let told = run.errors.split(separator: "\n").filter { $0.contains("warning: ") }
    try #require(told.count == 3)
    #expect(told[0].hasPrefix("/plan/\(first.key): warning: '"))
    #expect(
      told[0].hasSuffix(
        "was changed by somebody: it is left alone; change the plan, or give --overwrite to take it back"))
    #expect(
      told[1].hasSuffix(
        "is cancelled, but was changed by somebody: it is left alone; delete it there, or give --overwrite"))
    #expect(told[2].contains("but was not made here: it is left alone"))
    #expect(try events() == edited)

    sample.change(1) { $0.move(hours: 1) }
    #expect(
      try publish(peer, sample.text).errors.contains(
        "was changed by somebody, and by the plan: it is left alone; give --overwrite to write the plan's"))
    // Its end before its start: it is read, as taking time from its start on.
    try edit(first, "T093000", "T070000")
    #expect(
      try publish(peer, sample.text).errors.contains(
        "was changed by somebody, and by the plan: it is left alone; give --overwrite to write the plan's"))
    let taken = try publish(peer, sample.text, ["--overwrite"])
    #expect(taken.status == 0)
    #expect(taken.errors == note(0, 2, 1, same: 3))
    let after = try events()
    #expect(after["own.ics"] == edited["own.ics"])
    #expect(after["spring.ics"] == edited["spring.ics"])
    #expect(after[second.key] == nil)
    #expect(after[first.key]?.contains("T090000") == true)
    #expect(try publish(peer, sample.text).errors == note(0, 0, 0, same: 5))
  }

  @Test func whatNobodyCanReadStaysUntilItIsOverwritten() throws {
    let sample = try SampleStream()
    #expect(try publish(start(), sample.text).status == 0)
    let made = try events()
    let peer = try start(["broken"])
    let run = try publish(peer, sample.text)
    #expect(run.status == 65)
    let told = run.errors.split(separator: "\n").filter { $0.contains("warning: ") }
    #expect(told.count == 6)
    for line in told {
      #expect(line.hasPrefix("/plan/2026-autumn-"))
      #expect(
        line.hasSuffix(
          "was changed by somebody and cannot be read any more: it is left alone; delete it there, or give --overwrite"
        ))
    }
    #expect(run.errors.hasSuffix(note(0, 0, 0, same: 0, others: 6)), "\(run.errors)")
    #expect(try events() == made)
    let taken = try publish(peer, sample.text, ["--overwrite"])
    #expect(taken.status == 0)
    #expect(taken.errors == note(0, 6, 0, same: 0))
    #expect(try events().count == 6)
  }

  @Test func aStreamWithoutMeetingsMakesNoCalendar() throws {
    var sample = try SampleStream()
    sample.sessions = []
    let run = try publish(start(), sample.text)
    #expect(run.status == 65)
    #expect(run.errors.hasPrefix("error: no session is on the stream: is it the right file? "))
    #expect(server.names("store/collection-root").isEmpty)
  }

  @Test func aDryRunTouchesNothing() throws {
    let peer = try start()
    var sample = try SampleStream()
    let run = try publish(peer, sample.text, ["--dry-run"])
    #expect(run.status == 0)
    try #require(run.lines.count == 8)
    #expect(run.lines[2].hasPrefix("add     2026-10-14 08:00  "))
    #expect(run.errors == "note: 6 of 6 events would change\n")
    #expect(server.names("store/collection-root").isEmpty)
    #expect(try publish(peer, sample.text).status == 0)
    let made = try events()
    sample.change(1) { $0.move(hours: 2) }
    sample.change(2) { $0.status = .cancelled }
    let second = try publish(peer, sample.text, ["--dry-run"])
    #expect(second.lines.dropFirst(2).map { $0.prefix(6) } == ["change", "remove"])
    let nowhere = try publish(peer, sample.text, to: "/no/plan/")
    #expect(nowhere.status == 66)
    #expect(nowhere.errors.contains("error: there is no folder for the calendar at "))
    #expect(try events() == made)
  }

  @Test func whatCannotBeReadTakesNothingAway() throws {
    let peer = try start()
    let sample = try SampleStream()
    #expect(try publish(peer, sample.text).status == 0)
    let half = sample.text.split(separator: "\n").filter { !$0.contains(#"de:2#3""#) }.joined(separator: "\n")
    let run = try publish(peer, half + "\n{\"record\":\"session\",\n")
    #expect(run.status == 65)
    #expect(
      run.errors.contains("part of the stream could not be read: what is missing from it is not removed"))
    #expect(try events().count == 6)
    var empty = sample
    empty.sessions = []
    let none = try publish(peer, empty.text)
    #expect(none.status == 65)
    #expect(none.errors.contains("error: no session is on the stream, but 6 are in the calendar"))
    #expect(try events().count == 6)
    // A person who is missing leaves the events of the tandem as they are.
    var lone = sample
    lone.people.removeFirst()
    let missing = try publish(peer, lone.text)
    #expect(missing.status == 65)
    #expect(try events().count == 6)
  }

  @Test func regionsShareACalendar() throws {
    let peer = try start()
    let sample = try SampleStream()
    for (region, count) in [("de", 3), ("pl", 6), ("de", 6)] {
      let run = try publish(peer, sample.text, ["--region", region])
      #expect(run.status == 0)
      #expect(try events().count == count)
    }
  }

  @Test func namesCannotLeaveTheirEvent() throws {
    let peer = try start()
    var sample = try SampleStream()
    sample.people[0].name = "../../x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\n/\"</D:href>"
    sample.tandems[0].topics = ["a\r\nATTENDEE:mailto:evil@example.com"]
    for index in sample.sessions.indices.prefix(3) { sample.sessions[index].topics = [] }
    #expect(try publish(peer, sample.text).errors == note(6, 0, 0, same: 0))
    #expect(try publish(peer, sample.text).errors == note(0, 0, 0, same: 6))
    for (name, text) in try events() {
      #expect(name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." })
      #expect(text.components(separatedBy: "\nBEGIN:VEVENT").count == 2)
      #expect(!text.contains("\nUID:evil"))
      #expect(!text.contains("\nATTENDEE"))
    }
  }

  @Test func answersThatAreLostAreNoTrouble() throws {
    let peer = try start(["flaky"])
    let sample = try SampleStream()
    let stream = sample.text.split(separator: "\n").filter { !$0.contains("#2\"") && !$0.contains("#3\"") }
      .map { $0 + "\n" }.joined()
    let run = try publish(peer, stream)
    #expect(run.status == 0)
    #expect(run.errors == note(2, 0, 0, same: 0))
    #expect(try publish(peer, stream).errors == note(0, 0, 0, same: 2))
    let hopeless = try InviteTool.runBuilt(
      ["publish", "--caldav", "http://127.0.0.1:1/plan/", "--attempts", "1", "--now", "2026-10-01"],
      input: stream)
    #expect(hopeless.status == 69)
    #expect(hopeless.errors.contains("error: the calendar server cannot be reached: "))
  }

  @Test func whoMayNotWriteIsReported() throws {
    let peer = try start(["tls", "login"])
    let stream = try SampleStream().text
    let roots = ["--roots", server.path + "/cert.pem"]
    func run(_ more: [String], _ password: String?, scheme: String = "https", path: String = "/hr/plan/")
      throws
      -> InviteTool.Run
    {
      try publish(
        peer, stream, more, to: path, scheme: scheme,
        environment: password.map { ["TANDEM_CALDAV_USER": "hr", "TANDEM_CALDAV_PASSWORD": $0] } ?? [:])
    }
    let wrong = try run(roots, "falsch")
    #expect(wrong.status == 69)
    #expect(wrong.errors == "error: the calendar server asks for a user and a password, or rejects these\n")
    #expect(try run(roots, nil).status == 69)
    let unknown = try run([], "geheim")
    #expect(unknown.status == 69)
    #expect(unknown.errors.hasPrefix("error: the calendar server is not trusted: "), "\(unknown.errors)")
    let foreign = try run(roots, "geheim", path: "/others/plan/")
    #expect(foreign.status == 69)
    #expect(
      foreign.errors
        == "error: the calendar server denies this user access: ask its administrator for the right to write\n"
    )
    let folder = try run(roots, "geheim", path: "/hr/")
    #expect(folder.status == 66)
    #expect(folder.errors.contains("error: there is something other than a calendar at https://127.0.0.1:"))
    #expect(try run(roots, "geheim").status == 0)
  }

  @Test(arguments: [
    ("ftp://example.com/x/", "give it as https://HOST/PATH/, percent-encoded"),
    ("https:///x/", "give it as https://HOST/PATH/, percent-encoded"),
    ("https://example.com/ü/", "give it as https://HOST/PATH/, percent-encoded"),
    (
      "https://hr:x@example.com/",
      "give user and password with --credentials, not in an address that others can see"
    ),
    ("https://example.com/x?y", "a calendar has no ? and no #"),
    ("http://example.com/x/", "a password is never sent unencrypted; give it with https://"),
  ])
  func addressesThatAreNone(_ address: String, _ reason: String) throws {
    let run = try InviteTool.runBuilt(
      ["publish", "--caldav", address, "--now", "2026-10-01"], input: try SampleStream().text,
      environment: ["TANDEM_CALDAV_USER": "hr", "TANDEM_CALDAV_PASSWORD": "x"])
    #expect(run.status == 64)
    #expect(run.errors == "error: '\(address)' is not the address of a calendar: \(reason)\n")
  }

  /// Six connections at most: the server answers one event only when it has another one in hand.
  @Test func eventsGoSeveralAtATime() throws {
    let peer = try StandInServer(.hostile, folder: server.path, ["together"])
    let run = try publish(peer, SampleStream().text, to: "/c/")
    #expect(run.errors == note(6, 0, 0, same: 0), "\(run.errors)")
    #expect(try (2...6).contains(#require(Int(server.text("most")))))
  }

  /// Killed at any time, another run goes on from there.
  @Test func aKilledRunIsMadeUpFor() throws {
    let peer = try start()
    let stream = try SampleStream().text
    let process = try InviteTool.start(
      ["publish", "--caldav", "http://127.0.0.1:\(peer.port)/plan/", "--now", "2026-10-01"], input: stream,
      in: desk)
    while process.isRunning, (try? events().count) ?? 0 < 2 { usleep(1000) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(try publish(peer, stream).status == 0)
    #expect(try events().count == 6)
    #expect(try publish(peer, stream).errors == note(0, 0, 0, same: 6))
  }
}
