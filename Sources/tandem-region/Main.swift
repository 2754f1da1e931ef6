import ArgumentParser
import ToolSupport

@main struct Main {
  static func main() { ToolRun.main(RegionCommand.self) }
}

/// Regions: who they are, whether their folders are right, what holds in them and why.
struct RegionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem-region",
    abstract: "Check, explain and begin the folders of regions.",
    discussion:
      "A region is a folder, Config/regions/ID: it states what differs from headquarters' programme.yaml.",
    version: Version.text,
    subcommands: [
      ListCommand.self, CheckCommand.self, ShowCommand.self, NewCommand.self, NamesCommand.self,
      SchemaCommand.self,
    ])
}
