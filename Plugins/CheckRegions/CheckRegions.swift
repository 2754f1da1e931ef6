import Foundation
import PackagePlugin

/// `swift package check-regions [ID…]`: every mistake of the package's regions, with file, line and column.
///
/// The tool is built when the plugin runs, and is no dependency of it: a plugin's dependencies are compiled a second
/// time in every build of the package.
@main struct CheckRegions: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) async throws {
    var parameters = PackageManager.BuildParameters()
    parameters.logging = .concise
    let built = try packageManager.build(.product("tandem-region"), parameters: parameters)
    guard built.succeeded, let tool = built.builtArtifacts.first(where: { $0.kind == .executable }) else {
      Diagnostics.error("tandem-region cannot be built, so the regions are not checked:\n\(built.logText)")
      return
    }
    let process = Process()
    process.executableURL = tool.url
    process.currentDirectoryURL = context.package.directoryURL
    process.arguments = ["check", "--config", "Config"] + arguments
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { exit(process.terminationStatus) }
  }
}
