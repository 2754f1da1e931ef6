import ArgumentParser
import Basics
import Calendars
import Programme
import TestSupport
import Testing

@testable import ToolSupport

@Suite struct AbsenceTests {
  @Test func bothDaysAreIncludedOnThePersonsClock() throws {
    let id = PersonID("de:7")
    let person = Person(
      id: id, region: "de", site: "A", name: "N", email: "", role: .mentor, department: ["X"],
      timeZone: "Europe/Berlin")
    let absences = try Absence.read(["de:7", "2026-10-24", "2026-10-25", "pl:1", "2026-12-01", "2026-12-01"])
    #expect(absences.map(\.person.text) == ["de:7", "pl:1"])
    let away = try #require(absences[0].busyTime(of: [id: person]))
    let start = try #require(Timestamp(rfc3339: "2026-10-24T00:00:00+02:00")).secondsSinceEpoch / 60
    // The night of the 25th gives an hour back: the second day has 25 hours.
    #expect(away == BusyTime([MinuteInterval(start: start, end: start + (24 + 25) * 60)]))
    #expect(absences[1].busyTime(of: [id: person]) == nil)
  }

  @Test func whatIsOnTheStreamCountsBesideTheCall() throws {
    let people = ["pl:1", "pl:2"].map { id in
      Person(
        id: PersonID(id), region: "pl", site: "A", name: "N", email: "", role: .mentor, department: ["X"],
        timeZone: "Europe/Warsaw")
    }.keyed(by: \.id)
    let errors = Output.memory()
    let console = Console(output: .memory(), errors: errors, environment: [:], standardInput: [])
    let options = try BusyOptions.parse(["--absent", "pl:2", "2026-12-01", "2026-12-02"])
    func read(_ recorded: [Absence]) throws -> [PersonID: BusyTime] {
      try options.read(
        CalendarFolder([], on: console), of: people, absent: recorded, in: nil, regions: [], beside: [],
        on: console
      ).busy
    }
    func absence(_ person: String, _ from: String, _ to: String) -> Absence {
      Absence(person: PersonID(person), from: .of(from), to: .of(to), reason: .leave)
    }
    // Of two of one id the later record counts.
    let busy = try read([
      absence("pl:1", "2026-12-01", "2026-12-31"), absence("pl:1", "2026-12-01", "2026-12-02"),
    ])
    #expect(busy[PersonID("pl:1")] == busy[PersonID("pl:2")])
    #expect(busy[PersonID("pl:1")]?.intervals.first?.length == 2 * 1440)
    let both = try read([absence("pl:2", "2026-12-10", "2026-12-10")])
    #expect(both[PersonID("pl:2")]?.intervals.count == 2)
    #expect(errors.text.isEmpty)
    #expect(try read([absence("pl:9", "2026-12-10", "2026-12-11")]).count == 1)
    #expect(
      errors.text
        == "warning: the absence of pl:9 from 2026-12-10 to 2026-12-11 keeps nobody's time free: the person is not on the stream\n"
    )
  }

  @Test(arguments: [
    (["de:7"], "--absent takes PERSON FROM TO"), (["de:7", "soon", "2026-12-01"], "\"soon\" is not a date"),
    (["de:7", "2026-12-02", "2026-12-01"], "2026-12-01 is before 2026-12-02"),
    (["de:7", "2026-13-01", "2026-12-01"], "\"2026-13-01\" is not a date"),
  ]) func whatIsNoAbsenceIsQuoted(_ words: [String], _ message: String) {
    let error = #expect(throws: (any Error).self) { try Absence.read(words) }
    #expect("\(error as Any)".contains(message))
  }
}
