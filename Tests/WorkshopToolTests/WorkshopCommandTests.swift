import Foundation
import Programme
import RecordStream
import TestSupport
import Testing
import ToolSupport

@testable import tandem_workshop

@Suite struct WorkshopCommandTests {
  /// One week, one venue of two rooms, groups of 4 to 8.
  private static let small = """
      week: 15
      spread: 0
      group: {least: 4, most: 8}
      venues:
        Aula: {site: Warszawa, rooms: {Sala A: {capacity: 8}, Sala B: {capacity: 6}}}

    """

  private func folder(_ more: String = "") throws -> TestFolder {
    let folder = try TestFolder(configuration: true)
    try folder.setWorkshop("pl", Self.small + more)
    return folder
  }

  @Test func recordsFollowTheStreamByteForByte() throws {
    let folder = try folder()
    let stream = "{\"record\":\"badge\",\"z\":1.50}\n" + WorkshopRun.stream(12)
    let run = WorkshopRun(["--format", "ndjson"], input: stream, in: folder)
    #expect(run.status == .done, "\(run.errors)")
    #expect(run.text.hasPrefix(stream))
    let workshops = try run.workshops()
    #expect(workshops.count == 1)
    #expect(workshops[0].groups.flatMap(\.members).count == 12)
    #expect(
      run.errors.contains(
        "note: pl: 1 workshop, 12 of 12 active mentors in 2 groups, 0 cannot come; cost 156, at least 156 for any plan; "
          + "gap 0.0%"
      ))
    #expect(run.errors.contains("warning: 12 of 12 mentors (pl:100 …) are planned without a busy calendar"))
    // The lines in any order give the same workshop.
    let shuffled = stream.split(separator: "\n").reversed().joined(separator: "\n") + "\n"
    let again = WorkshopRun(["--format", "ndjson"], input: shuffled, in: folder)
    #expect(run.lines.last == again.lines.last)
  }

  @Test func busyCalendarsAndAbsencesAreReadAndNamed() throws {
    let folder = try folder()
    let event = """
      BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n\
      DTSTART:20270101T000000Z\r\nDTEND:20270201T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n
      """
    _ = try folder.write(event, to: "busy/100.ics")
    let run = WorkshopRun(
      [
        "--format", "csv", "--busy", folder.path + "/busy", "--absent", "pl:101", "2027-01-01", "2027-01-31",
        "pl:102",
        "2027-01-11", "2027-01-13",
      ], input: WorkshopRun.stream(12), in: folder)
    #expect(run.status == .done, "\(run.errors)")
    let rows = run.text.components(separatedBy: "\r\n")
    #expect(
      rows[0]
        == "workshop,start,end,timeZone,venue,group,moderator,person,name,email,department,site,held,missing")
    #expect(rows.filter { $0.contains("free on none of the 10 candidates") }.count == 2)
    #expect(rows.contains { $0.contains("pl:102") && $0.contains("2027-01-14") })
    #expect(
      run.errors.contains("warning: mentor pl:100 cannot come: 2027-01-14 09:00 Aula: busy; free on none"))
  }

  @Test func aTableForPeople() throws {
    let folder = try folder()
    let run = WorkshopRun(["--format", "table"], input: WorkshopRun.stream(12), in: folder)
    #expect(
      run.text.hasPrefix(
        """
        Workshop                   Date              Zone           Venue  Group   People  Moderator
        ─────────────────────────  ────────────────  ─────────────  ─────  ──────  ──────  ─────────
        2026-autumn/pl/workshop-1  2027-01-11 09:00  Europe/Warsaw  Aula   Sala A       6
        2026-autumn/pl/workshop-1  2027-01-11 09:00  Europe/Warsaw  Aula   Sala B       6

        """))
  }

  @Test func optionsToChooseFrom() throws {
    let folder = try folder()
    let stream = WorkshopRun.stream(12)
    let absent = ["--absent", "pl:100", "2027-01-11", "2027-01-14"]
    let table = WorkshopRun(
      ["--options", "3", "--format", "table"] + absent, input: stream, in: folder)
    #expect(table.status == .done)
    #expect(
      table.text.contains(
        "pl           1  2027-01-15 09:00 Aula       2  6 6        12        0                 0   156    156  0.0%"
      ))
    #expect(table.text.contains("pl           2  Zażółć 100 <b>  2027-01-11 09:00 Aula: busy"))
    let recorded = WorkshopRun.text(
      .absence(Absence(person: PersonID("pl:100"), from: .of("2027-01-11"), to: .of("2027-01-14"))))
    let same = WorkshopRun(
      ["--options", "3", "--format", "table"], input: recorded + "\n" + stream, in: folder)
    #expect(same.text == table.text)
    #expect(
      WorkshopRun(["--options", "3", "--format", "table"], input: stream, in: folder).text != table.text)
    let records = WorkshopRun(
      ["--options", "3", "--format", "ndjson"] + absent, input: stream, in: folder)
    #expect(records.lines.suffix(3).allSatisfy { $0.contains("\"record\":\"workshop-option\"") })
    let csv = WorkshopRun(
      ["--options", "3", "--format", "csv"] + absent, input: stream, in: folder)
    #expect(
      csv.text.hasPrefix(
        "region,option,dates,groups,sizes,coming,missing,sessionsToMove,cost,bound,gap,lost,reason\r\npl,1,")
    )
    let chosen = WorkshopRun(
      ["--choose", "3", "--format", "ndjson"] + absent, input: stream, in: folder)
    #expect(try chosen.workshops().map(\.start.description) == ["2027-01-12T09:00:00+01:00"])
    let none = WorkshopRun(["--choose", "90"], input: stream, in: folder)
    #expect(none.status == .usage)
    #expect(none.errors.contains("error: --choose 90: there are 5 options; choose one of these"))
  }

  @Test func daysAreAskedForAndLeftOut() throws {
    let folder = try folder()
    func days(_ call: String...) throws -> [String] {
      let run = WorkshopRun(
        ["--options", "9", "--format", "csv"] + call, input: WorkshopRun.stream(12), in: folder)
      return run.text.split(separator: "\r\n").dropFirst().compactMap {
        $0.split(separator: ",").dropFirst(2).first.map { String($0.prefix(10)) }
      }.sorted()
    }
    #expect(try days("--on", "2027-01-13") == ["2027-01-13"])
    #expect(try days("--on", "2026-12-28") == ["2026-12-28"], "avoided, and asked for")
    #expect(try days("--not", "2027-01-11..2027-01-13", "--not", "2027-01-15") == ["2027-01-14"])
    let none = WorkshopRun(["--not", "2027-01-01..2027-12-31"], input: WorkshopRun.stream(12), in: folder)
    #expect(none.status == .unavailable)
    #expect(none.errors.contains("every day from 2027-01-11 to 2027-01-17 is left out by --not"))
    for wrong in ["2027-13-01", "2027-01-15..2027-01-11", "2026-01-01..2028-01-01", "tomorrow"] {
      #expect(WorkshopRun(["--on", wrong]).status == .usage)
    }
  }

  @Test func nobodyIsInvitedBetweenTheYearsByDefault() throws {
    let folder = try TestFolder(configuration: true)
    let run = WorkshopRun(["--options", "30", "--format", "csv"], input: WorkshopRun.stream(12), in: folder)
    #expect(run.status == .done)
    let days = run.text.split(separator: "\r\n").dropFirst().compactMap {
      $0.split(separator: ",").dropFirst(2).first.map { String($0.prefix(10)) }
    }
    #expect(days.count > 8)
    #expect(days.allSatisfy { $0 < "2026-12-23" || $0 > "2027-01-06" }, "\(days)")
  }

  @Test func aLateCancellationMovesNobodyElseAndSendsWhatChanged() throws {
    let folder = try folder()
    let first = WorkshopRun(["--format", "ndjson"], input: WorkshopRun.stream(12), in: folder)
    let before = try #require(try first.workshops().first)
    let file = try folder.write(first.text, to: "before.ndjson")
    let again = WorkshopRun(
      ["--format", "ndjson", "--previous", file, "--invitations", folder.path + "/same"], input: first.text,
      in: folder)
    #expect(again.text == first.text, "nothing changes, and nothing stands there twice")
    #expect(!folder.names.contains { $0.hasPrefix("same/") })
    let run = WorkshopRun(
      [
        "--format", "ndjson", "--previous", file, "--absent", "pl:103", "2027-01-01", "2027-01-31",
        "--invitations",
        folder.path + "/news",
      ], input: first.text, in: folder)
    let after = try #require(try run.workshops().first)
    #expect(try run.workshops().count == 1)
    #expect(
      after.groups.map { $0.members } == before.groups.map { $0.members.filter { $0.text != "pl:103" } })
    #expect(after.uid == before.uid)
    #expect(after.missing.map(\.person.text) == ["pl:103"])
    #expect(folder.names.contains("news/2026-autumn-pl-workshop-1.ics"))
    // What has begun stands, whoever is away.
    let begun = WorkshopRun(
      [
        "--format", "ndjson", "--previous", file, "--now", "2027-01-11T10:00:00+01:00", "--absent", "pl:103",
        "2027-01-01", "2027-01-31",
      ], input: WorkshopRun.stream(12), in: folder)
    #expect(begun.text == first.text)
    #expect(
      begun.errors.contains(
        "warning: region pl: 2026-autumn/pl/workshop-1 began at 2027-01-11T09:00:00+01:00, and"))
    // Without --previous, what stands on the stream stands.
    let left = WorkshopRun(["--format", "ndjson"], input: first.text, in: folder)
    #expect(left.text == first.text)
    #expect(
      left.errors.contains("warning: region pl has its workshop on the stream already and is left as it is"))
  }

  @Test func aSessionInTheWayMovesByTheRulesOfScheduling() throws {
    let folder = try folder("  starts: [\"09:00\"]\n")
    var away: [String] = []
    for number in 100..<112 { away += ["pl:\(number)", "2027-01-12", "2027-01-31"] }
    let start = try #require(Timestamp(rfc3339: "2027-01-11T10:00:00+01:00"))
    let session = Session(
      tandem: "2026-autumn/pl:100+pl:600", number: 6, uid: "x-6@pl.example.com", start: start,
      end: Timestamp(secondsSinceEpoch: start.secondsSinceEpoch + 5400, offset: 3600),
      timeZone: "Europe/Warsaw",
      place: "office")
    var sessions = ""
    for (number, day) in [
      (1, "2026-10-12"), (2, "2026-10-26"), (3, "2026-11-09"), (4, "2026-11-23"), (5, "2026-12-14"),
    ] {
      var earlier = session
      let start = try #require(Timestamp(rfc3339: "\(day)T10:00:00+0\(number == 1 ? 2 : 1):00"))
      earlier = Session(
        tandem: session.tandem, number: number, uid: "x-\(number)@pl.example.com", start: start,
        end: Timestamp(secondsSinceEpoch: start.secondsSinceEpoch + 5400, offset: start.offset),
        timeZone: "Europe/Warsaw", place: "office", status: .held)
      sessions += WorkshopRun.text(.session(earlier)) + "\n"
    }
    for (number, day) in [(7, "2027-02-01"), (8, "2027-02-15"), (9, "2027-03-01"), (10, "2027-03-15")] {
      let start = try #require(Timestamp(rfc3339: "\(day)T10:00:00+01:00"))
      let later = Session(
        tandem: session.tandem, number: number, uid: "x-\(number)@pl.example.com", start: start,
        end: Timestamp(secondsSinceEpoch: start.secondsSinceEpoch + 5400, offset: start.offset),
        timeZone: "Europe/Warsaw", place: "office")
      sessions += WorkshopRun.text(.session(later)) + "\n"
    }
    sessions += WorkshopRun.text(.session(session)) + "\n"
    let run = WorkshopRun(
      ["--format", "ndjson", "--absent"] + away, input: WorkshopRun.stream(12) + sessions,
      in: folder)
    #expect(run.status == .done, "\(run.errors)")
    let workshop = try #require(try run.workshops().first)
    #expect(workshop.start.description == "2027-01-11T09:00:00+01:00")
    #expect(workshop.missing == [])
    #expect(
      run.errors.contains(
        "note: session \(session.id) makes way for the workshop: from 2027-01-11T10:00:00+01:00 to"))
    #expect(!run.text.contains(WorkshopRun.text(.session(session))))
    let moved = try #require(run.lines.first { $0.contains("\"number\":6") })
    #expect(moved.contains("\"sequence\":1"))
    // The other nine are as they were.
    for line in sessions.split(separator: "\n").dropLast() { #expect(run.text.contains(line)) }
  }

  @Test func regionsMeetAloneOrTogether() throws {
    let folder = try folder()
    try folder.setWorkshop(
      "de",
      "  week: 15\n  spread: 0\n  group: {least: 4, most: 8}\n  venues:\n    Call: {online: true, capacity: 40}\n"
    )
    let stream =
      WorkshopRun.stream(2)
      + WorkshopRun.stream(6, region: "de", site: "Stuttgart", zone: "Europe/Berlin")
    let alone = WorkshopRun(["--format", "ndjson"], input: stream, region: "de,pl", in: folder)
    #expect(alone.status == .unavailable)
    #expect(
      alone.errors.contains(
        "error: region pl has 2 active mentors, and a group has at least 4; lower `workshop.group.least`, or hold one "
          + "workshop with another region (--together)"))
    #expect(try alone.workshops().map(\.id) == ["2026-autumn/de/workshop-1"])
    let both = WorkshopRun(
      ["--format", "ndjson", "--together"], input: stream, region: "de,pl", in: folder)
    #expect(both.status == .done)
    #expect(try both.workshops().flatMap(\.attendees).count == 8)
    #expect(try both.workshops().first?.attendees.first?.region == "de")
  }

  @Test func aStreamWithoutTandemsIsTheWrongFile() {
    let run = WorkshopRun(["--format", "ndjson"])
    #expect(run.status == .badInput)
    #expect(run.errors.hasSuffix("error: no tandem is on the stream: run tandem-match first\n"))
  }

  @Test func badCallsAreNamed() throws {
    let calls: [([String], String)] = [
      (["--options", "0"], "--options is 1 to 100, not 0"),
      (["--choose", "0"], "--choose is 1 to 100, not 0"),
      (["--options", "2", "--choose", "3"], "--choose 3 is none of --options 2"),
      (
        ["--options", "2", "--format", "html"],
        "options are written as ndjson, table, csv or xlsx; add --choose to plan one of them"
      ),
      (["--options", "2", "--rosters", "/tmp/x"], "--rosters and --invitations need a plan"),
      (["--absent", "pl:1"], "--absent takes PERSON FROM TO"),
      (["--absent", "pl:1", "2027-01-01", "2027-01-02"], "--absent: nobody here is called \"pl:1\""),
    ]
    for (call, message) in calls {
      let run = WorkshopRun(call)
      #expect(run.status == .usage)
      #expect(run.errors.contains(message), "\(run.errors)")
    }
    let unknown = WorkshopRun(["--cohort", "1999"])
    #expect(unknown.status == .usage)
    #expect(unknown.errors.contains("error: no region declares the cohort 1999; known: 2026-autumn"))
  }

  @Test func badVenuesAreMistakesOfTheConfiguration() throws {
    let cases: [(String, String)] = [
      (
        "  venues: {Aula: {site: Warszawa}}\n",
        "the venue Aula has no rooms: add `rooms: {Aula: {capacity: 40}}`, or set `online: true`"
      ),
      (
        "  venues: {Call: {online: true}}\n",
        "the venue Call is online and has no capacity: add `capacity: 300`, or rooms"
      ),
      (
        "  venues: {Aula: {site: Warszaw, rooms: {A: {capacity: 20}}}}\n",
        "`site` of the venue Aula is `Warszaw`, which is not a site here; did you mean `Warszawa`?"
      ),
      (
        "  venues: {Aula: {rooms: {A: {capacity: 3}}}}\n",
        "no room of the venue Aula takes a group: the largest holds 3, and a group has at least 8"
      ),
      ("  group: {least: 9, most: 4}\n", "`most` is 4 people, less than `least`, 9: no group fits"),
    ]
    for (section, message) in cases {
      let folder = try TestFolder(configuration: true)
      try folder.setWorkshop("pl", section)
      let told = try check(folder)
      #expect(told.contains { $0.contains(message) }, "\(section): \(told)")
    }
  }

  /// What `tandem-region check` says.
  private func check(_ folder: TestFolder) throws -> [String] {
    ConfigurationCheckRun.messages(folder.config, region: "pl")
  }

  @Test func aRegionWithoutVenueSaysSo() throws {
    let folder = try TestFolder(configuration: true)
    try folder.setWorkshop("pl", "  week: 15\n")
    let run = WorkshopRun([], input: WorkshopRun.stream(12), in: folder)
    #expect(run.status == .configuration)
    #expect(run.errors.contains("error: region pl names no venue; add `workshop: {venues:"))
  }
}
