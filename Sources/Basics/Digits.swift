extension FixedWidthInteger {
  /// At least so many digits, filled up with zeros in front: `7.digits(2)` is `07`.
  package func digits(_ least: Int, radix: Int = 10, uppercase: Bool = false) -> String {
    let digits = String(self, radix: radix, uppercase: uppercase)
    return String(repeating: "0", count: Swift.max(0, least - digits.utf8.count)) + digits
  }
}
