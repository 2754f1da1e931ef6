package import Programme
import RecordStream

extension Record {
  /// The record behind a line of the store; nil: its kind is none of ours.
  ///
  /// What is committed was decoded before, so that only a damaged store fails here.
  ///
  /// - Throws: `StoreError.unreadable`, which names the record.
  package init?(stored line: [UInt8], of key: RecordKey) throws(StoreError) {
    do throws(RecordError) {
      guard let record = try Record(line: line.span) else { return nil }
      self = record
    } catch {
      throw .unreadable("\(key.kind) \(key.id): \(error.message)")
    }
  }
}
