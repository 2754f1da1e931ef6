import Foundation

/// Why an input could not be opened or read.
package enum InputError: Error, Hashable, Sendable {
  case cannotOpen(path: String, errno: Int32)
  case isFolder(path: String)
  case cannotRead(path: String, errno: Int32)

  package var path: String {
    switch self {
    case .cannotOpen(let path, _), .isFolder(let path), .cannotRead(let path, _): path
    }
  }

  package var message: String {
    switch self {
    case .cannotOpen(_, let number):
      "cannot be opened: \(String(cString: strerror(number))); check the path and the rights"
    case .isFolder: "is a folder; name the files in it"
    case .cannotRead(_, let number): "cannot be read: \(String(cString: strerror(number)))"
    }
  }
}

/// An opened input: a file, or standard input for `-`. Closed when it goes away.
package final class Input {
  /// As the user wrote it; `standard input` for `-`.
  package let name: String
  private let descriptor: Int32
  private let owns: Bool
  private let memory: [UInt8]?
  private var position = 0

  package init(path: String) throws(InputError) {
    memory = nil
    if path == "-" {
      name = "standard input"
      descriptor = 0
      owns = false
      return
    }
    let opened = open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw .cannotOpen(path: path, errno: errno) }
    var status = stat()
    if fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      close(opened)
      throw .isFolder(path: path)
    }
    name = path
    descriptor = opened
    owns = true
  }

  /// An input that is already in memory, for tests and for small texts.
  package init(name: String, bytes: [UInt8]) {
    self.name = name
    memory = bytes
    descriptor = -1
    owns = false
  }

  deinit { if owns { close(descriptor) } }

  /// Fills the buffer from its start and returns how many bytes; 0 at the end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    if let memory {
      let count = min(buffer.count, memory.count - position)
      memory.withUnsafeBytes { bytes in
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<(position + count)]))
      }
      position += count
      return count
    }
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else { throw .cannotRead(path: name, errno: errno) }
    }
  }

  /// Everything that is left, at most `limit` bytes.
  package func readAll(limit: Int = .max) throws(InputError) -> [UInt8] {
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while all.count < limit {
      let count = try piece.withUnsafeMutableBytes { buffer in
        Result { () throws(InputError) in try read(into: buffer) }
      }.get()
      guard count > 0 else { break }
      all.append(contentsOf: piece[..<count])
    }
    return all
  }
}
