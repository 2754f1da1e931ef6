/// The plural forms of Unicode CLDR, and which of them a whole number takes in a language.
package enum PluralCategory: String, CaseIterable, Hashable, Sendable {
  case zero, one, two, few, many, other

  /// The categories that whole numbers below a million need in the language, `other` last. A language that is not
  /// named here is taken for one of `one` and `other`, as most are.
  package static func categories(of language: String) -> [PluralCategory] {
    switch family(of: language) {
    case .none: [.other]
    case .one, .zeroAndOne: [.one, .other]
    case .polish, .eastSlavic: [.one, .few, .many]
    case .czech: [.one, .few, .other]
    case .southSlavic: [.one, .few, .other]
    case .slovene: [.one, .two, .few, .other]
    case .romanian: [.one, .few, .other]
    case .lithuanian: [.one, .few, .other]
    case .hebrew: [.one, .two, .other]
    case .arabic: [.zero, .one, .two, .few, .many, .other]
    }
  }

  /// The category of a whole number (Unicode CLDR 46, plural rules, cardinal, with v = 0).
  package static func of(_ number: Int, in language: String) -> PluralCategory {
    let n = number.magnitude
    let tens = n % 100
    let ones = n % 10
    let isTeen = (11...19).contains(tens)
    switch family(of: language) {
    case .none: return .other
    case .one: return n == 1 ? .one : .other
    case .zeroAndOne: return n <= 1 ? .one : .other
    case .polish:
      if n == 1 { return .one }
      return (2...4).contains(ones) && !(12...14).contains(tens) ? .few : .many
    case .eastSlavic:
      if ones == 1, tens != 11 { return .one }
      return (2...4).contains(ones) && !(12...14).contains(tens) ? .few : .many
    case .southSlavic:
      if ones == 1, tens != 11 { return .one }
      return (2...4).contains(ones) && !(12...14).contains(tens) ? .few : .other
    case .czech: return n == 1 ? .one : (2...4).contains(n) ? .few : .other
    case .slovene: return tens == 1 ? .one : tens == 2 ? .two : tens == 3 || tens == 4 ? .few : .other
    case .romanian: return n == 1 ? .one : n == 0 || (1...19).contains(tens) ? .few : .other
    case .lithuanian: return ones == 1 && !isTeen ? .one : ones >= 2 && !isTeen ? .few : .other
    case .hebrew: return n == 1 ? .one : n == 2 ? .two : .other
    case .arabic:
      switch n {
      case 0: return .zero
      case 1: return .one
      case 2: return .two
      default: return (3...10).contains(tens) ? .few : tens >= 11 ? .many : .other
      }
    }
  }

  private enum Family {
    case none, one, zeroAndOne, polish, eastSlavic, southSlavic, czech, slovene, romanian, lithuanian, hebrew
    case arabic
  }

  private static func family(of language: String) -> Family {
    switch language.prefix(while: { $0 != "-" && $0 != "_" }).lowercased() {
    case "zh", "ja", "ko", "vi", "th", "id", "ms", "lo", "my", "yue": .none
    case "fr", "pt", "hi", "bn", "fa", "gu", "kn", "am", "hy": .zeroAndOne
    case "pl": .polish
    case "ru", "uk", "be": .eastSlavic
    case "hr", "sr", "bs": .southSlavic
    case "cs", "sk": .czech
    case "sl": .slovene
    case "ro": .romanian
    case "lt": .lithuanian
    case "he": .hebrew
    case "ar": .arabic
    default: .one
    }
  }
}
