/// uuencode, as old programs write attachments (POSIX).
enum UUEncoding {
  /// What is between `begin` and `end`.
  static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    for var line in bytes.split(separator: 10) {
      if line.last == 13 { line = line.dropLast() }
      if line.starts(with: "begin ".utf8) || line.elementsEqual("end".utf8) { continue }
      guard let first = line.first, first > 0x20, first <= 0x60 else { continue }
      let count = Int(first &- 0x20) & 63
      var made: [UInt8] = []
      let letters = line.dropFirst().map { ($0 &- 0x20) & 63 }
      for at in stride(from: 0, to: letters.count, by: 4) {
        let four = (0..<4).map { at + $0 < letters.count ? letters[at + $0] : 0 }
        made += [four[0] << 2 | four[1] >> 4, four[1] << 4 | four[2] >> 2, four[2] << 6 | four[3]]
      }
      result += made.prefix(count)
    }
    return result
  }
}
