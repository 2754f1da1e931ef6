import ArgumentParser
import ToolSupport

@main struct Main: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem-match",
    abstract: "Find who meets whom: the best tandems that the rules allow, and why.",
    discussion: """
      tandem-match [FILE…] --cohort ID: records with people in, the same with tandems out.
      tandem-match verify CERTIFICATE: proves a result without solving it.
      tandem-match replace TANDEM [FILE…]: a new partner when a tandem ends early.
      """,
    version: Version.text,
    subcommands: [MatchCommand.self, VerifyCommand.self, ReplaceCommand.self],
    defaultSubcommand: MatchCommand.self)

  static func main() { ToolRun.main(Main.self) }
}
