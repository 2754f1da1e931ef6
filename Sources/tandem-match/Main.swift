import ArgumentParser
import ToolSupport

@main struct Main: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem-match",
    abstract: "Find who meets whom: the best tandems that the rules allow, and why.",
    version: Version.text,
    subcommands: [MatchCommand.self, VerifyCommand.self, ReplaceCommand.self],
    defaultSubcommand: MatchCommand.self)

  static func main() { ToolRun.main(Main.self) }
}
