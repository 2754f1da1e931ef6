import Basics
import Foundation
import Regions
import TestSupport
import Testing

@testable import Intake

/// Lists of names in 31 languages, written in every code page that exports of that language come in, and read back.
@Suite("Encodings by evidence")
struct EncodingTruthTests {
  struct List: Sendable {
    let language: String
    let names: [String]
  }

  /// `pl: Rafał Krasa; Robert Kręgiel; …`: first and last names of each language, put together at random (`Ladislav
  /// Růžičková`). Where the single names are from is not recorded.
  static let lists: [List] = {
    let file = Repository.path + "/Tests/IntakeTests/Fixtures/names.txt"
    let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: ": ", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      return List(language: String(parts[0]), names: parts[1].split(separator: "; ").map(String.init))
    }
  }()

  static func encodings(of language: String) -> [TextEncoding] {
    if let east = EastAsianLetters.all.first(where: { $0.code == language.lowercased() }) {
      return east.encodings
    }
    let own = LanguageLetters.all.filter { $0.code == language }
    return own.flatMap { $0.pages.encodings.map(\.encoding) }
  }

  /// A staff list of so many of the names; nil where the encoding cannot write that many.
  static func file(_ list: List, _ encoding: TextEncoding, count: Int) -> (text: [UInt8], bytes: [UInt8])? {
    // Windows' page of Romanian has the letters with a cedilla alone, as Excel writes them.
    let names = list.names.map { name in
      encoding == .iso8859Part16
        ? name : String(name.map { ["ț": "ţ", "ș": "ş", "Ț": "Ţ", "Ș": "Ş"][$0] ?? $0 })
    }
    let good = names.filter { encoding.utf8(of: EncodingTests.bytes($0, encoding)) == Array($0.utf8) }
    guard good.count >= count else { return nil }
    var text = "Employee number,Name,Email,Site\r\n"
    for (number, name) in good.prefix(count).enumerated() {
      text += "\(1000 + number),\(name),person\(number)@example.com,Warehouse\r\n"
    }
    return (Array(text.utf8), EncodingTests.bytes(text, encoding))
  }

  /// How many of all files of `count` names are read right, and those that are not.
  static func right(count: Int, languages: (String) -> [String]) -> (right: Int, of: Int, wrong: [String]) {
    var right = 0
    var all = 0
    var wrong: [String] = []
    for list in lists {
      for encoding in encodings(of: list.language) {
        guard let file = file(list, encoding, count: count) else { continue }
        all += 1
        let guess = EncodingTests.guess(file.bytes, languages(list.language))
        if guess.encoding.utf8(of: file.bytes) == file.text {
          right += 1
        } else {
          wrong.append("\(list.language) \(encoding.rawValue): \(guess.summary) \(guess.sample)")
        }
      }
    }
    return (right, all, wrong)
  }

  @Test("every language has its names")
  func everyList() {
    #expect(Self.lists.count == 31)
    for list in Self.lists {
      #expect(list.names.count == 24, "\(list.language)")
      #expect(!Self.encodings(of: list.language).isEmpty, "\(list.language)")
    }
  }

  /// How many may be read wrong: of a single name, some letters are of two pages.
  @Test("with the region's language", arguments: [(1, 5), (3, 1), (24, 1)])
  func own(count: Int, mostWrong: Int) {
    let found = Self.right(count: count) { [$0, "en"] }
    #expect(found.of > 120)
    #expect(found.wrong.count <= mostWrong, "\(found)")
  }

  @Test(
    "with another language", arguments: [("en", 3, 6), ("en", 24, 1), ("ru", 3, 5), ("zh", 24, 1)])
  func another(language: String, count: Int, mostWrong: Int) {
    let found = Self.right(count: count) { _ in [language] }
    #expect(found.of > 120)
    #expect(found.wrong.count <= mostWrong, "\(found)")
  }

  /// What is read wrong must at least be said to be doubtful: a warning with a sample.
  @Test("a wrong reading of a list is doubtful", arguments: ["en", "own"])
  func doubt(language: String) {
    var silent: [String] = []
    for list in Self.lists {
      for encoding in Self.encodings(of: list.language) {
        guard let file = Self.file(list, encoding, count: 3) else { continue }
        let guess = EncodingTests.guess(file.bytes, [language == "own" ? list.language : language])
        if guess.encoding.utf8(of: file.bytes) != file.text, guess.warning(file: "x") == nil {
          silent.append("\(list.language) \(encoding.rawValue): \(guess.summary) \(guess.sample)")
        }
      }
    }
    #expect(silent.count <= 2, "\(silent)")
  }

  @Test(
    "one stray byte changes no file's encoding",
    arguments: [TextEncoding.utf8, .windows1250, .windows1251, .shiftJIS])
  func strayByte(encoding: TextEncoding) throws {
    let language = [TextEncoding.windows1251: "ru", .shiftJIS: "ja"][encoding] ?? "pl"
    let list = try #require(Self.lists.first { $0.language == language })
    let file = try #require(Self.file(list, encoding, count: 10))
    for place in stride(from: 40, to: file.bytes.count, by: 7) where file.bytes[place] < 0x80 {
      for byte in [UInt8(0x81), 0x98, 0xFF] {
        var bytes = file.bytes
        bytes[place] = byte
        #expect(EncodingTests.guess(bytes, [language]).encoding == encoding, "\(byte) at \(place)")
      }
    }
  }

  @Test("the form's settings name every encoding by a name that is understood")
  func settings() {
    for name in Shape.Text.encodings { #expect(TextEncoding(name: name) != nil, "\(name)") }
    for encoding in TextEncoding.allCases {
      #expect(Shape.Text.encodings.contains { TextEncoding(name: $0) == encoding }, "\(encoding)")
    }
  }

  @Test("any bytes in any encoding come back as they were, or as another code of the same character")
  func anyBytes() {
    var numbers = SplitMix(seed: 4)
    for encoding in TextEncoding.allCases {
      for _ in 0..<40 {
        let bytes = (0..<Int.random(in: 0...60, using: &numbers)).map { _ in
          UInt8.random(in: Bool.random(using: &numbers) ? 0x80...0xFF : 0x20...0xFF, using: &numbers)
        }
        let whole = EncodingTests.transcoded(bytes, encoding, piece: .max)
        for piece in [1, 3] { #expect(EncodingTests.transcoded(bytes, encoding, piece: piece) == whole) }
        whole.withUnsafeBufferPointer {
          let back = Transcoder(encoding).original($0)
          #expect(
            back.count == bytes.count && Transcoder(encoding).originalCount($0) == bytes.count, "\(encoding)")
          #expect(EncodingTests.transcoded(back, encoding, piece: .max) == whole, "\(encoding) \(bytes)")
        }
        _ = EncodingTests.guess(bytes, ["pl", "ja"])
      }
    }
  }
}
