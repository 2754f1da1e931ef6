extension StringProtocol {
  /// Without white space at either end, whatever the script's (no-break and ideographic spaces too), and without byte
  /// order marks.
  package var trimmed: String {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace || scalar == "\u{FEFF}" }
    var rest = Substring(self).unicodeScalars
    while let scalar = rest.first, isBlank(scalar) { rest.removeFirst() }
    while let scalar = rest.last, isBlank(scalar) { rest.removeLast() }
    return String(rest)
  }
}
