import Foundation
import Testing

@testable import tool_pages

/// The pages of the tools as built beside this test bundle, written once for all tests.
struct BuiltPages {
  static let tools = Bundle.main.bundleURL.path
  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
  static let shared = Result { try BuiltPages() }

  let descriptions: [ToolDescription]
  let share: String

  private init() throws {
    share = NSTemporaryDirectory() + "tandem-pages-\(ProcessInfo.processInfo.processIdentifier)"
    descriptions = try ToolDescription.names.map { try ToolDescription.ofTool($0, in: Self.tools) }
    let written = try BuiltPages.say("\(Self.tools)/tool-pages", [Self.tools, share, "--date", "2026-11-23"])
    try #require(written?.status == 0, "\(written?.text ?? "no tool-pages")")
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

  /// What a program of this machine says; nil where it is not installed.
  static func say(
    _ program: String, _ arguments: [String], environment: [String: String] = [:], in folder: String? = nil
  ) throws -> (status: Int32, text: String)? {
    let paths = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    guard
      let path = (program.contains("/") ? [program] : paths.map { "\($0)/\(program)" }).first(
        where: FileManager.default.isExecutableFile(atPath:))
    else { return nil }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }
}
