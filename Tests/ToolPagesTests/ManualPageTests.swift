import Foundation
import TestSupport
import Testing

@testable import tool_pages

@Suite struct ManualPageTests {
  @Test(arguments: ToolDescription.names + ["tandem"]) func eachOptionAndOperandIsInThePage(_ name: String)
    throws
  {
    let pages = try BuiltPages.shared.get()
    let tool = try #require(pages.descriptions.first { $0.name == name })
    let text = try pages.text("man/man1/\(name).1")
    var told = 0
    for command in tool.commands {
      if tool.commands.count > 1, !command.name.isEmpty { #expect(text.contains("\n.Ss \(command.name)\n")) }
      for option in command.options {
        #expect(text.contains("Fl Fl \(Roff.word(option.long))"), "--\(option.long)")
        told += 1
      }
      for operand in command.operands {
        #expect(text.contains("\n.It Ar \(operand.name)"), "\(operand.name)")
      }
    }
    #expect(told >= 7)
    let sections = text.split(separator: "\n").filter { $0.hasPrefix(".Sh ") }.map { $0.dropFirst(4) }
    #expect(
      sections == [
        "NAME", "SYNOPSIS", "DESCRIPTION", "ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES", "SEE ALSO",
      ])
    #expect(text.contains("\n.Bd -literal -offset indent\n"), "it has an example")
  }

  @Test func thePageOfTandemHasEachOfItsCommands() throws {
    let text = try BuiltPages.shared.get().text("man/man1/tandem.1")
    let help = try Program.run("\(Repository.tools)/tandem", ["--help"]).text
    let names = help.split(separator: "\n").filter { $0.hasPrefix(" ") }
      .compactMap { $0.split(separator: " ").first }
    #expect(names.count > 20 && names.contains("status") && names.contains("match"))
    for name in names { #expect(text.contains("\n.Ss \(name)\n"), "\(name)") }
    #expect(text.contains("tandem\\-match(1), and"))
  }

  @Test func theHelpOfAToolNamesNoSubcommandThatThePagesMiss() throws {
    let pages = try BuiltPages.shared.get()
    for tool in pages.descriptions {
      let help = try Program.run("\(Repository.tools)/\(tool.name)", ["--help"])
      let call = try Regex("\(tool.name) ([a-z]+)", as: (Substring, Substring).self)
      for match in help.text.matches(of: call) where match.1 != "help" {
        #expect(tool.named.contains { $0.name == match.1 }, "\(match.1)")
      }
    }
  }

  @Test func eachVariableThatHelpMentionsIsExplained() throws {
    for tool in try BuiltPages.shared.get().descriptions {
      let words = tool.commands.map { $0.discussion + $0.options.map(\.abstract).joined() }.joined()
      for match in words.matches(of: /\$(TANDEM_[A-Z_]+)/) {
        #expect(ManualPage.variables.contains { $0.name == match.1 }, "\(match.0)")
      }
    }
  }

  @Test func mandocFindsNothingToFix() throws {
    for page in try BuiltPages.shared.get().files("man/man1") {
      let said = try Program.run("mandoc", ["-T", "lint", "-W", "style", page])
      let complaints = said.text.split(separator: "\n").filter {
        // The pages are not installed here, and .Os is a rule of the BSDs' own manuals.
        !$0.contains("referenced manual not found") && !$0.contains("operating system explicitly specified")
      }
      #expect(complaints.isEmpty, "\(complaints)")
    }
  }

  @Test func groffFindsNothingToFix() throws {
    for page in try BuiltPages.shared.get().files("man/man1") {
      let said = try Program.run(
        "man", ["--warnings", "-E", "UTF-8", "-l", "-Tutf8", page],
        environment: ["LC_ALL": "C.UTF-8", "MANWIDTH": "80", "PAGER": "cat"])
      #expect(said.status == 0, "\(page): \(said.text.prefix(400))")
      #expect(!said.text.contains("warning:"), "\(said.text.prefix(400))")
    }
  }
}
