import Programme
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

  @Test(arguments: [
    (["de:7"], "--absent takes PERSON FROM TO"), (["de:7", "soon", "2026-12-01"], "\"soon\" is not a date"),
    (["de:7", "2026-12-02", "2026-12-01"], "2026-12-01 is before 2026-12-02"),
    (["de:7", "2026-13-01", "2026-12-01"], "\"2026-13-01\" is not a date"),
  ]) func whatIsNoAbsenceIsQuoted(_ words: [String], _ message: String) {
    let error = #expect(throws: (any Error).self) { try Absence.read(words) }
    #expect("\(error as Any)".contains(message))
  }
}
