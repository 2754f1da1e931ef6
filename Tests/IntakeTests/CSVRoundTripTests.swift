import Basics
import Testing

@testable import Intake

/// Random tables, written in every dialect and encoding, come back as they were; whatever the pieces.
@Suite("CSV round trip")
struct CSVRoundTripTests {
  struct Table {
    var headings: [String]
    var rows: [[String?]]
  }

  static let ends: [String] = ["\r\n", "\n", "\r"]

  static func letters(_ encoding: TextEncoding) -> [String] {
    let plain = ["a", "B", "7", " ", "-", "'", "=", "x"]
    switch encoding {
    case .utf8, .utf16LittleEndian, .utf16BigEndian: return plain + ["ż", "ő", "张", "€", "😀", "ß", "é"]
    case .usASCII: return plain
    default:
      let table = encoding.upperHalf ?? []
      let own = table.filter { $0 != 0xFFFD && $0 >= 0xA0 }
      return plain + own.compactMap { UnicodeScalar($0).map(String.init) }
    }
  }

  static func table(_ numbers: inout SplitMix, _ encoding: TextEncoding, special: [String]) -> Table {
    let letters = letters(encoding)
    let columns = Int.random(in: 2...7, using: &numbers)
    func text(_ numbers: inout SplitMix) -> String {
      (0..<Int.random(in: 0...9, using: &numbers)).map { _ in
        Int.random(in: 0..<4, using: &numbers) == 0
          ? special.randomElement(using: &numbers) ?? "" : letters.randomElement(using: &numbers) ?? ""
      }.joined()
    }
    let headings = (0..<columns).map { "h\($0)" + text(&numbers) }
    var rows: [[String?]] = []
    for _ in 0..<Int.random(in: 1...12, using: &numbers) {
      var row: [String?] = (0..<columns).map { _ in
        Int.random(in: 0..<5, using: &numbers) == 0 ? nil : text(&numbers)
      }
      // A last field that is null looks like a delimiter too many, and a blank row like a blank line.
      row[columns - 1] = row[columns - 1] ?? "z"
      rows.append(row)
    }
    return Table(headings: headings, rows: rows)
  }

  static func written(_ table: Table, _ dialect: CSVDialect, _ end: String, quoteAll: Bool) -> [UInt8] {
    // Scalars, not characters: a quote with an accent behind it is one character and still a quote.
    let quote = UnicodeScalar(dialect.quote ?? UInt8(ascii: "\""))
    let delimiter = UnicodeScalar(dialect.delimiter)
    func field(_ value: String?) -> String {
      guard let value else { return "" }
      let special: Set<UnicodeScalar> = [quote, delimiter, "\r", "\n"]
      guard quoteAll || value.isEmpty || value.unicodeScalars.contains(where: special.contains) else {
        return value
      }
      var text = String(quote)
      for scalar in value.unicodeScalars { text += scalar == quote ? "\(quote)\(quote)" : String(scalar) }
      return text + String(quote)
    }
    let lines = ([table.headings] + table.rows).map { row in
      row.map(field).joined(separator: String(Character(delimiter)))
    }
    let text = lines.joined(separator: end) + end
    return (dialect.hasByteOrderMark ? dialect.encoding.byteOrderMark : [])
      + Array(text.utf8).withUnsafeBufferPointer { Transcoder(dialect.encoding).original($0) }
  }

  @Test("every encoding, delimiter, quote and line end", arguments: TextEncoding.allCases)
  func everyDialect(encoding: TextEncoding) {
    var numbers = SplitMix(seed: encoding.rawValue.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    for delimiter in ",;\t|".utf8 {
      for end in Self.ends {
        var dialect = CSVDialect(encoding: encoding, delimiter: delimiter)
        dialect.hasByteOrderMark = !encoding.byteOrderMark.isEmpty && Bool.random(using: &numbers)
        if Bool.random(using: &numbers) { dialect.quote = UInt8(ascii: "'") }
        let special = ["\"", "\"\"", ",", ";", "\t", "|", "\n", "\r\n", "\r", "'"]
        let table = Self.table(&numbers, encoding, special: special)
        let bytes = Self.written(table, dialect, end, quoteAll: Bool.random(using: &numbers))
        let read = CSVTable(bytes, dialect)
        #expect(read.headings == [table.headings])
        #expect(read.rows == table.rows)
        #expect(read.messages == [])
        #expect(read.headingBytes + read.raws.joined() == bytes, "\(encoding), \(dialect.summary)")
      }
    }
  }

  @Test("the same rows and problems whatever the size of the pieces")
  func pieces() {
    var numbers = SplitMix(seed: 42)
    for round in 0..<60 {
      let encoding: TextEncoding = [.utf8, .utf16LittleEndian, .utf16BigEndian, .windows1250][round % 4]
      var dialect = CSVDialect(encoding: encoding, delimiter: UInt8(ascii: ";"))
      dialect.hasByteOrderMark = round % 8 < 4 && encoding != .windows1250
      let special = ["\"", ";", "\n", "\r\n", "\r", "\"\""]
      let table = Self.table(&numbers, encoding, special: special)
      var bytes = Self.written(
        table, dialect, Self.ends[round % 3], quoteAll: Bool.random(using: &numbers))
      if round % 2 == 1 {
        // Spoil a few bytes: what is bad must be the same bad rows, too.
        for _ in 0..<4 {
          let index = Int.random(in: 0..<bytes.count, using: &numbers)
          bytes[index] = [0, 0x22, 0x3B, 0x0A, 0x0D, 0xD8, 0xFF, 0x81].randomElement(using: &numbers) ?? 0
        }
      }
      let limits = CSVLimits(field: 4096, record: 8192)
      let whole = CSVTable(bytes, dialect, limits: limits)
      for piece in [1, 2, 3, 7, 64, 65_536] {
        #expect(
          CSVTable(bytes, dialect, limits: limits, piece: piece) == whole, "round \(round), piece \(piece)")
      }
    }
  }

  @Test("no byte is lost: headings, rows and bad rows make up the file, in order")
  func nothingLost() {
    var numbers = SplitMix(seed: 7)
    for round in 0..<300 {
      let alphabet = Array("ab,,\"\"\n\n\r1".utf8) + [0xC5, 0xBC]
      var bytes = Array("a,b\n".utf8)
      for _ in 0..<Int.random(in: 0..<60, using: &numbers) {
        bytes.append(alphabet.randomElement(using: &numbers) ?? 0x61)
      }
      let table = CSVTable(bytes)
      var all = table.raws.map { ($0, true) } + table.problems.map { ($0.raw, false) }
      #expect(all.allSatisfy { !$0.0.isEmpty })
      // Blank lines are the only bytes that nobody needs: take every row out of the file, and none but line
      // ends are left.
      all.sort { $0.0.count > $1.0.count }
      let count = all.reduce(0) { $0 + $1.0.count }
      let ends = bytes.count { $0 == 0x0A || $0 == 0x0D }
      #expect(bytes.count - 4 - count <= ends, "round \(round)")
      #expect(bytes.count - 4 - count >= 0, "round \(round)")
      let kept = table.raws.joined().count { $0 == 0x61 } + table.problems.flatMap(\.raw).count { $0 == 0x61 }
      #expect(kept == bytes.dropFirst(4).count { $0 == 0x61 }, "round \(round)")
    }
  }
}
