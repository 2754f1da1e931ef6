import ArgumentParser
import ToolSupport

@main struct Main {
  static func main() { ToolRun.main(InviteCommand.self) }
}

/// `tandem-invite`: tells everybody what concerns them, and understands what they answer.
struct InviteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem-invite",
    abstract: "Invites to sessions and workshops, tells what changed, and reads the answers.",
    discussion: "Without a subcommand, makes invitations: see `tandem-invite make --help`.",
    version: Version.text, subcommands: [MakeCommand.self, RepliesCommand.self] + sending,
    defaultSubcommand: MakeCommand.self)
}

/// Needs TLS, whose library takes minutes to build: there with `swift build --traits SMTP`.
#if SMTP
  private let sending: [any ParsableCommand.Type] = [SendCommand.self]
#else
  private let sending: [any ParsableCommand.Type] = []
#endif
