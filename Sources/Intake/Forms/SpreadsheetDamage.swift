import Basics

/// What spreadsheet programs make of values: undone where it can be, else recognised.
enum SpreadsheetDamage {
  /// `="00101"` is how a spreadsheet keeps a text a text; `NULL` is how a database writes nothing.
  static func undone(_ text: String) -> String {
    if text.utf8.first == UInt8(ascii: "="), text.utf8.count > 3, text.hasPrefix("=\""), text.hasSuffix("\"")
    {
      return String(text.dropFirst(2).dropLast()).replacing("\"\"", with: "\"").trimmed
    }
    return text
  }

  /// A number of letters and digits as it was before a spreadsheet took it for a quantity: `103.0` is 103.
  static func identifier(_ text: String) -> String {
    guard let mark = text.utf8.firstIndex(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") })
    else {
      return text
    }
    let (whole, zeros) = (text.utf8[..<mark], text.utf8[mark...].dropFirst())
    func isNumber(_ bytes: Substring.UTF8View) -> Bool {
      !bytes.isEmpty && bytes.allSatisfy { (0x30...0x39).contains($0) }
    }
    guard isNumber(whole), !zeros.isEmpty, zeros.allSatisfy({ $0 == 0x30 }) else { return text }
    return String(text[..<mark])
  }

  /// Whether the value is gone: `########` (a column too narrow), `#REF!`, `#N/A` and their like in every language of Excel.
  static func isLoss(_ text: String) -> Bool {
    guard text.utf8.first == UInt8(ascii: "#"), text.utf8.count >= 3 else { return false }
    let rest = text.dropFirst()
    if rest.allSatisfy({ $0 == "#" }) { return true }
    if ["N/A", "N/D", "NV", "I/T", "N/V", "NB", "HIÁNYZIK", "Н/Д", "YOK", "BRAK", "NEDEF"].contains(rest) {
      return true
    }
    guard let last = rest.last, last == "!" || last == "?" else { return false }
    return rest.dropLast().allSatisfy { $0.isUppercase || $0.isNumber || "/¡¿_. ".contains($0) }
  }

  /// `1.01E+05`: the digits behind the first ones are lost.
  static func isRounded(_ text: String) -> Bool {
    guard let exponent = text.utf8.lastIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) else { return false }
    let (digits, power) = (text[..<exponent], text[exponent...].dropFirst())
    guard power.first == "+", Int(power.dropFirst()) != nil,
      digits.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") })
    else { return false }
    return digits.utf8.allSatisfy {
      (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",")
    }
  }
}
