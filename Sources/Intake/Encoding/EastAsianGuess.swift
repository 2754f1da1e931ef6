/// Whether bytes are Chinese, Japanese or Korean in an encoding of two bytes a character.
///
/// Text in a code page breaks the pairs soon (a word of an odd number of letters beyond ASCII ends in the middle of
/// one), and its pairs are not those that East Asian text is made of. So an encoding is taken where all pairs hold and
/// most of them are its everyday characters.
struct EastAsianGuess {
  private struct Tally {
    var pairs = 0
    var common = 0
    var kana = 0
    var isBroken = false

    /// Enough of them, and hardly any that is rare.
    func holds(least: Int) -> Bool { !isBroken && pairs >= least && common * 10 >= pairs * 7 }
  }

  /// Whether it is GB 18030 (GBK, GB 2312).
  let isGB18030: Bool
  /// The name of an encoding that is not read.
  let unread: String?

  /// - Parameter languages: those expected; Chinese is believed on less evidence where it is.
  init(_ piece: UnsafeBufferPointer<UInt8>, isWhole: Bool, languages: [String]) {
    let expected = Set(languages.map { String($0.prefix(2)).lowercased() })
    let gb = Self.tally(
      piece, isWhole, trail: { $0 >= 0x40 && $0 != 0x7F && $0 != 0xFF },
      common: { lead, trail in trail >= 0xA1 && (0xB0...0xD7 ~= lead || 0xA1...0xA3 ~= lead) })
    let big5 = Self.tally(
      piece, isWhole, trail: { 0x40...0x7E ~= $0 || 0xA1...0xFE ~= $0 },
      common: { lead, _ in 0xA4...0xC6 ~= lead || 0xA1...0xA3 ~= lead })
    let korean = Self.tally(
      piece, isWhole, trail: { $0 >= 0xA1 && $0 != 0xFF }, common: { lead, _ in 0xB0...0xC8 ~= lead })
    let euc = Self.tally(
      piece, isWhole, trail: { $0 >= 0xA1 && $0 != 0xFF },
      common: { lead, _ in 0xA4...0xA5 ~= lead || 0xB0...0xCF ~= lead || lead == 0xA1 })
    let shiftJIS = Self.tally(
      piece, isWhole, lead: { 0x81...0x9F ~= $0 || 0xE0...0xFC ~= $0 }, alone: { 0xA1...0xDF ~= $0 },
      trail: { $0 >= 0x40 && $0 != 0x7F && $0 < 0xFD },
      common: { lead, _ in 0x81...0x83 ~= lead || 0x88...0x97 ~= lead })
    var lowTrails = 0
    var index = 0
    while index + 1 < piece.count {
      if piece[index] >= 0x81 {
        if piece[index + 1] < 0xA1 { lowTrails += 1 }
        index += 1
      }
      index += 1
    }
    let least = expected.contains("zh") ? 1 : 4
    // Kana are in GB 2312 as well, where hardly anybody writes them.
    let isJapanese = euc.kana * 4 >= max(euc.pairs, 1)
    let isKorean = korean.holds(least: 8) && korean.common * 20 >= korean.pairs * 19
    let isChinese = gb.holds(least: least) && !isJapanese && (!isKorean || expected.contains("zh"))
    isGB18030 = isChinese
    if isChinese {
      unread = nil
    } else if isJapanese, euc.holds(least: 4) {
      unread = "EUC-JP"
    } else if isKorean {
      unread = "EUC-KR"
    } else if shiftJIS.holds(least: 4), shiftJIS.kana * 10 >= shiftJIS.pairs {
      unread = "Shift-JIS"
    } else if big5.holds(least: 4), lowTrails * 5 >= big5.pairs {
      unread = "Big5"
    } else {
      unread = nil
    }
  }

  private static func tally(
    _ piece: UnsafeBufferPointer<UInt8>, _ isWhole: Bool,
    lead: (UInt8) -> Bool = { $0 >= 0x81 && $0 <= 0xFE },
    alone: (UInt8) -> Bool = { _ in false }, trail: (UInt8) -> Bool, common: (UInt8, UInt8) -> Bool
  ) -> Tally {
    var tally = Tally()
    var index = 0
    while index < piece.count {
      let first = piece[index]
      index += 1
      if first < 0x80 || alone(first) { continue }
      guard index < piece.count else {
        tally.isBroken = isWhole
        break
      }
      let second = piece[index]
      // Four bytes of GB 18030; others have no digit there, and are broken by it.
      if second &- 0x30 < 10, trail(0x40), index + 2 < piece.count, piece[index + 1] >= 0x81,
        piece[index + 2] &- 0x30 < 10
      {
        index += 3
        continue
      }
      guard lead(first), trail(second) else {
        tally.isBroken = true
        break
      }
      index += 1
      tally.pairs += 1
      if common(first, second) { tally.common += 1 }
      if first == 0xA4 || first == 0xA5 || first == 0x82 || first == 0x83 { tally.kana += 1 }
    }
    return tally
  }
}
