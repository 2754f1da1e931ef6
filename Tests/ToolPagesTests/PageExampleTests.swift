import Foundation
import Testing

@testable import tool_pages

@Suite struct PageExampleTests {
  @Test func eachCommandOfThePagesRuns() throws {
    let folder = NSTemporaryDirectory() + "tandem-examples-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.copyItem(atPath: BuiltPages.repository + "/Examples/programme", toPath: folder)
    let path = BuiltPages.tools + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    for example in PageExample.all {
      let said = try #require(
        try BuiltPages.say(
          "sh", ["-ec", example.command],
          environment: [
            "PATH": path, "TANDEM_CONFIG": BuiltPages.repository + "/Config", "TANDEM_REGION": "pl,de",
          ], in: folder))
      #expect(said.status == 0, "\(example.command): \(said.text)")
    }
    #expect(Set(PageExample.all.map(\.tool)) == Set(ToolDescription.names + ["tandem"]))
  }
}
