import Foundation

/// Why bytes could not be written.
package enum OutputError: Error, Hashable, Sendable {
  /// The reader went away (`| head`): the tool ends quietly.
  case readerClosed
  /// Writing failed; the system's number and words.
  case failed(errno: Int32)

  package var message: String {
    switch self {
    case .readerClosed: "the reader closed the pipe"
    case .failed(let number):
      "writing failed: \(SystemCall.reason(number)); \(FileError.advice(number))"
    }
  }
}

/// A buffered sink for bytes: a descriptor, or memory in a test. Every tool writes to one that is passed in.
///
/// A class, because a tool, its progress and its diagnostics share one; not thread-safe: one thread writes.
package final class Output {
  private enum Target {
    case descriptor(Int32)
    case memory
  }

  /// Where the reader goes away, what is still written is dropped, and nothing is thrown: for a tool that has files to
  /// write or people to notify, even if only its first lines are read.
  package var outlivesReader = false
  /// The columns of a line for people to read; nil: no bound.
  package var lineWidth: Int?
  private let target: Target
  private var buffer: [UInt8] = []
  private static let capacity = 1 << 18

  /// Writes to an open descriptor, which stays open.
  package init(descriptor: Int32) {
    target = .descriptor(descriptor)
    buffer.reserveCapacity(Output.capacity)
  }

  private init() { target = .memory }

  /// Keeps what is written in `written`.
  package static func memory() -> Output { Output() }

  /// What a memory sink holds; of a descriptor, what has not been handed over yet.
  package var written: [UInt8] { buffer }

  package var text: String { String(decoding: buffer, as: UTF8.self) }

  package var isTerminal: Bool {
    if case .descriptor(let number) = target { return isatty(number) == 1 }
    return false
  }

  /// The columns of the terminal; nil: it is none, or does not say.
  package var terminalWidth: Int? {
    guard case .descriptor(let number) = target else { return nil }
    return SystemCall.terminalColumns(number)
  }

  package func write(_ bytes: some Collection<UInt8>) throws(OutputError) {
    buffer.append(contentsOf: bytes)
    try flushWhenFull()
  }

  package func write(_ bytes: Span<UInt8>) throws(OutputError) {
    buffer.append(copying: bytes)
    try flushWhenFull()
  }

  package func write(_ text: String) throws(OutputError) {
    buffer.append(contentsOf: text.utf8)
    try flushWhenFull()
  }

  package func writeLine(_ bytes: some Collection<UInt8>) throws(OutputError) {
    buffer.append(contentsOf: bytes)
    buffer.append(0x0A)
    try flushWhenFull()
  }

  package func writeLine(_ bytes: Span<UInt8>) throws(OutputError) {
    buffer.append(copying: bytes)
    buffer.append(0x0A)
    try flushWhenFull()
  }

  private func flushWhenFull() throws(OutputError) {
    if buffer.count >= Output.capacity { try flush() }
  }

  /// Hands everything to the descriptor. Retries what a signal interrupts.
  package func flush() throws(OutputError) {
    guard case .descriptor(let number) = target, !buffer.isEmpty else { return }
    defer { buffer.removeAll(keepingCapacity: true) }
    var written = 0
    while written < buffer.count {
      let count = SystemCall.write(number, buffer.span.extracting(written..<buffer.count))
      if count > 0 {
        written += count
      } else if errno == EAGAIN {
        SystemCall.waitForRoom(number)
      } else if errno != EINTR {
        guard errno == EPIPE else { throw .failed(errno: errno) }
        if outlivesReader { return }
        throw .readerClosed
      }
    }
  }
}
