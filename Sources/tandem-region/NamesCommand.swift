import ArgumentParser
import Basics
import Programme
import RecordStream
import Regions
import ToolSupport

/// Prints the names that the configuration gives, a line each.
struct NamesCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "names",
    abstract: "Print the names of regions, cohorts, sites, surveys, forms, purposes or topics, a line each.",
    discussion: """
      Of the selected regions, each name once, in byte order. Shell completions use it; scripts can, too. With the \
      beginning of a comma-separated list, each line is the list with one more name.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(help: "What is named.")
  var kind: SettingName
  @Argument(help: "The word that is begun: pl,d.")
  var word = ""

  func run(on console: Console) throws -> ToolStatus {
    let (before, taken) = begun
    for name in try names(on: console) where !taken.contains(name) {
      try console.output.write(before + name + "\n")
    }
    return .done
  }

  /// The begun list up to its last comma, and what is in it.
  private var begun: (before: String, taken: [Substring]) {
    guard kind.isListed, let comma = word.lastIndex(of: ",") else { return ("", []) }
    return (String(word[...comma]), word[..<comma].split(separator: ","))
  }

  private func names(on console: Console) throws -> [Substring] {
    // All regions' ids are offered, whichever are at work, and whether or not their folders are right.
    let names: [String] =
      kind == .regions
      ? try shared.declaredRegionIDs(on: console)
      : try shared.regions(on: console).flatMap(names)
    return Set(names).sorted { $0.precedesByBytes($1) }.map { $0[...] }
  }

  private func names(of region: Region) -> [String] {
    switch kind {
    case .regions: [region.id]
    case .cohorts: region.cohorts.map(\.id)
    case .sites: region.sites.map(\.name)
    case .surveys: region.surveys.map(\.name)
    case .forms: region.forms.map(\.name)
    case .purposes: region.finding.purposes.map(\.name)
    case .topics: region.topics.catalogue.topics.map(\.id)
    }
  }
}
