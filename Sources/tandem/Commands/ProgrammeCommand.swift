import ArgumentParser
import Store
import ToolSupport

/// A command on a programme that is there.
protocol ProgrammeCommand: ToolCommand {
  var options: ProgrammeOptions { get }
  /// What the log calls the command, if it commits.
  var logged: [String] { get }
  func run(_ programme: OpenProgramme) throws -> ToolStatus
}

extension ProgrammeCommand {
  var logged: [String] { [Self.configuration.commandName ?? ""] }

  func run(on console: Console) throws -> ToolStatus {
    let programme = try options.open(on: console, command: logged, shared: shared.words)
    return try StoreFailure.told { try run(programme) }
  }
}
