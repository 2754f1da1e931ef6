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
  /// Of two lines of one key the later one counts, as in every tool. Lines that are the same byte for byte are no change; tools
  /// keep the order of what they pass on, so that most of these are known by their place, without being read.
  ///
  /// - Parameter present: the records that the stream was made from, by key.
  /// - Parameter order: their keys in the order of that stream.
  /// - Complexity: O(bytes of both); a line is looked at twice at most.
  package init(
    _ stream: Input, against present: [RecordKey: [UInt8]], order: [RecordKey], log: (Diagnostic) -> Void
  ) throws {
    var seen: Set<RecordKey> = []
    var latest: [RecordKey: [UInt8]] = [:]
    let places = Dictionary(zip(order, order.indices), uniquingKeysWith: { a, _ in a })
    var next = 0
    let bytes = try stream.readAll(limit: 1 << 34)
    var number = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      if line.isEmpty { continue }
      if next < order.count, let expected = present[order[next]], line.span.isEqual(to: expected.span) {
        seen.insert(order[next])
        // The later line counts.
        if !latest.isEmpty { latest[order[next]] = nil }
        next += 1
        continue
      }
      do throws(RecordError) {
        _ = try RecordReader.kind(of: line.span)
        let key = try RecordFacts(line.span).key
        seen.insert(key)
        latest[key] = Array(line)
        // What was changed in its place, or is behind something that was left out: the others follow.
        if let place = places[key] { next = place + 1 }
      } catch {
        mistakes += 1
        log(Diagnostic(.error, error.message, file: stream.name, line: number, column: 1, code: "bad-record"))
      }
    }
    for (key, line) in latest {
      let before = present[key]
      if before != line { changes.append(Change(key: key, before: before, after: line)) }
    }
    for (key, line) in present where !seen.contains(key) {
      changes.append(Change(key: key, before: line, after: nil))
    }
    changes.sort { $0.key < $1.key }
  }

  /// The records that would be gone.
  package var removed: [Change] { changes.filter { $0.after == nil } }
}
