import ArgumentParser
import ToolSupport

/// `tandem-schedule`: when each tandem meets, and whether it did.
struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem-schedule",
    abstract: "Plan the sessions of a cohort's tandems, change the plan, and keep a record of it.",
    discussion: """
      Without a subcommand, plans: `tandem-schedule --cohort ID …` is `tandem-schedule plan --cohort ID …`; for its \
      options, see `tandem-schedule plan --help`.
      """,
    version: Version.text,
    subcommands: [
      PlanCommand.self, MoveCommand.self, HeldCommand.self, MissedCommand.self, AddCommand.self,
      DropCommand.self,
      EndCommand.self, ProgressCommand.self, CertificateCommand.self, BusyCommand.self,
    ],
    defaultSubcommand: PlanCommand.self)
}
