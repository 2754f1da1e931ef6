import Basics
import Foundation
import Programme
import RecordStream
import Store
import ToolSupport

/// A programme at work: its store, its files, and the tools, for one command.
final class OpenProgramme {
  let folder: ProgrammeFolder
  let store: RecordStore
  let now: Timestamp
  let console: Console
  let plumbing: Plumbing
  private let words: [String]

  init(
    _ folder: ProgrammeFolder, now: Timestamp, command words: [String], shared: [String], on console: Console
  ) throws {
    self.folder = folder
    self.now = now
    self.console = console
    self.words = words
    plumbing = Plumbing(
      tools: ToolFinder.ownFolder, folder: folder, environment: console.environment, shared: shared)
    do {
      store = try RecordStore(StoreAddress.database(of: folder))
    } catch let error as StoreError {
      throw ToolFailure(.noInput, error.message, file: folder.settings.server ?? folder.storePath)
    }
  }

  /// Who the log says did it: the server's role, which nobody can choose; of a file $TANDEM_CLERK, else the system's user.
  private func clerk() throws -> String {
    if let role = try store.role() { return role }
    if let name = console.environment["TANDEM_CLERK"], !name.isEmpty { return name }
    return NSUserName()
  }

  private func act(undoes: Int? = nil) throws -> Act {
    Act(
      moment: now, clerk: try clerk(), command: CommandLineText.withoutSecrets(words), tools: Version.text,
      configuration: try configurationDigest(), undoes: undoes)
  }

  /// Of the configuration folder at work; empty where there is none to be read.
  private func configurationDigest() throws -> String {
    let path = console.environment["TANDEM_CONFIG"] ?? folder.settings.configuration
    guard let path, try FileKind.at(path) == .folder else { return "" }
    return try ContentDigest.ofFolder(path)
  }

  /// Commits changes that need no tool.
  ///
  /// - Returns: the number of the revision; nil: nothing changed.
  @discardableResult
  func commit(_ changes: [Change], onto base: Int, entries: [LogEntry] = [], undoes: Int? = nil) throws
    -> Int?
  {
    try store.commit(act(undoes: undoes), onto: base, changes, entries: entries)
  }

  /// Runs a command on the present records and commits what it changed as one revision. If another command came in between,
  /// it is run once more.
  ///
  /// - Parameters:
  ///   - asks: whether the user has agreed to records that vanish and sessions that are cancelled.
  ///   - work: writes the next state to `result` of the copy.
  /// - Returns: the status of `work`.
  func revise(
    agreed: Bool, entries: (WorkingCopy) throws -> [LogEntry] = { _ in [] },
    _ work: (WorkingCopy) throws -> ToolStatus
  ) throws -> ToolStatus {
    try twice {
      let copy = try WorkingCopy(store, in: folder)
      let status = try work(copy)
      guard [.done, .badInput, .unavailable].contains(status) else {
        console.report(Diagnostic(.note, "nothing was committed"))
        return status
      }
      let found = try copy.records.changes(in: [Input(path: copy.result)]) { self.console.report($0) }
      guard found.mistakes == 0 else {
        throw ToolFailure(.ioError, "the result cannot be read: nothing was committed")
      }
      try take(found, from: copy.records, agreed: agreed, entries: entries(copy))
      return status
    }
  }

  /// Runs what reads the records and commits, and if another command came in between, once more on what that one left.
  func twice<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch StoreError.conflict(let conflict) {
      console.report(
        Diagnostic(
          .note,
          "revision \(conflict.revision) by \(conflict.clerk) came in between (`\(conflict.command)`): run again on it"
        ))
      return try body()
    }
  }

  /// Commits what a stream changes, if nothing vanishes that somebody did not agree to.
  func take(
    _ found: StreamChanges, from records: PresentRecords, agreed: Bool, entries: [LogEntry] = []
  ) throws {
    let report = try ChangeReport(found.changes, decoded: found.records, present: records.lines)
    try guardAgainstLoss(found, from: records, report, agreed: agreed)
    try tell(report, revision: commit(found.changes, onto: records.base, entries: entries))
  }

  private func tell(_ report: ChangeReport, revision number: Int?) throws {
    guard let number else {
      console.report(Diagnostic(.note, "nothing changed"))
      return
    }
    try console.output.write(report.text(numbers: store.pairNumbers(), limit: 20, revision: number))
    try console.output.flush()
    console.report(Diagnostic(.note, "revision \(number); `tandem undo` takes it back"))
  }

  /// What would vanish is listed, and needs somebody's word.
  private func guardAgainstLoss(
    _ found: StreamChanges, from records: PresentRecords, _ report: ChangeReport, agreed: Bool
  ) throws {
    for kind in ["person", "tandem", "session"] {
      let before = records.lines.keys.count { $0.kind == kind }
      let removed = found.removed.count { $0.key.kind == kind }
      let added = found.changes.count { $0.key.kind == kind && $0.before == nil }
      guard before == 0 || removed < before || added > 0 else {
        throw ToolFailure(
          .badInput,
          "all \(counted(before, kind == "person" ? "person record" : kind)) would vanish: nothing was committed"
        )
      }
    }
    let losses = report.losses
    guard !losses.isEmpty, !agreed else { return }
    try console.errors.write(losses.text(numbers: store.pairNumbers(), limit: 20, revision: nil))
    guard Confirmation.isAsked(on: console) else {
      throw ToolFailure(
        .badInput,
        "\(counted(losses.count, "record")) would be removed or cancelled: nothing was committed; with --yes it is"
      )
    }
    guard try Confirmation.ask("Commit this?", on: console) else {
      throw ToolFailure(.badInput, "nothing was committed")
    }
  }
}
