import Basics
import Foundation

/// A sample of words, read in every encoding that its bytes allow.
struct ReadingTrial {
  private struct Outcome {
    var encoding: TextEncoding
    /// The characters of the bytes beyond ASCII that occur: equal where two encodings read the words alike.
    var reading: [UInt16]
    /// The least that one of its languages costs.
    var cost: Double
    /// By language, the logarithms of how likely it is.
    var likelihoods: [Double]

    var best: Double { likelihoods.max() ?? -.infinity }
  }

  let best: TextEncoding
  let confidence: Double
  let alternative: TextEncoding?
  let foreignLetters: String

  /// What it costs, as a logarithm, that a language is not the first of those expected, or none of them.
  private static let second = 2.0
  private static let unexpected = 6.0

  init(_ sample: LetterSample, languages: [String]) {
    let wanted = languages.map(LanguageLetters.codes)
    func cost(_ code: String) -> Double {
      if wanted.isEmpty || wanted[0].contains(code) { return 0 }
      return wanted.contains { $0.contains(code) } ? ReadingTrial.second : ReadingTrial.unexpected
    }
    var outcomes = ReadingTrial.codePages(sample, cost)
    outcomes += ReadingTrial.eastAsian(sample, cost)
    // Sums of logarithms, from the greatest, which the others hardly change where it is far ahead.
    let greatest = outcomes.map(\.best).max() ?? 0
    var shares: [[UInt16]: Double] = [:]
    for outcome in outcomes {
      shares[outcome.reading, default: 0] += outcome.likelihoods.reduce(0) { $0 + exp($1 - greatest) }
    }
    let total = shares.values.reduce(0, +)
    let winner = outcomes.max { $0.best < $1.best }
    let reading = winner?.reading ?? []
    // Of encodings that read the words alike, that of the languages expected: later words may differ.
    best =
      outcomes.filter { $0.reading == reading }.min { ($0.cost, -$0.best) < ($1.cost, -$1.best) }?.encoding
      ?? .windows1252
    confidence = total > 0 ? (shares[reading] ?? 0) / total : 0
    alternative = outcomes.filter { $0.reading != reading }.max { $0.best < $1.best }?.encoding
    foreignLetters = ReadingTrial.foreignLetters(sample, best, wanted)
  }

  private static func codePages(_ sample: LetterSample, _ cost: (String) -> Double) -> [Outcome] {
    var outcomes: [Outcome] = []
    var readings: [TextEncoding: CodePageReading] = [:]
    var indexes: [TextEncoding: Int] = [:]
    for language in LanguageLetters.all {
      for (encoding, pageCost) in language.pages.encodings {
        let page = CodePages.upperHalf(encoding)
        let reading = readings[encoding] ?? CodePageReading(sample, in: page)
        readings[encoding] = reading
        let letters = reading.letters.reduce(0) { $0 + language.logLikelihood($1.key) * Double($1.value) }
        let likelihood = reading.shape + letters - pageCost - cost(language.code)
        if let index = indexes[encoding] {
          outcomes[index].likelihoods.append(likelihood)
          outcomes[index].cost = min(outcomes[index].cost, pageCost + cost(language.code))
        } else {
          indexes[encoding] = outcomes.count
          outcomes.append(
            Outcome(
              encoding: encoding, reading: sample.present.map { page[Int($0 & 0x7F)] },
              cost: pageCost + cost(language.code), likelihoods: [likelihood]))
        }
      }
    }
    return outcomes
  }

  private static func eastAsian(_ sample: LetterSample, _ cost: (String) -> Double) -> [Outcome] {
    var outcomes: [Outcome] = []
    for language in EastAsianLetters.all {
      let cost = cost(language.code)
      // Bytes beyond ASCII are seldom neighbours in Latin text, and few languages expect anything else.
      guard cost < unexpected || sample.share > 0.25 else { continue }
      for (place, encoding) in language.encodings.enumerated() {
        guard EastAsianLetters.isPossible(sample, encoding), let table = CodeTable.of(encoding) else {
          continue
        }
        var sum = -cost - Double(place) * 1.5
        for word in sample.words {
          word.withUnsafeBufferPointer { word in
            var index = 0
            while index < word.count {
              guard word[index] >= 0x80 else {
                index += 1
                continue
              }
              switch table.code(in: word, at: index) {
              case .scalar(let scalar, let length):
                sum += language.logLikelihood(scalar, lead: word[index], in: encoding)
                index += length
              case .none, .cut:
                sum -= 14
                index += 1
              }
            }
          }
        }
        // No code page has this reading.
        outcomes.append(
          Outcome(encoding: encoding, reading: [UInt16(outcomes.count)], cost: cost, likelihoods: [sum]))
      }
    }
    return outcomes
  }

  /// The letters that none of the languages has, where most words have one.
  private static func foreignLetters(
    _ sample: LetterSample, _ encoding: TextEncoding, _ wanted: [[String]]
  ) -> String {
    let codes = Set(wanted.joined())
    let alphabets = LanguageLetters.all.filter { codes.contains($0.code) }
    let eastAsian = EastAsianLetters.all.filter { codes.contains($0.code) }
    // Of a language that is in no table nobody knows what is foreign to it.
    let isKnown = wanted.allSatisfy { own in
      own.contains { code in alphabets.contains { $0.code == code } || eastAsian.contains { $0.code == code }
      }
    }
    guard isKnown, !wanted.isEmpty else { return "" }
    var foreign: [Unicode.Scalar] = []
    var words = 0
    for word in sample.words {
      let letters = String(decoding: encoding.utf8(of: word), as: UTF8.self).lowercased().unicodeScalars
      let others = letters.filter { letter in
        letter.value > 0x7F && letter.properties.isAlphabetic && !alphabets.contains { $0.has(letter.value) }
          && !eastAsian.contains { $0.has(letter.value) }
      }
      if others.isEmpty { continue }
      words += 1
      for letter in others where !foreign.contains(letter) { foreign.append(letter) }
    }
    guard words > 1, words * 2 > sample.words.count else { return "" }
    return foreign.prefix(4).map { "'\($0)'" }.joined(separator: ", ") + (foreign.count > 4 ? ", …" : "")
  }
}
