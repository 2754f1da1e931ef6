package import Foundation

// The one file of this module that the compiler does not check for memory safety. The C library takes pointers; Span has
// no way of its own to load a word, to become an array or to become a string; and an array in an object asks on every write
// whether it is shared, and whether somebody else is writing. Each is wrapped here once, with its bounds checked or given
// by the span, so that nothing above needs a pointer.

/// Calls of the C library: the same names and results as there, and `errno` says why one failed.
package enum SystemCall {
  package static func open(_ path: String, _ flags: Int32, _ mode: mode_t = 0) -> Int32 {
    unsafe Foundation.open(path, flags, mode)
  }

  /// What is at a path, through symbolic links; nil where the call fails.
  package static func status(_ path: String) -> stat? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status : nil
  }

  /// What is at a path, be it a symbolic link; nil where the call fails.
  package static func linkStatus(_ path: String) -> stat? {
    var status = stat()
    return unsafe lstat(path, &status) == 0 ? status : nil
  }

  package static func status(_ descriptor: Int32) -> stat? {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 ? status : nil
  }

  /// The columns of a terminal; nil: it is none, or does not say.
  static func terminalColumns(_ descriptor: Int32) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  package static func access(_ path: String, _ mode: Int32) -> Int32 { unsafe Foundation.access(path, mode) }
  @discardableResult
  package static func unlink(_ path: String) -> Int32 { unsafe Foundation.unlink(path) }
  @discardableResult
  package static func rmdir(_ path: String) -> Int32 { unsafe Foundation.rmdir(path) }
  package static func rename(_ old: String, _ new: String) -> Int32 { unsafe Foundation.rename(old, new) }
  package static func mkdir(_ path: String, _ mode: mode_t) -> Int32 { unsafe Foundation.mkdir(path, mode) }
  package static func truncate(_ path: String, _ size: Int) -> Int32 {
    unsafe Foundation.truncate(path, off_t(size))
  }

  /// The path without links and dots; nil where nothing is there.
  package static func realPath(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// The names in a folder but `.` and `..`, in the system's order; nil where it cannot be opened.
  ///
  /// - Parameter failure: the error's number where the reading failed.
  static func names(_ folder: String, failure: inout Int32) -> [String]? {
    guard let directory = unsafe opendir(folder) else { return nil }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(directory) else {
        failure = errno
        return names
      }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(String(decoding: name, as: UTF8.self)) }
    }
  }

  /// Fills the bytes from that index on, as far as there is room; the descriptor's position moves on.
  package static func read(_ descriptor: Int32, into bytes: inout [UInt8], from index: Int = 0) -> Int {
    unsafe fill(&bytes, from: index) { unsafe Foundation.read(descriptor, $0.baseAddress, $0.count) }
  }

  /// As `read`, from an offset of the file.
  package static func read(
    _ descriptor: Int32, at offset: Int, into bytes: inout [UInt8], from index: Int = 0
  ) -> Int {
    unsafe fill(&bytes, from: index) { unsafe pread(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
  }

  private static func fill(
    _ bytes: inout [UInt8], from index: Int, _ read: (UnsafeMutableRawBufferPointer) -> Int
  ) -> Int {
    unsafe bytes.withUnsafeMutableBytes { unsafe read(UnsafeMutableRawBufferPointer(rebasing: $0[index...])) }
  }

  package static func write(_ descriptor: Int32, _ bytes: Span<UInt8>) -> Int {
    unsafe bytes.withUnsafeBytes { unsafe Foundation.write(descriptor, $0.baseAddress, $0.count) }
  }

  /// As `write`, to an offset of the file.
  package static func write(_ descriptor: Int32, at offset: Int, _ bytes: Span<UInt8>) -> Int {
    unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
  }

  /// Waits until the descriptor takes bytes again.
  static func waitForRoom(_ descriptor: Int32) {
    var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    unsafe poll(&wanted, 1, -1)
  }

  /// The system's words for an error's number.
  package static func reason(_ number: Int32) -> String { unsafe String(cString: strerror(number)) }

  /// A file without a name, gone when its descriptor is closed; negative where none can be made.
  static func temporaryFile() -> Int32 {
    guard let file = unsafe tmpfile() else { return -1 }
    defer { unsafe fclose(file) }
    return unsafe dup(fileno(file))
  }

  /// The program becomes another one; returns only where that fails.
  package static func execute(_ path: String, _ words: [String]) {
    unsafe execv(path, words.map { unsafe strdup($0) } + [nil])
  }
}

extension Span where Element == UInt8 {
  /// The eight bytes from an index on as one number, the first byte the least.
  @inlinable @inline(__always)
  package func word(at index: Int) -> UInt64 {
    precondition(index >= 0 && index &+ 8 <= count, "eight bytes at \(index) of \(count)")
    return unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
  }
}

extension Array where Element == UInt8 {
  package init(copying span: Span<UInt8>) { unsafe self = span.withUnsafeBufferPointer { unsafe Array($0) } }

  package mutating func append(copying span: Span<UInt8>) {
    unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}

extension String {
  /// What is not UTF-8 becomes U+FFFD.
  package init(decoding span: Span<UInt8>) {
    unsafe self = span.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}

/// A fixed number of plain values that an inner loop reads and writes in any order, also through a `let`.
///
/// Every index is checked. Unlike an array it is never copied, so that a write does not ask for another owner; values
/// are read and written whole, so that nothing can be seen half written.
///
/// `@usableFromInline`, although it is `package`: without it the compiler calls each access from other modules, unspecialised.
@safe @usableFromInline package struct Cells<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline let base: UnsafeMutablePointer<Element>
  @usableFromInline package let count: Int

  package init(repeating element: Element, count: Int) {
    self.count = count
    unsafe base = .allocate(capacity: count)
    unsafe base.initialize(repeating: element, count: count)
  }

  deinit { unsafe base.deallocate() }

  @inlinable @inline(__always)
  package subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count)
      return unsafe base[index]
    }
    nonmutating set {
      precondition(index >= 0 && index < count)
      unsafe base[index] = newValue
    }
  }
}

/// The system's iconv for one direction.
@safe package struct Iconv: ~Copyable {
  private let handle: iconv_t

  /// - Parameter names: names of one encoding, of which C libraries know one or the other; nil where they know none.
  package init?(from names: [String], to target: String) {
    for name in names {
      if let opened = unsafe iconv_open(target, name), unsafe opened != iconv_t(bitPattern: -1) {
        unsafe handle = opened
        return
      }
    }
    return nil
  }

  /// Of one encoding to what it makes of Unicode.
  package init?(to names: [String]) {
    for name in names {
      if let opened = unsafe iconv_open(name, "UTF-32LE"), unsafe opened != iconv_t(bitPattern: -1) {
        unsafe handle = opened
        return
      }
    }
    return nil
  }

  deinit { unsafe iconv_close(handle) }

  /// The one character that the bytes stand for; 0 where they are no character, more than one, or only a part.
  package func scalar(_ bytes: [UInt8]) -> UInt32 {
    let made = converted(bytes)
    guard made.count == 4 else { return 0 }
    return made.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The bytes that the character is written in; none where it is not in the encoding.
  package func bytes(of scalar: UInt32) -> [UInt8] {
    converted([0, 8, 16, 24].map { UInt8(truncatingIfNeeded: scalar >> UInt32($0)) })
  }

  /// One character, all or nothing.
  private func converted(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    let (used, isWhole) = convert(bytes[...], into: &result)
    return isWhole && used == bytes.count && result.count <= 16 ? result : []
  }

  /// The whole text; what means nothing in the encoding becomes `mark`. O(bytes).
  package func text(_ bytes: [UInt8], mark: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 2)
    var rest = bytes[...]
    while true {
      let (used, isWhole) = convert(rest, into: &result)
      rest = rest.dropFirst(used)
      if isWhole || rest.isEmpty { return result }
      result += mark
      rest = rest.dropFirst()
    }
  }

  /// Appends what the bytes stand for, to the first that stand for nothing: how many were used, and whether all could be.
  private func convert(_ bytes: ArraySlice<UInt8>, into result: inout [UInt8]) -> (used: Int, isWhole: Bool) {
    var input = bytes.map { CChar(bitPattern: $0) }
    var inLeft = input.count
    var isWhole = false
    unsafe input.withUnsafeMutableBufferPointer { source in
      var from = source.baseAddress
      var output = [UInt8](repeating: 0, count: 4096)
      // The last call lets go of a character that waits for an accent.
      var isEnding = false
      while true {
        var outLeft = output.count
        let failure = unsafe output.withUnsafeMutableBytes { target -> Int32 in
          var to = unsafe target.baseAddress?.assumingMemoryBound(to: CChar.self)
          let made =
            isEnding
            ? unsafe iconv(handle, nil, nil, &to, &outLeft)
            : unsafe iconv(handle, &from, &inLeft, &to, &outLeft)
          return made == -1 ? errno : 0
        }
        result += output.prefix(output.count - outLeft)
        if failure == E2BIG { continue }
        if failure != 0 || isEnding {
          isWhole = failure == 0
          return
        }
        isEnding = true
      }
    }
    // Whatever state a fault left is forgotten.
    if !isWhole { _ = unsafe iconv(handle, nil, nil, nil, nil) }
    return (bytes.count - inLeft, isWhole)
  }
}
