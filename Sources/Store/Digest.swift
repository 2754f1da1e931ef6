import Basics
import CLibCrypto

// The call of libcrypto takes pointers, which the compiler does not check for memory safety: both come from arrays of the
// right size.

/// SHA-256 (FIPS 180-4), by OpenSSL.
struct Digest {
  /// Parts are told apart by their lengths: no two lists of parts give the same bytes.
  private var bytes: [UInt8] = []

  mutating func add(_ part: some Collection<UInt8>) {
    var count = UInt64(part.count)
    for _ in 0..<8 {
      bytes.append(UInt8(truncatingIfNeeded: count))
      count >>= 8
    }
    bytes.append(contentsOf: part)
  }

  mutating func add(_ text: String) { add(Array(text.utf8)) }

  /// In hexadecimal digits.
  var hexadecimal: String {
    var result = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    unsafe bytes.withUnsafeBufferPointer { input in
      unsafe result.withUnsafeMutableBufferPointer { output in
        _ = unsafe SHA256(input.baseAddress, input.count, output.baseAddress)
      }
    }
    return Digest.hexadecimal(result)
  }

  /// The digest of parts.
  static func of(_ parts: String...) -> String {
    var digest = Digest()
    for part in parts { digest.add(part) }
    return digest.hexadecimal
  }

  /// 128 random bits from the system in hexadecimal digits: with them a content that was erased cannot be found again by
  /// trying.
  static func salt() -> String {
    var system = SystemRandomNumberGenerator()
    return (0..<2).map { _ in UInt64.random(in: 0 ... .max, using: &system).digits(16, radix: 16) }.joined()
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// What a file holds, as a short text.
package enum ContentDigest {
  /// SHA-256 in hexadecimal digits.
  ///
  /// - Throws: `InputError`.
  package static func ofFile(_ path: String) throws -> String {
    var digest = Digest()
    digest.add(try OpenedFile.bytes(path, limit: 1 << 30))
    return digest.hexadecimal
  }

  /// Of a folder and all in it: names and contents.
  ///
  /// - Throws: `InputError`.
  package static func ofFolder(_ path: String) throws -> String {
    var digest = Digest()
    for file in try FolderTree(path).files {
      digest.add(String(file.dropFirst(path.count)))
      digest.add(try OpenedFile.bytes(file, limit: 1 << 30))
    }
    return digest.hexadecimal
  }
}
