/// Strict UTF-8 (Unicode 15, table 3-7): no overlong form, no surrogate, nothing above U+10FFFF.
enum UTF8Check {
  /// The offset of the first byte that is not UTF-8, or nil. O(*n*), eight bytes a step where all are ASCII.
  ///
  /// With `allowingCutEnd` a sequence that the end of the bytes cuts is no fault.
  static func firstFault(
    in bytes: UnsafeBufferPointer<UInt8>, allowingCutEnd: Bool = false
  ) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    let count = bytes.count
    var index = 0
    while index < count {
      if index + 8 <= count,
        UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        index += 8
        continue
      }
      let lead = base[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      let length: Int
      var low: UInt8 = 0x80
      var high: UInt8 = 0xBF
      switch lead {
      case 0xC2...0xDF: length = 2
      case 0xE0:
        length = 3
        low = 0xA0
      case 0xED:
        length = 3
        high = 0x9F
      case 0xE1...0xEF: length = 3
      case 0xF0:
        length = 4
        low = 0x90
      case 0xF4:
        length = 4
        high = 0x8F
      case 0xF1...0xF3: length = 4
      default: return index
      }
      for offset in 1..<length {
        guard index + offset < count else { return allowingCutEnd ? nil : index }
        let byte = base[index + offset]
        guard byte >= low, byte <= high else { return index }
        low = 0x80
        high = 0xBF
      }
      index += length
    }
    return nil
  }
}
