import Foundation
import Programme
import Testing

@testable import Regions

/// A country's holidays read from its file: what holds, and what is refused, each with its place.
@Suite struct HolidayRuleTests {
  private static let head = """
    source: a law
    language: en
    since: 2026
    until: 2030
    subdivisions: {AA: Aaland, BB: Beeland}
    partly-known: {CC: Ceeland}
    festivals: {moon: [2026-03-20, 2026-12-30]}

    """

  private func check(_ holidays: String, _ file: String = "xk.yaml") throws -> [String] {
    let fixture = try ConfigurationFixture()
    defer { fixture.remove() }
    try fixture.write("holidays/" + file, Self.head + holidays)
    return fixture.check().filter { $0.contains("holidays/") }
  }

  @Test(arguments: [
    ("{name: A}", "9:5: error: `A` has neither `day` nor `dates`: state when it comes"),
    ("{day: 6 January}", "9:5: error: `holidays` lacks `name`"),
    ("{name: A, day: 31 April}", "9:20: error: `day` is `31 April`, which is not a day of a year"),
    (
      "{name: A, day: fifth monday of may}",
      "9:20: error: `day` is `fifth monday of may`, which is not a day"
    ),
    ("{name: A, day: eastr - 2 days}", "9:20: error: no festival `eastr`; did you mean `easter`?"),
    ("{name: A, day: mon}", "9:20: error: no festival `mon`; did you mean `moon`?"),
    ("{name: A, day: easter, dates: [2026-01-01]}", "9:35: error: `A` has `day` and `dates`: keep one"),
    ("{name: A, day: easter, in: [AB]}", "9:33: error: no subdivision `AB`; did you mean `AA`?"),
    ("{name: A, day: easter, in: [AA], not-in: [BB]}", "9:46: error: `in` and `not-in` at one holiday"),
    (
      "{name: A, day: easter, since: 2028, until: 2027}", "9:48: error: `until` is 2027, before `since`, 2028"
    ),
    ("{name: A, day: easter, every: 5}", "9:35: error: `every` counts from `since`, which is not here"),
    (
      "{name: A, day: easter, also: {sunday: monday}}",
      "9:43: error: `sunday` is `monday`, and should be one of"
    ),
    (
      "{name: A, day: easter, only-on: friday-monday}",
      "9:37: error: `only-on` is `friday-monday`, which is no"
    ),
    ("{name: A, dates: [2026-02-30]}", "9:23: error: `dates` is `2026-02-30`, which is not a date"),
    ("{name: A, day: easter, sinse: 2027}", "9:28: error: unknown key `sinse`; did you mean `since`?"),
  ])
  func `a mistake is named with its place`(_ holiday: String, _ message: String) throws {
    let found = try check("holidays:\n  - \(holiday)\n", "al.yaml")
    #expect(found.contains { $0.hasPrefix("holidays/al.yaml:" + message) }, "\(found)")
  }

  @Test func `a file that is no country's is not passed over`() throws {
    #expect(
      try check("holidays: [{name: A, day: easter}]\n", "atlantis.yaml") == [
        "holidays/atlantis.yaml: warning: is not read: name it after its country's code in ISO 3166, `pl.yaml`"
      ])
  }

  @Test func `a region's subdivision is one of its country`() throws {
    let fixture = try ConfigurationFixture()
    defer { fixture.remove() }
    let country = try #require(
      try fixture.text("regions/one/region.yaml").split(separator: "\n").first { $0.hasPrefix("country: ") }
    ).dropFirst("country: ".count).prefix(2).lowercased()
    try fixture.write("holidays/\(country).yaml", Self.head + "holidays: [{name: A, day: easter}]\n")
    try fixture.write(
      "regions/one/region.yaml", fixture.text("regions/one/region.yaml") + "\nsubdivision: XX\n")
    #expect(
      fixture.check().contains {
        $0.contains("error: no holidays of XX in \(country.uppercased()): `subdivision` is one of AA, BB, CC")
      })
  }

  private func rules(_ holidays: String, _ head: String = head) throws -> NationalHolidays {
    let fixture = try ConfigurationFixture()
    defer { fixture.remove() }
    try fixture.write("holidays/al.yaml", head + holidays)
    return try #require(try fixture.folder.holidays(of: "AL"))
  }

  private func days(_ holidays: String, year: Int, place: String? = nil) throws -> [String] {
    try #require(try rules(holidays).dates(subdivision: place, year: year)).map {
      "\($0.date.description.dropFirst(5)) \($0.name)"
    }
  }

  @Test func `a day that moves across New Year is in its new year alone`() throws {
    // 31 December 2028 is a Sunday, 1 January 2028 a Saturday.
    let eve = "holidays: [{name: Eve, day: 31 December, instead: {sunday: next monday}}]\n"
    #expect(try days(eve, year: 2028) == [])
    #expect(try days(eve, year: 2029) == ["01-01 Eve", "12-31 Eve"])
    let first = "holidays: [{name: New, day: 1 January, also: {saturday: previous friday}}]\n"
    #expect(try days(first, year: 2027) == ["01-01 New", "12-31 New"])
  }

  @Test func `next working day is neither of the weekend nor a holiday`() throws {
    // 26 December 2026 is a Saturday.
    let both = """
      also: {saturday: next working day, sunday: next working day}
      substitute: {name: "% instead"}
      holidays:
        - {name: A, day: 26 December}
        - {name: B, day: 28 December}
        - {name: C, day: moon - 3 days}

      """
    #expect(
      try days(both, year: 2026) == [
        "03-17 C", "12-26 A", "12-27 C", "12-28 B", "12-29 A instead", "12-30 C instead",
      ])
    let friday = "weekend: [friday, saturday]\n" + both
    #expect(try days(friday, year: 2026).contains("12-27 A instead") == false)
  }

  @Test func `no day is looked for without end where every day is of the weekend`() throws {
    let all = "weekend: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]\n"
    #expect(
      try days(
        all + "also: {saturday: next working day}\nholidays: [{name: A, day: 26 December}]\n", year: 2026)
        == ["12-26 A"])
  }

  @Test func `places, years and weekdays are kept apart`() throws {
    let rules = """
      holidays:
        - {name: All, day: 1 May}
        - {name: In, day: 2 May, in: [AA]}
        - {name: Not in, day: 3 May, not-in: [AA]}
        - {name: Whole, day: 4 May, in: [no-subdivision]}
        - {name: Every, day: 5 May, since: 2026, every: 2, except: 2028}
        - {name: Monday, day: 6 May, only-on: monday}

      """
    #expect(try days(rules, year: 2026) == ["05-01 All", "05-04 Whole", "05-05 Every"])
    #expect(try days(rules, year: 2027, place: "AA") == ["05-01 All", "05-02 In"])
    #expect(try days(rules, year: 2028, place: "AL-BB") == ["05-01 All", "05-03 Not in"])
    #expect(try self.rules(rules).dates(subdivision: "DD", year: 2027) == nil)
    #expect(try self.rules(rules).place("cc") == .partlyKnown("CC", name: "Ceeland"))
  }
}
