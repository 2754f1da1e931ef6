/// Remembers what cells mean that many rows have in common.
///
/// - Precondition: one thread uses it.
final class CellMemo<Value> {
  private var memo = ByteMemo()
  private var values: [Value] = []

  /// - Parameters:
  ///   - cell: nil where the meaning does not follow from one cell.
  ///   - make: what the cell means; nil is not remembered.
  func value(of cell: UnsafeBufferPointer<UInt8>?, _ make: () -> Value?) -> Value? {
    guard let cell else { return make() }
    if let number = memo.meaning(of: cell) { return values[number] }
    guard let value = make() else { return nil }
    if memo.isFull { return value }
    memo.keep(values.count, of: cell)
    values.append(value)
    return value
  }
}
