import ArgumentParser
import Basics
import Programme
import Store
import ToolSupport

/// The options of every command on a programme.
struct ProgrammeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The programme's folder; else $TANDEM_PROGRAMME, else the nearest one from the current folder upwards.",
      valueName: "dir"), completion: .directory)
  var programme: String?

  @OptionGroup var time: NowOption

  /// - Parameter shared: those that the tools get, too.
  /// - Throws: exit code 66 where no programme is found or it cannot be opened.
  func open(on console: Console, command words: [String], shared: [String] = []) throws -> OpenProgramme {
    try OpenProgramme(
      folder(on: console), now: time.time(on: console), command: words, shared: shared, on: console)
  }

  /// - Throws: exit code 66 where no programme is found.
  func folder(on console: Console) throws -> ProgrammeFolder {
    let folder: ProgrammeFolder?
    do {
      folder = try ProgrammeFolder.found(asked: programme, environment: console.environment)
    } catch let error as StoreError {
      throw ToolFailure(.noInput, error.message)
    }
    guard let folder else {
      throw ToolFailure(
        .noInput,
        "there is no programme here or above: go into its folder, name it with --programme, or make one with `tandem init`"
      )
    }
    return folder
  }
}
