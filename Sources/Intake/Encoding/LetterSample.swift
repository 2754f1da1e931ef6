import Basics

/// The words of a piece of text that have bytes beyond ASCII, each once: what an encoding is judged by.
struct LetterSample {
  /// Bytes of ASCII letters and of those beyond ASCII.
  private(set) var words: [[UInt8]] = []
  /// Which bytes beyond ASCII there are.
  private(set) var present: [UInt8] = []
  /// Bytes beyond ASCII that another follows: most are in East Asian text, few in Latin letters.
  private(set) var share: Double = 0

  /// More words than these change no answer.
  private static let most = 500

  init(_ piece: UnsafeBufferPointer<UInt8>) {
    var seen: Set<[UInt8]> = []
    var isPresent = [Bool](repeating: false, count: 256)
    var high = 0
    var followed = 0
    var word: [UInt8] = []
    var hasHigh = false
    func end() {
      if hasHigh, word.count <= 80, seen.insert(word).inserted { words.append(word) }
      word.removeAll(keepingCapacity: true)
      hasHigh = false
    }
    for byte in piece {
      let isAfterHigh = word.last.map { $0 >= 0x80 } ?? false
      if byte >= 0x80 {
        hasHigh = true
        high += 1
        if isAfterHigh { followed += 1 }
        isPresent[Int(byte)] = true
        word.append(byte)
      } else if byte | 0x20 >= UInt8(ascii: "a"),
        byte | 0x20 <= UInt8(ascii: "z")
          || isAfterHigh && byte >= 0x40
      {
        // Behind a byte beyond ASCII some signs may be the second half of a character.
        word.append(byte)
      } else {
        end()
        if words.count >= LetterSample.most { break }
      }
    }
    end()
    present = (UInt8(0x80)...0xFF).filter { isPresent[Int($0)] }
    share = high == 0 ? 0 : Double(followed) / Double(high)
  }

  static func text(_ words: [[UInt8]], in encoding: TextEncoding) -> String {
    words.map { String(decoding: encoding.utf8(of: $0), as: UTF8.self) }.joined(separator: ", ")
  }
}
