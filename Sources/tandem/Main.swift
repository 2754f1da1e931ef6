import ArgumentParser
import Basics
import Foundation
import Programme
import RecordStream
import Store
import ToolSupport

/// `tandem`: the commands on a programme that remembers. Any other `tandem NAME …`, and the name of a tool outside a programme,
/// becomes `tandem-NAME …`: ours, a region's, or any on the PATH.
@main struct Main {
  static func main() {
    ToolRun.main { given, console in
      let words = programmeLast(given)
      guard let name = words.first, !["-h", "--help", "help"].contains(name) || words.count > 1 else {
        return tell(Overview.text, words.isEmpty ? .usage : .done, on: console)
      }
      if name == "--version" { return tell(Version.text + "\n", .done, on: console) }
      if name == "help" {
        return ToolRun.run(TandemCommand.self, Array(words.dropFirst()) + ["--help"], on: console)
      }
      if name == "store" { return ToolRun.run(StoreCommand.self, Array(words.dropFirst()), on: console) }
      if isOwn(name, words, console) { return ToolRun.run(TandemCommand.self, words, on: console) }
      ToolFinder.become(name, Array(words.dropFirst()), on: console)
    }
  }

  /// `tandem --programme DIR status` is `tandem status --programme DIR`.
  private static func programmeLast(_ words: [String]) -> [String] {
    guard let first = words.first, first == "--programme" || first.hasPrefix("--programme=") else {
      return words
    }
    let count = first == "--programme" ? 2 : 1
    guard words.count > count else { return words }
    return [words[count]] + words[..<count] + words[(count + 1)...]
  }

  /// Whether the word is a command on a programme. The tools' names are, where there is a programme.
  private static func isOwn(_ name: String, _ words: [String], _ console: Console) -> Bool {
    if TandemCommand.onRecords.contains(name) {
      let asked = (try? ToolWords(Array(words.dropFirst())))?.programme
      do {
        return try ProgrammeFolder.found(asked: asked, environment: console.environment) != nil
      } catch {
        // The command says what is wrong with it.
        return true
      }
    }
    return TandemCommand.names.contains(name) || name.hasPrefix("--")
  }

  private static func tell(_ text: String, _ status: ToolStatus, on console: Console) -> ToolStatus {
    do throws(OutputError) {
      try console.output.write(text)
      try console.output.flush()
    } catch {
      if error != .readerClosed {
        console.report(Diagnostic(.error, error.message, file: "standard output"))
        return .ioError
      }
    }
    return status
  }
}

struct TandemCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem", abstract: "Run a reverse-mentoring programme.", version: Version.text,
    subcommands: groups.flatMap(\.commands))

  /// By purpose, in the order of a term.
  static let groups: [(purpose: String, commands: [any ParsableCommand.Type])] = [
    (
      "begin",
      [InitCommand.self, ImportCommand.self, MatchCommand.self, ScheduleCommand.self, InviteCommand.self]
    ),
    (
      "each week",
      [
        StatusCommand.self, HeldCommand.self, MissedCommand.self, AwayCommand.self, MoveCommand.self,
        AddCommand.self, DropCommand.self, EndCommand.self,
      ]
    ),
    ("in the term", [WorkshopCommand.self, SurveyCommand.self, FindCommand.self]),
    (
      "look back",
      [
        LogCommand.self, ShowCommand.self, DiffCommand.self, UndoCommand.self, ExportCommand.self,
        VerifyCommand.self,
      ]
    ),
    ("people's rights", [PersonCommand.self, ForgetCommand.self]),
  ]

  private static func name(_ command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? ""
  }

  static let names = Set(groups.flatMap(\.commands).map(name))
  static let onRecords = Set(groups.flatMap(\.commands).compactMap { ($0 as? any OnRecords.Type)?.tool })
}

/// What `tandem --help` shows.
enum Overview {
  static var text: String {
    var text = """
      Run a reverse-mentoring programme, with a memory of every step.

      USAGE: tandem COMMAND [ARGUMENTS]     tandem COMMAND --help shows more

      """
    for (purpose, commands) in TandemCommand.groups {
      text += "\n\(purpose.uppercased())\n"
      for command in commands {
        let name = command.configuration.commandName ?? ""
        text +=
          "  \(name)\(String(repeating: " ", count: max(2, 12 - name.count)))\(command.configuration.abstract)\n"
      }
    }
    text += """

      A programme is found by --programme DIR, $TANDEM_PROGRAMME, or from the current folder upwards.
      The tools beneath work on files and pipes: tandem-import, tandem-match, tandem-calendar, tandem-schedule,
      tandem-invite, tandem-workshop, tandem-survey, tandem-find, tandem-region, tandem-store. `tandem NAME` runs any other
      tandem-NAME.

      """
    return text
  }
}
