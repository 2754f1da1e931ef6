import ArgumentParser
import ToolSupport

@main struct Main {
  static func main() { ToolRun.main(CalendarCommand.self) }
}

/// `tandem-calendar`: brings what others keep on servers into files: calendars, and mails with answers.
struct CalendarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem-calendar",
    abstract: "Fetch busy calendars and answers from servers.",
    version: Version.text,
    subcommands: [FetchCommand.self, MailCommand.self, LoginCommand.self],
    defaultSubcommand: FetchCommand.self)
}
