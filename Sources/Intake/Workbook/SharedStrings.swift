/// The texts that the cells of an Excel workbook share (ECMA-376, part 1, 18.4), one after another in one run of bytes.
///
/// Each is kept as a field of comma-separated text, so that a cell costs one copy. Phonetic runs are no part of a text.
final class SharedStrings: XMLListener {
  @exclusivity(unchecked) private var bytes: [UInt8] = []
  @exclusivity(unchecked) private var ends: [UInt32] = []
  private var item: [UInt8] = []
  private var isCollecting = false
  private var names: (text: XMLName?, run: XMLName?, item: XMLName?)
  private var isRun = false
  private let limit: Int

  init(limit: Int) { self.limit = min(limit, Int(UInt32.max)) }

  var count: Int { ends.count }

  /// The text of that number as a field; nil where there is none.
  @inline(__always)
  func with<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
    guard index >= 0, index < ends.count else { return nil }
    let start = index == 0 ? 0 : Int(ends[index - 1])
    let end = Int(ends[index])
    return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start..<end])) }
  }

  func startElement(_ name: XMLName, namespace: XMLName?, attributes: XMLAttributes, parser: GuardedXML) {
    switch parser.depth {
    case 1: names = (parser.intern("t"), parser.intern("r"), parser.intern("si"))
    case 2: item.removeAll(keepingCapacity: true)
    case 3:
      isRun = name == names.run
      isCollecting = name == names.text
    case 4: isCollecting = isRun && name == names.text
    default: isCollecting = false
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>, parser: GuardedXML) {
    guard isCollecting else { return }
    item.append(contentsOf: bytes)
    // The texts of many runs make one.
    if item.count > parser.limits.text { parser.stop(.textTooLong(limit: parser.limits.text, element: "si")) }
  }

  func endElement(parser: GuardedXML) {
    isCollecting = false
    guard parser.depth == 2 else { return }
    EscapedText.unescape(&item)
    item.withUnsafeBufferPointer { SheetRow.append(field: $0, to: &bytes) }
    guard bytes.count <= limit else {
      return parser.stop(.workbookTooLarge("its shared texts have more than \(limit >> 20) MB"))
    }
    ends.append(UInt32(bytes.count))
  }
}

/// Characters that Excel writes as `_x000D_`, since XML cannot hold them (ECMA-376, part 1, 22.9.2.19).
enum EscapedText {
  static func unescape(_ text: inout [UInt8]) {
    guard text.count >= 7, hasEscape(text) else { return }
    var result: [UInt8] = []
    var index = 0
    var lead: UInt32?
    while index < text.count {
      guard let unit = unit(text, index) else {
        if lead != nil { append(0xFFFD, to: &result) }
        lead = nil
        result.append(text[index])
        index += 1
        continue
      }
      index += 7
      if let first = lead {
        lead = nil
        if (0xDC00...0xDFFF).contains(unit) {
          append(0x10000 + (first - 0xD800) << 10 + (unit - 0xDC00), to: &result)
          continue
        }
        append(0xFFFD, to: &result)
      }
      switch unit {
      case 0xD800...0xDBFF: lead = unit
      case 0xDC00...0xDFFF: append(0xFFFD, to: &result)
      // A line break of two characters is one.
      case 0x0D:
        if index >= text.count || text[index] != 0x0A, self.unit(text, index) != 0x0A { result.append(0x0A) }
      default: append(unit, to: &result)
      }
    }
    if lead != nil { append(0xFFFD, to: &result) }
    text = result
  }

  private static func hasEscape(_ text: [UInt8]) -> Bool {
    var index = 0
    while index + 6 < text.count {
      if text[index] == 0x5F, unit(text, index) != nil { return true }
      index += 1
    }
    return false
  }

  /// The number of `_xHHHH_` at the index.
  private static func unit(_ text: [UInt8], _ index: Int) -> UInt32? {
    guard index + 6 < text.count, text[index] == 0x5F, text[index + 1] == 0x78, text[index + 6] == 0x5F else {
      return nil
    }
    var value: UInt32 = 0
    for byte in text[(index + 2)..<(index + 6)] {
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
      case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
      default: return nil
      }
    }
    return value
  }

  private static func append(_ value: UInt32, to text: inout [UInt8]) {
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    text += Array(String(Character(scalar)).utf8)
  }
}
