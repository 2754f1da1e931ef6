package import Basics
import Programme
import RecordStream

/// What a stream of records would change in the programme.
package struct StreamChanges: Sendable {
  /// By key.
  package private(set) var changes: [Change] = []
  /// Lines that were not read, each reported.
  package private(set) var mistakes = 0

  /// Compares a whole stream with the present records: what the stream lacks is removed.
  ///
  /// Of two lines of one key the later one counts, as in every tool. Lines that are the same byte for byte are no change.
  ///
  /// - Parameters:
  ///   - present: the records that the stream was made from, by key.
  ///   - kinds: those that a stream may change; nil: all.
  /// - Complexity: O(bytes of both); a line is looked at twice at most.
  package init(
    _ stream: Input, against present: [RecordKey: [UInt8]], log: @escaping (Diagnostic) -> Void
  ) throws {
    var mistakes = 0
    var remaining = present
    var latest: [RecordKey: [UInt8]] = [:]
    let reader = RecordReader(stream) {
      if $0.severity == .error { mistakes += 1 }
      log($0)
    }
    try reader.forEachLine { line in
      let key = try RecordFacts(line.bytes).key
      if let before = remaining[key], latest[key] == nil, before.span.isEqual(to: line.bytes) {
        remaining[key] = nil
        return
      }
      latest[key] = Array(copying: line.bytes)
    }
    self.mistakes = mistakes
    for (key, line) in latest {
      let before = present[key]
      remaining[key] = nil
      if before != line { changes.append(Change(key: key, before: before, after: line)) }
    }
    for (key, line) in remaining { changes.append(Change(key: key, before: line, after: nil)) }
    changes.sort { $0.key < $1.key }
  }

  /// The records that would be gone.
  package var removed: [Change] { changes.filter { $0.after == nil } }
}
