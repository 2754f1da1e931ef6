package import Basics

/// Turns the bytes of a file into UTF-8, piece by piece, and back again byte for byte.
///
/// The way back is what keeps a rejected row word for word: only UTF-8 is held in memory, and the original bytes
/// are made from it when they are asked for. So bytes that mean nothing in the encoding are not replaced but
/// marked by three bytes that UTF-8 never has (0xFE and the two halves of the byte), and a UTF-16 surrogate
/// without its partner keeps its three-byte form. Whoever checks the result as UTF-8 finds them there.
package struct Transcoder {
  package let encoding: TextEncoding
  /// Three bytes and their number for each byte 0x80 to 0xFF, as one little-endian word.
  private var forward: [UInt32] = []
  /// From a scalar to its byte, sorted by scalar.
  private var backward: [(scalar: UInt16, byte: UInt8)] = []
  /// The codes of an encoding with several bytes a character.
  private let codes: CodeTable?
  /// What of a unit, or of a pair of surrogates, the last piece left over.
  private var carry: [UInt8] = []

  package init(_ encoding: TextEncoding) {
    self.encoding = encoding
    codes = CodeTable.of(encoding)
    guard let table = encoding.upperHalf else { return }
    for (index, scalar) in table.enumerated() {
      let byte = UInt8(0x80 + index)
      if scalar == 0xFFFD {
        forward.append(Self.mark(byte))
      } else {
        forward.append(Self.packed(UInt32(scalar)))
        backward.append((scalar, byte))
      }
    }
    backward.sort { $0.scalar < $1.scalar }
  }

  private static func mark(_ byte: UInt8) -> UInt32 {
    0xFE | UInt32(0x80 | byte >> 4) << 8 | UInt32(0x80 | byte & 0xF) << 16 | 3 << 24
  }

  private static func packed(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x80 { return scalar | 1 << 24 }
    if scalar < 0x800 { return 0xC0 | scalar >> 6 | (0x80 | scalar & 0x3F) << 8 | 2 << 24 }
    return 0xE0 | scalar >> 12 | (0x80 | scalar >> 6 & 0x3F) << 8 | (0x80 | scalar & 0x3F) << 16 | 3 << 24
  }

  /// Appends the piece as UTF-8. Bytes that wait for their partner are kept for the next piece.
  mutating func transcode(_ piece: UnsafeBufferPointer<UInt8>, into output: inout ByteBuffer) {
    if encoding == .utf8 {
      output.append(piece)
    } else if codes == nil, encoding.unitSize == 1 {
      transcodeSingle(piece, into: &output)
    } else {
      if carry.isEmpty {
        let used = transcodeWhole(piece, into: &output)
        carry = Array(piece[used...])
      } else {
        // At most three bytes are carried: with the head of the piece they make whole units again.
        let head = carry + piece.prefix(6)
        let used = head.withUnsafeBufferPointer { transcodeWhole($0, into: &output) }
        if used >= carry.count {
          let rest = UnsafeBufferPointer(rebasing: piece[(used - carry.count)...])
          let usedOfRest = transcodeWhole(rest, into: &output)
          carry = Array(rest[usedOfRest...])
        } else {
          carry = Array(head[used...])
        }
      }
    }
  }

  /// Appends what is still carried, which is by now known to be broken.
  mutating func finish(into output: inout ByteBuffer) {
    var rest = carry[...]
    while let first = rest.first {
      if rest.count >= 2, encoding.unitSize == 2 {
        let unit = unit(first, rest[rest.startIndex + 1])
        Self.write(Self.packed(UInt32(unit)), to: &output)
        rest = rest.dropFirst(2)
      } else {
        Self.write(Self.mark(first), to: &output)
        rest = rest.dropFirst()
      }
    }
    carry = []
  }

  private static func write(_ packed: UInt32, to output: inout ByteBuffer) {
    let target = output.room(4)
    UnsafeMutableRawPointer(target).storeBytes(of: packed.littleEndian, as: UInt32.self)
    output.commit(Int(packed >> 24))
  }

  private func unit(_ first: UInt8, _ second: UInt8) -> UInt16 {
    encoding == .utf16LittleEndian
      ? UInt16(first) | UInt16(second) << 8 : UInt16(first) << 8 | UInt16(second)
  }

  private func transcodeSingle(_ piece: UnsafeBufferPointer<UInt8>, into output: inout ByteBuffer) {
    guard let source = piece.baseAddress else { return }
    let count = piece.count
    let target = output.room(count * 3 + 8)
    var written = 0
    var index = 0
    forward.withUnsafeBufferPointer { table in
      while index < count {
        if index + 8 <= count {
          let word = UnsafeRawPointer(source + index).loadUnaligned(as: UInt64.self)
          if word & 0x8080_8080_8080_8080 == 0 {
            UnsafeMutableRawPointer(target + written).storeBytes(of: word, as: UInt64.self)
            written += 8
            index += 8
            continue
          }
        }
        let byte = source[index]
        index += 1
        if byte < 0x80 {
          target[written] = byte
          written += 1
        } else {
          let packed = table[Int(byte & 0x7F)]
          UnsafeMutableRawPointer(target + written).storeBytes(of: packed.littleEndian, as: UInt32.self)
          written += Int(packed >> 24)
        }
      }
    }
    output.commit(written)
  }

  private func transcodeWhole(_ piece: UnsafeBufferPointer<UInt8>, into output: inout ByteBuffer) -> Int {
    if let codes { return transcodeCodes(piece, codes, into: &output) }
    return encoding.unitSize == 4
      ? transcodeScalars(piece, into: &output) : transcodeUnits(piece, into: &output)
  }

  private static func write(scalar: UInt32, to target: UnsafeMutablePointer<UInt8>) -> Int {
    guard scalar >= 0x10000 else {
      let packed = packed(scalar)
      UnsafeMutableRawPointer(target).storeBytes(of: packed.littleEndian, as: UInt32.self)
      return Int(packed >> 24)
    }
    target[0] = UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18)
    target[1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F)
    target[2] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
    target[3] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
    return 4
  }

  /// Appends the whole codes of the piece and returns how many bytes were used.
  private func transcodeCodes(
    _ piece: UnsafeBufferPointer<UInt8>, _ codes: CodeTable, into output: inout ByteBuffer
  ) -> Int {
    let count = piece.count
    let target = output.room(count * 3 + 8)
    var written = 0
    var index = 0
    scan: while index < count {
      let lead = piece[index]
      if lead < 0x80 {
        target[written] = lead
        written += 1
        index += 1
        continue
      }
      switch codes.code(in: piece, at: index) {
      case .scalar(let scalar, let length):
        written += Self.write(scalar: scalar, to: target + written)
        index += length
      case .none:
        UnsafeMutableRawPointer(target + written).storeBytes(
          of: Self.mark(lead).littleEndian, as: UInt32.self)
        written += 3
        index += 1
      case .cut: break scan
      }
    }
    output.commit(written)
    return index
  }

  /// Appends the whole characters of UTF-32 and returns how many bytes were used.
  private func transcodeScalars(_ piece: UnsafeBufferPointer<UInt8>, into output: inout ByteBuffer) -> Int {
    let scalars = piece.count / 4
    let target = output.room(scalars * 12 + 8)
    var written = 0
    for index in 0..<scalars {
      let bytes = piece[(index * 4)..<(index * 4 + 4)]
      let scalar =
        encoding == .utf32BigEndian
        ? bytes.reduce(0) { $0 << 8 | UInt32($1) } : bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
      if Unicode.Scalar(scalar) != nil {
        written += Self.write(scalar: scalar, to: target + written)
      } else {
        for byte in bytes {
          UnsafeMutableRawPointer(target + written).storeBytes(
            of: Self.mark(byte).littleEndian, as: UInt32.self)
          written += 3
        }
      }
    }
    output.commit(written)
    return scalars * 4
  }

  /// Appends the whole units of the piece and returns how many bytes of it were used.
  private func transcodeUnits(
    _ piece: UnsafeBufferPointer<UInt8>, into output: inout ByteBuffer
  ) -> Int {
    let units = piece.count / 2
    guard units > 0 else { return 0 }
    let target = output.room(units * 3 + 8)
    var written = 0
    var index = 0
    while index < units {
      let first = unit(piece[2 * index], piece[2 * index + 1])
      index += 1
      if first < 0x80 {
        target[written] = UInt8(truncatingIfNeeded: first)
        written += 1
        continue
      }
      if first & 0xFC00 == 0xD800 {
        guard index < units else {
          index -= 1
          break
        }
        let second = unit(piece[2 * index], piece[2 * index + 1])
        if second & 0xFC00 == 0xDC00 {
          index += 1
          let scalar = 0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(second & 0x3FF))
          target[written] = UInt8(0xF0 | scalar >> 18)
          target[written + 1] = UInt8(0x80 | scalar >> 12 & 0x3F)
          target[written + 2] = UInt8(0x80 | scalar >> 6 & 0x3F)
          target[written + 3] = UInt8(0x80 | scalar & 0x3F)
          written += 4
          continue
        }
      }
      let packed = Self.packed(UInt32(first))
      UnsafeMutableRawPointer(target + written).storeBytes(of: packed.littleEndian, as: UInt32.self)
      written += Int(packed >> 24)
    }
    output.commit(written)
    return index * 2
  }

  /// How many bytes of the file the transcoded bytes stand for.
  func originalCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    if encoding == .utf8 { return bytes.count }
    if let codes { return codeCount(bytes, codes) }
    var characters = 0
    var pairs = 0
    var marks = 0
    for byte in bytes {
      characters &+= byte & 0xC0 == 0x80 ? 0 : 1
      pairs &+= byte & 0xF8 == 0xF0 ? 1 : 0
      marks &+= byte == 0xFE ? 1 : 0
    }
    // A mark stands for one byte, in UTF-16 as well, where only the last byte of a file can be left alone.
    return switch encoding.unitSize {
    case 1: characters
    case 2: 2 * (characters + pairs) - marks
    default: 4 * (characters - marks) + marks
    }
  }

  private func codeCount(_ bytes: UnsafeBufferPointer<UInt8>, _ codes: CodeTable) -> Int {
    var total = 0
    var index = 0
    func next(_ offset: Int) -> UInt32 {
      index + offset < bytes.count ? UInt32(bytes[index + offset] & 0x3F) : 0
    }
    while index < bytes.count {
      let lead = bytes[index]
      switch lead {
      case ..<0xC0:
        total += lead < 0x80 ? 1 : 0
        index += 1
      case ..<0xE0:
        total += codes.count(of: UInt32(lead & 0x1F) << 6 | next(1))
        index += 2
      case ..<0xF0:
        total += codes.count(of: UInt32(lead & 0xF) << 12 | next(1) << 6 | next(2))
        index += 3
      case 0xFE:
        total += 1
        index += 3
      default:
        total += codes.count(of: UInt32(lead & 0x7) << 18 | next(1) << 12 | next(2) << 6 | next(3))
        index += 4
      }
    }
    return total
  }

  /// The bytes of the file that the transcoded bytes were made from.
  package func original(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    if encoding == .utf8 { return Array(bytes) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count * encoding.unitSize)
    var index = 0
    while index < bytes.count {
      let lead = bytes[index]
      func next(_ offset: Int) -> UInt32 {
        index + offset < bytes.count ? UInt32(bytes[index + offset] & 0x3F) : 0
      }
      if lead == 0xFE {
        result.append(UInt8(truncatingIfNeeded: (next(1) & 0xF) << 4 | next(2) & 0xF))
        index += 3
        continue
      }
      let scalar: UInt32
      switch lead {
      case ..<0x80:
        scalar = UInt32(lead)
        index += 1
      case ..<0xE0:
        scalar = UInt32(lead & 0x1F) << 6 | next(1)
        index += 2
      case ..<0xF0:
        scalar = UInt32(lead & 0xF) << 12 | next(1) << 6 | next(2)
        index += 3
      default:
        scalar = UInt32(lead & 0x7) << 18 | next(1) << 12 | next(2) << 6 | next(3)
        index += 4
      }
      append(scalar, to: &result)
    }
    return result
  }

  private func append(_ scalar: UInt32, to result: inout [UInt8]) {
    func append(unit: UInt16) {
      let low = UInt8(truncatingIfNeeded: unit)
      let high = UInt8(truncatingIfNeeded: unit >> 8)
      result += encoding == .utf16LittleEndian ? [low, high] : [high, low]
    }
    if encoding.unitSize == 4 {
      let little = [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: scalar >> UInt32($0)) }
      result += encoding == .utf32LittleEndian ? little : little.reversed()
    } else if encoding.unitSize == 2 {
      if scalar >= 0x10000 {
        let pair = scalar - 0x10000
        append(unit: UInt16(truncatingIfNeeded: 0xD800 | (pair >> 10) & 0x3FF))
        append(unit: UInt16(truncatingIfNeeded: 0xDC00 | pair & 0x3FF))
      } else {
        append(unit: UInt16(truncatingIfNeeded: scalar))
      }
    } else if scalar < 0x80 {
      result.append(UInt8(truncatingIfNeeded: scalar))
    } else if let codes {
      result += codes.bytes(of: scalar)
    } else {
      var low = 0
      var high = backward.count
      while low < high {
        let middle = (low + high) / 2
        if UInt32(backward[middle].scalar) < scalar { low = middle + 1 } else { high = middle }
      }
      if low < backward.count, UInt32(backward[low].scalar) == scalar { result.append(backward[low].byte) }
    }
  }
}
