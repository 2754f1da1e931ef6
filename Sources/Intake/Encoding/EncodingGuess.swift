/// Which encoding a file has, found out from its first bytes.
///
/// A byte order mark decides; then zero bytes in every other place (UTF-16); then whether the bytes are UTF-8,
/// which text in a code page hardly ever is; then whether they are pairs of East Asian text. Among the code pages the letters decide: each is decoded, and the
/// likelihood of its letters beyond ASCII is taken under each language written in it; the best language of the
/// best code page wins. German, say, reads the same in windows-1250 and windows-1252: such ties go to the
/// languages that the caller names, then to windows-1252.
package struct EncodingGuess: Equatable, Sendable {
  package var encoding: TextEncoding
  package var hasByteOrderMark: Bool
  /// No byte beyond ASCII was seen: any code page would do, and a later piece may decide.
  package var isUndecided: Bool
  /// The name of an encoding that is not read, by which the bytes are written all the same.
  package var unread: String?

  /// - Parameters:
  ///   - piece: the first bytes of the file.
  ///   - isWhole: whether they are all of it; else a sequence cut by the end is no fault.
  ///   - languages: ISO 639 codes of the languages expected, `pl`, `hu`, `de`; they break ties.
  package init(of piece: UnsafeBufferPointer<UInt8>, isWhole: Bool, languages: [String] = []) {
    hasByteOrderMark = true
    isUndecided = false
    if piece.starts(with: TextEncoding.utf8.byteOrderMark) {
      encoding = .utf8
      return
    }
    if piece.starts(with: TextEncoding.utf16LittleEndian.byteOrderMark) {
      encoding = .utf16LittleEndian
      return
    }
    if piece.starts(with: TextEncoding.utf16BigEndian.byteOrderMark) {
      encoding = .utf16BigEndian
      return
    }
    hasByteOrderMark = false
    if let wide = Self.wide(piece) {
      encoding = wide
      return
    }
    if UTF8Check.firstFault(in: piece, allowingCutEnd: !isWhole) == nil {
      encoding = .utf8
      isUndecided = !piece.contains { $0 >= 0x80 }
      return
    }
    // One broken byte in a file that is UTF-8 through and through leaves it UTF-8.
    if Self.isMostlyUTF8(piece) {
      encoding = .utf8
      return
    }
    let eastAsian = EastAsianGuess(piece, isWhole: isWhole, languages: languages)
    unread = eastAsian.unread
    encoding = eastAsian.isGB18030 ? .gb18030 : Self.codePage(piece, languages: languages)
  }

  /// UTF-16 without a mark: the ASCII characters of a table leave zeros in one of two places.
  private static func wide(_ piece: UnsafeBufferPointer<UInt8>) -> TextEncoding? {
    guard piece.count >= 4 else { return nil }
    var zeros = (even: 0, odd: 0)
    let pairs = min(piece.count, 64 * 1024) / 2
    for index in 0..<pairs {
      if piece[2 * index] == 0 { zeros.even += 1 }
      if piece[2 * index + 1] == 0 { zeros.odd += 1 }
    }
    // Delimiters, digits and line ends alone make a fifth of any table, in Chinese as well.
    if zeros.odd * 6 > pairs && zeros.even * 20 < zeros.odd { return .utf16LittleEndian }
    if zeros.even * 6 > pairs && zeros.odd * 20 < zeros.even { return .utf16BigEndian }
    return nil
  }

  private static func isMostlyUTF8(_ piece: UnsafeBufferPointer<UInt8>) -> Bool {
    var good = 0
    var bad = 0
    var index = 0
    while index < piece.count {
      if piece[index] < 0x80 {
        index += 1
        continue
      }
      let lead = piece[index]
      let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
      let end = min(index + length, piece.count)
      let one = UnsafeBufferPointer(rebasing: piece[index..<end])
      if UTF8Check.firstFault(in: one) == nil {
        good += 1
        index = end
      } else {
        bad += 1
        index += 1
      }
    }
    return good >= 8 && good > bad * 20
  }

  // MARK: Code pages

  /// The code pages that exports come in, in the order in which a tie is broken.
  private static let candidates: [TextEncoding] = [
    .windows1252, .windows1250, .iso8859Part15, .iso8859Part2, .iso8859Part1,
  ]

  static func codePage(_ piece: UnsafeBufferPointer<UInt8>, languages: [String]) -> TextEncoding {
    var counts = [Int](repeating: 0, count: 128)
    /// Bytes with a letter at their side, which a symbol in the middle of a word would be.
    var besideLetters = [Int](repeating: 0, count: 128)
    var previous: UInt8 = 0
    for index in 0..<piece.count {
      let byte = piece[index]
      if byte >= 0x80 {
        counts[Int(byte & 0x7F)] += 1
        let next = index + 1 < piece.count ? piece[index + 1] : 0
        if isLowercase(previous) || isLowercase(next) { besideLetters[Int(byte & 0x7F)] += 1 }
      }
      previous = byte
    }
    var best: (encoding: TextEncoding, score: Double)?
    let expected = Set(languages.map { String($0.prefix(2)).lowercased() })
    for candidate in candidates {
      guard let table = candidate.upperHalf else { continue }
      var score = -Double.infinity
      for language in LetterFrequencies.all where language.encodings.contains(candidate.family) {
        var sum = expected.contains(language.code) ? expectedBonus : 0
        for index in 0..<128 where counts[index] > 0 {
          let scalar = table[index]
          let each = language.logLikelihood(
            of: scalar, besideLetters: besideLetters[index] * 2 > counts[index])
          sum += each * Double(counts[index])
        }
        score = max(score, sum)
      }
      // Where a language reads the same in two pages, the page of the other languages at hand is likelier.
      let ownLanguages = LetterFrequencies.all.filter { $0.encodings == [candidate.family] }
      if ownLanguages.contains(where: { expected.contains($0.code) }) { score += ownBonus }
      if score > (best?.score ?? -.infinity) + 1e-9 { best = (candidate, score) }
    }
    return best?.encoding ?? .windows1252
  }

  /// What it is worth, as a logarithm, that a language is one of those expected: more than a letter or two.
  private static let expectedBonus = 4.0
  private static let ownBonus = 0.5

  private static func isLowercase(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
  }
}

extension TextEncoding {
  /// Which languages an encoding is for.
  enum Family { case western, central }

  var family: Family {
    switch self {
    case .windows1250, .iso8859Part2: .central
    default: .western
    }
  }
}
