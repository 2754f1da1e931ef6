package import Foundation

/// What a name in the file system leads to.
package enum FileKind: Hashable, Sendable {
  case file, folder, pipe, socket, device

  package init(_ mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    case S_IFIFO: self = .pipe
    case S_IFSOCK: self = .socket
    default: self = .device
    }
  }

  /// Through symbolic links.
  ///
  /// - Returns: nil where nothing has this name.
  /// - Throws: `InputError.cannotOpen` where the system does not say, because a folder on the way may not be entered.
  package static func at(_ path: String) throws(InputError) -> FileKind? {
    if let status = SystemCall.status(path) { return FileKind(status.st_mode) }
    guard errno == ENOENT || errno == ENOTDIR else { throw .cannotOpen(path: path, errno: errno) }
    return nil
  }

  package var name: String {
    switch self {
    case .file: "file"
    case .folder: "folder"
    case .pipe: "named pipe"
    case .socket: "socket"
    case .device: "device"
    }
  }
}
