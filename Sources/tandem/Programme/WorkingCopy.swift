import Basics
import Foundation
import Programme
import RecordStream
import Store
import ToolSupport

/// The present records in a file that the tools read, for the time of one command.
final class WorkingCopy {
  let records: PresentRecords
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
    records = try PresentRecords(of: store) { try draft.output.writeLine($0) }
    try draft.place(synchronize: false)
  }

  deinit { WorkingCopy.remove(folder) }

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
