import Foundation
import Programme
import Testing

@testable import Regions

/// The two departments of Examples/regions, held against the shipped headquarters.
@Suite struct ExampleRegionsTests {
  private func configuration() throws -> ConfigurationFolder {
    let path = FileManager.default.temporaryDirectory.path + "/tandem-examples-" + UUID().uuidString
    try FileManager.default.copyItem(atPath: ConfigurationFixture.shipped, toPath: path)
    for id in ["aurora-at", "aurora-mx"] {
      try FileManager.default.copyItem(
        atPath: ConfigurationFixture.examples + "/regions/" + id, toPath: path + "/regions/" + id)
    }
    return ConfigurationFolder(path: path)
  }

  @Test func `both are right`() throws {
    let folder = try configuration()
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    let told = folder.check(["aurora-at", "aurora-mx"], holidays: ConfigurationFixture.holidays)
    #expect(told == [])
    #expect(try folder.load(["aurora-at", "aurora-mx"]).map(\.name) == ["Aurora Wien", "Aurora México"])
  }

  @Test func `one differs from headquarters in three lines`() throws {
    let folder = try configuration()
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    let region = try #require(folder.read(["aurora-at"]).regions.first)
    let own = folder.folder(of: "aurora-at") + "/region.yaml"
    var lines: Set<Int> = []
    let programme = folder.programme
    for path in ExampleRegionsTests.leaves(programme, "") {
      let parts = path.split(separator: "/").map(String.init)
      guard let value = region.value[path: parts], value.origin.file == own else { continue }
      lines.insert(value.origin.line)
    }
    #expect(lines.count == 3)
  }

  @Test func `the other differs in every setting that headquarters leaves open`() throws {
    let folder = try configuration()
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    let region = try #require(folder.read(["aurora-mx"]).regions.first)
    let programme = folder.programme
    let fixed = Set(programme["fixed"]?.texts ?? [])
    var same: [String] = []
    for path in ExampleRegionsTests.leaves(programme, "") {
      let parts = path.split(separator: "/").map(String.init)
      // What is asked everywhere is asked alike, or no two regions could be put side by side.
      if ["fixed", "bounds", "surveys"].contains(parts[0]) || fixed.contains(parts.joined(separator: ".")) {
        continue
      }
      if region.value[path: parts]?.content == programme[path: parts]?.content { same.append(path) }
    }
    #expect(same == [])
  }

  private static func leaves(_ value: Value, _ prefix: String) -> [String] {
    value.entries.flatMap { entry in
      entry.value.entries.isEmpty
        ? [prefix + entry.name] : leaves(entry.value, prefix + entry.name + "/")
    }
  }
}
