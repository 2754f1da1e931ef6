import Foundation
import RecordStream
import Regions
import Testing

/// list, check, show and schema, as a user calls them.
@Suite struct RegionCommandTests {
  @Test func `list names the regions, as records, CSV or a table`() throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    let records = desk.run("list")
    #expect(records.status == 0)
    let lines = records.output.split(separator: "\n")
    #expect(lines.count == 5)
    #expect(
      lines[3].hasPrefix(
        #"{"cohorts":["2026-autumn"],"country":"PL","forms":["answers","final","keywords","midterm","pulse","staff"],"id":"pl","#
      ))
    let csv = desk.run("list", "--format", "csv", "--region", "de,pl").output.components(separatedBy: "\r\n")
    #expect(csv[0] == "id,name,country,language,time zone,sites,cohorts,forms")
    #expect(
      csv[1].hasPrefix(#"de,Deutschland,DE,de,Europe/Berlin,"Stuttgart, Schwäbisch Gmünd",2026-autumn,"#))
    #expect(csv[2].hasPrefix("pl,Polska,PL,pl,"))
    #expect(desk.run("list", "--format", "table").output.contains("Magyarország"))
    #expect(desk.run("list", "--format", "html").status == 64)
  }

  @Test func `check is silent about what is right, and names all that is wrong`() throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    let right = desk.run("check")
    #expect(right.status == 0)
    #expect(right.output.isEmpty)
    #expect(right.errors == "note: 5 regions checked: 0 errors, 0 warnings\n")

    try desk.replace("regions/pl/region.yaml", "time-zone: Europe/Warsaw", "timezone: Europe/Warsaw")
    try desk.replace("regions/de/region.yaml", "subdivision: BW", "privacy: {minimum-group: 2}")
    let wrong = desk.run("check")
    #expect(wrong.status == 78)
    let lines = wrong.errors.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(
      lines[0].hasPrefix("Config/regions/de/region.yaml:4:26: error: `privacy.minimum-group` is 2, and may"))
    #expect(
      lines[1]
        == "Config/regions/pl/region.yaml:5:1: error: unknown key `timezone`; did you mean `time-zone`?")
    #expect(lines[2] == "note: 5 regions checked: 2 errors, 0 warnings")
    // Another region is not concerned, and any other tool ends with the same code.
    #expect(desk.run("check", "hu").status == 0)
    #expect(desk.run("list").status == 78)
    #expect(desk.run("list", "--region", "hu").status == 0)
    #expect(desk.run("check", "--diagnostics", "json", "pl").errors.hasPrefix("{"))
    #expect(desk.run("check", "pll").errors.contains("no region `pll`; did you mean `pl`?"))
  }

  /// A column whose field is misspelt would become an attribute, and the person would get the site's own value.
  @Test(arguments: FormField.names) func `a slip of any field of a form is named`(_ name: String) throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    let middle = name.index(name.startIndex, offsetBy: name.count / 2)
    // A letter left out, one too many, two swapped, another case, a hyphen.
    let slips = [
      String(name.dropLast()), name + "x", name.uppercased(), name.lowercased(),
      name[..<middle] + "-" + name[middle...],
    ].filter { !FormField.known.contains($0) && 2 * $0.count > name.count + 2 }
    #expect(slips.count >= 3)
    for slip in slips {
      let form = "use: staff-csv\nfields:\n  \(slip): Spalte\n"
      try Data(form.utf8).write(to: URL(fileURLWithPath: desk.config + "/regions/pl/forms/staff.yaml"))
      let run = desk.run("check", "pl")
      #expect(run.status == 78)
      #expect(
        run.errors.contains(
          "Config/regions/pl/forms/staff.yaml:3:3: error: unknown field `\(slip)`; did you mean `"),
        "\(slip): \(run.errors)")
      if slip.lowercased() == name.lowercased() { #expect(run.errors.contains("did you mean `\(name)`?")) }
    }
    #expect(desk.run("schema", "form").output.contains("\"\(name)\": {"))
  }

  @Test func `a holiday calendar that is none is named`() throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    try Data("hello\n".utf8).write(to: URL(fileURLWithPath: desk.config + "/regions/pl/holidays/pl.ics"))
    let told = desk.run("check", "pl")
    #expect(told.status == 78)
    #expect(told.errors.contains("Config/regions/pl/holidays/pl.ics"))
    #expect(told.errors.contains("`holidays` name no day in 2026"))
  }

  @Test func `show prints what applies, and why`() throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    try desk.replace("regions/pl/region.yaml", "  Wrocław: {", "  Wrocław: {sessions: {length: 60}, ")
    #expect(desk.run("show", "pl").output.contains("\n  length: 90\n"))
    #expect(desk.run("show", "pl", "--site", "Wrocław").output.contains("\n  length: 60\n"))
    let why = desk.run("show", "pl", "--why").output
    #expect(why.contains("# Config/programme.yaml:"))
    #expect(why.contains("# Config/regions/pl/region.yaml:2"))
    #expect(desk.run("show", "pl", "--site", "Kraków").status == 64)
    #expect(desk.run("show", "pl", "--cohort", "2020").errors.contains("it has 2026-autumn"))
    #expect(desk.run("show", "xx").status == 78)
  }

  @Test func `schema prints one, or renews them all`() throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    let shipped = try desk.text("schemas/region.json")
    #expect(desk.run("schema", "region").output == shipped)
    #expect(desk.run("schema", "reg").status == 64)
    try FileManager.default.removeItem(atPath: desk.config + "/schemas")
    #expect(desk.run("schema").status == 0)
    #expect(try desk.text("schemas/region.json") == shipped)
  }
}
