import Foundation

/// A file without a name for what does not fit into memory: gone when the process is, and never seen by another.
package final class ScratchFile: Sendable {
  package let descriptor: Int32

  /// - Throws: `FileError.cannotCreate`.
  package init() throws(FileError) {
    descriptor = SystemCall.temporaryFile()
    guard descriptor >= 0 else { throw .cannotCreate(path: "a temporary file", errno: errno) }
  }

  deinit { close(descriptor) }

  /// Writes all the bytes to an offset.
  ///
  /// - Throws: `FileError.cannotWrite`.
  package func write(_ bytes: Span<UInt8>, at offset: Int) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let count = SystemCall.write(descriptor, at: offset + done, bytes.extracting(done..<bytes.count))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .cannotWrite(path: "a temporary file", errno: errno) }
      done += count
    }
  }

  /// Fills the bytes from an offset of the file.
  ///
  /// - Returns: how many; fewer than asked for at the end of the file, or where it cannot be read.
  package func read(into bytes: inout [UInt8], at offset: Int) -> Int {
    OpenedFile.read(descriptor, at: offset, into: &bytes)
  }
}
