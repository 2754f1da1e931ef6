package import Foundation

/// Why a file could not be made.
package enum FileError: Error, Hashable, Sendable {
  case cannotCreate(path: String, errno: Int32)
  case cannotWrite(path: String, errno: Int32)

  package var path: String {
    switch self {
    case .cannotCreate(let path, _), .cannotWrite(let path, _): path
    }
  }

  package var message: String {
    switch self {
    case .cannotCreate(_, let number):
      "cannot be created: \(SystemCall.reason(number)); "
        + ([ENOSPC, EDQUOT].contains(number) ? FileError.advice(number) : "check the folder and the rights")
    case .cannotWrite(_, let number):
      "cannot be written: \(SystemCall.reason(number)); \(FileError.advice(number))"
    }
  }

  /// What to do where writing failed.
  package static func advice(_ number: Int32) -> String {
    switch number {
    case ENOSPC, EDQUOT, EFBIG: "make room and run it again"
    case EBADF: "give it a place to write to"
    default: "check the disk and run it again"
    }
  }
}

/// Files that are written beside and renamed into place: after a crash there is the old one or the new one, never half.
package enum AtomicFile {
  /// Writes `bytes` to `path`, readable by the owner alone unless `mode` says more.
  ///
  /// - Parameter synchronize: whether the bytes must be on the disk before the name is; leave it out only for many
  ///   files that can be made again.
  package static func write(
    _ bytes: some Collection<UInt8>, to path: String, mode: mode_t = 0o600, synchronize: Bool = true
  ) throws(FileError) {
    try FileDraft(path, mode: mode).place(bytes, synchronize: synchronize)
  }
}
