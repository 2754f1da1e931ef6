import ArgumentParser
import Basics
import Foundation
import Programme
import RecordStream
import Store
import ToolSupport

/// `tandem-store`: the plumbing of the store, for pipelines that somebody builds by hand.
struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem-store",
    abstract: "Read and write the records of a programme's store: the plumbing under `tandem`.",
    discussion: """
      tandem-store read | tandem-match --cohort 2026-autumn | tandem-store write

      The stream begins with a record of the revision that was read. If other commands changed the records since, `write` refuses.
      """, version: Version.text,

    subcommands: [
      StoreReadCommand.self, StoreWriteCommand.self, GrantCommand.self, RevokeCommand.self,
      AccessCommand.self,
      CountsCommand.self, CompactCommand.self,
    ])
}

struct StoreReadCommand: ProgrammeCommand {
  static let configuration = CommandConfiguration(
    commandName: "read", abstract: "Write all present records, behind a record of the revision.")
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func run(_ programme: OpenProgramme) throws -> ToolStatus {
    let copy = try WorkingCopy(programme.store, in: programme.folder)
    try programme.console.output.writeLine(ReadRevision(number: copy.records.base).line)
    let input = try Input(path: copy.path)
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try input.read(into: &buffer)
      guard count > 0 else { return .done }
      try programme.console.output.write(buffer[..<count])
    }
  }
}

struct StoreWriteCommand: ProgrammeCommand {
  static let configuration = CommandConfiguration(
    commandName: "write",
    abstract: "Commit the records of a stream as one revision: what the stream lacks is removed.")
  @Argument(
    help: ArgumentHelp("The stream; - or none: standard input.", valueName: "file"), completion: .file())
  var file: String?
  @Option(help: ArgumentHelp("What the log calls the command.", valueName: "text")) var message: String?
  @Flag(help: "Agree to records that vanish and sessions that are cancelled.") var yes = false
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  var logged: [String] { message.map { [$0] } ?? ["store", "write"] }

  func run(_ programme: OpenProgramme) throws -> ToolStatus {
    let inputs = try programme.console.open(file.map { [$0] } ?? [])
    let records = try PresentRecords(of: programme.store)
    let found = try records.changes(in: inputs) { programme.console.report($0) }
    guard let base = found.base else {
      throw ToolFailure(
        .badInput,
        "the stream does not say which revision it was read from: begin the pipeline with `tandem-store read`"
      )
    }
    guard found.mistakes == 0 else {
      throw ToolFailure(.badInput, "nothing was committed: correct the lines")
    }
    guard try programme.store.difference(from: base, to: records.base).isEmpty else {
      let between = try programme.store.revision(base + 1)
      throw StoreError.conflict(
        StoreError.Conflict(
          revision: base + 1, clerk: between?.act?.clerk ?? "somebody",
          command: between?.act?.command ?? "a command of another region"))
    }
    try programme.take(found, from: records, agreed: yes)
    return .done
  }
}
