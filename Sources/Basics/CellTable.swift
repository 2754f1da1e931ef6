/// A small CSV file that a clerk wrote: comma, semicolon or tab, quoted or not, with the place of each cell.
package struct CellTable: Sendable {
  package struct Cell: Hashable, Sendable {
    package var text: String
    package var line: Int
    /// In Unicode scalars, from 1.
    package var column: Int
  }

  /// Rows with at least one cell that is not blank.
  package private(set) var rows: [[Cell]] = []

  /// What is wrong with the bytes.
  package enum Fault: Error, Hashable, Sendable {
    case notUTF8(line: Int)
    case openQuote(line: Int, column: Int)

    package var message: String {
      switch self {
      case .notUTF8: "the line is not UTF-8; save the file as CSV in UTF-8"
      case .openQuote: "the quotation mark is never closed; close it or take it out"
      }
    }

    package var code: String {
      switch self {
      case .notUTF8: "bad-encoding"
      case .openQuote: "open-quote"
      }
    }

    package var place: (line: Int, column: Int) {
      switch self {
      case .notUTF8(let line): (line, 1)
      case .openQuote(let line, let column): (line, column)
      }
    }
  }

  /// O(bytes). The first line decides the delimiter: a semicolon before a comma, since names have commas.
  package init(_ bytes: [UInt8]) throws(Fault) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .notUTF8(line: CellTable.lineOfBadByte(bytes))
    }
    var scalars = Array(text.unicodeScalars)
    if scalars.first?.value == 0xFEFF { scalars.removeFirst() }
    let delimiter = CellTable.delimiter(scalars)
    var line = 1
    var column = 1
    var row: [Cell] = []
    var cell = Cell(text: "", line: 1, column: 1)
    var content = String.UnicodeScalarView()
    var quote: (line: Int, column: Int)?
    var index = 0

    func end() {
      cell.text = String(content)
      row.append(cell)
      content = String.UnicodeScalarView()
    }
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      column += 1
      if quote != nil {
        if scalar == "\"" {
          if index < scalars.count, scalars[index] == "\"" {
            content.append(scalar)
            index += 1
            column += 1
          } else {
            quote = nil
          }
          continue
        }
        content.append(scalar)
        if scalar == "\n" {
          line += 1
          column = 1
        }
      } else if scalar == "\"", content.isEmpty {
        quote = (line, column - 1)
      } else if scalar == delimiter {
        end()
        cell = Cell(text: "", line: line, column: column)
      } else if scalar == "\n" || scalar == "\r" {
        if scalar == "\r", index < scalars.count, scalars[index] == "\n" { index += 1 }
        end()
        keep(&row)
        line += 1
        column = 1
        cell = Cell(text: "", line: line, column: 1)
      } else {
        content.append(scalar)
      }
    }
    if let quote { throw .openQuote(line: quote.line, column: quote.column) }
    end()
    keep(&row)
  }

  private mutating func keep(_ row: inout [Cell]) {
    if row.contains(where: { cell in cell.text.contains { !$0.isWhitespace } }) { rows.append(row) }
    row = []
  }

  private static func delimiter(_ scalars: [Unicode.Scalar]) -> Unicode.Scalar {
    let first = scalars.split { $0 == "\n" || $0 == "\r" }.first ?? []
    return [";", "\t"].first(where: first.contains) ?? ","
  }

  private static func lineOfBadByte(_ bytes: [UInt8]) -> Int {
    var line = 1
    for part in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if String(validating: part, as: UTF8.self) == nil { return line }
      line += 1
    }
    return line
  }
}
