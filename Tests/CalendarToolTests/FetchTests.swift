import Calendars
import Foundation
import Programme
import TestSupport
import Testing

/// `tandem-calendar fetch`, as built: published calendars, CalDAV, scheduling outbox, Graph.
@Suite struct FetchTests {
  private let desk: WorkFolder
  private let web: WorkFolder
  private let server: StandInServer

  init() throws {
    desk = try WorkFolder()
    web = try WorkFolder()
    try FileManager.default.createDirectory(atPath: web.path + "/www", withIntermediateDirectories: true)
    server = try StandInServer(.web, folder: web.path)
  }

  private var base: String { "http://127.0.0.1:\(server.port)" }

  private func fetch(
    _ rows: [String], _ more: [String] = [], environment: [String: String] = [:]
  ) async throws -> BuiltTool.Run {
    let list = try desk.file("list.csv", "person,kind,address\n" + rows.map { $0 + "\n" }.joined())
    return try await CalendarTool.run(
      ["fetch", list, "--to", desk.path + "/busy", "--now", "2026-10-01T08:00:00Z"] + more,
      environment: environment)
  }

  private func busy(_ name: String) throws -> Set<String> {
    let file = CalendarFile.read(try desk.bytes("busy/" + name), fileName: name)
    #expect(file.diagnostics.isEmpty)
    let day = try #require(LocalDate(iso8601: "2026-10-05")).daysSinceEpoch * 1440
    let busy = file.busyTime(
      in: MinuteInterval(start: day, end: day + 3 * 1440), zone: try ZoneDatabase.zone("UTC"), owners: [])
    return Set(busy.intervals.map { "\(($0.start - day) / 60)-\(($0.end - day) / 60)" })
  }

  private func requests() throws -> [String] {
    try web.text("requests").split(separator: "\n").map(String.init)
  }

  @Test func aPublishedCalendarIsFetchedOnceUntilItChanges() async throws {
    try web.file("www/secret-1.ics", CalendarTool.calendar("a"))
    let rows = ["810001,,\(base)/cal/secret-1.ics"]
    let first = try await fetch(rows)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.errors == "note: 1 calendar: 1 new or changed, 0 as they were, 0 failed\n")
    #expect(try busy("810001.ics") == ["8-9"])
    let second = try await fetch(rows)
    #expect(second.errors == "note: 1 calendar: 0 new or changed, 1 as they were, 0 failed\n")
    #expect(
      try requests() == [
        "GET /cal/secret-1.ics", "GET /cal/secret-1.ics If-None-Match If-Modified-Since",
      ])
    // A file that somebody edited is fetched again, whatever the server remembers.
    try desk.file("busy/810001.ics", "")
    #expect(try await fetch(rows).errors.contains("1 new or changed"))
    #expect(try requests().last == "GET /cal/secret-1.ics")
    try web.file("www/secret-1.ics", CalendarTool.calendar("a", days: 2))
    #expect(try await fetch(rows).errors.contains("1 new or changed"))
    #expect(try busy("810001.ics") == ["8-9", "32-33"])
    // Nobody else may read it.
    let mode = try FileManager.default.attributesOfItem(atPath: desk.path + "/busy/810001.ics")[
      .posixPermissions]
    #expect(mode as? Int == 0o600)
    #expect(!(try desk.text("busy/.tandem-fetch").contains("secret-1")))
  }

  /// What cannot be fetched, or is no whole calendar, takes nothing away; and no message shows an address.
  @Test func whatCannotBeFetchedKeepsTheFileOfTheRunBefore() async throws {
    try web.file("www/secret-2.ics", CalendarTool.calendar("a"))
    let rows = ["810002,ics,\(base)/cal/secret-2.ics"]
    #expect(try await fetch(rows).status == 0)
    let whole = CalendarTool.calendar("a", days: 3)
    for (bad, reason) in [
      (String(whole.dropLast(20)), "the calendar is cut off"),
      ("<html>secret</html>", "what came is not a calendar: perhaps a login page"),
      ("", "what came is not a calendar: perhaps a login page"),
    ] {
      try web.file("www/secret-2.ics", bad)
      let run = try await fetch(rows)
      #expect(run.status == 69)
      #expect(
        run.errors.hasPrefix(
          "\(desk.path)/list.csv:2: error: the calendar of 810002 was not fetched: \(reason); its calendar of "
            + "2026-10-01T08:00:00Z stays\n"), "\(run.errors)")
      #expect(!run.errors.contains("secret"))
      #expect(try busy("810002.ics") == ["8-9"])
    }
    try FileManager.default.removeItem(atPath: web.path + "/www/secret-2.ics")
    let gone = try await fetch(rows + ["810003,ics,\(base)/login"])
    #expect(gone.status == 69)
    #expect(gone.errors.contains("there is no such calendar (404): was it unpublished?; its calendar of"))
    #expect(
      gone.errors.contains(
        "list.csv:3: error: the calendar of 810003 was not fetched: what came is not a calendar"))
    #expect(gone.errors.contains("; there is no calendar of it\n"))
    #expect(desk.names("busy") == [".tandem-fetch", "810002.ics"])
  }

  @Test func redirectsAndRetries() async throws {
    try web.file("www/a.ics", CalendarTool.calendar("a"))
    let run = try await fetch([
      "a@example.com,ics,\(base)/moved/a.ics", "b@example.com,ics,\(base)/flaky/a.ics",
      "a@example.com,ics,\(base)/cal/a.ics?x=.ics",
      "c,ics,\(base)/loop", "d,ics,\(base)/plain",
    ])
    #expect(run.status == 65)
    #expect(
      run.errors.hasSuffix("note: 5 calendars: 3 new or changed, 0 as they were, 2 failed\n"), "\(run.errors)"
    )
    #expect(run.errors.contains("of c was not fetched: the server sends us from one address to the next"))
    #expect(
      run.errors.contains("of d was not fetched: the server sends us to an address that is not https://"))
    #expect(desk.names("busy") == [".tandem-fetch", "2", "a@example.com.ics", "b@example.com.ics"])
    #expect(desk.names("busy/2") == ["a@example.com.ics"])
  }

  @Test func linesThatCannotBeUsedAreNamed() async throws {
    try web.file("www/a.ics", CalendarTool.calendar("a"))
    let run = try await fetch([
      "../x,ics,\(base)/cal/a.ics", "a,ics,http://example.com/a.ics", "b,ftp,\(base)/a",
      "c,ics,https://u:p@example.com/a.ics",
      ",ics,\(base)/cal/a.ics", "d,graph,not a mailbox", "good,ics,\(base)/cal/a.ics",
      "e,scheduling,\(base)/outbox/",
    ])
    #expect(run.status == 65)
    let lines = run.errors.split(separator: "\n")
    #expect(lines.count == 8, "\(run.errors)")
    #expect(
      lines[0].hasSuffix(
        "list.csv:2: error: '../x' cannot name a file: give an employee number or an address"))
    #expect(lines[1].hasSuffix(":3: error: the address is not https://: others could read it"))
    #expect(lines[3].hasSuffix(":5: error: a password does not belong into an address: give --credentials"))
    #expect(desk.names("busy") == [".tandem-fetch", "good.ics"])
  }

  // MARK: CalDAV

  /// Puts two events into a calendar: one of every day, and one long ago.
  private func fill(_ calendar: String) async throws {
    let old = CalendarTool.calendar("old").replacing("20261005", with: "20200105")
    for (name, text) in [("a", CalendarTool.calendar("a", days: 2)), ("old", old)] {
      let run = try Program.run(
        "curl",
        [
          "-sf", "-X", "PUT", "-H", "Content-Type: text/calendar", "--data-binary", "@-",
          "\(calendar)\(name).ics",
        ]
        .map { $0 == "@-" ? "@" + (try desk.file("put", text)) : $0 })
      #expect(run.status == 0, "\(run.text)")
    }
  }

  @Test(arguments: ["radicale", "xandikos"]) func calDAV(_ kind: String) async throws {
    let folder = try WorkFolder()
    let peer = try StandInServer(kind == "radicale" ? .caldav : .xandikos, folder: folder.path)
    let path = kind == "radicale" ? "/plan/" : "/user/calendars/calendar/"
    let calendar = "http://127.0.0.1:\(peer.port)\(path)"
    if kind == "radicale" {
      #expect(try Program.run("curl", ["-sf", "-X", "MKCALENDAR", calendar]).status == 0)
    }
    try await fill(calendar)
    let rows = ["events,caldav,\(calendar)", "times,free-busy,\(calendar)"]
    let first = try await fetch(rows)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.errors == "note: 2 calendars: 2 new or changed, 0 as they were, 0 failed\n")
    #expect(try busy("events.ics") == ["8-9", "32-33"])
    #expect(try busy("times.ics") == ["8-9", "32-33"])
    // Of the time that was asked about alone, and of busy times nothing but when.
    #expect(!(try desk.text("busy/events.ics").contains("UID:old@")))
    #expect(!(try desk.text("busy/times.ics").contains("SUMMARY")))
    let second = try await fetch([rows[0]])
    #expect(second.errors == "note: 1 calendar: 0 new or changed, 1 as they were, 0 failed\n")
    let removed = try Program.run("curl", ["-sf", "-X", "DELETE", calendar + "a.ics"])
    #expect(removed.status == 0)
    #expect(try await fetch([rows[0]]).errors.contains("1 new or changed"))
    #expect(try busy("events.ics").isEmpty)
  }

  @Test func aLoginIsForOneServer() async throws {
    let folder = try WorkFolder()
    let peer = try StandInServer(.caldav, folder: folder.path, ["tls", "login"])
    let calendar = "https://127.0.0.1:\(peer.port)/hr/plan/"
    let roots = ["--roots", folder.path + "/cert.pem"]
    let login = ["TANDEM_CALDAV_USER": "hr", "TANDEM_CALDAV_PASSWORD": "geheim"]
    let made = try Program.run(
      "curl", ["-sf", "--cacert", folder.path + "/cert.pem", "-u", "hr:geheim", "-X", "MKCALENDAR", calendar])
    #expect(made.status == 0)
    try web.file("www/a.ics", CalendarTool.calendar("a"))
    let good = try await fetch(
      ["a,caldav,\(calendar)", "b,ics,\(base)/cal/a.ics"], roots, environment: login)
    #expect(good.status == 0, "\(good.errors)")
    // The other server never saw it.
    #expect(try requests() == ["GET /cal/a.ics"])
    let two = try await fetch(
      ["a,caldav,\(calendar)", "b,caldav,\(base)/cal/"], roots, environment: login)
    #expect(two.status == 64)
    #expect(two.errors.contains("the login is for one CalDAV server, and the list names 2"))
    let wrong = try await fetch(
      ["a,caldav,\(calendar)"], roots,
      environment: ["TANDEM_CALDAV_USER": "hr", "TANDEM_CALDAV_PASSWORD": "x"])
    #expect(wrong.status == 69)
    #expect(wrong.errors.contains("the calendar server asks for a user and a password, or rejects these"))
  }

  @Test func aSchedulingOutboxIsAsked() async throws {
    try web.file(
      "freebusy.json", #"{"a@example.com":["20261005T080000Z/20261005T100000Z","20261006T070000Z/PT1H"]}"#)
    let rows = ["a@example.com,scheduling,\(base)/outbox/", "b@example.com,scheduling,\(base)/outbox/"]
    let run = try await fetch(rows, ["--organizer", "hr@example.com"])
    #expect(run.status == 65, "\(run.errors)")
    #expect(try busy("a@example.com.ics") == ["8-10", "31-32"])
    #expect(run.errors.contains("the calendar server says nothing about b@example.com"))
    #expect(try await fetch(rows).status == 64)
  }

  // MARK: Graph

  private func account(_ more: String = "") throws -> String {
    try desk.file(
      "account",
      """
      # The programme's own account
      user: hr@example.com
      client: app
      token-url: \(base)/token
      device-url: \(base)/device
      mail-scope: mail offline_access
      calendar-scope: https://graph.microsoft.com/.default
      \(more)

      """)
  }

  @Test func schedulesOfMicrosoft365() async throws {
    func item(_ status: String, _ start: String, _ end: String) -> String {
      #"{"isPrivate":false,"status":"\#(status)","start":{"dateTime":"\#(start).0000000","timeZone":"UTC"},"#
        + #""end":{"dateTime":"\#(end).0000000","timeZone":"UTC"}}"#
    }
    let items = [
      item("busy", "2026-10-05T08:00:00", "2026-10-05T09:00:00"),
      item("tentative", "2026-10-05T10:00:00", "2026-10-05T11:00:00"),
      item("oof", "2026-10-06T00:00:00", "2026-10-07T00:00:00"),
      item("free", "2026-10-05T12:00:00", "2026-10-05T13:00:00"),
      item("workingElsewhere", "2026-10-05T14:00:00", "2026-10-05T15:00:00"),
      item("unknown", "2026-10-05T16:00:00", "2026-10-05T17:00:00"),
      // Over the end of a window of the questions.
      item("busy", "2026-10-30T22:00:00", "2026-10-31T02:00:00"),
    ]
    var schedules = [
      "\"p0@example.com\":{\"availabilityView\":\"\",\"scheduleItems\":[\(items.joined(separator: ","))]}"
    ]
    for number in 1..<25 { schedules.append("\"p\(number)@example.com\":{\"scheduleItems\":[]}") }
    try web.file("schedules.json", "{\(schedules.joined(separator: ","))}")
    let rows = (0..<25).map { "p\($0),graph,p\($0)@example.com" } + ["nobody,graph,nobody@example.com"]
    let oauth = ["--oauth2", try account("secret: s3cret"), "--graph", base + "/v1.0"]
    let run = try await fetch(rows, oauth)
    #expect(run.status == 65, "\(run.errors)")
    #expect(
      run.errors
        == "\(desk.path)/list.csv:27: error: the calendar of nobody was not fetched: Graph says: The mailbox was not found.; there is "
        + "no calendar of it\nnote: 26 calendars: 25 new or changed, 0 as they were, 1 failed\n")
    #expect(try busy("p0.ics") == ["8-9", "10-11", "16-17", "24-48"])
    let text = try desk.text("busy/p0.ics")
    #expect(text.components(separatedBy: "20261030T220000Z/20261031T020000Z").count == 2)
    #expect(text.contains("FBTYPE=BUSY-UNAVAILABLE:20261006T000000Z/20261007T000000Z"))
    #expect(try busy("p24.ics").isEmpty)
    #expect(try await fetch(rows, oauth).errors.contains("0 new or changed, 25 as they were"))
    // The token is kept, where nobody else can read it.
    #expect(try requests().count { $0.hasPrefix("POST /token") } == 1)
    let without = try await fetch(rows)
    #expect(without.status == 64)
    #expect(without.errors.contains("calendars of Microsoft 365 need --oauth2"))
  }

  @Test func whatGraphRefusesIsTold() async throws {
    try web.file("schedules.json", "{}")
    let run = try await fetch(
      ["a,graph,a@example.com"], ["--oauth2", try account("secret: wrong"), "--graph", base + "/v1.0"])
    #expect(run.status == 69)
    #expect(
      run.errors.contains(
        "error: the login server refuses: invalid_client: AADSTS7000215: Invalid client secret provided.\n"),
      "\(run.errors)")
    #expect(!run.errors.contains("wrong"))
  }

  // MARK: The account

  @Test func aPersonConfirmsADeviceOnce() async throws {
    try web.file("schedules.json", #"{"a@example.com":{"scheduleItems":[]}}"#)
    let oauth = ["--oauth2", try account()]
    let graph = ["--graph", base + "/v1.0"]
    let before = try await fetch(["a,graph,a@example.com"], oauth + graph)
    #expect(before.status == 69)
    #expect(before.errors.contains("run `tandem-calendar login` with the same --oauth2"), "\(before.errors)")
    let login = try await CalendarTool.run(["login", "--for", "calendars"] + oauth)
    #expect(login.status == 0, "\(login.errors)")
    #expect(
      login.errors.hasPrefix(
        "note: open https://login.example/device and enter WDJB-MJHT within 15 minutes\n"))
    let mode = try FileManager.default.attributesOfItem(atPath: desk.path + "/account.token")[
      .posixPermissions]
    #expect(mode as? Int == 0o600)
    #expect(try await fetch(["a,graph,a@example.com"], oauth + graph).status == 0)
    // Another purpose is another token, had of the same confirmation; each refresh token holds once.
    #expect(try desk.text("account.token").contains("refresh-1"))
    let mail = try await CalendarTool.run(
      ["mail", "--imap", "127.0.0.1:1", "--to", desk.path + "/mails", "--attempts", "1"] + oauth)
    #expect(mail.errors.contains("the mail server cannot be reached"), "\(mail.errors)")
    #expect(try desk.text("account.token").contains("refresh-2"))
    #expect(try web.text("access") == "access-2")
  }

  @Test func settingsThatCannotBeUsed() async throws {
    for (text, reason) in [
      ("user: a\n", "client is missing"), ("user a\n", "is not `name: value`"),
      (
        "user: a\nclient: b\ntoken-url: http://example.com/t\n",
        "token-url must be https://…: secrets go there"
      ),
      (
        "user: a\nclient: b\nprovider: microsoft\ntenant: a/../b\n",
        "tenant is a domain or an id, not 'a/../b'"
      ),
      ("user: a\nclient: b\npassword: c\n", "'password' is not a setting"),
    ] {
      let file = try desk.file("account", text)
      let run = try await CalendarTool.run(["login", "--oauth2", file])
      #expect(run.status == 66, "\(run.errors)")
      #expect(run.errors.contains(reason), "\(run.errors)")
    }
    let open = try desk.file("account", "user: a\n", mode: 0o644)
    #expect(try await CalendarTool.run(["login", "--oauth2", open]).errors.contains("others may read it"))
  }
}
