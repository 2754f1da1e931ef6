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
package struct RecordLine: ~Escapable {
  /// Physical line, from 1.
  package let number: Int
  /// The line without its line feed.
  package let bytes: Span<UInt8>
  /// The value of `record`; also of kinds that we do not know.
  package let kind: String

  @_lifetime(copy bytes)
  init(number: Int, bytes: Span<UInt8>, kind: String) {
    self.number = number
    self.bytes = bytes
    self.kind = kind
  }

  /// One line by itself, checked to be a JSON object in UTF-8 with a `record` key.
  @_lifetime(copy line)
  package init(_ line: Span<UInt8>, number: Int) throws(RecordError) {
    let kind = try RecordReader.kind(of: line)
    self.init(number: number, bytes: line, kind: kind)
  }

  package var knownKind: Record.Kind? { Record.Kind(rawValue: kind) }

  /// The line as a value of any kind: the one way to it, so that every error names this line.
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
    return try scan { scanner throws(JSONError) in try Record(kind: knownKind, reading: &scanner) }
  }

  /// The line as a record of the table's kind.
  package func read<Root>(_ table: FieldTable<Root>) throws(RecordError) -> Root {
    try scan { scanner throws(JSONError) in try table.read(&scanner) }
  }

  private func scan<Value>(
    _ body: (inout JSONScanner) throws(JSONError) -> Value
  ) throws(RecordError) -> Value {
    var scanner = JSONScanner(bytes)
    do throws(JSONError) {
      return try body(&scanner)
    } catch {
      throw RecordError(error)
    }
  }
}

extension FieldTable {
  /// The record of one line of a file that tools keep for themselves; a line of another kind is wrong.
  package func value(of line: ArraySlice<UInt8>) throws(RecordError) -> Root {
    let line = try RecordLine(line.span, number: 1)
    guard line.kind == description.kind else {
      throw RecordError("a `\(line.kind)` is where a `\(description.kind)` should be")
    }
    return try line.read(self)
  }
}

extension Record {
  /// The record of one line; nil where its kind is none of ours.
  package init?(line: Span<UInt8>) throws(RecordError) {
    guard let record = try RecordLine(line, number: 1).decode() else { return nil }
    self = record
  }
}

/// Reads JSON Lines from an input, line by line, with flat memory.
///
/// Each line is checked to be one JSON object in UTF-8; a line that is not, or that the caller refuses, is reported
/// with line and column, and the next one is read.
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
  /// - Parameter refused: gets each bad line, after it is reported; nil for one that is too long to be held.
  package consuming func forEachLine(
    _ body: (RecordLine) throws -> Void, refused: (Span<UInt8>?) throws -> Void = { _ in }
  ) throws {
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var filled = 0
    var number = 0
    var isSkipping = false
    var isAtEnd = false
    var strangers = Strangers()
    defer { report(strangers) }
    while !isAtEnd {
      let count = try input.read(into: &buffer, from: filled)
      isAtEnd = count == 0
      filled += count
      var start = 0
      while start < filled {
        let all = buffer.span.extracting(..<filled)
        let end = all.firstIndex(of: 0x0A, from: start) ?? (isAtEnd ? filled : nil)
        guard let end else { break }
        number += 1
        if isSkipping {
          isSkipping = false
        } else {
          try take(all.extracting(start..<end), number, &strangers, body, refused)
        }
        start = end + 1
      }
      start = min(start, filled)
      if start > 0 {
        // The beginning of a line, which is short: a copy of the buffer would cost more.
        for index in start..<filled { buffer[index - start] = buffer[index] }
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

  /// Lines that do not even begin as an object: one cause, however many there are.
  private struct Strangers {
    var count = 0
    var first = 0
    var last = 0
  }

  private func report(_ strangers: Strangers) {
    guard strangers.count > 0 else { return }
    var message = "expected an object"
    if strangers.count > 1 {
      message += ", in \(strangers.count) lines (the last is line \(strangers.last))"
      if strangers.first == 1 { message += ": this is no stream of records; give an export to tandem-import" }
    }
    report(RecordError(message), strangers.first, nil)
  }

  private func take(
    _ line: Span<UInt8>, _ number: Int, _ strangers: inout Strangers, _ body: (RecordLine) throws -> Void,
    _ refused: (Span<UInt8>?) throws -> Void
  ) throws {
    var bytes = line
    if number == 1, bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
      bytes = bytes.extracting(3...)
    }
    var begin = 0
    while begin < bytes.count, bytes[begin] == 0x20 || bytes[begin] == 0x09 || bytes[begin] == 0x0D {
      begin += 1
    }
    guard begin < bytes.count else { return }
    guard bytes[begin] == UInt8(ascii: "{") else {
      if strangers.count == 0 { strangers.first = number }
      strangers.count += 1
      strangers.last = number
      try refused(bytes)
      return
    }
    do {
      let kind = try RecordReader.kind(of: bytes)
      try body(RecordLine(number: number, bytes: bytes, kind: kind))
    } catch let error as RecordError {
      report(error, number, bytes)
      try refused(bytes)
    }
  }

  private func report(_ error: RecordError, _ number: Int, _ bytes: Span<UInt8>?) {
    var column = error.offset.map { $0 + 1 }
    if let bytes, let offset = error.offset {
      // Columns count scalars: every byte that does not continue a UTF-8 sequence begins one.
      column = (0..<min(offset, bytes.count)).count { bytes[$0] & 0xC0 != 0x80 } + 1
    }
    log(
      Diagnostic(
        .error, error.message, file: input.name, line: number, column: column ?? 1, code: "bad-record"))
  }

  private static let recordKey = QuotedKey("record")

  /// The value of the top-level `record` key; the whole line is checked on the way. O(bytes).
  package static func kind(of bytes: Span<UInt8>) throws(RecordError) -> String {
    if let bad = bytes.firstInvalidUTF8 {
      throw RecordError("the bytes are not UTF-8; convert the stream to UTF-8", offset: bad)
    }
    var kind: String?
    do throws(JSONError) {
      var scanner = JSONScanner(bytes)
      try scanner.beginObject()
      while try scanner.nextMember() {
        if try scanner.passKey(is: recordKey) {
          guard kind == nil else {
            throw JSONError(offset: scanner.offset, message: "the key \"record\" appears twice")
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
