import Foundation

/// Why a file or folder that somebody named could not be opened, listed or read.
package enum InputError: Error, Hashable, Sendable {
  case cannotOpen(path: String, errno: Int32)
  case isFolder(path: String)
  /// Something other than a file where a file is wanted: `kind` is what it is.
  case isNoFile(path: String, kind: FileKind)
  case cannotRead(path: String, errno: Int32)
  /// More than `limit` bytes; `size` is nil of what has no size before it was read.
  case tooLarge(path: String, size: Int?, limit: Int)

  package var path: String {
    switch self {
    case .cannotOpen(let path, _), .isFolder(let path), .isNoFile(let path, _), .cannotRead(let path, _),
      .tooLarge(let path, _, _):
      path
    }
  }

  /// The system's number of it, where it has one; else that of a file that is no file.
  package var errno: Int32 {
    switch self {
    case .cannotOpen(_, let number), .cannotRead(_, let number): number
    case .isFolder: EISDIR
    case .isNoFile: EINVAL
    case .tooLarge: EFBIG
    }
  }

  package var message: String {
    switch self {
    case .cannotOpen(_, let number):
      "cannot be opened: \(reason(number)); check the path and the rights"
    case .isFolder: "is a folder; name the files in it"
    case .isNoFile(_, let kind): "is not a file but a \(kind.name); put a file in its place"
    case .cannotRead(_, let number): "cannot be read: \(reason(number))"
    case .tooLarge(_, let size, let limit):
      "has \(size.map { "\($0)" } ?? "more") bytes, and at most \(limit) are read; check that it is the right file"
    }
  }

  private func reason(_ number: Int32) -> String { SystemCall.reason(number) }
}
