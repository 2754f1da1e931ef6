package import Basics
package import Programme

/// What is wrong with one line of a stream, by the byte in it.
package struct RecordError: Error, Hashable, Sendable {
  /// Byte offset in the line; nil: the line as a whole.
  package var offset: Int?
  package var message: String

  package init(_ message: String, offset: Int? = nil) {
    self.offset = offset
    self.message = message
  }

  init(_ error: JSONError) {
    self.init(error.message, offset: error.offset)
  }
}

/// One line of a stream that is a JSON object with a `record` key. Its bytes live until the reader goes on.
package struct RecordLine {
  /// Physical line, from 1.
  package let number: Int
  /// The line without its line feed.
  package let bytes: UnsafeRawBufferPointer
  /// The value of `record`; also of kinds that we do not know.
  package let kind: String

  package var knownKind: Record.Kind? { Record.Kind(rawValue: kind) }

  /// The line as a value of any kind: the one way to it, so that what is wrong with it is always told of this line.
  package func value() throws(RecordError) -> JSONValue {
    do throws(JSONError) {
      return try JSONValue(parsing: bytes)
    } catch {
      throw RecordError(error)
    }
  }

  /// The line as a record; nil where its kind is none of ours.
  package func decode() throws(RecordError) -> Record? {
    guard let knownKind else { return nil }
    var scanner = JSONScanner(bytes)
    do throws(JSONError) {
      return try Record(kind: knownKind, reading: &scanner)
    } catch {
      throw RecordError(error)
    }
  }
}

/// Reads JSON Lines from an input, line by line, with flat memory.
///
/// Each line is checked to be one JSON object in UTF-8; a line that is not, or that the caller refuses, is told as a
/// diagnostic with line and column, and the next one is read.
///
/// A reader reads once: an error that a body throws leaves its input within a line, and nobody can go on from there.
package struct RecordReader: ~Copyable {
  /// Longer lines are refused: a stream without line feeds must not fill the memory.
  package static let longestLine = 1 << 26

  private let input: Input
  private let log: (Diagnostic) -> Void

  package init(_ input: Input, log: @escaping (Diagnostic) -> Void) {
    self.input = input
    self.log = log
  }

  /// Calls `body` with each good line, in order. A `RecordError` thrown by it makes the line a bad one; any other
  /// error ends the reading.
  ///
  /// - Parameter refused: gets each bad line, after it is told; nil for one that is too long to be held.
  package consuming func forEachLine(
    _ body: (RecordLine) throws -> Void, refused: (UnsafeRawBufferPointer?) throws -> Void = { _ in }
  ) throws {
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var filled = 0
    var number = 0
    var isSkipping = false
    var isAtEnd = false
    while !isAtEnd {
      let count = try buffer.withUnsafeMutableBytes { bytes in
        try input.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[filled...]))
      }
      isAtEnd = count == 0
      filled += count
      var start = 0
      try buffer.withUnsafeBytes { bytes in
        let all = UnsafeRawBufferPointer(rebasing: bytes[..<filled])
        while start < filled {
          let end = all.firstLineFeed(from: start) ?? (isAtEnd ? filled : nil)
          guard let end else { break }
          number += 1
          if isSkipping {
            isSkipping = false
          } else {
            try take(UnsafeRawBufferPointer(rebasing: all[start..<end]), number, body, refused)
          }
          start = end + 1
        }
      }
      start = min(start, filled)
      if start > 0 {
        buffer.withUnsafeMutableBytes { bytes in
          bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<filled]))
        }
        filled -= start
      } else if filled == buffer.count {
        if isSkipping {
          filled = 0
        } else if buffer.count >= RecordReader.longestLine {
          report(RecordError("the line is longer than 64 MiB; is this a stream of records?"), number + 1, nil)
          try refused(nil)
          isSkipping = true
          filled = 0
        } else {
          buffer.append(contentsOf: [UInt8](repeating: 0, count: buffer.count))
        }
      }
    }
  }

  private func take(
    _ line: UnsafeRawBufferPointer, _ number: Int, _ body: (RecordLine) throws -> Void,
    _ refused: (UnsafeRawBufferPointer?) throws -> Void
  ) throws {
    var bytes = line
    if number == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      bytes = UnsafeRawBufferPointer(rebasing: bytes[3...])
    }
    guard bytes.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { return }
    do {
      let kind = try RecordReader.kind(of: bytes)
      try body(RecordLine(number: number, bytes: bytes, kind: kind))
    } catch let error as RecordError {
      report(error, number, bytes)
      try refused(bytes)
    }
  }

  private func report(_ error: RecordError, _ number: Int, _ bytes: UnsafeRawBufferPointer?) {
    // Columns count scalars: every byte that does not continue a UTF-8 sequence begins one.
    let column = error.offset.map { offset in
      (bytes?.prefix(offset).count { $0 & 0xC0 != 0x80 } ?? offset) + 1
    }
    log(
      Diagnostic(
        .error, error.message, file: input.name, line: number, column: column ?? 1, code: "bad-record"))
  }

  /// The value of the top-level `record` key; the whole line is checked on the way. O(bytes).
  static func kind(of bytes: UnsafeRawBufferPointer) throws(RecordError) -> String {
    if let bad = bytes.firstInvalidUTF8 {
      throw RecordError("the bytes are not UTF-8; convert the stream to UTF-8", offset: bad)
    }
    var kind: String?
    do throws(JSONError) {
      var scanner = JSONScanner(bytes)
      try scanner.beginObject()
      while let key = try scanner.nextKey() {
        if key == "record" {
          guard kind == nil else {
            throw JSONError(offset: scanner.offset, message: "the key \"record\" stands twice")
          }
          kind = try scanner.string()
        } else {
          try scanner.skipValue()
        }
      }
      try scanner.end()
    } catch {
      throw RecordError(error)
    }
    guard let kind else {
      throw RecordError("the object has no \"record\" key; is this a stream of records?")
    }
    return kind
  }
}

extension UnsafeRawBufferPointer {
  /// The offset of the next line feed at or after `start`, eight bytes at a time.
  func firstLineFeed(from start: Int) -> Int? {
    var index = start
    while index + 8 <= count {
      let word = loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ 0x0A0A_0A0A_0A0A_0A0A
      let found = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
      if found != 0 { return index + UInt64(littleEndian: found).trailingZeroBitCount / 8 }
      index += 8
    }
    while index < count {
      if self[index] == 0x0A { return index }
      index += 1
    }
    return nil
  }

  /// The offset of the first byte that is not part of valid UTF-8 (RFC 3629: no overlong form, no surrogate).
  var firstInvalidUTF8: Int? {
    var index = 0
    while index < count {
      while index + 8 <= count,
        loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        index += 8
      }
      guard index < count else { return nil }
      let lead = self[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      let length: Int
      var second: ClosedRange<UInt8> = 0x80...0xBF
      switch lead {
      case 0xC2...0xDF: length = 2
      case 0xE0...0xEF:
        length = 3
        if lead == 0xE0 { second = 0xA0...0xBF }
        if lead == 0xED { second = 0x80...0x9F }
      case 0xF0...0xF4:
        length = 4
        if lead == 0xF0 { second = 0x90...0xBF }
        if lead == 0xF4 { second = 0x80...0x8F }
      default: return index
      }
      guard index + length <= count, second.contains(self[index + 1]) else { return index }
      for place in 2..<4 where place < length && self[index + place] & 0xC0 != 0x80 { return index }
      index += length
    }
    return nil
  }
}
