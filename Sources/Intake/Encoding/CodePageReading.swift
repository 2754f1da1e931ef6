import Foundation

/// The words of a sample as a code page reads them, and how much they look like words at all.
///
/// A wrong page makes capitals within words, symbols beside letters and letters of two scripts in one word; what it makes of
/// the letters themselves is for the languages to judge.
struct CodePageReading {
  /// Letters in lower case, and how often each occurs.
  private(set) var letters: [UInt32: Int] = [:]
  /// A logarithm, at most 0.
  private(set) var shape = 0.0

  private enum Kind: Equatable {
    case capital, small, caseless, mark, punctuation, quote, symbol, invalid, none
  }

  private struct Traits {
    var kind: Kind
    var script: UInt8
    var folded: UInt32

    /// No part of a word.
    var isStrange: Bool { kind == .symbol || kind == .invalid }

    var isLetter: Bool {
      switch kind {
      case .capital, .small, .caseless, .mark: true
      default: false
      }
    }
  }

  private static let asciiCapital = Traits(kind: .capital, script: 1, folded: 0)
  private static let asciiSmall = Traits(kind: .small, script: 1, folded: 0)
  private static let outside = Traits(kind: .none, script: 0, folded: 0)

  init(_ sample: LetterSample, in page: [UInt16]) {
    var traits = [Traits](repeating: CodePageReading.outside, count: 128)
    for byte in sample.present { traits[Int(byte & 0x7F)] = CodePageReading.traits(page[Int(byte & 0x7F)]) }
    var counts = [Int](repeating: 0, count: 128)
    for word in sample.words {
      var previous = CodePageReading.outside
      var isQuoteInWord = false
      var wasHigh = false
      for byte in word {
        let isHigh = byte >= 0x80
        let own: Traits
        if isHigh {
          own = traits[Int(byte & 0x7F)]
          counts[Int(byte & 0x7F)] += 1
        } else if byte | 0x20 >= UInt8(ascii: "a"), byte | 0x20 <= UInt8(ascii: "z") {
          own = byte & 0x20 == 0 ? CodePageReading.asciiCapital : CodePageReading.asciiSmall
        } else {
          own = CodePageReading.outside
        }
        if isHigh || wasHigh {
          shape += CodePageReading.logLikelihood(previous, own, both: isHigh && wasHigh)
        }
        if isHigh { shape += CodePageReading.logLikelihood(own.kind) }
        if isQuoteInWord, own.isLetter { shape -= 4 }
        isQuoteInWord = own.kind == .quote && previous.isLetter
        previous = own
        wasHigh = isHigh
      }
      if wasHigh { shape += CodePageReading.logLikelihood(previous, CodePageReading.outside, both: false) }
    }
    for byte in sample.present {
      let own = traits[Int(byte & 0x7F)]
      if own.isLetter { letters[own.folded, default: 0] += counts[Int(byte & 0x7F)] }
    }
  }

  private static func logLikelihood(_ kind: Kind) -> Double {
    switch kind {
    case .invalid: -12
    case .symbol: -4
    case .punctuation, .quote: -3
    default: 0
    }
  }

  private static func logLikelihood(_ first: Traits, _ second: Traits, both: Bool) -> Double {
    var sum = 0.0
    if first.isLetter, second.isLetter {
      if first.script != second.script { sum -= 5 }
      // Two letters beyond ASCII are rarely neighbours in a Latin word.
      if both, first.script == 1, second.script == 1, second.kind != .mark { sum -= 1.2 }
    } else if first.isStrange && second.kind != .none || second.isStrange && first.kind != .none {
      sum -= 4
    }
    switch (first.kind, second.kind) {
    case (.small, .capital): sum -= 5
    case (.capital, .capital), (.none, .capital), (.none, .small): sum -= 0.7
    case (.capital, .small): sum -= 0.3
    default: break
    }
    return sum
  }

  private static func traits(_ value: UInt16) -> Traits {
    guard value != 0xFFFD, value > 0x9F, let scalar = Unicode.Scalar(value) else {
      return Traits(kind: .invalid, script: 0, folded: 0)
    }
    let properties = scalar.properties
    let folded = properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar.value
    let kind: Kind =
      switch properties.generalCategory {
      case .uppercaseLetter, .titlecaseLetter: .capital
      case .lowercaseLetter: .small
      case .otherLetter, .modifierLetter: .caseless
      case .nonspacingMark, .spacingMark: .mark
      case .initialPunctuation, .finalPunctuation, .openPunctuation: value == 0x2019 ? .punctuation : .quote
      case .spaceSeparator, .format: .punctuation
      case .dashPunctuation: value == 0x2015 ? .symbol : .punctuation
      default: value == 0x20AC || value == 0x2116 || value == 0xA7 || value == 0xB0 ? .punctuation : .symbol
      }
    return Traits(kind: kind, script: script(value), folded: folded)
  }

  private static func script(_ value: UInt16) -> UInt8 {
    switch value {
    case 0x300...0x36F: 1
    case 0x370...0x3FF: 2
    case 0x400...0x52F: 3
    case 0x590...0x5FF: 4
    case 0x600...0x6FF: 5
    case 0xE00...0xE7F: 6
    default: 1
    }
  }
}
