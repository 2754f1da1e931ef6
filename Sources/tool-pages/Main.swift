import ArgumentParser
import Foundation
import Programme
import ToolSupport

/// Writes the man pages and the completions of the built tools, from their own argument definitions.
///
/// Run by `make install` and by the tests; installed nowhere. Not `swift package generate-manual`: that plugin builds
/// itself and all tools again, knows one file a subcommand, and lists neither exit codes nor files nor examples.
@main struct Main: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tool-pages",
    abstract: "Write man pages and completions of the tools into a folder laid out as PREFIX/share.")

  @Argument(help: "The folder of the built tools.", completion: .directory)
  var tools: String
  @Argument(help: "The folder to write to.", completion: .directory)
  var share: String
  @Option(help: "The date of the pages, as 2026-11-23.")
  var date: LocalDate

  func run() throws {
    let tools = try ToolDescription.names.map { try ToolDescription.ofTool($0, in: self.tools) }
    let (suite, onRecords) = try ToolDescription.ofSuite(in: self.tools)
    let page = ManualPage(date: date, tools: tools)
    try write(SuitePage.text(page, suite, onRecords), "man/man1/tandem.1")
    try write(BashCompletion.dispatcher(suite, tools), "bash-completion/completions/tandem")
    try write(ZshCompletion.dispatcher(suite, tools), "zsh/site-functions/_tandem")
    try write(FishCompletion.dispatcher(suite, tools), "fish/vendor_completions.d/tandem.fish")
    for tool in tools {
      try write(page.text(of: tool), "man/man1/\(tool.name).1")
      try write(BashCompletion.text(of: tool), "bash-completion/completions/\(tool.name)")
      try write(ZshCompletion.text(of: tool), "zsh/site-functions/_\(tool.name)")
      try write(FishCompletion.text(of: tool), "fish/vendor_completions.d/\(tool.name).fish")
    }
  }

  private func write(_ text: String, _ path: String) throws {
    let file = URL(fileURLWithPath: share).appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}
