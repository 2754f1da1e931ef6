import Foundation
import RecordStream
import Testing

/// `tandem-region new`: a valid folder at once, holidays for five years, never over what is there.
@Suite struct NewCommandTests {
  @Test(arguments: [
    ("PL", "Europe/Warsaw", "pl"), ("DE", "Europe/Berlin", "de"), ("HU", "Europe/Budapest", "hu"),
    ("CZ", "Europe/Prague", "en"), ("AT", "Europe/Vienna", "de"), ("CH", "Europe/Zurich", "de"),
    ("FR", "Europe/Paris", "en"), ("ES", "Europe/Madrid", "es"), ("IT", "Europe/Rome", "en"),
    ("GB", "Europe/London", "en"), ("US", "America/Chicago", "en"), ("MX", "America/Mexico_City", "es"),
    ("BR", "America/Sao_Paulo", "en"), ("IN", "Asia/Kolkata", "en"), ("CN", "Asia/Shanghai", "zh"),
    ("JP", "Asia/Tokyo", "en"), ("ZA", "Africa/Johannesburg", "en"), ("AU", "Australia/Sydney", "en"),
    ("NZ", "Pacific/Auckland", "en"),
  ])
  func `the folder of a country that is known here is right at once`(
    _ country: String, _ zone: String, _ language: String
  ) throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    let made = desk.run(
      "new", "north", "--name", "North", "--country", country, "--language", language, "--zone", zone,
      "--site", "A",
      "--site", "B")
    #expect(made.status == 0, "\(made.errors)")
    #expect(!made.errors.contains("warning"), "\(made.errors)")
    #expect(made.errors.contains("made Config/regions/north"))
    let checked = desk.run("check", "north")
    #expect(checked.errors == "note: 1 region checked: 0 errors, 0 warnings\n")
    let days = try desk.text("regions/north/holidays/\(country.lowercased()).ics")
      .components(separatedBy: "\r\n").filter { $0.hasPrefix("DTSTART;VALUE=DATE:") }
      .compactMap { Int($0.suffix(8).prefix(4)) }
    #expect(Set(days) == [2026, 2027, 2028, 2029, 2030])
    #expect(desk.run("show", "north").output.hasPrefix("name: North\ncountry: "))
    // Nothing is left over beside it.
    let names = try FileManager.default.contentsOfDirectory(atPath: desk.config + "/regions")
    #expect(Set(names) == ["cn", "de", "hu", "north", "pl", "us"])
  }

  @Test(arguments: [0, -1, 10_000, .max, .min]) func `a year that no calendar has is a wrong call`(
    _ year: Int
  ) throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    let made = desk.run("new", "north", "--country", "PL", "--year=\(year)")
    #expect(made.status == 64)
    #expect(made.errors.contains("--year \(year): write a year from 1 to 9999"), "\(made.errors)")
  }

  @Test func `a country that is not known here is told, with the file to put its holidays in`() throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    let made = desk.run(
      "new", "is", "--name", "Iceland", "--country", "IS", "--language", "en", "--zone",
      "Atlantic/Reykjavik", "--site", "East Village")
    #expect(made.status == 78)
    #expect(
      made.errors.contains(
        "no holidays of IS are known here: put a calendar at Config/regions/is/holidays/is.ics"))
    #expect(made.errors.contains("error: no holidays of IS"))
    #expect(made.errors.contains("or state the country's rules in Config/holidays/is.yaml"))
    #expect(desk.run("check", "is").status == 0)
    #expect(desk.run("check", "is").errors.contains("warning: no `holidays` for East Village"))
  }

  @Test func `a country is added by a file alone`() throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    let file = """
      source: Lög um 40 stunda vinnuviku 88/1971
      language: is
      since: 2026
      until: 2035
      holidays:
        - {name: Nýársdagur, english: New Year's Day, day: 1 January}
        - {name: Sumardagurinn fyrsti, english: First Day of Summer, day: thursday before 26 April}
        - {name: Verslunarmannahelgi, english: Commerce Day, day: first monday of august}
      """
    try Data(file.utf8).write(to: URL(fileURLWithPath: desk.config + "/holidays/is.yaml"))
    let made = desk.run(
      "new", "is", "--name", "Iceland", "--country", "IS", "--language", "en", "--zone",
      "Atlantic/Reykjavik", "--site", "East Village")
    #expect(made.status == 0, "\(made.errors)")
    let days = try desk.text("regions/is/holidays/is.ics").components(separatedBy: "\r\n")
      .filter { $0.hasPrefix("DTSTART;VALUE=DATE:2027") }
    #expect(days.map { String($0.suffix(4)) } == ["0101", "0422", "0802"])
  }

  /// The nation's days are not all that a place there keeps; a name that is no subdivision gets none.
  @Test(arguments: [
    ("ES", "MD", "Comunidad de Madrid"), ("IN", "KA", "Karnataka"), ("BR", "SP", "São Paulo"),
  ])
  func `where only the national days are known, that is said`(
    _ country: String, _ subdivision: String, _ name: String
  ) throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    func made(_ subdivision: String, _ id: String) -> RegionDesk.Result {
      desk.run(
        "new", id, "--name", id, "--country", country, "--subdivision", subdivision, "--language", "en",
        "--zone", "Europe/Madrid", "--site", "A")
    }
    let known = made(subdivision, "known")
    #expect(known.status == 0, "\(known.errors)")
    #expect(
      known.errors.contains(
        "of \(country) only the national days are known here: add those of \(subdivision) (\(name))"))
    let unknown = made("QQQ", "unknown")
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("no holidays of QQQ in \(country): --subdivision is one of "))
  }

  @Test func `the holidays of a subdivision are its own`() throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    func made(_ subdivision: String, _ id: String) throws -> RegionDesk.Result {
      desk.run(
        "new", id, "--name", id, "--country", "DE", "--subdivision", subdivision, "--language", "de",
        "--zone",
        "Europe/Berlin", "--site", "A")
    }
    #expect(try made("BY", "by").status == 0)
    #expect(try made("HH", "hh").status == 0)
    #expect(try desk.text("regions/by/holidays/de-by.ics").contains("20270106"))
    #expect(try !desk.text("regions/hh/holidays/de-hh.ics").contains("20270106"))
    let wrong = try made("XX", "xx")
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("no holidays of XX in DE: --subdivision is one of BB, BE, BW, BY,"))
    #expect(!FileManager.default.fileExists(atPath: desk.config + "/regions/xx"))
  }

  @Test func `nothing is written over, and nothing half`() throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    let before = try desk.text("regions/pl/region.yaml")
    let options = [
      "--name", "X", "--country", "PL", "--language", "pl", "--zone", "Europe/Warsaw", "--site", "A",
    ]
    func run(_ id: String, _ options: [String]) -> RegionDesk.Result {
      desk.run(["new", id] + options)
    }
    let again = run("pl", options)
    #expect(again.status == 73)
    #expect(again.errors.contains("exists already, and is not overwritten"))
    #expect(try desk.text("regions/pl/region.yaml") == before)
    #expect(run("../out", options).status == 64)
    #expect(!FileManager.default.fileExists(atPath: desk.config + "/out"))
    let bad = run("bad", options.map { $0 == "Europe/Warsaw" ? "Europe/Warsawa" : $0 })
    #expect(bad.status == 64)
    #expect(bad.errors.contains("did you mean `Europe/Warsaw`?"))
    // Nobody can be asked here.
    let silent = run("silent", Array(options.dropFirst(2)))
    #expect(silent.status == 64)
    #expect(silent.errors == "error: no name as people write it: give it with --name\n")
    let names = try FileManager.default.contentsOfDirectory(atPath: desk.config + "/regions")
    #expect(Set(names) == ["cn", "de", "hu", "pl", "us"])
  }
}
