/// Sixteen hexadecimal digits of a list of texts (FNV-1a, 64 bits): to know the same again, not to withstand an attack.
enum Fingerprint {
  static func of(_ parts: [String]) -> String {
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    for part in parts {
      for byte in part.utf8 { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
      // No UTF-8 text holds this byte: no two lists of parts run into each other.
      sum = (sum ^ 0xFF) &* 0x100_0000_01B3
    }
    let digits = String(sum, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
