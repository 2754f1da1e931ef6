import Foundation
import TestSupport
import Testing

@testable import tool_pages

/// The pages of the tools as built beside this test bundle, written once for all tests.
struct BuiltPages {
  static let shared = Result { try BuiltPages() }

  let descriptions: [ToolDescription]
  let share: String

  private init() throws {
    share = NSTemporaryDirectory() + "tandem-pages-\(ProcessInfo.processInfo.processIdentifier)"
    descriptions =
      try ToolDescription.names.map { try ToolDescription.ofTool($0, in: Repository.tools) }
      + [ToolDescription.ofSuite(in: Repository.tools).own]
    let written = try Program.run(
      "\(Repository.tools)/tool-pages", [Repository.tools, share, "--date", "2026-11-23"])
    try #require(written.status == 0, "\(written.text)")
    // Without files of its own, for what a shell offers beside the names.
    try FileManager.default.createDirectory(atPath: share + "/none", withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(atPath: BuiltPages.folder) }
  }

  private static var folder: String {
    NSTemporaryDirectory() + "tandem-pages-\(ProcessInfo.processInfo.processIdentifier)"
  }

  func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(share)/\(path)", encoding: .utf8)
  }

  func files(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(share)/\(folder)").sorted()
      .map { "\(share)/\(folder)/\($0)" }
  }
}
