import ArgumentParser
import ToolSupport

@main struct Main {
  static func main() { ToolRun.main(InviteCommand.self) }
}

/// `tandem-invite`: tells everybody what concerns them, and understands what they answer.
struct InviteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem-invite",
    abstract: "Invite to sessions and workshops, notify of changes, and read the answers.",
    version: Version.text,
    subcommands: [MakeCommand.self, SendCommand.self, PublishCommand.self, RepliesCommand.self],
    defaultSubcommand: MakeCommand.self)
}
