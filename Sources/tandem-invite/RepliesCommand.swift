import ArgumentParser
import ToolSupport

struct RepliesCommand: ToolCommand {
  static let configuration = CommandConfiguration(commandName: "replies")
  @OptionGroup var shared: SharedOptions
  func run(on console: Console) throws -> ToolStatus { .done }
}
