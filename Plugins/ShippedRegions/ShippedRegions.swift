import Foundation
import PackagePlugin

/// Fails the build, with file, line and column, when a shipped region is wrong.
///
/// It runs again only when a file under Config/ has changed.
@main struct ShippedRegions: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
    let config = context.package.directoryURL.appending(path: "Config")
    let stamp = context.pluginWorkDirectoryURL.appending(path: "Checked.swift")
    return [
      .buildCommand(
        displayName: "Checking the shipped regions", executable: try context.tool(named: "tandem-region").url,
        arguments: ["check", "--quiet", "--config", config.path, "--stamp", stamp.path],
        inputFiles: files(in: config), outputFiles: [stamp])
    ]
  }

  private func files(in folder: URL) -> [URL] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (found?.compactMap { $0 as? URL } ?? []).sorted { $0.path < $1.path }
  }
}
