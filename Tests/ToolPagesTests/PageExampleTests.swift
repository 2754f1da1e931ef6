import Foundation
import TestSupport
import Testing

@testable import tool_pages

@Suite struct PageExampleTests {
  @Test func eachCommandOfThePagesRuns() throws {
    let folder = NSTemporaryDirectory() + "tandem-examples-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.copyItem(atPath: Repository.path + "/Examples/programme", toPath: folder)
    let path = Repository.tools + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    for example in PageExample.all {
      let said = try Program.run(
        "sh", ["-ec", example.command],
        environment: [
          "PATH": path, "TANDEM_CONFIG": Repository.config, "TANDEM_REGION": "pl,de",
        ], in: folder)
      #expect(said.status == 0, "\(example.command): \(said.text)")
    }
    #expect(Set(PageExample.all.map(\.tool)) == Set(ToolDescription.names + ["tandem"]))
  }
}
