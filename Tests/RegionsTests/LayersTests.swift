import Foundation
import Programme
import Testing

@testable import Regions

/// programme ← region ← site ← cohort, and each value knows who said it.
@Suite struct LayersTests {
  @Test func `a lower layer speaks where it says something, and nowhere else`() throws {
    let fixture = try ConfigurationFixture()
    defer { fixture.remove() }
    try fixture.replace(
      "regions/one/region.yaml", "  Berg:\n",
      "  Berg:\n    sessions: {length: 60}\n    matching: {weights: {taught: 9}}\n    language: de\n")
    try fixture.replace(
      "regions/one/region.yaml", "end: 2027-09-01}", "end: 2027-09-01, sessions: {length: 120, notice: 3}}")
    let region = try #require(try fixture.folder.load(["one"]).first)

    #expect(region.frame.length == 90)
    #expect(region.frame.gap == 7...28)
    #expect(region.frame.sessions == 10)
    #expect(region.matching.objective == .total)
    #expect(region.privacy.minimumGroup == 6)
    #expect(region.privacy.minimumGroupText == 10)

    #expect(region.at(site: "Berg").frame.length == 60)
    #expect(region.at(site: "Berg").frame.gap == 7...28)
    #expect(region.at(site: "Berg").matching.weights.taught == 9)
    #expect(region.at(site: "Berg").matching.weights.returned == region.matching.weights.returned)
    #expect(region.at(site: "Hafen").frame.length == 90)
    #expect(region.at(cohort: "2027-spring").frame.length == 120)
    #expect(region.at(site: "Hafen", cohort: "2027-spring").frame.notice == 3)
    // The cohort is the lower layer.
    #expect(region.at(site: "Berg", cohort: "2027-spring").frame.length == 120)
    #expect(region.at(site: "Berg", cohort: "2027-spring").matching.weights.taught == 9)
    #expect(region.at(site: "Berg", cohort: "2026-autumn").frame.length == 60)
    #expect(region.at(site: "Nowhere", cohort: "never").frame.length == 90)

    #expect(region.sites.map(\.name) == ["Hafen", "Berg"])
    #expect(region.sites.map(\.language) == ["en", "de"])
    #expect(region.cohorts.map(\.id) == ["2026-autumn", "2027-spring"])
    let berg = try #require(region.site(named: "berg"))
    #expect(berg.workingHours.spans[.friday] == [ClockSpan(480..<840)])
    #expect(berg.workingHours.spans[.monday] == [ClockSpan(480..<1080)])
    #expect(berg.workingHours.spans[.sunday] == nil)
    #expect(region.site(named: "Harbour")?.rooms.map(\.capacity) == [6])
    #expect(berg.holidays == [fixture.path + "/regions/one/holidays/days.ics"])
    #expect(
      region.matching.extraRules == [
        ExtraRule(name: "centre", test: .forbidSame(attribute: "costCentre")),
        ExtraRule(name: "seniority", test: .require(measure: "level-gap", comparison: ">=", value: 2)),
      ])
    #expect(
      region.adapters["sap"]
        == Adapter(command: ["./adapters/sap.sh", "{file}"], timeLimit: 60, sizeLimit: 100_000_000))
  }

  @Test func `show prints every value with the file and the line that set it`() throws {
    let fixture = try ConfigurationFixture()
    defer { fixture.remove() }
    let region = try #require(fixture.folder.read(["one"]).regions.first)
    let text = EffectiveText.yaml(region, why: true)
    for line in text.split(separator: "\n") where !line.hasSuffix(":") {
      let parts = line.components(separatedBy: "# ")
      let place = try #require(parts.last).split(separator: ":")
      #expect(place.count == 2, "\(line)")
      let source = try String(contentsOfFile: String(place[0]), encoding: .utf8).components(separatedBy: "\n")
      let number = try #require(Int(place[1]))
      let key = parts[0].split(separator: ":").first.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
      // Days may stand in a range, and a cohort's or room's parts in one line with it.
      let isDay = Weekday(rawValue: key) != nil
      #expect(isDay || source[number - 1].contains(key.replacing("\"", with: "")), "\(line)")
    }
    #expect(text.contains("length: 90"))
    #expect(text.contains("# \(fixture.path)/regions/one/region.yaml:17"))
    #expect(!text.contains("fixed"))
  }

  @Test func `what show prints reads as a region of the same settings`() throws {
    for id in try ConfigurationFolder(path: ConfigurationFixture.shipped).regionIDs() {
      let folder = ConfigurationFolder(path: ConfigurationFixture.shipped)
      let shipped = try #require(folder.read([id]).regions.first)
      let text = EffectiveText.yaml(shipped, why: true)
      let document = YAMLDocument(Array(text.utf8), file: "shown.yaml")
      var reader = SchemaReader(file: "shown.yaml", layer: .region)
      let root = try #require(document.root)
      let read = reader.value(root, .record(RegionSchema.settings), named: "shown")
      let value = try #require(read)
      #expect(document.diagnostics + reader.diagnostics == [])
      let again = EffectiveRegion(
        id: id, folder: shipped.folder, value: value, forms: [], isRead: true, region: nil)
      #expect(EffectiveText.yaml(again, why: false) == EffectiveText.yaml(shipped, why: false))
    }
  }

  @Test func `every default is in programme yaml alone, and every setting of it is read`() throws {
    let folder = ConfigurationFolder(path: ConfigurationFixture.shipped)
    let programme = folder.programme
    let missing = Completeness.missing(
      programme, RegionSchema.settings, at: .programme, named: "programme.yaml", placed: "here")
    #expect(missing == [])
    let (_, diagnostics) = folder.read(["pl"])
    #expect(diagnostics == [])
  }

  /// The schema and the typed settings are one: whatever number, flag or word is changed changes the region.
  @Test func `every setting has an effect`() throws {
    let fixture = try ConfigurationFixture()
    defer { fixture.remove() }
    let effective = try #require(fixture.folder.read(["one"]).regions.first)
    let before = try #require(effective.region)
    func region(_ value: Value) throws -> Region {
      try Region(
        id: before.id, value: value, forms: before.forms, catalogue: before.topics.catalogue,
        folder: before.folder)
    }
    #expect(try region(effective.value) == before)
    var tried = 0
    for path in Headquarters.paths(RegionSchema.settings.filter { $0.layers != [.programme] }) {
      let parts = path.split(separator: ".").map(String.init)
      guard let value = effective.value[path: parts] else { continue }
      let other: Value.Content
      switch value.content {
      case .whole(let number): other = .whole(number + 1)
      case .flag(let flag): other = .flag(!flag)
      case .none where path.hasSuffix("preferred-half"): other = .text("morning")
      case .none where path.hasSuffix("url") || path.hasSuffix("feedback"):
        other = .text("https://example.com")
      case .none: other = .whole(3)
      case .text("total"): other = .text("fair")
      case .text("office"): other = .text("room")
      case .text("12:00-13:00"): other = .text("11:00-12:00")
      case .text("09:00"): other = .text("08:00")
      case .text("15:00"): other = .text("14:00")
      case .text("17:00"): other = .text("16:00")
      case .text(let text): other = .text(text + "x")
      default: continue
      }
      var changed = effective.value
      ConfigurationFixture.set(&changed, parts, Value(other, value.origin))
      #expect(try region(changed) != before, "\(path) changes nothing")
      tried += 1
    }
    #expect(tried > 40)
  }

  @Test func `only what is asked for is read`() throws {
    let fixture = try ConfigurationFixture()
    defer { fixture.remove() }
    try fixture.write("regions/two/region.yaml", "nonsense")
    #expect(try fixture.folder.load(["one"]).map(\.id) == ["one"])
    #expect(throws: ConfigurationError.self) { try fixture.folder.load(["one", "two"]) }
    #expect(try fixture.folder.regionIDs() == ["one", "two"])
  }

  @Test func `the folder is the one asked for, else the environment's, else Config`() {
    func path(_ asked: String?, _ environment: [String: String]) -> String {
      ConfigurationFolder.found(asked: asked, environment: environment).path
    }
    #expect(path("/a/", ["TANDEM_CONFIG": "/b"]) == "/a")
    #expect(path(nil, ["TANDEM_CONFIG": "/b"]) == "/b")
    #expect(path(nil, ["TANDEM_CONFIG": ""]) == "Config")
  }

  @Test(arguments: [
    ("/opt/tandem/bin/tandem-match", "/opt/tandem/etc/tandem"),
    ("/usr/local/bin/tandem-match", "/usr/local/etc/tandem"), ("/usr/bin/tandem-match", "/etc/tandem"),
    ("/usr/lib/deep/tandem-match", "/usr/lib/etc/tandem"), ("/bin/tandem-match", "/etc/tandem"),
    ("/tandem-match", "/etc/tandem"),
  ]) func `an installed tool finds what was installed with it`(_ tool: String, _ folder: String) {
    #expect(ConfigurationFolder.installed(besideTool: tool) == folder)
  }
}

extension ConfigurationFixture {
  static func set(_ value: inout Value, _ path: [String], _ new: Value) {
    guard let first = path.first else { return }
    if path.count == 1 {
      value[first] = new
    } else if var inner = value[first] {
      set(&inner, Array(path.dropFirst()), new)
      value[first] = inner
    }
  }
}
