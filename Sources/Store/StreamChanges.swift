package import Basics
package import Programme
import RecordStream

/// The record with which a stream says which revision it was read from.
package struct ReadRevision {
  static let kind = "revision"
  package var number: Int

  package init(number: Int) { self.number = number }

  package var line: [UInt8] {
    JSONValue.object(["number": .integer(number), "record": .string(ReadRevision.kind)]).line
  }
}

/// What a stream of records would change in the programme.
package struct StreamChanges: Sendable {
  /// By key.
  package private(set) var changes: [Change] = []
  /// The new and changed records of kinds that we know, by key.
  package private(set) var records: [RecordKey: Record] = [:]
  /// The revision that the stream says it was read from.
  package private(set) var base: Int?
  /// Lines that were not read, each reported.
  package private(set) var mistakes = 0

  /// Compares a whole stream with the present records: what the stream lacks is removed.
  ///
  /// Of two lines of one key the later one counts, as in every tool. Lines that are the same byte for byte are no change; tools
  /// keep the order of what they pass on, so that most of these are known by their place, without being read. A line of a kind
  /// that we know is decoded here, so that nothing is committed that a later command could not read.
  ///
  /// - Parameter streams: parts of one stream.
  /// - Parameter present: the records that the stream was made from, by key.
  /// - Parameter order: their keys in the order of that stream.
  /// - Complexity: O(bytes of both); an unchanged line is compared once, another is read twice.
  package init(
    _ streams: [Input], against present: [RecordKey: [UInt8]], order: [RecordKey], log: (Diagnostic) -> Void
  ) throws {
    var comparison = Comparison(present: present, order: order)
    for stream in streams {
      let bytes = try stream.readAll(limit: 1 << 34)
      var number = 0
      for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
        number += 1
        let line = StreamChanges.bare(line, isFirst: number == 1)
        if line.isEmpty || comparison.isNext(line) { continue }
        do throws(RecordError) {
          let read = try RecordLine(line.span, number: number)
          if read.kind == ReadRevision.kind {
            base = try read.value()["number"]?.integer
          } else {
            let key = try RecordFacts(line.span).key
            records[key] = try read.decode()
            comparison.take(key, line)
          }
        } catch {
          mistakes += 1
          log(
            Diagnostic(
              .error, error.message, file: stream.name, line: number, column: (error.offset ?? 0) + 1,
              code: "bad-record"))
        }
      }
    }
    changes = comparison.changes
  }

  /// Without what other systems put around a line: a byte order mark, carriage returns, blanks behind it.
  private static func bare(_ line: ArraySlice<UInt8>, isFirst: Bool) -> ArraySlice<UInt8> {
    var line = line
    if isFirst, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
    while let last = line.last, last == 0x0D || last == 0x20 || last == 0x09 { line.removeLast() }
    return line
  }

  /// The lines seen so far beside the present ones.
  private struct Comparison {
    let present: [RecordKey: [UInt8]]
    let order: [RecordKey]
    private let places: [RecordKey: Int]
    private var next = 0
    private var seen: Set<RecordKey> = []
    private var latest: [RecordKey: [UInt8]] = [:]

    init(present: [RecordKey: [UInt8]], order: [RecordKey]) {
      self.present = present
      self.order = order
      places = Dictionary(zip(order, order.indices), uniquingKeysWith: { a, _ in a })
    }

    /// Whether the line is the present one whose turn it is.
    mutating func isNext(_ line: ArraySlice<UInt8>) -> Bool {
      guard next < order.count, let expected = present[order[next]], line.span.isEqual(to: expected.span)
      else { return false }
      seen.insert(order[next])
      // The later line counts.
      if !latest.isEmpty { latest[order[next]] = nil }
      next += 1
      return true
    }

    mutating func take(_ key: RecordKey, _ line: ArraySlice<UInt8>) {
      seen.insert(key)
      latest[key] = Array(line)
      // What was changed in its place, or is behind something that was left out: the others follow.
      if let place = places[key] { next = place + 1 }
    }

    var changes: [Change] {
      var changes: [Change] = []
      for (key, line) in latest {
        let before = present[key]
        if before != line { changes.append(Change(key: key, before: before, after: line)) }
      }
      for (key, line) in present where !seen.contains(key) {
        changes.append(Change(key: key, before: line, after: nil))
      }
      return changes.sorted { $0.key < $1.key }
    }
  }

  /// The records that would be gone.
  package var removed: [Change] { changes.filter { $0.after == nil } }
}
