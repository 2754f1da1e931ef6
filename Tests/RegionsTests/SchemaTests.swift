import Foundation
import Programme
import Testing

@testable import Regions

/// The JSON Schemas are the decoder's own, and every shipped file names its schema.
@Suite struct SchemaTests {
  @Test(arguments: JSONSchema.files.map(\.name))
  func `the shipped schemas are those of the decoder`(_ name: String) throws {
    let shipped = try String(
      contentsOfFile: ConfigurationFixture.shipped + "/schemas/" + name, encoding: .utf8)
    #expect(
      shipped == JSONSchema.files.first { $0.name == name }?.text,
      "run `tandem-region schema` and commit Config/schemas")
  }

  @Test func `they are JSON, and say what the decoder says`() throws {
    for file in JSONSchema.files {
      let object = try JSONSerialization.jsonObject(with: Data(file.text.utf8)) as? [String: Any]
      #expect(object?["additionalProperties"] as? Bool == false)
    }
    let region = try #require(JSONSchema.files.first { $0.name == "region.json" }).text
    let object = try #require(try JSONSerialization.jsonObject(with: Data(region.utf8)) as? [String: Any])
    let properties = try #require(object["properties"] as? [String: Any])
    #expect(Set(properties.keys) == Set(RegionSchema.settings.allowed(in: .region).map(\.name)))
    #expect(
      Set(try #require(object["required"] as? [String])) == [
        "name", "country", "language", "time-zone", "office", "sites",
      ])
    // What the decoder refuses at a layer, the schema does not offer there.
    #expect(properties["fixed"] == nil)
  }

  @Test func `every shipped file names its schema for editors`() throws {
    let root = ConfigurationFixture.shipped
    let files = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    var seen = 0
    for file in files where file.hasSuffix(".yaml") {
      let text = try String(contentsOfFile: root + "/" + file, encoding: .utf8)
      let depth = file.split(separator: "/").count - 1
      let kind =
        switch file.split(separator: "/").suffix(2).joined(separator: "/") {
        case "programme.yaml": "programme"
        case "topics.yaml": "topics"
        case let path where path.hasPrefix("texts/"): "texts"
        case let path where path.hasPrefix("holidays/"): "holidays"
        case let path where path.hasSuffix("/region.yaml"): "region"
        default: "form"
        }
      let line =
        "# yaml-language-server: $schema=" + String(repeating: "../", count: depth) + "schemas/\(kind).json"
      #expect(text.hasPrefix(line + "\n"), "\(file) should begin with \(line)")
      seen += 1
    }
    #expect(seen > 8)
  }

  @Test func `the texts that are shipped fit the schema of texts, and use all of it`() throws {
    let folder = ConfigurationFixture.shipped + "/texts"
    var used: Set<String> = []
    for name in try ConfigurationBytes.names(in: folder) {
      let bytes = try ConfigurationBytes.read(folder + "/" + name, shown: name)
      let root = try #require(YAMLDocument(bytes, file: name).root)
      var reader = SchemaReader(file: name, layer: .region)
      let value = reader.value(root, .record(TextSchema.settings), named: name)
      #expect(reader.diagnostics == [])
      used.formUnion(value?.entries.map(\.name) ?? [])
    }
    #expect(used == Set(TextSchema.settings.map(\.name)))
  }

  @Test func `every setting says what it means in one phrase`() {
    func walk(_ settings: [Setting], _ path: String) {
      for setting in settings {
        #expect(!setting.meaning.isEmpty && !setting.meaning.hasSuffix("."), "\(path)\(setting.name)")
        #expect(setting.name.utf8.allSatisfy { $0 != 0x5F }, "\(path)\(setting.name)")
        walk(setting.shape.settings, path + setting.name + ".")
      }
    }
    walk(RegionSchema.settings, "")
    walk(FormSchema.settings, "form.")
    walk(TextSchema.settings, "texts.")
    walk(HolidaySchema.settings, "holidays.")
  }

  @Test func `the shipped regions are right`() throws {
    let folder = ConfigurationFolder(path: ConfigurationFixture.shipped)
    #expect(try Set(folder.regionIDs()).isSuperset(of: ["cn", "de", "hu", "pl", "us"]))
    #expect(try folder.check(folder.regionIDs(), holidays: ConfigurationFixture.holidays) == [])
  }
}
