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
      "cannot be created: \(String(cString: strerror(number))); check the folder and the rights"
    case .cannotWrite(_, let number): "cannot be written: \(String(cString: strerror(number)))"
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
    let beside = "\(path).\(getpid()).part"
    let descriptor = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw .cannotCreate(path: path, errno: errno) }
    var failure: FileError?
    let output = Output(descriptor: descriptor)
    do throws(OutputError) {
      try output.write(bytes)
      try output.flush()
      if synchronize, fsync(descriptor) != 0 { failure = .cannotWrite(path: path, errno: errno) }
    } catch {
      switch error {
      case .readerClosed: failure = .cannotWrite(path: path, errno: EPIPE)
      case .failed(let number): failure = .cannotWrite(path: path, errno: number)
      }
    }
    if close(descriptor) != 0, failure == nil { failure = .cannotWrite(path: path, errno: errno) }
    if failure == nil, rename(beside, path) != 0 { failure = .cannotCreate(path: path, errno: errno) }
    if let failure {
      unlink(beside)
      throw failure
    }
  }
}
