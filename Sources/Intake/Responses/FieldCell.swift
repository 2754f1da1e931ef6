/// The cell of a field: of the columns in which it may be, the first that is not empty.
struct FieldCell {
  /// The one column of most fields: -1 where there are several, or none.
  private var only = -1
  private var several: [Int] = []

  init(_ place: FormBinding.Place?) {
    guard let place else { return }
    if place.columns.count == 1 { only = place.columns[0] } else { several = place.columns }
  }

  /// The cell's bytes, trimmed; nil where all are empty.
  @inline(__always)
  func first(of cells: SourceRow.Fields) -> UnsafeBufferPointer<UInt8>? {
    column(of: cells).map { CellBytes.trimmed(cells.bytes($0)) }
  }

  @inline(__always)
  func column(of cells: SourceRow.Fields) -> Int? {
    if only >= 0 { return cells.isEmpty(only) ? nil : only }
    return several.isEmpty ? nil : several.first { !cells.isEmpty($0) }
  }
}
