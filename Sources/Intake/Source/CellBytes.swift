/// What every reader does to the bytes of a cell.
enum CellBytes {
  /// Without blanks at either end.
  @inline(__always)
  static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var low = 0
    var high = bytes.count
    while low < high, bytes[low] == 0x20 || bytes[low] == 0x09 || bytes[low] == 0x0A || bytes[low] == 0x0D {
      low += 1
    }
    while high > low,
      bytes[high - 1] == 0x20 || bytes[high - 1] == 0x09 || bytes[high - 1] == 0x0A || bytes[high - 1] == 0x0D
    {
      high -= 1
    }
    return UnsafeBufferPointer(rebasing: bytes[low..<high])
  }
}
