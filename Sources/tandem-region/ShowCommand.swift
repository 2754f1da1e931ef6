import ArgumentParser
import Basics
import Programme
import RecordStream
import Regions
import ToolSupport

/// Prints what effectively holds in a region.
struct ShowCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print a region's effective settings as YAML.",
    discussion:
      "programme.yaml, overlaid by region.yaml, and by the site's and the cohort's own settings where asked.")

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The region.", completion: .settings(.regions))
  var id: String
  @Flag(help: "After each value, the file and line that set it.")
  var why = false
  @Option(help: "As it applies at this site.", completion: .settings(.sites))
  var site: String?
  @Option(help: "As it applies during this cohort.", completion: .settings(.cohorts))
  var cohort: String?

  func run(on console: Console) throws -> ToolStatus {
    let folder = shared.configuration(on: console)
    let (regions, diagnostics) = folder.read([id])
    let failed = diagnostics.contains { $0.severity == .error }
    guard let region = regions.first else { throw ToolFailure(.configuration, diagnostics) }
    for (kind, name, section) in [("site", site, "sites"), ("cohort", cohort, "cohorts")] {
      guard let name, region.value[path: [section, name]] == nil else { continue }
      let known = region.value[section]?.entries.map(\.name) ?? []
      throw ToolFailure(.usage, "no \(kind) `\(name)` in \(id): it has \(known.joined(separator: ", "))")
    }
    for diagnostic in diagnostics { console.report(diagnostic) }
    try console.output.write(EffectiveText.yaml(region, site: site, cohort: cohort, why: why))
    return failed ? .configuration : .done
  }
}
