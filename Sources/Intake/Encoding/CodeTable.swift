import Basics

/// The codes of an encoding with several bytes a character, both ways.
///
/// The system's iconv is asked once for every code; then a code is one look-up. Of codes that mean the same character
/// (CP932 has some 400) the one that iconv itself writes comes back.
final class CodeTable: Sendable {
  enum Code {
    case scalar(UInt32, length: Int)
    /// The first byte begins nothing that means anything.
    case none
    /// More bytes are needed.
    case cut
  }

  /// Scalars of single bytes beyond ASCII; 0 where a byte means nothing alone.
  private let singles: [UInt32]
  /// Scalars of the codes of two bytes, by both; 0 where a code means nothing.
  private let pairs: [UInt32]
  /// Scalars of the codes of three bytes behind 0x8F, by the other two: EUC-JP alone has any.
  private let triples: [UInt32]
  /// Scalars of the codes of four bytes of the basic plane, by their linear place: GB18030 alone has any.
  private let quads: [UInt32]
  /// Codes of the scalars of the basic plane, and of those beyond it that have fewer than four bytes.
  private let codes: [UInt32]
  private let beyond: [UInt32: UInt32]

  private static let gb18030 = CodeTable(.gb18030)
  private static let shiftJIS = CodeTable(.shiftJIS)
  private static let eucJP = CodeTable(.eucJP)
  private static let eucKR = CodeTable(.eucKR)
  private static let big5 = CodeTable(.big5)

  /// The table of an encoding; nil where it needs none.
  static func of(_ encoding: TextEncoding) -> CodeTable? {
    switch encoding {
    case .gb18030: gb18030
    case .shiftJIS: shiftJIS
    case .eucJP: eucJP
    case .eucKR: eucKR
    case .big5: big5
    default: nil
    }
  }

  private init(_ encoding: TextEncoding) {
    var singles = [UInt32](repeating: 0, count: 256)
    var pairs = [UInt32](repeating: 0, count: 1 << 16)
    var triples: [UInt32] = []
    var quads: [UInt32] = []
    var codes = [UInt32](repeating: 0, count: 1 << 16)
    var beyond: [UInt32: UInt32] = [:]
    if let decoder = Iconv(from: encoding.iconvNames, to: "UTF-32LE"),
      let encoder = Iconv(to: encoding.iconvNames)
    {
      func remember(_ found: UInt32, _ code: UInt32) {
        let known = found < 1 << 16 ? codes[Int(found)] : beyond[found] ?? 0
        var code = code
        if known != 0 {
          code = encoder.bytes(of: found).reduce(0) { $0 << 8 | UInt32($1) }
          if code == 0 { return }
        }
        if found < 1 << 16 { codes[Int(found)] = code } else { beyond[found] = code }
      }
      for byte in UInt8(0x80)...0xFF {
        let found = decoder.scalar([byte])
        // Bytes without a meaning are passed through by some tables: as controls, or as private characters.
        guard found > 0x9F, !(0xE000..<0xF900 ~= found) else { continue }
        singles[Int(byte)] = found
        remember(found, UInt32(byte))
      }
      for lead in UInt8(0x81)...0xFE where singles[Int(lead)] == 0 {
        for trail in UInt8(0x40)...0xFE where trail != 0x7F {
          let found = decoder.scalar([lead, trail])
          guard found > 0x7F else { continue }
          let code = Int(lead) << 8 | Int(trail)
          pairs[code] = found
          remember(found, UInt32(code))
        }
      }
      if encoding == .eucJP {
        triples = [UInt32](repeating: 0, count: 1 << 16)
        for lead in UInt8(0xA1)...0xFE {
          for trail in UInt8(0xA1)...0xFE {
            let found = decoder.scalar([0x8F, lead, trail])
            guard found > 0x7F else { continue }
            triples[Int(lead) << 8 | Int(trail)] = found
            let isKnown = found < 1 << 16 ? codes[Int(found)] != 0 : beyond[found] != nil
            if !isKnown { remember(found, 0x8F_0000 | UInt32(lead) << 8 | UInt32(trail)) }
          }
        }
      }
      if encoding == .gb18030 {
        quads = [UInt32](repeating: 0, count: 39_420)
        for place in quads.indices {
          let bytes = CodeTable.bytes(place)
          let found = decoder.scalar(bytes)
          guard found > 0x7F, found > 0xFFFF || codes[Int(found)] == 0, beyond[found] == nil else { continue }
          quads[place] = found
          remember(found, bytes.reduce(0) { $0 << 8 | UInt32($1) })
        }
      }
    }
    self.singles = singles
    self.pairs = pairs
    self.triples = triples
    self.quads = quads
    self.codes = codes
    self.beyond = beyond
  }

  /// The code at the index, whose byte is not ASCII.
  func code(in piece: UnsafeBufferPointer<UInt8>, at index: Int) -> Code {
    let lead = piece[index]
    if singles[Int(lead)] != 0 { return .scalar(singles[Int(lead)], length: 1) }
    guard lead != 0x80, lead != 0xFF else { return .none }
    guard index + 1 < piece.count else { return .cut }
    let trail = piece[index + 1]
    if !quads.isEmpty, trail &- 0x30 < 10 {
      guard index + 3 < piece.count else { return .cut }
      let scalar = quad(lead, trail, piece[index + 2], piece[index + 3])
      return scalar == 0 ? .none : .scalar(scalar, length: 4)
    }
    if !triples.isEmpty, lead == 0x8F {
      guard index + 2 < piece.count else { return .cut }
      let scalar = triples[Int(trail) << 8 | Int(piece[index + 2])]
      return scalar == 0 ? .none : .scalar(scalar, length: 3)
    }
    let scalar = pairs[Int(lead) << 8 | Int(trail)]
    return scalar == 0 ? .none : .scalar(scalar, length: 2)
  }

  /// The bytes of a scalar beyond ASCII; none where it has no code.
  func bytes(of scalar: UInt32) -> [UInt8] {
    let code = scalar < 1 << 16 ? codes[Int(scalar)] : beyond[scalar] ?? 0
    if code > 0 {
      let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: code >> UInt32($0)) }
      return Array(bytes.drop { $0 == 0 })
    }
    guard !quads.isEmpty, scalar >= 1 << 16, scalar < 0x11_0000 else { return [] }
    return CodeTable.bytes(CodeTable.firstBeyond + Int(scalar) - 0x10000)
  }

  /// How many bytes a scalar has.
  func count(of scalar: UInt32) -> Int {
    if scalar < 0x80 { return 1 }
    let code = scalar < 1 << 16 ? codes[Int(scalar)] : beyond[scalar] ?? (quads.isEmpty ? 0 : .max)
    return code > 0xFF_FFFF ? 4 : code > 0xFFFF ? 3 : code > 0xFF ? 2 : code > 0 ? 1 : 0
  }

  // MARK: Four bytes

  /// The four bytes of a linear place: 126 × 10 × 126 × 10 of them.
  private static func bytes(_ place: Int) -> [UInt8] {
    [
      UInt8(truncatingIfNeeded: 0x81 + place / 12_600), UInt8(truncatingIfNeeded: 0x30 + place / 1260 % 10),
      UInt8(truncatingIfNeeded: 0x81 + place / 10 % 126), UInt8(truncatingIfNeeded: 0x30 + place % 10),
    ]
  }

  /// The linear place of 0x90308130, which is U+10000; from there on the planes follow without a table.
  private static let firstBeyond = 189_000

  private func quad(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> UInt32 {
    guard a >= 0x81, a <= 0xFE, b &- 0x30 < 10, c >= 0x81, c <= 0xFE, d &- 0x30 < 10 else { return 0 }
    let place = ((Int(a) - 0x81) * 10 + Int(b) - 0x30) * 1260 + (Int(c) - 0x81) * 10 + Int(d) - 0x30
    if place < quads.count { return quads[place] }
    guard place >= CodeTable.firstBeyond, place - CodeTable.firstBeyond < 0x10_0000 else { return 0 }
    let scalar = UInt32(0x10000 + place - CodeTable.firstBeyond)
    return beyond[scalar] == nil ? scalar : 0
  }
}
