import Foundation
import Programme
import Testing

@testable import Calendars

@Suite struct HolidayRulesTests {
  /// One line of the reference: what the Python package `holidays` says of a place and year.
  private struct Reference {
    var country: String
    var subdivision: String?
    var year: Int
    var days: [String]
  }

  private static let reference: [Reference] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/holidays/reference.csv")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 4, let year = Int(cells[2]) else { return nil }
      return Reference(
        country: cells[0], subdivision: cells[1].isEmpty ? nil : cells[1], year: year,
        days: cells[3].split(separator: " ").map(String.init))
    }
  }()

  private func days(_ holidays: [Holiday]?) -> [String] {
    var days: [String] = []
    for holiday in holidays ?? [] {
      let day = holiday.date.description.dropFirst(5).split(separator: "-").joined()
      if days.last != day { days.append(day) }
    }
    return days
  }

  @Test func agreesWithTheReferenceInEveryPlaceAndYear() {
    #expect(Self.reference.count == 588)
    for line in Self.reference {
      let found = HolidayRules.dates(country: line.country, subdivision: line.subdivision, year: line.year)
      #expect(days(found) == line.days, "\(line.country) \(line.subdivision ?? "") \(line.year)")
    }
  }

  @Test func theReferenceCoversEveryCountryAndSubdivision() {
    var places: [String: Set<String>] = [:]
    for line in Self.reference {
      places[line.country, default: []].formUnion([line.subdivision].compactMap { $0 })
    }
    #expect(places.keys.sorted() == HolidayRules.countries)
    for country in HolidayRules.countries {
      #expect(HolidayRules.subdivisions(of: country) == places[country]?.sorted(), "\(country)")
    }
  }

  @Test func christmasEveIsAHolidayInPolandSince2025() {
    #expect(!days(HolidayRules.dates(country: "PL", subdivision: nil, year: 2024)).contains("1224"))
    #expect(days(HolidayRules.dates(country: "PL", subdivision: nil, year: 2025)).contains("1224"))
  }

  @Test func aHolidayThatAStateMovesIsTwiceNowhere() {
    // Australia Day 2030 is a Saturday: every state keeps the Monday instead; Christmas 2027 is one, and both are kept.
    #expect(days(HolidayRules.dates(country: "AU", subdivision: nil, year: 2030)).contains("0126"))
    for state in HolidayRules.subdivisions(of: "AU") {
      let moved = days(HolidayRules.dates(country: "AU", subdivision: state, year: 2030))
      #expect(!moved.contains("0126") && moved.contains("0128"), "\(state)")
      let given = days(HolidayRules.dates(country: "AU", subdivision: state, year: 2027))
      #expect(Set(given).isSuperset(of: ["1225", "1227", "1228"]), "\(state)")
    }
    #expect(HolidayRules.dates(country: "AU", subdivision: "", year: 2030) == nil)
  }

  @Test func matarikiIsAWinterFridayInEveryYearOfItsAct() throws {
    for year in 2020...2040 {
      let found = try #require(HolidayRules.dates(country: "NZ", subdivision: nil, year: year))
      let matariki = found.filter { $0.name == "Matariki" }.map(\.date)
      #expect(matariki.count == (year < 2022 ? 0 : 1))
      for date in matariki {
        #expect(date.weekday == .friday, "\(date)")
        #expect([6, 7].contains(date.month))
      }
    }
  }

  @Test func subdivisionsAreTakenWithAndWithoutTheirCountry() {
    let short = HolidayRules.dates(country: "DE", subdivision: "BW", year: 2027)
    #expect(HolidayRules.dates(country: "de", subdivision: "DE-BW", year: 2027) == short)
    #expect(HolidayRules.dates(country: "PL", subdivision: "MZ", year: 2027)?.isEmpty == false)
  }

  @Test func whatIsNotKnownIsNil() {
    #expect(HolidayRules.dates(country: "ZZ", subdivision: nil, year: 2027) == nil)
    #expect(HolidayRules.dates(country: "DE", subdivision: "XX", year: 2027) == nil)
    #expect(HolidayRules.dates(country: "PL", subdivision: nil, year: 2041) == nil)
    #expect(HolidayRules.dates(country: "PL", subdivision: nil, year: 2019) == nil)
    #expect(HolidayRules.dates(country: "IN", subdivision: nil, year: 2036) == nil)
    #expect(HolidayRules.dates(country: "PL", subdivision: nil, year: .min) == nil)
  }

  @Test func everyYearIsSortedNamedAndWithinItself() throws {
    for country in HolidayRules.countries {
      for year in 2020...2035 {
        for place in [nil] + HolidayRules.subdivisions(of: country).map(Optional.some) {
          let holidays = try #require(HolidayRules.dates(country: country, subdivision: place, year: year))
          #expect(holidays == holidays.sorted())
          #expect(holidays.allSatisfy { $0.date.year == year && !$0.name.isEmpty && !$0.english.isEmpty })
          #expect(!holidays.contains { $0.name.contains("%") || $0.english.contains("%") })
        }
      }
    }
  }

  @Test func easterIsASundayBetween22MarchAnd25April() throws {
    for year in 1583...4099 {
      let easter = try #require(Easter.western(year))
      #expect(easter.weekday == .sunday)
      let first = try #require(LocalDate(year: year, month: 3, day: 22))
      #expect((0...34).contains(easter.days(since: first)))
    }
    for year in 1900...2099 {
      let easter = try #require(Easter.orthodox(year))
      #expect(easter.weekday == .sunday)
      let western = try #require(Easter.western(year))
      #expect([0, 7, 28, 35].contains(easter.days(since: western)), "\(year)")
    }
    #expect(Easter.western(2038)?.description == "2038-04-25")
    #expect(Easter.western(2285)?.description == "2285-03-22")
  }
}
