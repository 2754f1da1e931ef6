#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// GB 18030, and with it GBK and GB 2312, in which Excel writes CSV in China.
///
/// The system's iconv is asked once for every code, so that no table of ours can be wrong; then a code is one look-up.
/// The mapping goes both ways without loss, which keeps rejected rows word for word.
enum GB18030 {
  private struct Tables {
    /// Scalars of the two-byte codes, by both bytes; 0 where a code means nothing.
    var pairs = [UInt32](repeating: 0, count: 1 << 16)
    /// Scalars of the four-byte codes of the basic plane, by their linear place.
    var quads = [UInt32](repeating: 0, count: 39_420)
    /// Codes of the scalars of the basic plane, and of the few two-byte codes beyond it.
    var codes = [UInt32](repeating: 0, count: 1 << 16)
    var beyond: [UInt32: UInt32] = [:]

    init() {
      guard let handle = iconv_open("UTF-32LE", "GB18030"), handle != iconv_t(bitPattern: -1) else { return }
      defer { iconv_close(handle) }
      func scalar(_ code: [CChar]) -> UInt32 {
        var input = code
        var output = [UInt32](repeating: 0, count: 4)
        var inLeft = input.count
        var outLeft = 16
        let made = input.withUnsafeMutableBufferPointer { source in
          output.withUnsafeMutableBytes { target -> Int in
            var from = source.baseAddress
            var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
            return Int(iconv(handle, &from, &inLeft, &to, &outLeft))
          }
        }
        iconv(handle, nil, nil, nil, nil)
        return made == 0 && inLeft == 0 && outLeft == 12 ? output[0] : 0
      }
      func remember(_ found: UInt32, _ code: UInt32) {
        if found < 1 << 16 { codes[Int(found)] = code } else { beyond[found] = code }
      }
      for lead in 0x81...0xFE {
        for trail in 0x40...0xFE where trail != 0x7F {
          let found = scalar([CChar(truncatingIfNeeded: lead), CChar(truncatingIfNeeded: trail)])
          guard found > 0x7F else { continue }
          pairs[lead << 8 | trail] = found
          remember(found, UInt32(lead << 8 | trail))
        }
      }
      for place in quads.indices {
        let bytes = GB18030.bytes(place)
        let found = scalar(bytes.map { CChar(bitPattern: $0) })
        guard found > 0x7F, found > 0xFFFF || codes[Int(found)] == 0, beyond[found] == nil else { continue }
        quads[place] = found
        remember(found, bytes.reduce(0) { $0 << 8 | UInt32($1) })
      }
    }
  }

  private static let tables = Tables()

  /// The four bytes of a linear place: 126 × 10 × 126 × 10 of them.
  private static func bytes(_ place: Int) -> [UInt8] {
    [
      UInt8(truncatingIfNeeded: 0x81 + place / 12_600), UInt8(truncatingIfNeeded: 0x30 + place / 1260 % 10),
      UInt8(truncatingIfNeeded: 0x81 + place / 10 % 126), UInt8(truncatingIfNeeded: 0x30 + place % 10),
    ]
  }

  /// The linear place of 0x90308130, which is U+10000; from there on the planes follow without a table.
  private static let firstBeyond = 189_000

  static func scalar(_ lead: UInt8, _ trail: UInt8) -> UInt32 { tables.pairs[Int(lead) << 8 | Int(trail)] }

  /// The scalar of a four-byte code, or 0.
  static func scalar(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> UInt32 {
    guard a >= 0x81, a <= 0xFE, b &- 0x30 < 10, c >= 0x81, c <= 0xFE, d &- 0x30 < 10 else { return 0 }
    let place = ((Int(a) - 0x81) * 10 + Int(b) - 0x30) * 1260 + (Int(c) - 0x81) * 10 + Int(d) - 0x30
    if place < tables.quads.count { return tables.quads[place] }
    guard place >= firstBeyond, place - firstBeyond < 0x10_0000 else { return 0 }
    let scalar = UInt32(0x10000 + place - firstBeyond)
    return tables.beyond[scalar] == nil ? scalar : 0
  }

  /// The bytes of a scalar beyond ASCII; none where it has no code.
  static func bytes(of scalar: UInt32) -> [UInt8] {
    let code = scalar < 1 << 16 ? tables.codes[Int(scalar)] : tables.beyond[scalar] ?? 0
    if code > 0 {
      let all = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: code >> UInt32($0)) }
      return code > 0xFFFF ? all : Array(all.suffix(2))
    }
    guard scalar >= 1 << 16, scalar < 0x11_0000 else { return [] }
    return bytes(firstBeyond + Int(scalar) - 0x10000)
  }

  /// How many bytes a scalar has.
  static func count(of scalar: UInt32) -> Int {
    if scalar < 0x80 { return 1 }
    let code = scalar < 1 << 16 ? tables.codes[Int(scalar)] : tables.beyond[scalar] ?? 0xFFFF_FFFF
    return code > 0xFFFF ? 4 : 2
  }
}
