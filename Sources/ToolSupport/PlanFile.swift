package import ArgumentParser
import Basics
import Foundation
import Programme
import RecordStream

/// The option of every command that reads the plan of a term and writes it again.
package struct PlanOption: ParsableArguments {
  @Option(
    name: .customLong("plan"),
    help: ArgumentHelp(
      """
      The plan: read from this file, which is replaced when the command has succeeded, and left alone when it fails. The plan \
      before is kept beside it, as FILE.before.
      """, valueName: "file"), completion: .file())
  package var path: String?

  package init() {}

  /// The inputs of a call: the plan first, then what it names; none of it is standard input, unless it is named.
  package func inputs(_ others: [String]) -> [String] { (path.map { [$0] } ?? []) + others }
}

/// A command that may write its records into the file of the plan.
package protocol PlanRewriting: ToolCommand {
  var planFile: PlanOption { get }
}

/// The file of the plan, while a command makes the next one.
///
/// The new plan is put into its place by one renaming, and only if the command came to its end. So a failing command, a crash or a
/// full disk leave the plan as it was.
struct PlanFile {
  private let path: String
  private let before: [UInt8]
  private let counts: RecordCounts
  private let draft: FileDraft

  /// Waits for any other command that is changing the plan.
  private init(_ named: String, on console: Console) throws {
    guard try FileKind.at(named) != nil else {
      throw ToolFailure(
        .noInput, "cannot be opened: there is no such plan; check the path of --plan", file: named)
    }
    // A link stays a link: the file that it leads to is replaced.
    path = SystemCall.realPath(named) ?? named
    draft = try FileDraft(path)
    before = try OpenedFile.bytes(path, limit: 1 << 32)
    counts = try RecordCounts(before, named: named) { console.report($0) }
    // What cannot be read would be missing in the next plan.
    guard counts.mistakes == 0 else {
      throw ToolFailure(
        .badInput, "the plan stays as it is: correct its lines, or take the plan before (\(named).before)",
        file: named)
    }
  }

  static func run(_ command: some PlanRewriting, _ named: String, on console: Console) throws -> ToolStatus {
    let file = try PlanFile(named, on: console)
    let output = Output.memory()
    let status = try command.run(on: console.writing(to: output))
    switch status {
    case .done, .badInput, .unavailable: try file.replace(by: output.written, named: named)
    case .usage, .noInput, .cannotCreate, .ioError, .configuration:
      throw ToolFailure(status, "the plan stays as it is", file: named)
    }
    return status
  }

  private func replace(by bytes: [UInt8], named: String) throws {
    let now = try RecordCounts(bytes, named: "the new plan") { _ in }
    guard now.mistakes == 0 else {
      throw ToolFailure(
        .usage, "the plan stays as it is: only records can replace it, not a table", file: named)
    }
    if let lost = counts.kindMissing(in: now) {
      throw ToolFailure(
        .badInput,
        "the plan stays as it is: it has \(counted(lost.count, "record")) of the kind `\(lost.kind)`, and the new one has none",
        file: named)
    }
    guard bytes != before else { return }
    try AtomicFile.write(before, to: path + ".before")
    try draft.place(bytes)
  }
}

/// How many records of which kind there are.
private struct RecordCounts {
  private var counts: [String: Int] = [:]
  private(set) var mistakes = 0

  init(_ bytes: [UInt8], named name: String, report: @escaping (Diagnostic) -> Void) throws {
    var mistakes = 0
    var counts: [String: Int] = [:]
    try RecordReader(
      Input(name: name, bytes: bytes),
      log: {
        if $0.severity == .error { mistakes += 1 }
        report($0)
      }
    ).forEachLine { counts[$0.kind, default: 0] += 1 }
    self.counts = counts
    self.mistakes = mistakes
  }

  /// What no command takes out of a plan altogether.
  func kindMissing(in other: RecordCounts) -> (kind: String, count: Int)? {
    for kind in ["person", "tandem", "session"] {
      if let count = counts[kind], count > 0, other.counts[kind, default: 0] == 0 { return (kind, count) }
    }
    return nil
  }
}
