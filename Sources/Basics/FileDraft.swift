package import Foundation

/// A file in the making: written beside its place under a lock, then renamed into it.
///
/// The lock ends with the process, and the name beside is always the same: what a killed run left is taken over by the next run
/// that writes the file, or swept away. Whoever reads a file, changes it and writes it back holds its draft all the while:
/// of two such runs one waits for the other.
package final class FileDraft {
  /// Of the name beside.
  private static let ending = ".tandem-part"

  /// Where to write to; what is written is seen by nobody before `place`.
  package let output: Output
  private let path: String
  private let beside: String
  private let descriptor: Int32
  /// A device, a pipe or a socket: written to directly, since a file in its place would be something else.
  private let isStream: Bool
  private var isPlaced = false

  /// Waits for whoever else is making the file.
  ///
  /// - Throws: `FileError.cannotCreate`.
  package init(_ path: String, mode: mode_t = 0o600) throws(FileError) {
    self.path = path
    isStream = FileDraft.isStream(path)
    beside = isStream ? path : path + FileDraft.ending
    descriptor = isStream ? SystemCall.open(path, O_WRONLY | O_CLOEXEC) : FileDraft.begin(beside, mode)
    guard descriptor >= 0 else { throw .cannotCreate(path: path, errno: errno) }
    output = Output(descriptor: descriptor)
  }

  deinit {
    if !isPlaced, !isStream { SystemCall.unlink(beside) }
    close(descriptor)
  }

  /// Whether a device, a pipe or a socket is there.
  package static func isStream(_ path: String) -> Bool {
    guard let status = SystemCall.status(path) else { return false }
    return [S_IFCHR, S_IFIFO, S_IFSOCK].contains(status.st_mode & S_IFMT)
  }

  /// Negative where it cannot be made; then `errno` says why.
  private static func begin(_ beside: String, _ mode: mode_t) -> Int32 {
    while true {
      let descriptor = SystemCall.open(beside, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode)
      guard descriptor >= 0 else { return descriptor }
      // Where there are no locks, two runs at once are the user's to avoid.
      while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
      if let status = status(ofStill: beside, descriptor) {
        // One that others may read, or can reach by another name, is no place for names.
        let isOurs =
          status.st_uid == geteuid() && status.st_nlink == 1 && status.st_mode & 0o777 & ~mode == 0
        if isOurs, status.st_size == 0 || ftruncate(descriptor, 0) == 0 { return descriptor }
        guard SystemCall.unlink(beside) == 0 else {
          close(descriptor)
          errno = EACCES
          return -1
        }
      }
      close(descriptor)
    }
  }

  /// Of the open file, where the name still means it: whoever had the lock before may have renamed or removed it.
  private static func status(ofStill path: String, _ descriptor: Int32) -> stat? {
    guard let status = SystemCall.status(descriptor), let named = SystemCall.linkStatus(path),
      named.st_ino == status.st_ino, named.st_dev == status.st_dev
    else { return nil }
    return status
  }

  /// Writes all of a file and puts it into its place.
  ///
  /// - Throws: `FileError`; what was there before stays.
  package func place(_ bytes: some Collection<UInt8>, synchronize: Bool = true) throws(FileError) {
    do throws(OutputError) {
      try output.write(bytes)
    } catch {
      throw error.fileError(path)
    }
    try place(synchronize: synchronize)
  }

  /// Puts what was written into its place.
  ///
  /// - Parameters:
  ///   - target: another place in the same folder.
  ///   - synchronize: whether the bytes must be on the disk before the name is.
  /// - Throws: `FileError`; what was there before stays.
  package func place(at target: String? = nil, synchronize: Bool = true) throws(FileError) {
    let target = target ?? path
    do throws(OutputError) {
      try output.flush()
    } catch {
      throw error.fileError(target)
    }
    guard !isStream else { return }
    // The lock must hold until the name is right, so that a copy is closed: some disks report only then that they are full.
    guard !synchronize || fsync(descriptor) == 0, close(dup(descriptor)) == 0 else {
      throw .cannotWrite(path: target, errno: errno)
    }
    guard SystemCall.rename(beside, target) == 0 else { throw .cannotCreate(path: target, errno: errno) }
    isPlaced = true
  }

  /// Whether the path is a symbolic link, also with a slash behind it, by which the system would follow it.
  private static func isLink(_ path: String) -> Bool {
    var bytes = Array(path.utf8)
    while bytes.count > 1, bytes.last == UInt8(ascii: "/") || bytes.suffix(2) == Array("/.".utf8) {
      bytes.removeLast()
    }
    let status = SystemCall.linkStatus(String(decoding: bytes, as: UTF8.self))
    return status.map { $0.st_mode & S_IFMT == S_IFLNK } ?? false
  }

  /// Whether a file is one in the making.
  package static func isDraft(_ path: String) -> Bool { path.hasSuffix(ending) }

  /// Removes what killed runs left in a folder; drafts of runs that go on stay. A symbolic link to a folder is left alone:
  /// what it leads to may be another's.
  ///
  /// - Parameter folder: empty: the present one; one that is missing has nothing to remove.
  /// - Throws: `FileError.cannotCreate` where it cannot be listed.
  package static func sweep(_ folder: String) throws(FileError) {
    let folder = folder.isEmpty ? "." : folder
    guard !isLink(folder) else { return }
    let names: [String]
    do throws(InputError) {
      names = try FolderListing.namesIfPresent(in: folder)
    } catch {
      throw .cannotCreate(path: folder, errno: error.errno)
    }
    for name in names where isDraft(name) {
      let path = FolderListing.path(folder, name)
      let descriptor = SystemCall.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0, status(ofStill: path, descriptor) != nil {
        SystemCall.unlink(path)
      }
      close(descriptor)
    }
  }
}

extension OutputError {
  /// The same of a file.
  package func fileError(_ path: String) -> FileError {
    switch self {
    case .readerClosed: .cannotWrite(path: path, errno: EPIPE)
    case .failed(let number): .cannotWrite(path: path, errno: number)
    }
  }
}
