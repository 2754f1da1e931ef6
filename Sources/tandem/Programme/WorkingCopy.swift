import Basics
import Foundation
import Programme
import RecordStream
import Store
import ToolSupport

/// The present records in a file that the tools read, for the time of one command.
final class WorkingCopy {
  /// What files keep of it beside: the store has it in a log.
  static let logs: Set<String> = ["notice", "delivery", "asked", "read"]

  let base: Int
  /// By key; without the logs.
  let present: [RecordKey: [UInt8]]
  /// As they are in the stream.
  let order: [RecordKey]
  /// The stream.
  let path: String
  /// Where tools write the next state.
  let result: String
  private let folder: String

  /// - Parameter folder: of the programme.
  init(_ store: RecordStore, in programme: ProgrammeFolder) throws {
    let parent = FolderListing.path(programme.path, ".work")
    try Folders.make(parent)
    try WorkingCopy.sweep(parent)
    folder = FolderListing.path(parent, String(getpid()))
    try Folders.make(folder)
    path = folder + "/records.ndjson"
    result = folder + "/result.ndjson"
    let draft = try FileDraft(path)
    var present: [RecordKey: [UInt8]] = [:]
    var order: [RecordKey] = []
    base = try store.forEachRecord { key, line in
      guard !WorkingCopy.logs.contains(key.kind) else { return }
      present[key] = line
      order.append(key)
      try draft.output.writeLine(line.span)
    }
    self.present = present
    self.order = order
    try draft.place(synchronize: false)
  }

  deinit { WorkingCopy.remove(folder) }

  func changes(log: (Diagnostic) -> Void) throws -> StreamChanges {
    try StreamChanges(Input(path: result), against: present, order: order, log: log)
  }

  /// Removes the copies that killed commands left.
  private static func sweep(_ parent: String) throws {
    for name in try FolderListing.names(in: parent) {
      guard let process = pid_t(name), process != getpid(), kill(process, 0) != 0, errno == ESRCH else {
        continue
      }
      remove(FolderListing.path(parent, name))
    }
  }

  /// What cannot be removed now is swept by the next command.
  private static func remove(_ folder: String) {
    do throws(InputError) {
      for name in try FolderListing.namesIfPresent(in: folder) {
        SystemCall.unlink(FolderListing.path(folder, name))
      }
    } catch {}
    SystemCall.rmdir(folder)
  }
}
