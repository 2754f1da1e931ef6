import Foundation

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
    name = path
    descriptor = try OpenedFile.descriptor(path, .stream)
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

  /// Fills the buffer from an index on and returns how many bytes; 0 at the end.
  package func read(into buffer: inout [UInt8], from start: Int = 0) throws(InputError) -> Int {
    if let memory {
      let count = min(buffer.count - start, memory.count - position)
      buffer.replaceSubrange(start..<(start + count), with: memory[position..<(position + count)])
      position += count
      return count
    }
    while true {
      let count = SystemCall.read(descriptor, into: &buffer, from: start)
      if count >= 0 { return count }
      guard errno == EINTR else { throw .cannotRead(path: name, errno: errno) }
    }
  }

  /// Everything that is left.
  ///
  /// - Parameter limit: more bytes are refused, not cut.
  package func readAll(limit: Int = 1 << 30) throws(InputError) -> [UInt8] {
    guard let memory else { return try OpenedFile.bytes(of: descriptor, named: name, limit: limit) }
    guard memory.count - position <= limit else {
      throw .tooLarge(path: name, size: memory.count, limit: limit)
    }
    defer { position = memory.count }
    return Array(memory[position...])
  }
}
