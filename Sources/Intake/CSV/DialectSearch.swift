import Basics

extension CSVDialect {
  /// Finds out how a delimited file is written from its first piece.
  ///
  /// The delimiter is the one by which the most rows have as many fields as the first, which must have more
  /// than one (a title line has one, and the usual width counts); of equals, the one with more columns. Two heading rows are SurveyMonkey's (the second fills what
  /// the first leaves blank), three are Qualtrics' (the third holds `{"ImportId":…}`).
  ///
  /// - Parameters:
  ///   - piece: the first bytes of the file.
  ///   - isWhole: whether they are all of it.
  package static func found(
    in piece: [UInt8], isWhole: Bool, overrides: Overrides = Overrides()
  ) -> CSVDialect {
    let guess =
      overrides.guess
      ?? piece.withUnsafeBufferPointer {
        EncodingGuess(of: $0, isWhole: isWhole, languages: overrides.languages)
      }
    var dialect = CSVDialect()
    dialect.encoding = overrides.encoding ?? guess.encoding
    dialect.hasByteOrderMark =
      !dialect.encoding.byteOrderMark.isEmpty && piece.starts(with: dialect.encoding.byteOrderMark)
    if overrides.encoding == nil, guess.isUndecided, !isWhole {
      dialect.undecidedLanguages = overrides.languages
    }
    var text = utf8(piece, dialect: dialect)
    if let separator = separatorLine(text) {
      dialect.hasSeparatorLine = true
      dialect.delimiter = separator.delimiter
      text = text[separator.end...]
    }
    if let quote = overrides.quote {
      dialect.quote = quote
    } else if prefersApostrophe(text) {
      dialect.quote = UInt8(ascii: "'")
    }
    if let delimiter = overrides.delimiter {
      dialect.delimiter = delimiter
    } else if !dialect.hasSeparatorLine {
      dialect.delimiter = delimiter(text, quote: dialect.quote, isWhole: isWhole)
    }
    let sample = SampleRows(text, delimiter: dialect.delimiter, quote: dialect.quote, limit: 8)
    dialect.lineEnd = sample.lineEnd ?? .lf
    dialect.hasMarkers = dialect.delimiter == 0x09 && VVMarkers.areIn(sample.rows.prefix(2))
    dialect.headingRows = overrides.headingRows ?? headingRows(sample.texts)
    return dialect
  }

  /// Why the file cannot have the delimiter that somebody says it has: no row has it, and another takes all rows apart.
  static func contradiction(
    of stated: UInt8, in piece: [UInt8], isWhole: Bool, _ guess: EncodingGuess?
  ) -> IntakeError? {
    var overrides = Overrides()
    overrides.guess = guess
    let found = CSVDialect.found(in: piece, isWhole: isWhole, overrides: overrides)
    guard found.delimiter != stated else { return nil }
    let text = utf8(piece, dialect: found)
    func rows(_ delimiter: UInt8) -> [Int] {
      SampleRows(text, delimiter: delimiter, quote: found.quote, limit: 20).rows.map(\.count)
    }
    let own = rows(found.delimiter)
    guard let columns = own.max(), columns > 1, rows(stated).allSatisfy({ $0 == 1 }) else { return nil }
    return .delimiterContradicted(
      word(stated), evidence: "no row has it, and \(word(found.delimiter)) makes \(columns) columns")
  }

  static func word(_ delimiter: UInt8) -> String {
    delimiter == 0x09 ? "tab" : "'\(Character(UnicodeScalar(delimiter)))'"
  }

  private static func utf8(_ piece: [UInt8], dialect: CSVDialect) -> ArraySlice<UInt8> {
    var buffer = ByteBuffer(capacity: piece.count + 64)
    var transcoder = Transcoder(dialect.encoding)
    let mark = dialect.hasByteOrderMark ? dialect.encoding.byteOrderMark.count : 0
    piece.withUnsafeBufferPointer {
      transcoder.transcode(UnsafeBufferPointer(rebasing: $0[mark...]), into: &buffer)
    }
    return Array(buffer.bytes)[...]
  }

  /// Excel's first line `sep=;`, perhaps in quotes.
  private static func separatorLine(_ text: ArraySlice<UInt8>) -> (delimiter: UInt8, end: Int)? {
    let end = text.prefix(16).firstIndex { $0 == 0x0A || $0 == 0x0D }
    guard let end else { return nil }
    var line = text[..<end]
    if line.first == UInt8(ascii: "\""), line.last == UInt8(ascii: "\""), line.count > 1 {
      line = line.dropFirst().dropLast()
    }
    guard line.count == 5, line.prefix(4).map({ $0 | 0x20 }).elementsEqual("sep=".utf8.map { $0 | 0x20 }),
      let delimiter = line.last, delimiter < 0x80
    else { return nil }
    let isPair = text[end] == 0x0D && end + 1 < text.endIndex && text[end + 1] == 0x0A
    return (delimiter, end + (isPair ? 2 : 1))
  }

  /// Fields in apostrophes from end to end, and none in quotes.
  private static func prefersApostrophe(_ text: ArraySlice<UInt8>) -> Bool {
    var opened = 0
    var closed = 0
    let ends: Set<UInt8> = Set(",;\t|\r\n".utf8)
    var previous: UInt8 = 0x0A
    for (index, byte) in zip(text.indices, text).prefix(64 * 1024) {
      if byte == UInt8(ascii: "\""), ends.contains(previous) { return false }
      if byte == UInt8(ascii: "'") {
        if ends.contains(previous) { opened += 1 }
        if index + 1 == text.endIndex || ends.contains(text[index + 1]) { closed += 1 }
      }
      previous = byte
    }
    return opened >= 4 && opened == closed
  }

  private static func delimiter(_ text: ArraySlice<UInt8>, quote: UInt8?, isWhole: Bool) -> UInt8 {
    var best: (delimiter: UInt8, share: Double, columns: Int)?
    for candidate in "\t;,|".utf8 {
      let sample = SampleRows(text, delimiter: candidate, quote: quote, limit: 200)
      var counts = sample.rows.map(\.count)
      if !isWhole, !sample.isFull, counts.count > 1 { counts.removeLast() }
      guard let first = rowWidth(counts) else { continue }
      let share = Double(counts.count { $0 == first }) / Double(counts.count)
      if let best, (best.share, best.columns) >= (share, first) { continue }
      best = (candidate, share, first)
    }
    return best?.delimiter ?? UInt8(ascii: ",")
  }

  /// Fields of the first row; where that is a title of one field, those that most rows have.
  private static func rowWidth(_ counts: [Int]) -> Int? {
    guard let first = counts.first else { return nil }
    if first > 1 { return first }
    var rows: [Int: Int] = [:]
    for count in counts where count > 1 { rows[count, default: 0] += 1 }
    return rows.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
  }

  static func headingRows(_ rows: [[String]]) -> Int {
    if rows.count >= 3 {
      let marked = rows[2].count { $0.hasPrefix("{\"ImportId\":") }
      if marked > 0, marked * 2 >= rows[2].count { return 3 }
    }
    guard rows.count >= 2, rows[0].count > 1, rows[0].count == rows[1].count else { return 1 }
    // SurveyMonkey: nothing under the respondent's number, and a text under each blank heading.
    guard !rows[0][0].isEmpty, rows[1][0].isEmpty else { return 1 }
    let pairs = zip(rows[0], rows[1])
    let filled = pairs.count { $0.isEmpty && !$1.isEmpty }
    let blank = pairs.count { $0.isEmpty && $1.isEmpty }
    let responses = rows[1].count { ["response", "open-ended response"].contains($0.lowercased()) }
    return filled + responses > 0 && blank == 0 ? 2 : 1
  }
}

/// The first rows of a text split by one delimiter, forgivingly: to judge a dialect by, not to read with.
struct SampleRows {
  struct Field { var text: [UInt8] }

  private(set) var rows: [[Field]] = []
  var texts: [[String]] { rows.map { $0.map { String(decoding: $0.text, as: UTF8.self) } } }
  private(set) var lineEnd: CSVDialect.LineEnd?
  /// Whether there was more than the limit.
  private(set) var isFull = false

  init(_ text: ArraySlice<UInt8>, delimiter: UInt8, quote: UInt8?, limit: Int) {
    var row: [Field] = []
    var field: [UInt8] = []
    var isQuoted = false
    var isAtStart = true
    var index = text.startIndex
    func following() -> UInt8? { index + 1 < text.endIndex ? text[index + 1] : nil }
    while index < text.endIndex {
      let byte = text[index]
      if isQuoted {
        if byte == quote {
          if following() == quote {
            field.append(byte)
            index += 1
          } else {
            isQuoted = false
          }
        } else {
          field.append(byte)
        }
      } else if byte == quote, isAtStart {
        isQuoted = true
        isAtStart = false
      } else if byte == delimiter {
        row.append(Field(text: field))
        field = []
        isAtStart = true
      } else if byte == 0x0A || byte == 0x0D {
        let isPair = byte == 0x0D && following() == 0x0A
        lineEnd = lineEnd ?? (isPair ? .crlf : byte == 0x0A ? .lf : .cr)
        if isPair { index += 1 }
        if !(row.isEmpty && field.isEmpty) { rows.append(row + [Field(text: field)]) }
        row = []
        field = []
        isAtStart = true
        if rows.count == limit {
          isFull = true
          return
        }
      } else {
        field.append(byte)
        isAtStart = false
      }
      index += 1
    }
    if !(row.isEmpty && field.isEmpty) { rows.append(row + [Field(text: field)]) }
  }
}
