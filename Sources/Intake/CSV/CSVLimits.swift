/// What one CSV row may hold, so that a broken or hostile file stays in bounded memory.
package struct CSVLimits: Equatable, Sendable {
  /// Bytes of one field as UTF-8. A quote that nothing closes within them is called unterminated.
  package var field: Int
  /// Bytes of one row as UTF-8. Of a longer row only this much is kept for the rejects.
  package var record: Int
  package var columns: Int

  package init(field: Int = 1 << 20, record: Int = 4 << 20, columns: Int = 20_000) {
    self.field = field
    self.record = record
    self.columns = columns
  }
}
