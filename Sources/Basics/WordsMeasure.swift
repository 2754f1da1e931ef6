/// How alike free words are: TF-IDF over character pieces of all answers in one language, compared by the cosine
/// (Salton and Buckley, 1988, with the pieces of Cavnar and Trenkle, 1994).
///
/// All arithmetic ends in integers, and the logarithm is our own: the same words give the same figure on every machine.
package struct WordsMeasure: Sendable {
  /// A text as weighted pieces, of length one in units of `WordsMeasure.unit`, by ascending piece.
  package struct Vector: Hashable, Sendable {
    package var pieces: [Int32]
    package var weights: [Int32]

    package var isEmpty: Bool { pieces.isEmpty }
  }

  package static let unit: Int32 = 1 << 15
  /// Saying a word more often than this adds nothing; so no text, however long, overflows a sum.
  private static let mostRepeats = 63

  private var numberOfPiece: [UInt64: Int32] = [:]
  /// In how many answers each piece occurs.
  private var answersWithPiece: [Int32] = []
  private var answers = 0
  /// 256ths, by piece.
  private var rarity: [Int32] = []
  private var rarityOfUnseen: Int32 = 256

  /// An index over all answers; an answer is what one person said in one field.
  ///
  /// O(*n*) in the number of characters, because each piece is looked up once.
  package init(answers texts: some Sequence<[String]>) {
    var lastAnswer: [Int32] = []
    for text in texts {
      answers += 1
      let mark = Int32(clamping: answers)
      for part in text {
        FoldedText(part).forEachPiece { piece in
          if let number = numberOfPiece[piece] {
            if lastAnswer[Int(number)] != mark {
              lastAnswer[Int(number)] = mark
              answersWithPiece[Int(number)] += 1
            }
          } else {
            numberOfPiece[piece] = Int32(answersWithPiece.count)
            answersWithPiece.append(1)
            lastAnswer.append(mark)
          }
        }
      }
    }
    let all = WordsMeasure.logarithm(answers + 1)
    rarity = answersWithPiece.map { all - WordsMeasure.logarithm(Int($0) + 1) + 256 }
    rarityOfUnseen = all + 256
  }

  /// How many pieces the index knows.
  package var pieceCount: Int { answersWithPiece.count }

  /// Pieces that the index does not know count in the length, and match nothing.
  package func vector(of text: [String]) -> Vector {
    var seen: [Int32] = []
    var unseen: [UInt64] = []
    for part in text {
      FoldedText(part).forEachPiece { piece in
        if let number = numberOfPiece[piece] { seen.append(number) } else { unseen.append(piece) }
      }
    }
    seen.sort()
    unseen.sort()
    var vector = Vector(pieces: [], weights: [])
    var squares = 0
    var raw: [Int] = []
    WordsMeasure.forEachRun(seen) { number, count in
      let weight = min(count, WordsMeasure.mostRepeats) * Int(rarity[Int(number)])
      vector.pieces.append(number)
      raw.append(weight)
      squares += weight * weight
    }
    WordsMeasure.forEachRun(unseen) { _, count in
      let weight = min(count, WordsMeasure.mostRepeats) * Int(rarityOfUnseen)
      squares += weight * weight
    }
    let length = Double(squares).squareRoot()
    vector.weights = raw.map {
      Int32((Double($0) * Double(WordsMeasure.unit) / length).rounded(.toNearestOrAwayFromZero))
    }
    return vector
  }

  /// The cosine in thousandths, 0…1000. O(*a* + *b*), because both are walked once.
  package static func similarity(_ a: Vector, _ b: Vector) -> Int {
    var i = 0
    var j = 0
    var product = 0
    while i < a.pieces.count, j < b.pieces.count {
      if a.pieces[i] == b.pieces[j] {
        product += Int(a.weights[i]) * Int(b.weights[j])
        i += 1
        j += 1
      } else if a.pieces[i] < b.pieces[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return thousandths(product)
  }

  /// A sum of products of two vectors' weights, as thousandths.
  package static func thousandths(_ product: Int) -> Int {
    min(1000, (product &* 1000 &+ (1 << 29)) >> 30)
  }

  /// What of `a` and `b` is alike: for each text of `a` the likest of `b`, where they are at least `least`
  /// thousandths alike; the likest first, then in the order of `a`.
  package func matches(_ a: [String], _ b: [String], least: Int = 300) -> [(
    a: String, b: String, likeness: Int
  )] {
    let others = b.map { vector(of: [$0]) }
    var found: [(a: String, b: String, likeness: Int)] = []
    for text in a {
      let own = vector(of: [text])
      var best: (index: Int, likeness: Int)?
      for (index, other) in others.enumerated() {
        let likeness = WordsMeasure.similarity(own, other)
        if likeness >= least, likeness > best?.likeness ?? -1 { best = (index, likeness) }
      }
      if let best { found.append((text, b[best.index], best.likeness)) }
    }
    return found.enumerated().sorted { ($1.element.likeness, $0.offset) < ($0.element.likeness, $1.offset) }
      .map(\.element)
  }

  private static func forEachRun<Element: Equatable>(
    _ sorted: [Element], _ body: (Element, Int) -> Void
  ) {
    var index = 0
    while index < sorted.count {
      var end = index + 1
      while end < sorted.count, sorted[end] == sorted[index] { end += 1 }
      body(sorted[index], end - index)
      index = end
    }
  }

  /// The binary logarithm in 256ths, rounded down, of a positive number: by squaring, so that no library decides the last
  /// digit.
  static func logarithm(_ number: Int) -> Int32 {
    guard number > 1 else { return 0 }
    let whole = Int.bitWidth - 1 - number.leadingZeroBitCount
    // 1 ≤ mantissa < 2, in 2^-30.
    var mantissa =
      whole <= 30 ? UInt64(number) << UInt64(30 - whole) : UInt64(number) >> UInt64(whole - 30)
    var result = Int32(whole) << 8
    var bit: Int32 = 128
    while bit > 0 {
      mantissa = (mantissa * mantissa) >> 30
      if mantissa >= 1 << 31 {
        mantissa >>= 1
        result += bit
      }
      bit >>= 1
    }
    return result
  }
}
