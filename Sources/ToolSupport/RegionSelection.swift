import Basics
import Programme
package import Regions

extension SharedOptions {
  /// The configuration folder: `--config`, else $TANDEM_CONFIG, else ./Config, else the installed one.
  package func configuration(on console: Console) -> ConfigurationFolder {
    ConfigurationFolder.found(
      asked: config, environment: console.environment, executable: "/proc/self/exe")
  }

  /// The ids at work: `--region`, else $TANDEM_REGION, else all.
  package func regionIDs(on console: Console) throws(ToolFailure) -> [String] {
    let asked = (region ?? console.environment["TANDEM_REGION"] ?? "")
      .split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
    return asked.isEmpty ? try declaredRegionIDs(on: console) : asked.map { String($0) }
  }

  /// The ids of all regions of the configuration, at work or not.
  ///
  /// - Throws: exit code 78 where their folder cannot be listed.
  package func declaredRegionIDs(on console: Console) throws(ToolFailure) -> [String] {
    do throws(ConfigurationError) {
      return try configuration(on: console).regionIDs()
    } catch {
      throw ToolFailure(.configuration, error.diagnostics)
    }
  }

  /// The regions at work, in the order asked for. Warnings are reported.
  ///
  /// - Parameter readsForms: false for a command that drafts a form, and must not stumble over those that are there.
  /// - Throws: exit code 78 with every mistake of the files that were read.
  package func regions(on console: Console, readsForms: Bool = true) throws(ToolFailure) -> [Region] {
    let folder = configuration(on: console)
    let ids = try regionIDs(on: console)
    guard !ids.isEmpty else {
      throw ToolFailure(
        .configuration,
        "no region here: name the folder with --config or $TANDEM_CONFIG, or begin one with `tandem-region new`",
        file: folder.path)
    }
    let (regions, diagnostics) = folder.read(ids, readsForms: readsForms)
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      throw ToolFailure(.configuration, diagnostics)
    }
    for diagnostic in diagnostics { console.report(diagnostic) }
    return regions.compactMap(\.region)
  }

  /// The texts of these regions. Warnings are reported.
  ///
  /// - Throws: exit code 78 where a region's texts are wrong.
  package func wording(of regions: [Region], on console: Console) throws(ToolFailure) -> RegionWording {
    let (wording, mistakes) = RegionWording.load(regions, config: configuration(on: console).path)
    guard !mistakes.contains(where: { $0.severity == .error }) else {
      throw ToolFailure(.configuration, mistakes)
    }
    for mistake in mistakes { console.report(mistake) }
    return wording
  }
}
