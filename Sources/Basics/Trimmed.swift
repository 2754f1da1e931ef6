extension StringProtocol {
  /// Without white space at either end, whatever the script's (no-break and ideographic spaces too), and without byte
  /// order marks.
  package var trimmed: String {
    // Most cells begin and end with a letter, and properties of Unicode take long to look up.
    let bytes = Substring(self).utf8
    if let first = bytes.first, let last = bytes.last, (0x21...0x7E).contains(first),
      (0x21...0x7E).contains(last)
    {
      return String(self)
    }
    func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace || scalar == "\u{FEFF}" }
    var rest = Substring(self).unicodeScalars
    while let scalar = rest.first, isBlank(scalar) { rest.removeFirst() }
    while let scalar = rest.last, isBlank(scalar) { rest.removeLast() }
    return String(rest)
  }
}
