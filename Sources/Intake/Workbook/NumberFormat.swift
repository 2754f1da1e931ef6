/// What a number format makes of a number, as far as it changes what the number means.
enum NumberFormat: Hashable, Sendable {
  case plain
  /// A date, a time of day, or both.
  case moment(hasDate: Bool, hasTime: Bool)
  /// `[h]:mm`: hours beyond a day.
  case elapsed
  /// `00000`: so many digits at least.
  case padded(Int)

  /// A format by its number (ECMA-376, part 1, 18.8.30); those of East Asia included. The others are the workbook's own.
  init(builtIn id: Int) {
    switch id {
    case 14...17, 27...31, 36, 50...54, 57...58: self = .moment(hasDate: true, hasTime: false)
    case 18...21, 32...35, 45, 47, 55...56: self = .moment(hasDate: false, hasTime: true)
    case 22: self = .moment(hasDate: true, hasTime: true)
    case 46: self = .elapsed
    default: self = .plain
    }
  }

  /// A format by its code: `dd.mm.yyyy`, `[$-407]d. mmmm yyyy;@`, `[h]:mm`, `00000`.
  ///
  /// Codes are stored with the letters of English; programs that store their own language's (`TT.MM.JJJJ`) keep the M.
  init(code: String) {
    var letters: [Unicode.Scalar] = []
    var hasElapsed = false
    var scalars = Array(code.unicodeScalars)[...]
    reading: while let scalar = scalars.popFirst() {
      switch scalar {
      case ";": break reading
      case "\"": while let next = scalars.popFirst(), next != "\"" {}
      case "\\", "_", "*": _ = scalars.popFirst()
      case "[":
        var inside = ""
        while let next = scalars.popFirst(), next != "]" { inside.unicodeScalars.append(next) }
        let unit = inside.lowercased()
        if !unit.isEmpty,
          unit.allSatisfy({ $0 == "h" }) || unit.allSatisfy({ $0 == "m" }) || unit.allSatisfy({ $0 == "s" })
        {
          hasElapsed = true
        }
      default: letters.append(scalar)
      }
    }
    if hasElapsed {
      self = .elapsed
      return
    }
    if letters.count > 1, letters.allSatisfy({ $0 == "0" }) {
      self = .padded(min(letters.count, 32))
      return
    }
    let text = String(String.UnicodeScalarView(letters)).lowercased()
    guard !text.hasPrefix("general"), !text.hasPrefix("standard"), !text.contains("#"), !text.contains("?"),
      !text.contains("%")
    else {
      self = .plain
      return
    }
    var plain = text.replacing("am/pm", with: "").replacing("a/p", with: "")
    plain = plain.replacing("e+", with: "").replacing("e-", with: "")
    let hasTime = plain.contains("h") || plain.contains("s")
    let hasYearOrDay = plain.contains { "ydj".contains($0) } || plain.contains("aaaa") || plain.contains("rr")
    let hasMonth = plain.contains("m") && (!hasTime || plain.contains("mmm"))
    self =
      hasYearOrDay || hasMonth || hasTime
      ? .moment(hasDate: hasYearOrDay || hasMonth, hasTime: hasTime) : .plain
  }
}
