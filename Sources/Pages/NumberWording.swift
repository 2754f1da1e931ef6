/// How a language writes numbers (Unicode CLDR 46: decimal and group separators, the percent pattern).
package struct NumberWording: Hashable, Sendable {
  private let decimal: String
  private let group: String
  private let percentSign: String
  /// Digits before the first group: Spanish and Polish leave four together.
  private let ungrouped: Int

  /// A full stop, and no groups: for a terminal and for figures that are copied.
  package static let plain = NumberWording(".", "", "%", .max)

  /// - Parameter language: BCP 47; one that is not known here is written as English is.
  package init(language: String) {
    let parts = language.split(separator: "-")
    switch parts.first ?? "" {
    case "de" where parts.contains("CH"): self.init(".", "’", "%", 3)
    case "de", "da", "is", "tr", "nl", "id", "el", "ro", "hr", "sl":
      self.init(",", ".", parts.first == "de" || parts.first == "da" ? "\u{A0}%" : "%", 3)
    case "es" where !parts.dropFirst().allSatisfy({ $0 == "ES" }): self.init(".", ",", "\u{A0}%", 3)
    case "es": self.init(",", ".", "\u{A0}%", 4)
    case "pt" where parts.contains("PT"): self.init(",", "\u{A0}", "%", 4)
    case "pt", "it": self.init(",", ".", "%", 3)
    case "pl": self.init(",", "\u{A0}", "%", 4)
    case "hu", "uk", "bg": self.init(",", "\u{A0}", "%", 3)
    case "fr": self.init(",", "\u{202F}", "\u{202F}%", 3)
    case "cs", "sk", "fi", "sv", "nb", "no", "ru": self.init(",", "\u{A0}", "\u{A0}%", 3)
    default: self.init(".", ",", "%", 3)
    }
  }

  private init(_ decimal: String, _ group: String, _ percentSign: String, _ ungrouped: Int) {
    self.decimal = decimal
    self.group = group
    self.percentSign = percentSign
    self.ungrouped = ungrouped
  }

  /// Rounded half away from zero; a dash for what is no number or beyond all counting.
  package func text(_ value: Double, places: Int = 0) -> String {
    var scale = 1.0
    for _ in 0..<max(0, places) { scale *= 10 }
    guard let scaled = Int(exactly: (value * scale).rounded()) else { return "–" }
    let digits = String(scaled.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let whole = padded.dropLast(max(0, places))
    let sign = scaled < 0 ? "−" : ""
    let fraction = places > 0 ? decimal + padded.suffix(places) : ""
    return sign + grouped(String(whole)) + fraction
  }

  /// A share of 0 to 1.
  package func percent(_ share: Double) -> String { text(share * 100) + percentSign }

  private func grouped(_ digits: String) -> String {
    guard digits.count > ungrouped else { return digits }
    var parts: [Substring] = []
    var rest = Substring(digits)
    while rest.count > 3 {
      parts.insert(rest.suffix(3), at: 0)
      rest = rest.dropLast(3)
    }
    return ([rest] + parts).joined(separator: group)
  }
}
