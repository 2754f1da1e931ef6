import Foundation
import PackagePlugin

/// `swift package check-regions [ID…]`: every mistake of the package's regions, with file, line and column.
@main struct CheckRegions: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) async throws {
    let process = Process()
    process.executableURL = try context.tool(named: "tandem-region").url
    process.currentDirectoryURL = context.package.directoryURL
    process.arguments = ["check", "--config", "Config"] + arguments
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { exit(process.terminationStatus) }
  }
}
