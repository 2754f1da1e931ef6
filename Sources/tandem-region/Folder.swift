import Basics
import Foundation
import Programme
import RecordStream
import ToolSupport

/// Folders as tools make them.
enum Folder {
  /// The folder and what leads to it, where they are not there yet; open to all, for others read the configuration.
  static func make(_ path: String) throws(ToolFailure) {
    do throws(FileError) {
      try Folders.make(path, mode: 0o777)
    } catch {
      throw ToolFailure(.cannotCreate, error.message, file: path)
    }
  }

  /// A folder with all its files, or nothing: made beside under a hidden name, and renamed.
  ///
  /// - Throws: where something of that name is there already, or it cannot be written.
  static func create(_ path: String, files: [(path: String, text: String)]) throws {
    let beside = FolderListing.path(path.parentFolder, ".\(path.fileName).part")
    let lock = try lock(beside)
    defer { close(lock) }
    do {
      guard SystemCall.linkStatus(path) == nil, errno == ENOENT else {
        throw ToolFailure(
          .cannotCreate, "exists already, and is not overwritten: choose another id, or delete it",
          file: path)
      }
      // What a killed run left.
      for name in try FolderListing.names(in: beside) {
        try FileManager.default.removeItem(atPath: "\(beside)/\(name)")
      }
      for file in files {
        let target = beside + "/" + file.path
        try make(target.parentFolder)
        try AtomicFile.write(Array(file.text.utf8), to: target, mode: 0o644)
      }
      guard SystemCall.rename(beside, path) == 0 else {
        throw ToolFailure(.cannotCreate, "cannot be created: \(SystemCall.reason(errno))", file: path)
      }
    } catch {
      try? FileManager.default.removeItem(atPath: beside)
      throw error
    }
  }

  /// Makes a folder, and waits for whoever else is at work in it; the lock ends with the descriptor.
  private static func lock(_ path: String) throws(ToolFailure) -> Int32 {
    while true {
      try make(path)
      let descriptor = SystemCall.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
      guard descriptor >= 0 else {
        // Somebody put it into its place between the two calls.
        if errno == ENOENT { continue }
        throw ToolFailure(.cannotCreate, "cannot be opened: \(SystemCall.reason(errno))", file: path)
      }
      while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
      if let opened = SystemCall.status(descriptor), let named = SystemCall.linkStatus(path),
        opened.st_ino == named.st_ino
      {
        return descriptor
      }
      close(descriptor)
    }
  }
}
