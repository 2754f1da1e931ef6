import Foundation

/// Whether two names lead to one file.
package enum FileIdentity {
  /// Whether the names are those of one regular file: through links and dots, by hard links, or of a file that is not there
  /// yet. Devices and pipes are never the same: what is written to one destroys nothing.
  package static func isOne(_ a: String, _ b: String) -> Bool {
    let (one, other) = (SystemCall.status(a), SystemCall.status(b))
    if let one, let other {
      return FileKind(one.st_mode) == .file && one.st_dev == other.st_dev && one.st_ino == other.st_ino
    }
    return one == nil && other == nil && place(a) == place(b)
  }

  /// Where a file that is not there yet would be.
  private static func place(_ path: String) -> String {
    let folder = path.parentFolder.isEmpty ? "." : path.parentFolder
    return FolderListing.path(SystemCall.realPath(folder) ?? folder, path.fileName)
  }
}
