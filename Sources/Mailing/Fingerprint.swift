import Basics

/// Sixteen hexadecimal digits of a list of texts (FNV-1a, 64 bits): to know the same again, not to withstand an attack.
enum Fingerprint {
  static func of(_ parts: [String]) -> String {
    var hash = StableHash()
    for part in parts {
      hash.add(part.utf8)
      // No UTF-8 text holds this byte: no two lists of parts run into each other.
      hash.add(CollectionOfOne(0xFF))
    }
    return hash.fnv.digits(16, radix: 16)
  }
}
