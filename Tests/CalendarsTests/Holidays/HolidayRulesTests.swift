import Foundation
import Regions
import Testing

@testable import Programme

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

  @Test func everyFileIsRightAndNamesItsCountry() throws {
    let (codes, diagnostics) = HolidayRules.folder.holidayCountries()
    #expect(diagnostics.isEmpty)
    #expect(codes.count == 24)
    for country in codes {
      let holidays = try #require(try HolidayRules.folder.holidays(of: country), "\(country)")
      #expect(holidays.code == country)
      #expect(Set(holidays.subdivisions.keys).isDisjoint(with: holidays.partlyKnown.keys))
    }
    #expect(try HolidayRules.folder.holidays(of: "IS") == nil)
    #expect(try HolidayRules.folder.holidays(of: "../topics") == nil)
  }

  /// Every day of every place from 2020 on, with its names, as the tables in Swift gave them before they became files:
  /// a line each, by country, place and date. The digest is FNV-1a of all lines of a country.
  @Test func theSameDaysAsTheTablesBefore() throws {
    for (country, wanted) in Self.digests {
      var digest: UInt64 = 0xcbf2_9ce4_8422_2325
      var count = 0
      for place in [nil] + HolidayRules.subdivisions(of: country).map(Optional.some) {
        for year in 2020...2040 {
          for day in HolidayRules.dates(country: country, subdivision: place, year: year) ?? [] {
            let line = "\(country)\t\(place ?? "-")\t\(day.date)\t\(day.name)\t\(day.english)\n"
            for byte in line.utf8 { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3 }
            count += 1
          }
        }
      }
      #expect("\(count) \(String(digest, radix: 16))" == wanted, "\(country)")
    }
    #expect(Self.digests.keys.sorted() == HolidayRules.countries)
  }

  private static let digests = [
    "AT": "273 81a759e987feda3e",
    "AU": "2289 e901fce2abad0900",
    "BE": "252 42f4f72760627e12",
    "BR": "206 314a2675c4d036db",
    "CH": "5490 d70ddc6143f0bdf4",
    "CN": "394 6c15bb359b7953f4",
    "CZ": "273 abad568591f60b0",
    "DE": "3843 45154de376b2e77d",
    "ES": "184 5498fbace98567c9",
    "FR": "5124 4e823d58ec8bc4a7",
    "GB": "1005 53b1343109d20522",
    "HU": "301 92157529f69c0ad0",
    "IN": "297 14395df33832845c",
    "IT": "288 9c8a56adab6ff392",
    "JP": "372 f55f30d0f0063c1e",
    "MX": "150 a35362f764884219",
    "NL": "215 74860ccbe2f8ed95",
    "NZ": "272 577a16e3bbb33166",
    "PL": "289 b75147365552b6dd",
    "PT": "273 ddacf11d2f6790b0",
    "RO": "349 3524931bb5304070",
    "SK": "280 917d94bb01c10cd6",
    "US": "264 aa1c1d3cf343df30",
    "ZA": "285 edf16a1de2948b60",
  ]

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
