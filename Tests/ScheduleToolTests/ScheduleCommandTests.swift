import Basics
import Foundation
import Programme
import RecordStream
import TestSupport
import Testing
import ToolSupport

@testable import tandem_schedule

@Suite struct ScheduleCommandTests {
  private let call = ["--cohort", "2026-autumn"]

  /// A calendar with one event, in UTC.
  private func calendar(_ from: String, _ until: String) -> String {
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
      + "DTSTART:\(from)\r\nDTEND:\(until)\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
  }

  /// A cohort that is still to start is planned from its start, one that runs already from the present.
  @Test func thePresentIsTheClocks() throws {
    let stream = ScheduleRun.stream(1)
    func starts(_ run: ScheduleRun) -> [String] {
      run.lines.compactMap { $0.firstMatch(of: /"start":"([^"]+)"/).map { String($0.1) } }
    }
    let first = ScheduleRun(call, input: stream)
    let early = ScheduleRun(call, input: stream, at: Timestamp(secondsSinceEpoch: 1_700_000_000, offset: 0))
    #expect(starts(first).count == 10)
    #expect(starts(first) == starts(early))
    let december = try #require(Timestamp(rfc3339: "2026-12-01T09:00:00+01:00"))
    let late = ScheduleRun(call, input: stream, at: december)
    #expect(!starts(late).isEmpty)
    #expect(starts(late).allSatisfy { $0 > "2026-12-01" })
    let named = ScheduleRun(call + ["--now", "2026-12-01T09:00:00+01:00"], input: stream)
    #expect(named.text == late.text)
    let over = ScheduleRun(call, input: stream, at: ScheduleRun.after)
    #expect(over.status == .unavailable)
    #expect(starts(over).isEmpty)
    let notice = ScheduleRun(call + ["--format", "ics"], input: stream, at: december).text
    #expect(notice.contains("DTSTAMP:20261201T080000Z"))
  }

  @Test func passesEveryLineOnAndAddsTheSessions() {
    let badge = "{\"record\":\"badge\",\"z\":1.50,\"a\":\"x\"}\n"
    let stream = badge + ScheduleRun.stream(2) + badge
    let run = ScheduleRun(call, input: stream)
    #expect(run.status == .done)
    #expect(run.text.hasPrefix(stream))
    #expect(run.lines.count == stream.split(separator: "\n").count + 20)
    #expect(run.lines.suffix(20).allSatisfy { $0.contains("\"record\":\"session\"") })
    #expect(run.errors.contains("note: 2 tandems, 20 sessions, 0 unplanned (0 tandems short)\n"))
    #expect(run.errors.contains("; gap 0.0%\n"))
  }

  @Test func theOrderOfLinesDoesNotMatter() {
    let stream = ScheduleRun.stream(6)
    let sessions = ScheduleRun(call, input: stream).lines.suffix(60)
    let turned = stream.split(separator: "\n").reversed().joined(separator: "\n")
    #expect(ScheduleRun(call, input: turned).lines.suffix(60) == sessions)
  }

  @Test func calendarsAreFoundByNumberAddressAndFolder() throws {
    let folder = try TestFolder()
    let away = calendar("20261001T000000Z", "20261105T000000Z")
    _ = try folder.write(away, to: "busy/10.ics")
    _ = try folder.write(away, to: "busy/deeper/P21@pl.example.com.ics")
    _ = try folder.write("no calendar", to: "busy/notes.txt")
    let single = try folder.write(away, to: "pl-12.ics")
    _ = try folder.write(
      away.replacingOccurrences(of: "PRODID:x", with: "PRODID:x\r\nX-WR-CALNAME:p12@pl.example.com"),
      to: "pl-12.ics")
    let run = ScheduleRun(
      call + ["--busy", folder.path + "/busy", single, "--format", "csv"], input: ScheduleRun.stream(3))
    #expect(run.status == .done)
    let starts = run.text.components(separatedBy: "\r\n").dropFirst().compactMap { row in
      let cells = row.split(separator: ",")
      return cells.count > 4 ? String(cells[4]) : nil
    }
    #expect(starts.count == 30)
    #expect(starts.allSatisfy { $0 > "2026-11-05" })
    #expect(
      run.errors.contains(
        "warning: 3 of 6 people (pl:11 …) are planned without a busy calendar; pass theirs with --busy\n"))
  }

  @Test func aCalendarOfNobodyIsReported() throws {
    let folder = try TestFolder()
    let file = try folder.write(calendar("20261001T000000Z", "20261105T000000Z"), to: "999.ics")
    let run = ScheduleRun(call + ["--busy", file], input: ScheduleRun.stream(1))
    #expect(run.status == .done)
    #expect(
      run.errors.contains(
        "\(file): warning: belongs to nobody on the stream; name it by an employee number or an e-mail address\n"
      ))
  }

  @Test func aBrokenCalendarIsBadInputAndTheOthersArePlanned() throws {
    let folder = try TestFolder()
    let file = try folder.write("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:2026\r\n", to: "10.ics")
    let run = ScheduleRun(call + ["--busy", file], input: ScheduleRun.stream(2))
    #expect(run.status == .badInput)
    #expect(run.errors.contains("\(file):"))
    #expect(run.lines.suffix(20).allSatisfy { $0.contains("\"record\":\"session\"") })
  }

  @Test func whatCannotBePlannedIsNamedAndTheRestIsPlanned() throws {
    let folder = try TestFolder()
    let file = try folder.write(calendar("20261026T000000Z", "20270501T000000Z"), to: "20.ics")
    let run = ScheduleRun(call + ["--busy", file], input: ScheduleRun.stream(2))
    #expect(run.status == .unavailable)
    #expect(
      run.errors.contains(
        "error: 3 of 10 sessions of tandem 2026-autumn/pl:10+pl:20 are planned: mentee pl:20 is free on 3 of 26 weeks; "
          + "10 are needed\n"))
    #expect(run.errors.contains("note: 2 tandems, 13 sessions, 7 unplanned (1 tandem short)\n"))
    #expect(run.lines.suffix(13).allSatisfy { $0.contains("\"record\":\"session\"") })
  }

  @Test func aTandemWithoutItsPeopleIsBadInput() {
    let stream = ScheduleRun.stream(2).split(separator: "\n").filter { !$0.contains("\"id\":\"pl:21\"") }
    let run = ScheduleRun(call, input: stream.joined(separator: "\n"))
    #expect(run.status == .badInput)
    #expect(
      run.errors.contains(
        "error: tandem 2026-autumn/pl:11+pl:21 cannot be planned: its mentee pl:21 is not on the stream; pass the person "
          + "records on with the tandems\n"))
    #expect(run.errors.contains("note: 2 tandems, 10 sessions, 10 unplanned (1 tandem short)\n"))
  }

  @Test func aBrokenLineIsNamedAndTheOthersCount() {
    let stream = ScheduleRun.stream(1)
    let run = ScheduleRun(call, input: "{\"record\":\n" + stream)
    #expect(run.status == .badInput)
    #expect(run.errors.hasPrefix("standard input:1:11: error: "))
    #expect(run.text.hasPrefix(stream))
  }

  @Test func wrongCallsHaveTheirMessages() throws {
    #expect(ScheduleRun([]).status == .usage)
    let cohort = ScheduleRun(["--cohort", "1999"], input: ScheduleRun.stream(1))
    #expect(cohort.status == .usage)
    #expect(cohort.errors.contains("error: no region declares the cohort 1999; known: 2026-autumn\n"))
    #expect(ScheduleRun(call + ["--effort", "9"]).errors.contains("--effort is 0, 1, 2 or 3, not 9"))
    #expect(ScheduleRun(call + ["--now", "tomorrow"]).status == .usage)
    let busy = ScheduleRun(call + ["--busy", "/nowhere/a", "/nowhere/b"])
    #expect(busy.status == .noInput)
    #expect(
      busy.errors
        == "/nowhere/a: error: cannot be opened: No such file or directory; check the path and the rights\n"
        + "/nowhere/b: error: cannot be opened: No such file or directory; check the path and the rights\n")
    #expect(ScheduleRun(call + ["/nowhere/stream"]).status == .noInput)
    #expect(ScheduleRun(call + ["--previous", "/nowhere/stream"]).status == .noInput)
    #expect(ScheduleRun(call, config: "/nowhere").status == .configuration)
    let folder = try TestFolder()
    let file = try folder.write("", to: "file")
    #expect(
      ScheduleRun(call + ["--invitations", file + "/below"], input: ScheduleRun.stream(1)).status
        == .cannotCreate)
  }

  @Test func invitationsAreOneFileASessionAndOneATandem() throws {
    let folder = try TestFolder()
    let run = ScheduleRun(call + ["--invitations", folder.path + "/new"], input: ScheduleRun.stream(2))
    #expect(run.status == .done, "\(run.errors)")
    let names = folder.names.filter { $0.hasSuffix(".ics") }
    #expect(names.count == 22)
    #expect(folder.names.count == 23)
    #expect(names.contains("new/2026-autumn-pl-10-pl-20-1.ics"))
    #expect(names.contains("new/2026-autumn-pl-11-pl-21-all.ics"))
    for name in names {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + name)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      let text = try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
      let isBundle = name.hasSuffix("-all.ics")
      #expect(text.contains(isBundle ? "METHOD:PUBLISH\r\n" : "METHOD:REQUEST\r\n"))
      #expect(text.components(separatedBy: "BEGIN:VEVENT").count == (isBundle ? 11 : 2))
      #expect(text.components(separatedBy: "\r\nATTENDEE").count == (isBundle ? 1 : 3))
      #expect(text.contains("DTSTAMP:20260914T070000Z\r\n"))
    }
    let again = try TestFolder()
    _ = ScheduleRun(call + ["--invitations", again.path + "/new"], input: ScheduleRun.stream(2))
    for name in names {
      #expect(
        FileManager.default.contentsEqual(atPath: folder.path + "/" + name, andPath: again.path + "/" + name))
    }
  }

  @Test func noRecordChoosesAFolder() {
    #expect(PrivateFolder.fileName("2026-autumn/pl:1+pl:2-3") == "2026-autumn-pl-1-pl-2-3")
    let evil = PrivateFolder.fileName("../../etc/passwd\u{0}")
    #expect(evil.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
    #expect(PrivateFolder.fileName("a_b") != PrivateFolder.fileName("a.b"))
    #expect(PrivateFolder.fileName(String(repeating: "x", count: 5000)).utf8.count < 200)
    #expect(PrivateFolder.fileName("王") != PrivateFolder.fileName("李"))
  }

  @Test func oneCalendarOnStandardOutput() {
    let run = ScheduleRun(call + ["--format", "ics"], input: ScheduleRun.stream(2))
    #expect(run.status == .done)
    #expect(run.text.hasPrefix("BEGIN:VCALENDAR\r\n"))
    #expect(run.text.components(separatedBy: "BEGIN:VEVENT").count == 21)
    #expect(!run.text.contains("ATTENDEE"))
    #expect(ScheduleRun(call + ["--format", "ics"]).text.isEmpty)
  }

  @Test func theTableHasTheCountsThatAreAskedFor() {
    let run = ScheduleRun(call + ["--format", "table"], input: ScheduleRun.stream(2))
    let lines = run.lines
    #expect(lines[0].hasPrefix("Mentor"))
    #expect(lines[2].hasPrefix("Zażółć 10; \"X\"  Zażółć 20; \"X\"  Warszawa        10  2026-10-"))
    #expect(
      lines[4]
        == "20 sessions. All 2 tandems meet at a regular time. Nobody meets from 2026-12-23 to 2027-01-01.")
    #expect(lines[5] == "2 tandems, 20 sessions, 0 unplanned (0 tandems short)")
  }

  @Test func aPlanIsChangedAsLittleAsItMust() throws {
    let folder = try TestFolder()
    let stream = ScheduleRun.stream(2)
    let first = ScheduleRun(call, input: stream)
    let previous = try folder.write(first.text, to: "plan.ndjson")
    let ill = try folder.write(calendar("20261201T000000Z", "20270101T000000Z"), to: "20.ics")
    let again = ["--previous", previous, "--now", "2026-11-25T08:00:00Z"]
    let same = ScheduleRun(call + again, input: stream)
    #expect(same.text == first.text)
    let out = folder.path + "/out"
    let run = ScheduleRun(call + again + ["--busy", ill, "--invitations", out], input: stream)
    #expect(run.status == .done, "\(run.errors)")
    let moved = run.moved
    #expect((1...3).contains(moved.count))
    #expect(moved.allSatisfy { $0.contains("\"sequence\":1") && $0.contains("pl:10+pl:20") })
    // What did not change sends nothing.
    #expect(folder.names.filter { $0.hasPrefix("out/") }.count == moved.count + 1)
    #expect(run.errors.contains("note: against the earlier plan: "))
    // Over its own output: the tandems have their sessions, and keep them.
    let over = ScheduleRun(call, input: first.text)
    #expect(over.text == first.text)
    #expect(
      over.errors.contains("warning: 2 tandems have sessions on the stream already and are not planned; "))
  }

  /// The office keeps one file: the plan is the stream and the earlier plan at once.
  @Test func aPlanMayBeGivenOnBothSides() throws {
    let folder = try TestFolder()
    let stream = ScheduleRun.stream(2)
    let first = ScheduleRun(call, input: stream)
    let previous = try folder.write(first.text, to: "plan.ndjson")
    let ill = try folder.write(calendar("20261201T000000Z", "20270101T000000Z"), to: "20.ics")
    let again = call + ["--previous", previous, "--now", "2026-11-25T08:00:00Z", "--busy", ill]
    let apart = ScheduleRun(again, input: stream)
    #expect(!apart.moved.isEmpty)
    let both = ScheduleRun(again, input: first.text)
    #expect(both.text == apart.text)
    #expect(both.errors == apart.errors)
    #expect(both.status == apart.status)
  }

  /// An absence on the stream is what `--absent` is, and passes through.
  @Test func anAbsenceOnTheStreamIsKept() throws {
    let folder = try TestFolder()
    let stream = ScheduleRun.stream(2)
    let first = ScheduleRun(call, input: stream).text
    let absence = ScheduleRun.text(
      .absence(
        Absence(person: PersonID("pl:10"), from: .of("2026-12-01"), to: .of("2026-12-31"), reason: .illness)))
    let spaced = absence.replacing(",", with: ", ")
    let now = ["--now", "2026-11-25T08:00:00Z"]
    let away = ScheduleRun(
      call + now + ["--previous", try folder.write(first, to: "plan.ndjson")] + [
        "--absent", "pl:10", "2026-12-01", "2026-12-31",
      ], input: stream)
    #expect(!away.moved.isEmpty)
    let file = try folder.write(spaced + "\n" + first, to: "with.ndjson")
    let run = ScheduleRun(call + now + ["--plan", file])
    #expect(run.status == .done, "\(run.errors)")
    let plan = try String(contentsOfFile: file, encoding: .utf8)
    #expect(plan == spaced + "\n" + away.text)
    // In the earlier plan alone it counts too.
    let earlier = try folder.write(absence + "\n" + first, to: "earlier.ndjson")
    #expect(ScheduleRun(call + now + ["--previous", earlier], input: stream).text == away.text)

    let id = "2026-autumn/pl:10+pl:20#4"
    let move = ["move", id, "--format", "csv"] + now
    let named = ScheduleRun(move + ["--absent", "pl:10", "2026-12-01", "2026-12-31"], input: first)
    #expect(named.text != ScheduleRun(move, input: first).text)
    #expect(ScheduleRun(move, input: absence + "\n" + first).text == named.text)
  }

  @Test func anIllnessMovesWhatItMustAndReportsTheSlack() throws {
    let folder = try TestFolder()
    let stream = ScheduleRun.stream(2)
    let previous = try folder.write(ScheduleRun(call, input: stream).text, to: "plan.ndjson")
    let again = call + ["--previous", previous, "--now", "2026-11-25T08:00:00Z", "--absent"]
    let run = ScheduleRun(again + ["pl:10", "2026-12-01", "2026-12-31"], input: stream)
    #expect(run.status == .done, "\(run.errors)")
    #expect(!run.moved.isEmpty)
    #expect(
      run.lines.filter { $0.contains("pl:10+pl:20#") }.allSatisfy { !$0.contains("\"start\":\"2026-12-") })
    #expect(run.errors.contains("note: tandem 2026-autumn/pl:10+pl:20: 7 left, 15 usable weeks\n"))
    #expect(ScheduleRun(again + ["pl:10", "2026-12-01"]).errors.contains("--absent takes PERSON FROM TO"))
    #expect(ScheduleRun(again + ["pl:10", "1 May", "2026-12-01"]).errors.contains("\"1 May\" is not a date"))
    let late = ScheduleRun(again + ["pl:10", "2026-12-02", "2026-12-01"])
    #expect(late.errors.contains("2026-12-01 is before 2026-12-02; give the first day first"))
    let nobody = ScheduleRun(again + ["pl:99", "2026-12-01", "2026-12-31"], input: stream)
    #expect(nobody.status == .usage)
    #expect(nobody.errors.contains("--absent: nobody here is called \"pl:99\""))
  }

  /// Who accepted an invitation has it in the calendar: the session is not in its own way.
  @Test func aSessionIsNotInItsOwnWay() throws {
    let folder = try TestFolder()
    let stream = ScheduleRun.stream(1)
    let first = ScheduleRun(call + ["--invitations", folder.path + "/out"], input: stream)
    let previous = try folder.write(first.text, to: "plan.ndjson")
    let bundle = try String(
      contentsOfFile: folder.path + "/out/2026-autumn-pl-10-pl-20-all.ics", encoding: .utf8)
    let busy = try folder.write(bundle, to: "busy/10.ics")
    let same = ScheduleRun(
      call + ["--previous", previous, "--now", "2026-10-06T08:00:00Z", "--busy", busy], input: stream)
    #expect(same.text == first.text)
  }

  @Test func thePageShowsThePlanOfARunAndThatOfAStream() throws {
    let stream = ScheduleRun.stream(2)
    let page = ScheduleRun(call + ["--format", "html"], input: stream)
    #expect(page.status == .done)
    #expect(page.text.hasPrefix("<!doctype html>\n"))
    // Twenty, and one in the legend.
    #expect(page.text.components(separatedBy: "class=\"s planned\">").count == 22)
    #expect(page.text.contains("<b>Zażółć 10; &quot;X&quot;</b> <small>Warszawa, Sales</small>"))
    // A plan that is looked at, not made.
    let plan = ScheduleRun(call, input: stream).text
    let looked = ScheduleRun(call + ["--format", "html"], input: plan)
    #expect(looked.text.components(separatedBy: "class=\"s planned\">").count == 22)
    #expect(looked.text.contains("zaplanowane <b>20</b>"))
  }

  @Test(arguments: ["plan", "move", "held", "progress", "certificate"]) func everyCommandListsItsOptions(
    _ name: String
  ) {
    let help = ScheduleRun([name, "--help"])
    #expect(help.status == .done)
    #expect(help.text.contains("USAGE: tandem-schedule \(name) "))
    #expect(help.text.contains("--region <id>"))
    let output = Output.memory()
    let console = Console(output: output, errors: .memory(), environment: [:], standardInput: [])
    #expect(ToolRun.run(ScheduleCommand.self, ["--help"], on: console) == .done)
    #expect(output.text.contains("\n  \(name)"))
  }

  @Test func othersWhoTakeThePeoplesTimeAreHeeded() {
    let stream = ScheduleRun.stream(1)
    let other = Session(
      tandem: "2026-spring/pl:10+pl:99", number: 9, uid: "u", start: Timestamp(minute: 0, offset: 0),
      end: Timestamp(minute: 90, offset: 0), timeZone: "UTC", place: "office")
    let first = ScheduleRun(call, input: stream)
    guard let line = first.lines.last(where: { $0.contains("\"number\":4,") }),
      let range = line.range(of: "\"start\":\""),
      let start = Timestamp(rfc3339: String(line[range.upperBound...].prefix { $0 != "\"" }))
    else {
      Issue.record("no fourth session")
      return
    }
    var taken = other
    taken.start = Timestamp(minute: start.minute + 240, offset: 0)
    taken.end = Timestamp(minute: start.minute + 300, offset: 0)
    let run = ScheduleRun(call, input: stream + ScheduleRun.text(.session(taken)) + "\n")
    #expect(run.status == .done)
    let day = start.date.description
    #expect(first.text.contains("\"start\":\"\(day)T"))
    let ours = run.lines.filter { $0.contains("\"tandem\":\"2026-autumn/") }
    #expect(ours.count == 10)
    #expect(!ours.contains { $0.contains("\"start\":\"\(day)T") })
  }
}
