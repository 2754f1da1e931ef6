/// What an S/MIME message says that is signed in one piece (application/pkcs7-mime, RFC 8551, section 3.5.2). The signature is not
/// checked: it is whoever the mail says that speaks, signed or not.
enum SignedContent {
  private static let signedData: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]

  /// One element of BER (X.690, section 8.1).
  private struct Element {
    var tag: UInt8
    var content: ArraySlice<UInt8>
  }

  /// nil for what is not signed data: encrypted, or damaged.
  static func read(_ bytes: [UInt8]) -> [UInt8]? {
    var rest = bytes[...]
    guard let info = next(&rest), info.tag == 0x30 else { return nil }
    var fields = info.content
    guard let type = next(&fields), type.tag == 0x06, type.content.elementsEqual(signedData),
      let wrapped = next(&fields), wrapped.tag == 0xA0
    else { return nil }
    var inside = wrapped.content
    guard let signed = next(&inside), signed.tag == 0x30 else { return nil }
    var parts = signed.content
    // The version, the digests' algorithms, then the content.
    guard next(&parts) != nil, next(&parts) != nil, let content = next(&parts), content.tag == 0x30 else {
      return nil
    }
    var pair = content.content
    guard next(&pair)?.tag == 0x06, let holder = next(&pair), holder.tag == 0xA0 else { return nil }
    var octets = holder.content
    return next(&octets).map { text(of: $0, depth: 0) }
  }

  private static func text(of element: Element, depth: Int) -> [UInt8] {
    guard element.tag & 0x20 != 0, depth < 8 else { return Array(element.content) }
    var result: [UInt8] = []
    var rest = element.content
    while let piece = next(&rest), piece.tag != 0 { result += text(of: piece, depth: depth + 1) }
    return result
  }

  private static func next(_ bytes: inout ArraySlice<UInt8>, depth: Int = 0) -> Element? {
    guard depth < 32, bytes.count >= 2, let tag = bytes.popFirst(), let first = bytes.popFirst() else {
      return nil
    }
    if first == 0x80 {
      // Of no given length: to the element of zeros.
      let start = bytes
      while !bytes.starts(with: [0, 0]) {
        guard next(&bytes, depth: depth + 1) != nil else { return nil }
      }
      let content = start[..<bytes.startIndex]
      bytes = bytes.dropFirst(2)
      return Element(tag: tag, content: content)
    }
    var length = Int(first)
    if first > 0x80 {
      guard first <= 0x84, bytes.count >= Int(first & 0x7F) else { return nil }
      length = 0
      for _ in 0..<(first & 0x7F) { length = length << 8 | Int(bytes.popFirst() ?? 0) }
    }
    guard length <= bytes.count else { return nil }
    let content = bytes.prefix(length)
    bytes = bytes.dropFirst(length)
    return Element(tag: tag, content: content)
  }
}
