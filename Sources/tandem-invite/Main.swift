import ArgumentParser
import ToolSupport

@main struct Main {
  static func main() { ToolRun.main(InviteCommand.self) }
}

/// `tandem-invite`: notifies people of what concerns them, and reads their answers.
struct InviteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem-invite",
    abstract: "Invite to sessions and workshops, notify of changes, and read the answers.",
    version: Version.text,
    subcommands: [MakeCommand.self, SendCommand.self, PublishCommand.self, RepliesCommand.self],
    defaultSubcommand: MakeCommand.self)
}
