/// A growing run of bytes with room behind it, so that a scanner may load whole words past the end.
///
/// Owned by one reader and reused from piece to piece; unlike an array it neither checks for uniqueness nor
/// zeroes what it is about to overwrite.
struct ByteBuffer: ~Copyable {
  /// Bytes that may be read (never written by others) behind `count`.
  static let padding = 64

  private(set) var base: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private(set) var capacity: Int

  init(capacity: Int = 4096) {
    self.capacity = max(capacity, 64)
    base = .allocate(capacity: self.capacity + Self.padding)
    (base + 0).initialize(repeating: 0, count: self.capacity + Self.padding)
  }

  deinit { base.deallocate() }

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

  /// Makes room for `more` bytes and returns where they go; `commit` takes how many were written.
  mutating func room(_ more: Int) -> UnsafeMutablePointer<UInt8> {
    if count + more > capacity {
      let grown = max(count + more, capacity * 2)
      let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: grown + Self.padding)
      moved.update(from: base, count: count)
      (moved + count).initialize(repeating: 0, count: grown + Self.padding - count)
      base.deallocate()
      base = moved
      capacity = grown
    }
    return base + count
  }

  mutating func commit(_ written: Int) { count += written }

  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress, bytes.count > 0 else { return }
    room(bytes.count).update(from: source, count: bytes.count)
    count += bytes.count
  }

  mutating func append(_ byte: UInt8) {
    room(1).pointee = byte
    count += 1
  }

  /// Drops the first `dropped` bytes; what follows moves to the front.
  mutating func removeFirst(_ dropped: Int) {
    let kept = count - dropped
    if kept > 0 { base.update(from: base + dropped, count: kept) }
    count = kept
  }

  mutating func removeAll() { count = 0 }
}
