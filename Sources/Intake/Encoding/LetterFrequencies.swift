import Foundation

/// How often a language uses each letter beyond ASCII, to tell code pages apart.
struct LetterFrequencies {
  let code: String
  let encodings: Set<TextEncoding.Family>
  private let logLikelihoods: [UInt16: Double]
  private let other: (letter: Double, symbol: Double, symbolInWord: Double, impossible: Double)

  /// `letters` from the most to the least frequent with their share per thousand of the letters beyond ASCII.
  init(_ code: String, _ encodings: Set<TextEncoding.Family>, _ letters: [(Character, Int)]) {
    self.code = code
    self.encodings = encodings
    var table: [UInt16: Double] = [:]
    let total = Double(letters.reduce(0) { $0 + $1.1 }) * 1.05
    for (letter, share) in letters {
      let likelihood = log(Double(share) / total)
      for scalar in String(letter).unicodeScalars.prefix(1) {
        table[UInt16(truncatingIfNeeded: scalar.value)] = likelihood
        // A capital is at the head of a name or a sentence, one letter in twenty.
        for upper in String(letter).uppercased().unicodeScalars.prefix(1) where upper != scalar {
          table[UInt16(truncatingIfNeeded: upper.value)] = likelihood + log(0.05)
        }
      }
    }
    logLikelihoods = table
    other = (log(0.0005), log(0.002), log(0.0001), log(1e-8))
  }

  func logLikelihood(of scalar: UInt16, besideLetters: Bool) -> Double {
    if let known = logLikelihoods[scalar] { return known }
    switch scalar {
    case 0xFFFD, 0x80...0x9F: return other.impossible
    // Quotation marks, dashes, the ellipsis, the apostrophe within a word and the no-break space are common.
    case 0x2010...0x2026, 0xAB, 0xBB, 0xA0, 0xA7, 0xB0: return log(0.01)
    case 0x20AC: return log(0.01)
    case 0xA1...0xBF, 0xD7, 0xF7, 0x2C7, 0x2D8...0x2DD, 0x2030...0x2122: break
    default: return other.letter
    }
    return besideLetters ? other.symbolInWord : other.symbol
  }

  /// Letter shares per thousand, counted in running text of each language and rounded.
  static let all: [LetterFrequencies] = [
    LetterFrequencies(
      "pl", [.central],
      [
        ("ł", 265), ("ą", 145), ("ę", 165), ("ó", 125), ("ż", 120), ("ś", 95), ("ć", 55), ("ń", 25), ("ź", 8),
      ]),
    LetterFrequencies(
      "cs", [.central],
      [
        ("í", 195), ("á", 150), ("é", 85), ("ě", 105), ("ř", 80), ("č", 70), ("ž", 70), ("ý", 70), ("š", 60),
        ("ů", 45), ("ú", 10), ("ó", 3), ("ň", 3), ("ť", 3), ("ď", 3),
      ]),
    LetterFrequencies(
      "sk", [.central],
      [
        ("á", 190), ("í", 115), ("é", 95), ("ý", 110), ("č", 105), ("š", 90), ("ž", 90), ("ú", 80), ("ť", 50),
        ("ľ", 40), ("ô", 20), ("ň", 20), ("ä", 12), ("ď", 20), ("ó", 12), ("ŕ", 1), ("ĺ", 1),
      ]),
    LetterFrequencies(
      "hu", [.central],
      [
        ("é", 285), ("á", 300), ("ö", 85), ("ó", 90), ("ő", 80), ("í", 50), ("ü", 45), ("ú", 20), ("ű", 18),
      ]),
    LetterFrequencies(
      "ro", [.central],
      [("ă", 380), ("î", 160), ("ş", 170), ("ţ", 170), ("â", 110)]),
    LetterFrequencies(
      "hr", [.central],
      [("č", 290), ("š", 270), ("ž", 170), ("ć", 190), ("đ", 60)]),
    LetterFrequencies("sl", [.central], [("č", 400), ("š", 330), ("ž", 240)]),
    LetterFrequencies(
      "de", [.western, .central],
      [("ü", 350), ("ä", 300), ("ö", 170), ("ß", 150), ("é", 8), ("á", 4), ("ë", 4), ("ç", 4)]),
    LetterFrequencies(
      "fr", [.western],
      [
        ("é", 560), ("è", 110), ("à", 130), ("ê", 65), ("ç", 30), ("ô", 20), ("û", 12), ("î", 15), ("â", 20),
        ("ù", 12), ("ï", 5), ("ë", 5), ("œ", 5), ("ü", 1),
      ]),
    LetterFrequencies(
      "es", [.western],
      [
        ("ó", 290), ("í", 210), ("á", 190), ("é", 150), ("ñ", 100), ("ú", 55), ("ü", 5), ("¿", 10), ("¡", 5),
      ]),
    LetterFrequencies(
      "pt", [.western],
      [
        ("ã", 250), ("ç", 180), ("é", 120), ("á", 110), ("í", 80), ("ó", 70), ("ê", 70), ("õ", 50), ("ú", 30),
        ("â", 30), ("à", 25), ("ô", 15), ("ü", 1),
      ]),
    LetterFrequencies(
      "it", [.western],
      [("è", 300), ("à", 280), ("ù", 120), ("ò", 140), ("ì", 100), ("é", 60)]),
    LetterFrequencies(
      "nl", [.western], [("é", 350), ("ë", 400), ("ï", 120), ("ö", 30), ("ü", 30), ("è", 40), ("ê", 10)]),
    LetterFrequencies("sv", [.western], [("ä", 380), ("å", 300), ("ö", 290), ("é", 20)]),
    LetterFrequencies("da", [.western], [("ø", 340), ("å", 370), ("æ", 270), ("é", 20)]),
    LetterFrequencies("fi", [.western], [("ä", 850), ("ö", 130), ("å", 10)]),
  ]
}
