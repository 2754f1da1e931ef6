import Basics
import Foundation
import Programme
import TestSupport
import Testing

@testable import Regions

/// What is no configuration at all is refused before it is read, and never crashes.
@Suite struct HostileFileTests {
  @Test func `a file of 50 MB is refused unread`() throws {
    let fixture = try ConfigurationFixture()
    defer { fixture.remove() }
    let path = fixture.path + "/regions/one/region.yaml"
    #expect(truncate(path, 50 << 20) == 0)
    let taken = ThreadTime.measure {
      #expect(
        fixture.check() == [
          "regions/one/region.yaml: error: has 52428800 bytes, and at most 1048576 are read: "
            + "split it, or take out what is not configuration"
        ])
    }
    #expect(taken < .seconds(5))
  }

  @Test(arguments: [
    "regions/one/region.yaml", "regions/one/forms/staff.yaml", "regions/one/holidays/days.ics",
  ])
  func `a link out of the folder is refused`(_ file: String) throws {
    let fixture = try ConfigurationFixture()
    defer { fixture.remove() }
    let outside = FileManager.default.temporaryDirectory.path + "/outside-" + UUID().uuidString
    try Data("name: Elsewhere\n".utf8).write(to: URL(fileURLWithPath: outside))
    defer { try? FileManager.default.removeItem(atPath: outside) }
    try FileManager.default.removeItem(atPath: fixture.path + "/" + file)
    try FileManager.default.createSymbolicLink(
      atPath: fixture.path + "/" + file, withDestinationPath: outside)
    let real = try #require(SystemCall.realPath(outside))
    #expect(
      fixture.check().contains(
        "\(file): error: is a symbolic link out of the configuration folder, to \(real): copy the file here instead"
      ))
  }

  @Test func `a link within the folder is followed`() throws {
    let fixture = try ConfigurationFixture()
    defer { fixture.remove() }
    let forms = fixture.path + "/regions/one/forms/"
    try FileManager.default.moveItem(
      atPath: forms + "staff.yaml", toPath: fixture.path + "/regions/one/kept.txt")
    try FileManager.default.createSymbolicLink(
      atPath: forms + "staff.yaml", withDestinationPath: "../kept.txt")
    #expect(fixture.check() == [])
  }

  @Test func `a link to itself, a pipe and a folder are named`() throws {
    let fixture = try ConfigurationFixture()
    defer { fixture.remove() }
    let path = fixture.path + "/regions/one/region.yaml"
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "region.yaml")
    #expect(
      fixture.check() == [
        "regions/one/region.yaml: error: is a symbolic link that leads to itself: put a file here instead"
      ])
    try FileManager.default.removeItem(atPath: path)
    #expect(mkfifo(path, 0o600) == 0)
    #expect(
      fixture.check() == ["regions/one/region.yaml: error: is not a file: put a file of this name here"])
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    #expect(
      fixture.check() == ["regions/one/region.yaml: error: is not a file: put a file of this name here"])
    try FileManager.default.removeItem(atPath: path)
    #expect(
      fixture.check() == ["regions/one/region.yaml: error: is not there: create it, or correct the name"])
  }

  @Test func `a region that is not there, and a folder that is not there`() throws {
    let fixture = try ConfigurationFixture()
    defer { fixture.remove() }
    #expect(fixture.check(["oen"]) == [".: error: no region `oen`; did you mean `one`?"])
    #expect(
      fixture.check(["../one"]) == [
        ".: error: no region `../one`: `tandem-region list` names those there are"
      ])
    let nowhere = ConfigurationFolder(path: fixture.path + "/nowhere")
    #expect(throws: ConfigurationError.self) { try nowhere.load(["one"]) }
    #expect(try nowhere.regionIDs() == [])
  }

  /// Any prefix, and any file with one byte changed, gives diagnostics or a region: never a crash.
  @Test func `no damaged file crashes`() throws {
    let bytes = Array(
      try String(
        contentsOfFile: ConfigurationFixture.fixtures + "/valid/regions/one/region.yaml", encoding: .utf8
      )
      .utf8)
    func read(_ bytes: [UInt8]) {
      let document = YAMLDocument(bytes, file: "region.yaml")
      guard let root = document.root else {
        #expect(!document.diagnostics.isEmpty || bytes.allSatisfy { $0 == 0x0A || $0 == 0x20 })
        return
      }
      var reader = SchemaReader(file: "region.yaml", layer: .region)
      _ = reader.value(root, .record(RegionSchema.settings), named: "region.yaml")
    }
    for length in stride(from: 1, to: bytes.count, by: 3) { read(Array(bytes[..<length])) }
    let odd: [UInt8] = [
      0x00, 0x09, 0x0D, 0x22, 0x27, 0x26, 0x2A, 0x3F, 0x5B, 0x7B, 0x7C, 0x85, 0xC2, 0xFF, 0x2D, 0x3A, 0x23,
    ]
    var state: UInt64 = 42
    for index in stride(from: 0, to: bytes.count, by: 5) {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var damaged = bytes
      damaged[index] = odd[Int(state >> 33) % odd.count]
      read(damaged)
    }
  }

  @Test func `deep nesting of every kind is refused`() {
    for text in [
      String(repeating: "- ", count: 10_000), String(repeating: "[", count: 100_000),
      String(repeating: "{a: ", count: 50_000), String(repeating: "? ", count: 10_000),
      (0..<2_000).map { String(repeating: " ", count: $0) + "-\n" }.joined(),
      (0..<2_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
    ] {
      let document = YAMLDocument(Array(text.utf8), file: "a.yaml")
      #expect(document.root == nil)
      #expect(document.diagnostics.count == 1)
    }
  }
}
