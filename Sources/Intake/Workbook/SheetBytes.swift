import Basics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of a workbook, which are read from any place and more than once: a file, or a pipe's bytes in a file without
/// a name.
final class SheetBytes {
  let name: String
  /// The first bytes, and whether they are all.
  let head: [UInt8]
  let isWhole: Bool
  let descriptor: Int32

  /// Of a regular file; the descriptor stays the caller's.
  init(name: String, head: [UInt8], isWhole: Bool, file descriptor: Int32) throws(IntakeError) {
    self.name = name
    self.head = head
    self.isWhole = isWhole
    self.descriptor = dup(descriptor)
    guard self.descriptor >= 0 else { throw .readFailed(String(cString: strerror(errno))) }
  }

  /// Of a pipe: what is left of it behind its head goes to a file that nobody else sees and that is gone with the process.
  init(name: String, head: [UInt8], isWhole: Bool, pipe: Int32, limit: Int = WorkbookLimits().file)
    throws(IntakeError)
  {
    self.name = name
    self.head = head
    self.isWhole = isWhole
    guard let file = tmpfile() else {
      descriptor = -1
      throw .readFailed("no temporary file: \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    descriptor = dup(fileno(file))
    guard descriptor >= 0 else { throw .readFailed(String(cString: strerror(errno))) }
    try SheetBytes.write(head, to: descriptor)
    if isWhole { return }
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    var total = head.count
    while true {
      let count = read(pipe, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .readFailed(String(cString: strerror(errno))) }
      if count == 0 { return }
      total += count
      guard total <= limit else {
        throw .workbookTooLarge("it has more than \(limit >> 20) MB: name it as a file")
      }
      try SheetBytes.write(piece[..<count], to: descriptor)
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private static func write(_ bytes: some Collection<UInt8>, to descriptor: Int32) throws(IntakeError) {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .readFailed("the temporary file: \(String(cString: strerror(errno)))") }
      rest = rest.dropFirst(count)
    }
  }

  /// Up to so many bytes from an offset; fewer at the end alone.
  func bytes(at offset: Int, count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, filled in
      filled = 0
      while filled < count, let base = buffer.baseAddress {
        let got = pread(descriptor, base + filled, count - filled, off_t(offset + filled))
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { break }
        filled += got
      }
    }
  }

  /// Hands out all bytes from the first on; each piece is valid during its call alone.
  func forEachPiece(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    var offset = 0
    while true {
      let piece = bytes(at: offset, count: 1 << 18)
      if piece.isEmpty { return }
      offset += piece.count
      try piece.withUnsafeBufferPointer(body)
    }
  }

  /// Reads the bytes as XML.
  func parse(_ listener: any XMLListener) throws {
    let parser = GuardedXML(file: name, limits: XMLLimits(), encoding: nil, listener: listener)
    do {
      try forEachPiece { try parser.feed($0) }
      try parser.finish()
    } catch let problem as SourceProblem where problem.file == name {
      // A line of the file is no row of a sheet.
      throw problem.line.map { IntakeError.inPart(nil, line: $0, problem.fault) } ?? problem.fault
    }
  }
}
