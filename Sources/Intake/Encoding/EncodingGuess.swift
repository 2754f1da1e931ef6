package import Basics
import Foundation

/// Which encoding a file has, found out from its first bytes, how sure that is, and why.
///
/// A byte order mark decides; then zero bytes in some places (UTF-16, UTF-32); then whether the bytes are UTF-8, which text
/// in a code page hardly ever is. Among all others the words with letters beyond ASCII decide: they are read in each
/// encoding, and the likelihood of that reading is taken under each language written in it, of which the languages that the
/// caller names are the likeliest. Encodings that read the words alike are one reading: it makes no difference which it is.
package struct EncodingGuess: Equatable, Sendable {
  package enum Evidence: Equatable, Sendable {
    case mark
    /// Zero bytes beside each letter of ASCII.
    case zeros
    /// Nothing but ASCII: any code page would do.
    case ascii
    case wellFormed
    /// Well-formed UTF-8, but for so many bytes.
    case brokenUTF8(bytes: Int)
    /// Words with letters beyond ASCII.
    case words(Int)
  }

  /// The words as another encoding reads them.
  package struct Reading: Equatable, Sendable {
    package var encoding: TextEncoding
    package var sample: String
  }

  package var encoding: TextEncoding
  package var evidence: Evidence
  /// The probability that the text is read right, from 0 to 1.
  package var confidence = 1.0
  /// Some of the words that were judged, as they are read; empty where nothing had to be judged.
  package var sample = ""
  /// The likeliest other reading.
  package var alternative: Reading?
  /// Letters of most of the words that none of the expected languages has.
  package var foreignLetters = ""

  /// The words of the sample as they are in the file.
  private var words: [[UInt8]] = []

  /// Some of the words that were judged, as they read in an encoding.
  package func text(in encoding: TextEncoding) -> String { LetterSample.text(words, in: encoding) }

  package var hasByteOrderMark: Bool { evidence == .mark }
  /// No byte beyond ASCII was seen: a later piece may decide.
  package var isUndecided: Bool { evidence == .ascii }
  /// Whether the text may be read wrong.
  package var isDoubtful: Bool { confidence < 0.9 }

  /// - Parameters:
  ///   - piece: the first bytes of the file.
  ///   - isWhole: whether they are all of it; else a sequence cut by the end is no fault.
  ///   - languages: codes of the languages expected, `pl`, `pt-BR`, `zh-TW`, the likeliest first.
  package init(of piece: UnsafeBufferPointer<UInt8>, isWhole: Bool, languages: [String] = []) {
    evidence = .mark
    // The mark of UTF-32 begins with that of UTF-16.
    let marked: [TextEncoding] = [
      .utf8, .utf32LittleEndian, .utf32BigEndian, .utf16LittleEndian, .utf16BigEndian,
    ]
    if let found = marked.first(where: { piece.starts(with: $0.byteOrderMark) }) {
      encoding = found
      return
    }
    if let wide = EncodingGuess.wide(piece) {
      encoding = wide
      evidence = .zeros
      return
    }
    encoding = .utf8
    if UTF8Check.firstFault(in: piece, allowingCutEnd: !isWhole) == nil {
      evidence = piece.contains { $0 >= 0x80 } ? .wellFormed : .ascii
      return
    }
    // Broken bytes in a file that is UTF-8 otherwise leave it UTF-8.
    if let broken = EncodingGuess.brokenUTF8(piece) {
      evidence = .brokenUTF8(bytes: broken)
      return
    }
    let sample = LetterSample(piece)
    let trial = ReadingTrial(sample, languages: languages)
    encoding = trial.best
    evidence = .words(sample.words.count)
    confidence = trial.confidence
    words = Array(sample.words.prefix(3))
    self.sample = text(in: encoding)
    alternative = trial.alternative.map { Reading(encoding: $0, sample: text(in: $0)) }
    foreignLetters = trial.foreignLetters
  }

  /// UTF-16 or UTF-32 without a mark: the ASCII characters of a table leave zeros in the same places.
  private static func wide(_ piece: UnsafeBufferPointer<UInt8>) -> TextEncoding? {
    guard piece.count >= 4 else { return nil }
    var zeros = [0, 0, 0, 0]
    let quads = min(piece.count, 64 * 1024) / 4
    for index in 0..<quads {
      for place in 0..<4 where piece[4 * index + place] == 0 { zeros[place] += 1 }
    }
    if zeros[3] == quads, zeros[2] * 10 > quads * 9, zeros[0] * 20 < quads { return .utf32LittleEndian }
    if zeros[0] == quads, zeros[1] * 10 > quads * 9, zeros[3] * 20 < quads { return .utf32BigEndian }
    let (even, odd) = (zeros[0] + zeros[2], zeros[1] + zeros[3])
    // Delimiters, digits and line ends alone make a fifth of any table, in Chinese as well.
    if odd * 6 > quads * 2 && even * 20 < odd { return .utf16LittleEndian }
    if even * 6 > quads * 2 && odd * 20 < even { return .utf16BigEndian }
    return nil
  }

  /// How many bytes of a file are broken that is UTF-8 otherwise; nil where it is not.
  private static func brokenUTF8(_ piece: UnsafeBufferPointer<UInt8>) -> Int? {
    var good = 0
    var bad = 0
    var index = 0
    while index < piece.count {
      let lead = piece[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      let end = min(index + (lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2), piece.count)
      if UTF8Check.firstFault(in: UnsafeBufferPointer(rebasing: piece[index..<end])) == nil {
        good += 1
        index = end
      } else {
        bad += 1
        index += 1
      }
    }
    // In a code page hardly any letters beyond ASCII are such a sequence by chance.
    return good > bad * 2 ? bad : nil
  }
}

// MARK: - What is stated

extension EncodingGuess {
  /// Why the file cannot be in the encoding that somebody says it is in; nil where it can.
  func contradiction(of stated: TextEncoding, in piece: [UInt8]) -> IntakeError? {
    guard stated != encoding else { return nil }
    let reason: String
    switch evidence {
    case .ascii: return stated.unitSize == 1 ? nil : contradicted(stated, "its bytes are ASCII")
    case .mark: reason = "it begins with the byte order mark of \(encoding.rawValue)"
    case .zeros: reason = "its zero bytes are those of \(encoding.rawValue)"
    case .wellFormed, .brokenUTF8:
      // A word or two may look like UTF-8 by chance.
      let characters = piece.count { $0 >= 0xC2 }
      if characters < 4, stated.unitSize == 1 { return nil }
      reason = "its \(characters) characters beyond ASCII are well-formed UTF-8"
    case .words(let count):
      guard stated == .utf8 || stated == .usASCII || stated.unitSize > 1 else { return nil }
      reason =
        "\(counted(count, "word")) with bytes beyond ASCII are not, and read as \(summary): \(Quoted.word(sample))"
    }
    return contradicted(stated, reason)
  }

  private func contradicted(_ stated: TextEncoding, _ evidence: String) -> IntakeError {
    .encodingContradicted(stated.rawValue, evidence: evidence)
  }

  /// A warning where the stated code page reads the words otherwise than they look.
  func warning(stated: TextEncoding, file: String) -> Diagnostic? {
    guard case .words = evidence, confidence > 0.99, foreignLetters.isEmpty,
      case let read = text(in: stated), read != sample
    else { return nil }
    return Diagnostic(
      .warning,
      "read as \(stated.rawValue), as it is stated: \(Quoted.word(read)); \(encoding.rawValue) would read "
        + "\(Quoted.word(sample)): leave the encoding out where that is right", file: file,
      code: "encoding-doubtful")
  }
}

// MARK: - Telling

extension EncodingGuess {
  /// `windows-1251 (99% sure)`, `UTF-8 with BOM`
  package var summary: String {
    encoding.rawValue + (hasByteOrderMark ? " with BOM" : "") + (judgement.map { " (\($0))" } ?? "")
  }

  /// `99% sure`; nil where the bytes leave no doubt.
  package var judgement: String? {
    // The figure is of letters' frequencies: nothing is certain by them.
    guard case .words = evidence else { return nil }
    return "\(min(99, Int((confidence * 100).rounded(.down))))% sure"
  }

  /// What a person should look at before the text is used.
  package func warning(file: String) -> Diagnostic? {
    guard isDoubtful || !foreignLetters.isEmpty else { return nil }
    var text = "read as \(summary): \(Quoted.word(sample))"
    if let alternative {
      text += "; \(alternative.encoding.rawValue) would read \(Quoted.word(alternative.sample))"
    }
    if !foreignLetters.isEmpty {
      text += "; its letters \(foreignLetters) are in none of the region's languages"
    }
    return Diagnostic(
      .warning, text + ": name the encoding where it is wrong", file: file, code: "encoding-doubtful")
  }
}
