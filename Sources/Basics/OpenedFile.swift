import Foundation

/// The one way by which files that a user, a region or a folder names are opened for reading.
package enum OpenedFile {
  package enum Wanted: Sendable {
    /// A regular file: what lies in a folder, and what configuration names. A pipe there would be waited for without end.
    case file
    /// Also a pipe or a terminal, which somebody who names it outright wants: `<(command)`, `/dev/stdin`.
    case stream
  }

  /// Opens a path for reading.
  ///
  /// - Returns: a descriptor, which the caller closes.
  /// - Throws: `InputError`, also for a folder, a socket, or a device that never ends, such as /dev/zero.
  package static func descriptor(_ path: String, _ wanted: Wanted) throws(InputError) -> Int32 {
    // Without O_NONBLOCK, opening a pipe waits for its writer before anybody can see that it is a pipe.
    let waits = wanted == .stream ? 0 : O_NONBLOCK
    let descriptor = SystemCall.open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | waits)
    guard descriptor >= 0 else {
      // A socket cannot be opened at all.
      if errno == ENXIO, let kind = try FileKind.at(path) { throw .isNoFile(path: path, kind: kind) }
      throw .cannotOpen(path: path, errno: errno)
    }
    guard let status = SystemCall.status(descriptor) else {
      let number = errno
      close(descriptor)
      throw .cannotOpen(path: path, errno: number)
    }
    let kind = FileKind(status.st_mode)
    switch kind {
    case .file: return descriptor
    case .pipe where wanted == .stream: return descriptor
    case .device where wanted == .stream && (isatty(descriptor) == 1 || isNull(status)): return descriptor
    case .folder:
      close(descriptor)
      throw .isFolder(path: path)
    case .pipe, .socket, .device:
      close(descriptor)
      throw .isNoFile(path: path, kind: kind)
    }
  }

  /// Whether it is /dev/null, which ends at once.
  private static func isNull(_ status: stat) -> Bool {
    SystemCall.status("/dev/null")?.st_rdev == status.st_rdev
  }

  /// Everything in a file.
  ///
  /// - Parameter limit: of the size: what is larger is refused, not cut.
  /// - Throws: `InputError`.
  package static func bytes(_ path: String, _ wanted: Wanted = .file, limit: Int) throws(InputError)
    -> [UInt8]
  {
    let descriptor = try descriptor(path, wanted)
    defer { close(descriptor) }
    return try bytes(of: descriptor, named: path, limit: limit)
  }

  /// The beginning of a file, at most `count` bytes.
  ///
  /// - Throws: `InputError`.
  package static func head(_ path: String, count: Int) throws(InputError) -> [UInt8] {
    let descriptor = try descriptor(path, .file)
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: count)
    while true {
      let got = SystemCall.read(descriptor, into: &bytes)
      if got >= 0 { return Array(bytes[..<got]) }
      guard errno == EINTR else { throw .cannotRead(path: path, errno: errno) }
    }
  }

  /// Everything that is left behind a descriptor.
  ///
  /// - Parameter limit: more is refused, not cut.
  /// - Throws: `InputError.cannotRead`, `.tooLarge`.
  package static func bytes(of descriptor: Int32, named path: String, limit: Int) throws(InputError)
    -> [UInt8]
  {
    let status = SystemCall.status(descriptor)
    let size = status.map { FileKind($0.st_mode) == .file ? Int($0.st_size) : 0 } ?? 0
    guard size <= limit else { throw .tooLarge(path: path, size: size, limit: limit) }
    var all: [UInt8] = []
    all.reserveCapacity(size)
    var piece = [UInt8](repeating: 0, count: max(1 << 12, min(size + 1, 1 << 20)))
    while true {
      let count = SystemCall.read(descriptor, into: &piece)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .cannotRead(path: path, errno: errno) }
      if count == 0 { return all }
      guard all.count + count <= limit else { throw .tooLarge(path: path, size: nil, limit: limit) }
      all.append(contentsOf: piece[..<count])
    }
  }

  /// Fills the bytes from an offset of a regular file, wherever the descriptor's position is.
  ///
  /// - Returns: how many; fewer than asked for at the end of the file, or where it cannot be read.
  package static func read(_ descriptor: Int32, at offset: Int, into bytes: inout [UInt8]) -> Int {
    var done = 0
    while done < bytes.count {
      let count = SystemCall.read(descriptor, at: offset + done, into: &bytes, from: done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      done += count
    }
    return done
  }
}
