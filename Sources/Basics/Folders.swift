package import Foundation

/// Folders as tools make them.
package enum Folders {
  /// The folder and what leads to it, where they are not there yet.
  ///
  /// - Parameter mode: of each that is made.
  /// - Throws: `FileError.cannotCreate`.
  package static func make(_ path: String, mode: mode_t = 0o700) throws(FileError) {
    if SystemCall.mkdir(path, mode) == 0 { return }
    let parent = path.parentFolder
    if errno == ENOENT, !parent.isEmpty, parent != path {
      try make(parent, mode: mode)
      if SystemCall.mkdir(path, mode) == 0 { return }
    }
    let number = errno
    guard number == EEXIST, let status = SystemCall.status(path), status.st_mode & S_IFMT == S_IFDIR else {
      throw .cannotCreate(path: path, errno: number)
    }
  }
}
