import Basics
import Foundation
import RecordStream
import Regions
import ToolSupport

@testable import tandem_region

/// A copy of the shipped configuration, and the tool run over it in this process.
struct RegionDesk {
  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().path

  let config: String

  init() throws {
    config = FileManager.default.temporaryDirectory.path + "/region-desk-" + UUID().uuidString
    try FileManager.default.copyItem(atPath: RegionDesk.repository + "/Config", toPath: config)
  }

  func remove() { try? FileManager.default.removeItem(atPath: config) }

  /// The folder's name is taken out of what was said.
  func run(_ arguments: String...) -> Result { run(arguments) }

  func run(_ arguments: [String]) -> Result {
    let console = Console(
      output: .memory(), errors: .memory(), environment: ["TANDEM_CONFIG": config], standardInput: [])
    let status = ToolRun.run(RegionCommand.self, arguments, on: console)
    return Result(
      status: status.rawValue, output: console.output.text.replacing(config, with: "Config"),
      errors: console.errors.text.replacing(config, with: "Config"))
  }

  func replace(_ file: String, _ old: String, _ new: String) throws {
    let url = URL(fileURLWithPath: config + "/" + file)
    let text = try String(contentsOf: url, encoding: .utf8)
    try Data(text.replacing(old, with: new).utf8).write(to: url)
  }

  func text(_ file: String) throws -> String {
    try String(contentsOfFile: config + "/" + file, encoding: .utf8)
  }
}
