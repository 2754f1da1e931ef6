import Basics
import Testing

@testable import Intake

@Suite("Encodings")
struct EncodingTests {
  static func bytes(_ text: String, _ encoding: TextEncoding) -> [UInt8] {
    Array(text.utf8).withUnsafeBufferPointer { Transcoder(encoding).original($0) }
  }

  static func guess(_ bytes: [UInt8], _ languages: [String] = []) -> EncodingGuess {
    bytes.withUnsafeBufferPointer { EncodingGuess(of: $0, isWhole: true, languages: languages) }
  }

  static func transcoded(_ bytes: [UInt8], _ encoding: TextEncoding, piece: Int) -> [UInt8] {
    var transcoder = Transcoder(encoding)
    var output = ByteBuffer()
    var rest = bytes[...]
    while !rest.isEmpty {
      Array(rest.prefix(piece)).withUnsafeBufferPointer { transcoder.transcode($0, into: &output) }
      rest = rest.dropFirst(piece)
    }
    transcoder.finish(into: &output)
    return Array(output.bytes)
  }

  @Test(
    "knows encodings by the names that people and declarations use",
    arguments: [
      ("utf-8", TextEncoding.utf8), ("UTF8", .utf8), ("cp1250", .windows1250), ("Windows-1252", .windows1252),
      ("win1250", .windows1250), ("latin1", .iso8859Part1), ("ISO_8859-15", .iso8859Part15),
      ("iso-8859-2", .iso8859Part2), ("UTF-16", .utf16LittleEndian), ("ascii", .usASCII),
    ])
  func names(name: String, encoding: TextEncoding) { #expect(TextEncoding(name: name) == encoding) }

  @Test(
    "knows no other", arguments: ["UTF-7", "utf-64", "GB18031", "", "windows-1259", "iso-8859-12", "é", "cp"])
  func unknownNames(name: String) { #expect(TextEncoding(name: name) == nil) }

  @Test("every name of its own is understood", arguments: TextEncoding.allCases)
  func ownNames(encoding: TextEncoding) { #expect(TextEncoding(name: encoding.rawValue) == encoding) }

  @Test("code pages have the letters that tell them apart")
  func letters() {
    #expect(
      Self.bytes("€ĄąŚśŹźŐőŰű", .windows1250) == [
        0x80, 0xA5, 0xB9, 0x8C, 0x9C, 0x8F, 0x9F, 0xD5, 0xF5, 0xDB, 0xFB,
      ])
    #expect(Self.bytes("€ÕõÛûŒ", .windows1252) == [0x80, 0xD5, 0xF5, 0xDB, 0xFB, 0x8C])
    #expect(Self.bytes("ĄąŚśŹź", .iso8859Part2) == [0xA1, 0xB1, 0xA6, 0xB6, 0xAC, 0xBC])
    #expect(Self.bytes("€ŠŽ", .iso8859Part15) == [0xA4, 0xA6, 0xB4])
    #expect(Self.bytes("Жя", .windows1251) == [0xC6, 0xFF])
  }

  @Test("every byte of every code page comes back as it was", arguments: TextEncoding.allCases)
  func everyByte(encoding: TextEncoding) {
    let all = (0...255).map { UInt8($0) } + (0...255).reversed().map { UInt8($0) }
    if encoding.isSingleByte {
      let text = Self.transcoded(all, encoding, piece: 7)
      #expect(text.withUnsafeBufferPointer { Transcoder(encoding).original($0) } == all)
      let undefined = encoding.upperHalf?.count { $0 == 0xFFFD } ?? 0
      #expect(text.count { $0 == 0xFE } == 2 * undefined)
      #expect((text.withUnsafeBufferPointer { UTF8Check.firstFault(in: $0) } == nil) == (undefined == 0))
    }
  }

  @Test("UTF-16 comes back as it was, broken as well, whatever the pieces")
  func wide() {
    var numbers = SplitMix(seed: 5)
    for encoding in [TextEncoding.utf16LittleEndian, .utf16BigEndian] {
      for round in 0..<300 {
        let units = (0..<Int.random(in: 0...12, using: &numbers)).flatMap { _ -> [UInt8] in
          let unit: UInt16 =
            [0x41, 0x17C, 0x5F20, 0xD83D, 0xDE00, 0xDFFF, 0xD800, 0xFFFD].randomElement(using: &numbers) ?? 0
          return encoding == .utf16LittleEndian
            ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        }
        let bytes = units + (round % 3 == 0 ? [0x22] : [])
        let whole = Self.transcoded(bytes, encoding, piece: .max)
        whole.withUnsafeBufferPointer {
          #expect(Transcoder(encoding).original($0) == bytes)
          #expect(Transcoder(encoding).originalCount($0) == bytes.count)
        }
        for piece in [1, 2, 3, 5] { #expect(Self.transcoded(bytes, encoding, piece: piece) == whole) }
      }
    }
  }

  @Test("UTF-8 is checked as strictly as the standard library does")
  func utf8() {
    var numbers = SplitMix(seed: 3)
    let seeds: [[UInt8]] = [
      [0x41], [0xC5, 0xBC], [0xE5, 0xBC, 0xA0], [0xF0, 0x9F, 0x98, 0x80], [0xED, 0x9F, 0xBF],
      [0xF4, 0x8F, 0xBF, 0xBF],
      [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE0, 0x80, 0x80],
      [0xF0, 0x80, 0x80, 0x80], [0xFF],
      [0x80], [0xC5], [0xE5, 0xBC], [0xF0, 0x9F, 0x98], [0xEF, 0xBF, 0xBD],
    ]
    var faults = 0
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...6, using: &numbers)).flatMap { _ in
        seeds.randomElement(using: &numbers) ?? []
      }
      let fault = bytes.withUnsafeBufferPointer { UTF8Check.firstFault(in: $0) }
      #expect((fault == nil) == (String(validating: bytes, as: UTF8.self) != nil))
      if let fault {
        faults += 1
        #expect(String(validating: bytes[..<fault], as: UTF8.self) != nil)
      }
    }
    #expect(faults > 500)
  }

  @Test("GB18030 comes back as it was, broken as well, whatever the pieces, and reads as iconv reads it")
  func gb18030() throws {
    #expect(
      Self.bytes("张€㐀镕𠮷\u{20087}", .gb18030) == [
        0xD5, 0xC5, 0xA2, 0xE3, 0x81, 0x39, 0xEE, 0x39, 0xE9, 0x46, 0x95, 0x34, 0xB2, 0x35,
        0xFE, 0x51,
      ])
    // Every scalar that is no surrogate has a code, and the way back is the way there.
    for first in stride(from: 0xA0, to: 0x30000, by: 97) {
      guard let scalar = Unicode.Scalar(UInt32(first)) else { continue }
      let bytes = Self.bytes(String(Character(scalar)), .gb18030)
      let text = Self.transcoded(bytes, .gb18030, piece: .max)
      #expect(bytes.isEmpty || text == Array(String(Character(scalar)).utf8), "U+\(String(first, radix: 16))")
    }
    var numbers = SplitMix(seed: 9)
    for _ in 0..<400 {
      let bytes = (0..<Int.random(in: 0...14, using: &numbers)).map { _ -> UInt8 in
        [0x41, 0x30, 0x39, 0x80, 0x81, 0x95, 0xD5, 0xC5, 0xFE, 0xFF, 0x7F, 0x40].randomElement(
          using: &numbers) ?? 0
      }
      let whole = Self.transcoded(bytes, .gb18030, piece: .max)
      whole.withUnsafeBufferPointer {
        #expect(Transcoder(.gb18030).original($0) == bytes)
        #expect(Transcoder(.gb18030).originalCount($0) == bytes.count)
      }
      for piece in [1, 2, 3, 5] { #expect(Self.transcoded(bytes, .gb18030, piece: piece) == whole) }
    }
  }

  @Test("Chinese is told from code pages, and other East Asian encodings from it")
  func eastAsian() {
    let chinese = Self.bytes("姓名,部门,城市\r\n张芳,物流,上海\r\n李强,人事,北京\r\n", .gb18030)
    #expect(Self.guess(chinese).encoding == .gb18030)
    #expect(Self.guess(Self.bytes("Name,City\nLi,沪\n", .gb18030), ["zh"]).encoding == .gb18030)
    for text in [Self.polish, Self.czech, Self.hungarian] {
      #expect(Self.guess(Self.bytes(text, .windows1250), ["zh"]).encoding != .gb18030)
    }
    for text in [Self.german, Self.french, Self.spanish, Self.swedish, Self.portuguese] {
      #expect(Self.guess(Self.bytes(text, .windows1252), ["zh"]).encoding != .gb18030)
      #expect(Self.guess(Self.bytes(text, .windows1252)).encoding == .windows1252)
    }
    let big5: [UInt8] = [
      0xA9, 0x6D, 0xA6, 0x57, 0x2C, 0xB3, 0xA1, 0xAA, 0xF9, 0x0A, 0xA4, 0x57, 0xAE, 0xFC, 0x2C, 0xA4, 0xA4,
      0xA4, 0xE5, 0x0A,
    ]
    #expect(Self.guess(big5).encoding == .big5)
    let korean: [UInt8] = [
      0xC0, 0xCC, 0xB8, 0xA7, 0x2C, 0xBA, 0xCE, 0xBC, 0xAD, 0x0A, 0xB1, 0xE8, 0xC3, 0xB6, 0xBC, 0xF6, 0x2C,
      0xC0, 0xCE, 0xBB, 0xE7, 0x0A,
    ]
    #expect(Self.guess(korean).encoding == .eucKR)
    let japanese: [UInt8] = [
      0xA4, 0xA2, 0xA4, 0xA4, 0xA4, 0xA6, 0x2C, 0xA5, 0xE1, 0xA1, 0xBC, 0xA5, 0xEB, 0x0A,
    ]
    #expect(Self.guess(japanese).encoding == .eucJP)
  }

  // MARK: Guessing

  @Test("marks and zero bytes decide")
  func marks() {
    let text = "Name;Ort\r\nZoë;Köln\r\n"
    for encoding in [
      TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian,
    ] {
      let bytes = Self.bytes(text, encoding)
      #expect(Self.guess(bytes).encoding == encoding)
      #expect(!Self.guess(bytes).hasByteOrderMark)
      #expect(Self.guess(encoding.byteOrderMark + bytes).encoding == encoding)
      #expect(Self.guess(encoding.byteOrderMark + bytes).hasByteOrderMark)
    }
    let chinese = Self.bytes("姓名\t城市\r\n张芳\t上海\r\n1\t2\r\n", .utf16LittleEndian)
    #expect(Self.guess(chinese).encoding == .utf16LittleEndian)
  }

  @Test("ASCII is UTF-8, and left undecided")
  func ascii() {
    #expect(Self.guess(Array("a;b\n1;2\n".utf8)).encoding == .utf8)
    #expect(Self.guess(Array("a;b\n1;2\n".utf8)).isUndecided)
    #expect(!Self.guess(Array("ż".utf8)).isUndecided)
  }

  @Test("a cut sequence at the end of a piece is UTF-8 still, at the end of a file it is not")
  func cutSequence() {
    for text in ["zażółć gęś", "żół", "żó"] {
      Array(text.utf8.dropLast()).withUnsafeBufferPointer {
        #expect(EncodingGuess(of: $0, isWhole: false).encoding == .utf8)
        let whole = EncodingGuess(of: $0, isWhole: true)
        // Where most of it is UTF-8 the cut character is a broken one of its row.
        if text == "zażółć gęś" {
          #expect(whole.encoding == .utf8 && whole.evidence == .brokenUTF8(bytes: 1))
        } else {
          #expect(whole.encoding != .utf8)
        }
      }
    }
  }

  @Test("one broken byte leaves a UTF-8 file what it is")
  func mostlyUTF8() {
    let text = Array(String(repeating: "gęś żółć;jaźń\n", count: 10).utf8)
    #expect(Self.guess(text + [0xB9, 0x0A]).encoding == .utf8)
  }

  static let polish = "Imię i nazwisko;Dział\r\nŁukasz Źródłowski;Księgowość\r\nŻaneta Więcek;Sprzedaż\r\n"
  static let hungarian =
    "Név;Részleg\r\nGyőző Bőhm;Értékesítés\r\nTűnde Szűcs;Pénzügy\r\nÖdön Őry;Beszerzés\r\n"
  static let czech = "Jméno;Oddělení\r\nJiří Dvořák;Účtárna\r\nŽofie Šťastná;Řízení kvality\r\n"
  static let german =
    "Name;Abteilung\r\nJürgen Groß;Qualität\r\nZoë Çelik;Öffentlichkeitsarbeit – „Presse“\r\n"
  static let french =
    "Nom;Service\r\nRené Lefèvre;Qualité\r\nFrançoise Hébert;Communication à l’extérieur\r\n"
  static let spanish = "Nombre;Área\r\nMaría Núñez;Producción\r\nÍñigo López;Atención al cliente\r\n"
  static let swedish = "Namn;Avdelning\r\nÅsa Öberg;Försäljning\r\nBjörn Sjöström;Inköp på fältet\r\n"
  static let portuguese = "Nome;Área\r\nJoão Simões;Produção\r\nInês Magalhães;Comunicações\r\n"

  @Test(
    "central and western code pages are told apart by their letters",
    arguments: [
      (polish, TextEncoding.windows1250), (hungarian, .windows1250), (czech, .windows1250),
      (german, .windows1252),
      (french, .windows1252), (spanish, .windows1252), (swedish, .windows1252), (portuguese, .windows1252),
      (polish, .iso8859Part2), (czech, .iso8859Part2),
    ])
  func codePages(text: String, encoding: TextEncoding) {
    let guess = Self.guess(Self.bytes(text, encoding)).encoding
    // What counts is the text: where two pages read the same, either is right.
    #expect(Self.transcoded(Self.bytes(text, encoding), guess, piece: .max) == Array(text.utf8), "\(guess)")
  }

  @Test("languages break ties, and no more than ties")
  func languages() {
    let german = Self.bytes("Jürgen;Müller\n", .windows1252)
    #expect(Self.guess(german).encoding == .windows1252)
    #expect(Self.guess(german, ["hu", "en"]).encoding == .windows1250)
    #expect(Self.guess(Self.bytes(Self.polish, .windows1250), ["de"]).encoding == .windows1250)
    #expect(Self.guess(Self.bytes(Self.french, .windows1252), ["pl"]).encoding == .windows1252)
  }
}
