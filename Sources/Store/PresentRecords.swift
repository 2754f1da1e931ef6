package import Basics
package import Programme

/// The present records without the logs, and the revision that they were read at.
package struct PresentRecords: Sendable {
  /// Kinds that the store keeps in a log: notices, deliveries, who was asked, which mails were read.
  package static let logs: Set<String> = ["notice", "delivery", "asked", "read"]

  package let base: Int
  package let lines: [RecordKey: [UInt8]]
  /// As they are in the stream.
  package let order: [RecordKey]

  /// - Parameter each: is called with each line in the order of the stream.
  package init(of store: RecordStore, each: (Span<UInt8>) throws -> Void = { _ in }) throws {
    var lines: [RecordKey: [UInt8]] = [:]
    var order: [RecordKey] = []
    base = try store.forEachRecord { key, line in
      guard !PresentRecords.logs.contains(key.kind) else { return }
      lines[key] = line
      order.append(key)
      try each(line.span)
    }
    self.lines = lines
    self.order = order
  }

  package func has(_ kind: Record.Kind) -> Bool { lines.keys.contains { $0.kind == kind.rawValue } }

  /// What a stream in these files, which was made from these records, would change.
  package func changes(in streams: [Input], log: (Diagnostic) -> Void) throws -> StreamChanges {
    try StreamChanges(streams, against: lines, order: order, log: log)
  }
}
