import ArgumentParser
import ToolSupport

@main struct Main {
  static func main() { ToolRun.main(RegionCommand.self) }
}

/// Regions: who they are, whether their folders are right, what holds in them and why.
struct RegionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem-region",
    abstract: "Begin, check and explain the folders of regions, and draft the forms of their exports.",
    discussion: """
      A region is a folder, Config/regions/ID: it states what differs from headquarters' programme.yaml. Begin one with \
      `new`; then `form` drafts the form of an export, and `questionnaire` makes a questionnaire that a form reads.
      """,
    version: Version.text,
    subcommands: [
      NewCommand.self, FormCommand.self, QuestionnaireCommand.self, CheckCommand.self, ShowCommand.self,
      ListCommand.self,
      NamesCommand.self, SchemaCommand.self,
    ])
}
