/// A cell's place in a sheet, from 1, as spreadsheets write it: `C7`.
struct CellReference: Hashable, Sendable {
  var row: Int
  var column: Int

  init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }

  /// `C7`, also `$C$7`; nil where it is no cell, or beyond XFD1048576.
  @inline(__always)
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var column = 0
    var row = 0
    var index = 0
    while index < bytes.count {
      let letter = bytes[index] & 0xDF
      guard letter >= 0x41, letter <= 0x5A else {
        if bytes[index] == UInt8(ascii: "$") {
          index += 1
          continue
        }
        break
      }
      column = column * 26 + Int(letter - 0x40)
      guard column <= WorkbookLimits.columns else { return nil }
      index += 1
    }
    guard column > 0, index < bytes.count else { return nil }
    while index < bytes.count {
      let digit = bytes[index] &- 0x30
      guard digit < 10 else { return nil }
      row = row * 10 + Int(digit)
      guard row <= WorkbookLimits.rows else { return nil }
      index += 1
    }
    guard row > 0 else { return nil }
    self.init(row: row, column: column)
  }

  /// The letters of a column, from 1: `XFD`.
  static func letters(_ column: Int) -> String {
    var rest = max(1, column)
    var letters: [UInt8] = []
    while rest > 0 {
      letters.append(UInt8(0x41 + (rest - 1) % 26))
      rest = (rest - 1) / 26
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }

  /// `C7`
  var text: String { CellReference.letters(column) + String(row) }

  /// `Sheet1!C7`, and `'Staff 2026'!C7` where the sheet's name needs it.
  func text(in sheet: String) -> String {
    let isPlain = sheet.unicodeScalars.allSatisfy {
      $0 == "_" || $0 == "." || $0.properties.isAlphabetic || $0.properties.numericType != nil
    }
    return (isPlain ? sheet : "'\(sheet)'") + "!" + text
  }
}

/// Cells from one corner to the other: `A1:C7`, or a single cell.
struct CellRange: Hashable, Sendable {
  var first: CellReference
  var last: CellReference

  init(first: CellReference, last: CellReference) {
    self.first = first
    self.last = last
  }

  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
    guard let first = CellReference(UnsafeBufferPointer(rebasing: bytes[..<(colon ?? bytes.count)])) else {
      return nil
    }
    guard let colon else {
      self.init(first: first, last: first)
      return
    }
    guard let last = CellReference(UnsafeBufferPointer(rebasing: bytes[(colon + 1)...])),
      last.row >= first.row,
      last.column >= first.column
    else { return nil }
    self.init(first: first, last: last)
  }

  var text: String { first == last ? first.text : "\(first.text):\(last.text)" }
}
