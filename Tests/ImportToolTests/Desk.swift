import Basics
import Foundation
import Programme
import RecordStream
import Testing
import ToolSupport

@testable import tandem_import

/// A fresh folder with the programme's configuration and a region `xx` that takes every shipped form; runs the tool in it.
struct Desk: Sendable {
  struct Result: Sendable {
    var status: Int32
    var output: String
    var errors: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }
    /// What was told, without the folder's name and without notes.
    var complaints: [String] {
      errors.split(separator: "\n").map(String.init).filter { !$0.contains("note: ") }
    }
    var notes: [String] {
      errors.split(separator: "\n").map(String.init).filter { $0.contains("note: ") }
    }
    func record(_ index: Int) throws -> JSONValue { try JSONValue(parsing: lines[index].utf8) }
  }

  static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

  let folder: URL
  /// The configuration: ours with a region of the tests beside the five.
  let config: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "desk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    config = folder.appending(path: "Config")
    try FileManager.default.copyItem(at: Desk.repository.appending(path: "Config"), to: config)
    let region = config.appending(path: "regions/xx")
    try FileManager.default.createDirectory(at: region, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: Desk.fixtures.appending(path: "region.yaml"), to: region.appending(path: "region.yaml"))
  }

  func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

  @discardableResult
  func write(_ text: String, _ name: String) throws -> String { try write(Array(text.utf8), name) }

  @discardableResult
  func write(_ bytes: [UInt8], _ name: String) throws -> String {
    let url = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return path(name)
  }

  /// A copy of a fixture, by its name.
  @discardableResult
  func take(_ fixture: String) throws -> String {
    try write([UInt8](Data(contentsOf: Desk.fixtures.appending(path: fixture))), fixture)
  }

  func bytes(_ name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: folder.appending(path: name)))
  }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// Runs the tool in this process for region `xx`, unless the words name another; paths come out bare.
  func run(_ words: String...) -> Result { run(words) }

  /// The same on a thread of its own: the tool waits for a program, and must not hold a thread that the program's
  /// reader needs.
  func runApart(_ words: String...) async -> Result {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: run(words)) }
    }
  }

  func run(_ words: [String]) -> Result {
    let output = Output.memory()
    let errors = Output.memory()
    var environment = ["TANDEM_CONFIG": config.path(percentEncoded: false)]
    if !words.contains("--region") { environment["TANDEM_REGION"] = "xx" }
    let console = Console(output: output, errors: errors, environment: environment)
    let status = ImportTool.run(words, on: console)
    let prefix = path("")
    func bare(_ text: String) -> String { text.replacing(prefix, with: "") }
    return Result(status: status.rawValue, output: bare(output.text), errors: bare(errors.text))
  }
}
