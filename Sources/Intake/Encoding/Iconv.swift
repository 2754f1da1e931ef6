#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The system's iconv for one direction, asked one character at a time: to make tables of, so that none of ours can be wrong.
struct Iconv: ~Copyable {
  private let handle: iconv_t

  /// - Parameter names: names of one encoding, of which C libraries know one or the other; nil where they know none.
  init?(from names: [String], to target: String) {
    for name in names {
      if let opened = iconv_open(target, name), opened != iconv_t(bitPattern: -1) {
        handle = opened
        return
      }
    }
    return nil
  }

  /// Of one encoding to what it makes of Unicode.
  init?(to names: [String]) {
    for name in names {
      if let opened = iconv_open(name, "UTF-32LE"), opened != iconv_t(bitPattern: -1) {
        handle = opened
        return
      }
    }
    return nil
  }

  deinit { iconv_close(handle) }

  /// The one character that the bytes stand for; 0 where they are no character, more than one, or only a part.
  func scalar(_ bytes: [UInt8]) -> UInt32 {
    let made = converted(bytes)
    guard made.count == 4 else { return 0 }
    return made.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The bytes that the character is written in; none where it is not in the encoding.
  func bytes(of scalar: UInt32) -> [UInt8] {
    converted([0, 8, 16, 24].map { UInt8(truncatingIfNeeded: scalar >> UInt32($0)) })
  }

  private func converted(_ bytes: [UInt8]) -> [UInt8] {
    var input = bytes.map { CChar(bitPattern: $0) }
    var output = [UInt8](repeating: 0, count: 16)
    var inLeft = input.count
    var outLeft = output.count
    let made = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBytes { target -> Int in
        var from = source.baseAddress
        var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
        return Int(iconv(handle, &from, &inLeft, &to, &outLeft))
      }
    }
    // A character that waits for an accent is let go of here.
    output.withUnsafeMutableBytes { target in
      var to = target.baseAddress?.assumingMemoryBound(to: CChar.self).advanced(by: 16 - outLeft)
      if made == 0 {
        _ = iconv(handle, nil, nil, &to, &outLeft)
      } else {
        _ = iconv(handle, nil, nil, nil, nil)
      }
    }
    return made == 0 && inLeft == 0 ? Array(output.prefix(16 - outLeft)) : []
  }
}
