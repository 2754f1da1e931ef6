import Basics
import Foundation
import Programme

/// Every way in which people can be written in files, and the search for them in what the files say once decoded.
///
/// One index for all kinds of files: whatever is searched is read as it is and as each escape of `DecodedBytes` would have
/// it, letters without case and normalisation form, and a spelling counts as a whole word alone.
package struct Spellings: Sendable {
  package enum Kind: Sendable {
    case identifier, address, number, name
    /// A file's or a mailbox's name, as `anna.ray`.
    case handle
    /// A name that somebody else has too.
    case shared
    /// What belongs to somebody else, and holds a spelling: `Anna Ray-Smith`.
    case another
  }

  /// One spelling in the text.
  struct Match {
    let kind: Kind
    /// Where its pieces are in the original; what lies between them is markup.
    let pieces: [Range<Int>]
    var start: Int { pieces.first?.lowerBound ?? 0 }
  }

  private struct Needle: Sendable {
    let letters: [UInt32]
    let kind: Kind
  }

  /// By their first letter, the longest first.
  private var needles: [UInt32: [Needle]] = [:]
  /// Whether a spelling begins with that letter: nearly all letters of a text are passed over by this alone.
  private var begins = [Bool](repeating: false, count: 0x530)
  private var known: Set<[UInt32]> = []
  private var hasForeignLetters = false

  package init() {}

  package var isEmpty: Bool { needles.isEmpty }

  package mutating func add(_ text: String, _ kind: Kind) {
    let letters = Spellings.letters(text)
    guard letters.count > 1, known.insert(letters).inserted, let first = letters.first else { return }
    if kind != .another, letters.contains(where: { $0 >= 0x80 }) { hasForeignLetters = true }
    var list = needles[first] ?? []
    let at = list.firstIndex { $0.letters.count < letters.count } ?? list.count
    list.insert(Needle(letters: letters, kind: kind), at: at)
    needles[first] = list
    if first < begins.count { begins[Int(first)] = true }
  }

  /// What the names are compared by.
  static func letters(_ text: String) -> [UInt32] {
    FoldedBytes(DecodedBytes(Array(text.trimmed.utf8)), encoding: .utf8).letters
  }

  // MARK: - Searching

  /// Whether anything is found in the text.
  package func occur(in bytes: [UInt8]) -> Bool {
    var isFound = false
    forEachReading(of: bytes) { reading in
      isFound = !matches(in: reading, stopsAtFirst: true).own.isEmpty
      return !isFound
    }
    return isFound || coded(in: bytes).contains { occur(in: $0.decoded) }
  }

  package func occur(in text: String) -> Bool { occur(in: Array(text.utf8)) }

  /// Where the spellings are, and where names are that somebody else has too and nothing in the text shows whose they are:
  /// lines from 1.
  package func lines(in bytes: [UInt8]) -> (own: [Int], ambiguous: [Int]) {
    var own: [Int] = []
    var ambiguous: [Int] = []
    forEachReading(of: bytes) { reading in
      let found = matches(in: reading)
      own += found.own.map(\.start)
      ambiguous += found.ambiguous.map(\.start)
      return true
    }
    for code in coded(in: bytes) where occur(in: code.decoded) { own.append(code.range.lowerBound) }
    return (Spellings.lines(of: own, in: bytes), Spellings.lines(of: ambiguous, in: bytes))
  }

  /// The lines that hold these places, each once and in order. O(bytes + places × log places): counted in one sweep.
  private static func lines(of places: [Int], in bytes: [UInt8]) -> [Int] {
    var lines: [Int] = []
    var (at, line) = (0, 1)
    for place in places.sorted() {
      while at < min(place, bytes.count) {
        if bytes[at] == 10 { line += 1 }
        at += 1
      }
      if lines.last != line { lines.append(line) }
    }
    return lines
  }

  // MARK: - Erasing

  /// The text without what is found, `mask` in its place; nil where nothing is.
  ///
  /// O(bytes) for each reading; again after each change, as one escape may lie in another.
  package func erased(_ bytes: [UInt8], mask: String = "…") -> [UInt8]? {
    var text = bytes
    let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
    let mask = Array((isUTF8 ? mask : "...").utf8)
    // Each round takes out all of one reading: more rounds than readings bring no more.
    for _ in 0..<64 {
      var edited: [UInt8]?
      forEachReading(of: text) { reading in
        let found = matches(in: reading).own
        if !found.isEmpty { edited = Spellings.without(found, in: text, mask: mask) }
        return edited == nil
      }
      guard let next = edited, next != text else { break }
      text = next
    }
    for code in coded(in: text).reversed() {
      if let inner = erased(code.decoded, mask: "...") {
        text.replaceSubrange(code.range, with: code.encode(inner))
      }
    }
    return text == bytes ? nil : text
  }

  package func erased(_ text: String) -> String? {
    erased(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func without(_ matches: [Match], in text: [UInt8], mask: [UInt8]) -> [UInt8] {
    var isGone = [Bool](repeating: false, count: text.count)
    var begins: Set<Int> = []
    for match in matches {
      // Where a reading repeats a piece, as encoded words do, it is one mask.
      if !isGone[match.start] { begins.insert(match.start) }
      for piece in match.pieces { for at in piece where at < text.count { isGone[at] = true } }
    }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for (at, byte) in text.enumerated() {
      if begins.contains(at) { result += mask }
      if !isGone[at] { result.append(byte) }
    }
    return result
  }

  // MARK: - Readings

  /// The text as it is, then as each escape alone and all of them together, level by level, would have it.
  private func forEachReading(of bytes: [UInt8], _ body: (FoldedBytes) -> Bool) {
    let plain = DecodedBytes(bytes)
    let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
    func show(_ decoded: DecodedBytes, isValid: Bool) -> Bool {
      if !body(FoldedBytes(decoded, encoding: .utf8)) { return false }
      guard !isValid, hasForeignLetters else { return true }
      for encoding in Spellings.codePages where !body(FoldedBytes(decoded, encoding: encoding)) {
        return false
      }
      return true
    }
    guard show(plain, isValid: isUTF8) else { return }
    func isValid(_ decoded: DecodedBytes) -> Bool { String(validating: decoded.bytes, as: UTF8.self) != nil }
    var escapes: DecodedBytes.Escapes = []
    for escape in DecodedBytes.Escapes.each {
      guard let decoded = plain.decoded(escape) else { continue }
      escapes.insert(escape)
      guard show(decoded, isValid: isValid(decoded)) else { return }
    }
    guard !escapes.isDisjoint(with: .nested) else { return }
    var nested = plain
    for level in 0..<4 {
      guard let decoded = nested.decoded(.nested) else { return }
      nested = decoded
      // The first level of one escape alone is that escape's reading.
      let isKnown = level == 0 && DecodedBytes.Escapes.each.contains(escapes)
      guard isKnown || show(nested, isValid: isValid(nested)) else { return }
    }
  }

  private static let codePages = TextEncoding.allCases.filter { $0.isSingleByte && $0 != .usASCII }

  /// - Parameter stopsAtFirst: one match of the person's own is enough.
  /// - Complexity: O(letters), times the spellings that begin as a word of the text does.
  private func matches(in text: FoldedBytes, stopsAtFirst: Bool = false) -> (own: [Match], ambiguous: [Match])
  {
    var found: [Match] = []
    var shared: [Match] = []
    var others: [Int] = []
    let letters = text.letters
    var index = 0
    while index < letters.count {
      let letter = letters[index]
      guard letter >= begins.count || begins[Int(letter)],
        // Within a word nothing begins.
        index == 0 || !FoldedLetters.isWord(letters[index - 1]) || !FoldedLetters.isWord(letter),
        let needle = needle(in: letters, at: index)
      else {
        index += 1
        continue
      }
      let end = index + needle.letters.count
      switch needle.kind {
      case .another: others.append(text.place(index).lowerBound)
      case .shared: shared.append(Match(kind: .shared, pieces: text.pieces(index..<end)))
      default:
        found.append(Match(kind: needle.kind, pieces: text.pieces(index..<end)))
        if stopsAtFirst { return (found, []) }
      }
      index = end
    }
    guard !shared.isEmpty else { return (found, []) }
    // A name that two people have is the person's where the line names the person and nobody else.
    func line(_ at: Int) -> Int { text.line(at) }
    let ownLines = Set(found.map { line($0.start) })
    let otherLines = Set(others.map(line))
    let ambiguous = shared.filter {
      !ownLines.contains(line($0.start)) && !otherLines.contains(line($0.start))
    }
    let own = shared.filter { ownLines.contains(line($0.start)) && !otherLines.contains(line($0.start)) }
    return (found + own, ambiguous)
  }

  /// The longest spelling that begins there.
  private func needle(in letters: [UInt32], at index: Int) -> Needle? {
    guard let list = needles[letters[index]] else { return nil }
    for needle in list where isMatch(needle, letters, at: index) { return needle }
    return nil
  }

  private func isMatch(_ needle: Needle, _ letters: [UInt32], at index: Int) -> Bool {
    let end = index + needle.letters.count
    guard end <= letters.count else { return false }
    var place = 1
    while place < needle.letters.count {
      guard letters[index + place] == needle.letters[place] else { return false }
      place += 1
    }
    let before = index > 0 ? letters[index - 1] : FoldedLetters.space
    let after = end < letters.count ? letters[end] : FoldedLetters.space
    let next = end + 1 < letters.count ? letters[end + 1] : FoldedLetters.space
    let isApart =
      !(FoldedLetters.isWord(before) && FoldedLetters.isWord(needle.letters[0]))
      && !(FoldedLetters.isWord(after) && FoldedLetters.isWord(needle.letters[needle.letters.count - 1]))
    guard isApart else { return false }
    func isOne(_ letter: UInt32, of signs: String) -> Bool {
      signs.unicodeScalars.contains { $0.value == letter }
    }
    switch needle.kind {
    case .address, .handle:
      // `jan.ann@…` and `ann@x.example.com.pl` are others.
      if isOne(before, of: ".-+_"), index > 1, FoldedLetters.isWord(letters[index - 2]) { return false }
      if needle.kind == .handle, after == 0x40 { return false }
      return !(isOne(after, of: ".-") && FoldedLetters.isWord(next)) || needle.kind == .handle
    case .number:
      // A part of a telephone number, of a date, of an amount, or of the id of another region.
      if isOne(before, of: ".-:,/_+"), index > 1, FoldedLetters.isWord(letters[index - 2]) {
        guard before == 0x3A || before == 0x2C else { return false }
        if before == 0x3A, isRegion(letters, before: index - 1) { return false }
        if before == 0x2C, (0x30...0x39).contains(letters[index - 2]) { return false }
      }
      return !(isOne(after, of: ".,-:/") && (0x30...0x39).contains(next))
    default: return true
    }
  }

  /// Whether what ends before the colon is as short as a region's id.
  private func isRegion(_ letters: [UInt32], before colon: Int) -> Bool {
    var start = colon
    while start > 0, FoldedLetters.isWord(letters[start - 1]) { start -= 1 }
    return colon - start <= 3
  }

  // MARK: - Base64

  private struct Coded {
    let range: Range<Int>
    let decoded: [UInt8]
    let lineLength: Int

    func encode(_ bytes: [UInt8]) -> [UInt8] {
      let text = Array(Data(bytes).base64EncodedString().utf8)
      guard lineLength > 0 else { return text }
      var result: [UInt8] = []
      for start in stride(from: 0, to: text.count, by: lineLength) {
        if start > 0 { result += [13, 10] }
        result += text[start..<min(start + lineLength, text.count)]
      }
      return result
    }
  }

  /// Runs of base64 that hold text, over lines as in mails or in one as in pages and JSON.
  private func coded(in bytes: [UInt8]) -> [Coded] {
    var result: [Coded] = []
    Spellings.forEachBase64(in: bytes) { range, decoded, lineLength in
      result.append(Coded(range: range, decoded: decoded, lineLength: lineLength))
    }
    return result
  }

  /// - Parameter body: gets where the run is, what it says, and the length of its lines; 0: it is one.
  static func forEachBase64(in bytes: [UInt8], _ body: (Range<Int>, [UInt8], Int) -> Void) {
    func isLetter(_ byte: UInt8) -> Bool {
      (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || (0x2F...0x39).contains(byte)
        || byte == 0x2B
    }
    var index = 0
    while index < bytes.count {
      guard isLetter(bytes[index]) else {
        index += 1
        continue
      }
      let start = index
      var end = index
      var lineLength = 0
      while true {
        let lineStart = end
        while end < bytes.count, isLetter(bytes[end]) { end += 1 }
        let length = end - lineStart
        if end < bytes.count, bytes[end] == UInt8(ascii: "=") {
          while end < bytes.count, bytes[end] == UInt8(ascii: "=") { end += 1 }
          break
        }
        // Another line of the same run: this one is as long as the first, and all that is on it.
        var next = end
        if next < bytes.count, bytes[next] == 13 { next += 1 }
        guard length >= 20, lineLength == 0 || length == lineLength, start == 0 || bytes[start - 1] == 10,
          next + 1 < bytes.count, bytes[next] == 10, isLetter(bytes[next + 1])
        else { break }
        lineLength = length
        end = next + 1
      }
      if end - start >= 16, end - start >= 20 || bytes[end - 1] == UInt8(ascii: "=") {
        let isLines = bytes[start..<end].contains(10)
        if let data = Data(base64Encoded: Data(bytes[start..<end]), options: .ignoreUnknownCharacters) {
          body(start..<end, Array(data), isLines ? lineLength : 0)
        }
      }
      index = max(end, index + 1)
    }
  }
}

/// Decoded bytes as the letters that are compared.
struct FoldedBytes {
  private(set) var letters: [UInt32] = []
  /// The bytes of `decoded` behind each letter.
  private var sources: [Range<Int32>] = []
  private let decoded: DecodedBytes
  private var feeds: [Int] = []

  init(_ decoded: DecodedBytes, encoding: TextEncoding) {
    self.decoded = decoded
    let bytes = decoded.bytes
    letters.reserveCapacity(bytes.count)
    sources.reserveCapacity(bytes.count)
    let table = encoding.upperHalf
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      var scalar = UInt32(byte)
      var length = 1
      if byte == 10 { feeds.append(Int(decoded.place(index).start)) }
      if byte >= 0x80 {
        if let table {
          scalar = UInt32(table[Int(byte) - 0x80])
        } else {
          (scalar, length) = FoldedBytes.scalar(bytes, at: index)
        }
      }
      let source = Int32(index)..<Int32(index + length)
      if byte > 0x20, byte < 0x7F {
        // The same as `FoldedLetters.folded`, without an array for each.
        letters.append((0x41...0x5A).contains(byte) ? scalar | 0x20 : scalar)
        sources.append(source)
      } else if byte < 0x80 {
        append(FoldedLetters.space, source)
      } else {
        for letter in FoldedLetters.folded(scalar) { append(letter, source) }
      }
      index += length
    }
  }

  private mutating func append(_ letter: UInt32, _ source: Range<Int32>) {
    if letter == FoldedLetters.space, letters.last == letter {
      sources[sources.count - 1] = sources[sources.count - 1].lowerBound..<source.upperBound
      return
    }
    if letter == 0x307, letters.last == 0x69 { return }
    letters.append(letter)
    sources.append(source)
    // Marks in their canonical order.
    let order = FoldedLetters.combiningClass(letter)
    guard order > 0 else { return }
    var at = letters.count - 1
    while at > 0, FoldedLetters.combiningClass(letters[at - 1]) > order {
      letters.swapAt(at, at - 1)
      sources.swapAt(at, at - 1)
      at -= 1
    }
  }

  /// The scalar and its length; of what is no UTF-8, a byte that means nothing.
  private static func scalar(_ bytes: [UInt8], at index: Int) -> (UInt32, Int) {
    let lead = bytes[index]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1
    guard length > 1, index + length <= bytes.count else { return (0xFFFD, 1) }
    var value = UInt32(lead) & (0xFF >> UInt32(length + 1))
    for place in (index + 1)..<(index + length) {
      guard bytes[place] & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      value = value << 6 | UInt32(bytes[place] & 0x3F)
    }
    return (value, length)
  }

  /// Where the letter is in the original.
  func place(_ index: Int) -> Range<Int> {
    let source = sources[index]
    let first = decoded.place(Int(source.lowerBound))
    let last = decoded.place(Int(source.upperBound) - 1)
    return Int(first.start)..<max(Int(first.end), Int(last.end))
  }

  /// Where each byte of the letters is in the original.
  func pieces(_ range: Range<Int>) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    for source in sources[range] {
      for index in source {
        let place = decoded.place(Int(index))
        pieces.append(Int(place.start)..<Int(place.end))
      }
    }
    return pieces
  }

  /// The line of that place in the original, from 1.
  func line(_ at: Int) -> Int {
    var low = 0
    var high = feeds.count
    while low < high {
      let middle = (low + high) / 2
      if feeds[middle] < at { low = middle + 1 } else { high = middle }
    }
    return low + 1
  }
}
