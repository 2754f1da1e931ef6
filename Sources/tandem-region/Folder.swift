import Foundation
import RecordStream
import ToolSupport

/// Folders as tools make them.
enum Folder {
  /// The folder and what leads to it, where they are not there yet.
  static func make(_ path: String) throws(ToolFailure) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw ToolFailure(.cannotCreate, "cannot be created: check the path and your rights", file: path)
    }
  }

  /// A folder with all its files, or nothing: made beside under a hidden name, and renamed.
  ///
  /// - Throws: where something of that name is there already, or it cannot be written.
  static func create(_ path: String, files: [(path: String, text: String)]) throws {
    guard (try? FileManager.default.attributesOfItem(atPath: path)) == nil else {
      throw ToolFailure(
        .cannotCreate, "is there already, and nothing is written over: choose another id, or delete it",
        file: path)
    }
    let parent = (path as NSString).deletingLastPathComponent
    let beside = "\(parent)/.\((path as NSString).lastPathComponent).\(getpid()).part"
    try make(beside)
    do {
      for file in files {
        let target = beside + "/" + file.path
        try make((target as NSString).deletingLastPathComponent)
        try AtomicFile.write(Array(file.text.utf8), to: target, mode: 0o644)
      }
      guard rename(beside, path) == 0 else {
        throw ToolFailure(.cannotCreate, "cannot be created: \(String(cString: strerror(errno)))", file: path)
      }
    } catch {
      try? FileManager.default.removeItem(atPath: beside)
      throw error
    }
  }
}
