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
    // What the examples call calendar.example.com.
    let web = try WorkFolder()
    try FileManager.default.createDirectory(atPath: web.path + "/www", withIntermediateDirectories: true)
    try web.file("www/f3a9.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n")
    let server = try StandInServer(.web, folder: web.path)
    for example in PageExample.all {
      let said = try Program.run(
        "sh",
        [
          "-ec",
          example.command.replacing("https://calendar.example.com", with: "http://127.0.0.1:\(server.port)"),
        ],
        environment: [
          "PATH": path, "TANDEM_CONFIG": Repository.config, "TANDEM_REGION": "pl,de",
        ], in: folder)
      #expect(said.status == 0, "\(example.command): \(said.text)")
    }
    #expect(Set(PageExample.all.map(\.tool)) == Set(ToolDescription.names + ["tandem"]))
  }
}
