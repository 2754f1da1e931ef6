/// What is wrong at one place of an input file: where, what, and what to do about it.
///
/// A problem that concerns one row is handed to the caller beside the good rows; one that ends the file
/// (`endsTheFile`) is thrown after the rows before it went through.
package struct SourceProblem: Error, Equatable, Sendable {
  package var file: String
  /// Physical line, from 1; nil when the file as a whole is meant.
  package var line: Int?
  /// Character (CSV) or byte (XML) of the line, from 1, where that is known.
  package var position: Int?
  /// Data row, from 1, headings not counted.
  package var row: Int?
  /// Column of the table, from 1, and its heading.
  package var column: Int?
  package var heading: String?
  package var fault: SourceFault
  /// The row as it stands in the file, in its own encoding and with its line end, for `--rejects`.
  package var raw: [UInt8]

  package init(
    file: String, line: Int? = nil, position: Int? = nil, row: Int? = nil, column: Int? = nil,
    heading: String? = nil, fault: SourceFault, raw: [UInt8] = []
  ) {
    self.file = file
    self.line = line
    self.position = position
    self.row = row
    self.column = column
    self.heading = heading
    self.fault = fault
    self.raw = raw
  }

  /// What is wrong and what to do, without the place in the file: `row 3, column 2 (E-mail): …`.
  package var message: String {
    var place = ""
    if let row { place = "row \(row)" }
    if let column {
      place += place.isEmpty ? "column \(column)" : ", column \(column)"
      if let heading, !heading.isEmpty { place += " (\(Self.oneLine(heading)))" }
    }
    return place.isEmpty ? fault.message : place + ": " + fault.message
  }

  /// `file:line:position: error: message`, as editors read it.
  package var description: String {
    var place = file
    if let line {
      place += ":\(line)"
      if let position { place += ":\(position)" }
    }
    return place + ": error: " + message
  }

  private static func oneLine(_ text: String) -> String {
    let words = text.split { $0 == "\n" || $0 == "\r" || $0 == "\r\n" || $0 == " " }.joined(separator: " ")
    return words.count > 60 ? words.prefix(59) + "…" : words
  }
}

/// Every fault that the readers know of in a file's bytes, by itself and without its place.
package enum SourceFault: Error, Equatable, Sendable {
  /// The file is not there or may not be read; the system's reason.
  case cannotOpen(String)
  /// A folder, which has no rows.
  case folder
  /// Reading broke off; the system's reason.
  case readFailed(String)
  /// There are no bytes at all, or no heading row among them.
  case empty
  /// Packed by `gzip`, `zip` and the like.
  case compressed(String)
  /// A file of another kind (`an Excel workbook`, `a PDF`), and how to get a table out of it.
  case notATable(String, advice: String)

  /// A row with more or fewer fields than there are headings.
  case raggedRow(expected: Int, found: Int)
  /// A quoted field that nothing closes, or nothing within that many bytes.
  case unterminatedQuote(within: Int?)
  /// Something other than a delimiter or a line end behind a closing quote.
  case textAfterQuote
  /// A quote inside an unquoted field, in lines that a broken quote has thrown into doubt.
  case strayQuote
  /// The byte 0, which no text has.
  case nul
  /// Bytes that mean nothing in the encoding; `offset` counts the bytes of the file before them.
  case invalidBytes([UInt8], encoding: TextEncoding, offset: Int)
  case fieldTooLong(limit: Int)
  case recordTooLong(limit: Int)
  case tooManyColumns(limit: Int)
  /// More values in one row of XML than any form has.
  case tooManyValues(limit: Int)

  /// XML that is not well-formed; the parser's own words.
  case malformed(String)
  /// The end of the file inside an element.
  case truncated(open: String)
  /// A DTD that declares an entity.
  case entityDeclared(String)
  /// A DTD that gives an attribute a default value.
  case attributeDefaulted(String)
  /// An entity that XML itself does not define.
  case entityUsed(String)
  case tooDeep(limit: Int)
  case tooManyAttributes(limit: Int)
  case textTooLong(limit: Int, element: String)
  case attributeTooLong(limit: Int)
  case heldBack(limit: Int)
  /// An encoding that is not let in, as the declaration names it.
  case encodingRefused(String)
  /// No element stands at the path of the rows.
  case noRows(path: String, root: String)

  /// The name of the fault for programs, stable.
  package var code: String {
    switch self {
    case .cannotOpen: "cannot-open"
    case .folder: "folder"
    case .readFailed: "read-failed"
    case .empty: "empty-file"
    case .compressed: "compressed"
    case .notATable: "not-a-table"
    case .raggedRow: "ragged-row"
    case .unterminatedQuote: "unterminated-quote"
    case .textAfterQuote: "text-after-quote"
    case .strayQuote: "stray-quote"
    case .nul: "nul-byte"
    case .invalidBytes: "invalid-bytes"
    case .fieldTooLong: "field-too-long"
    case .recordTooLong: "record-too-long"
    case .tooManyColumns: "too-many-columns"
    case .tooManyValues: "too-many-values"
    case .malformed: "malformed-xml"
    case .truncated: "truncated-xml"
    case .entityDeclared: "entity-declared"
    case .attributeDefaulted: "attribute-defaulted"
    case .entityUsed: "entity-used"
    case .tooDeep: "too-deep"
    case .tooManyAttributes: "too-many-attributes"
    case .textTooLong: "text-too-long"
    case .attributeTooLong: "attribute-too-long"
    case .heldBack: "held-back"
    case .encodingRefused: "encoding-refused"
    case .noRows: "no-rows"
    }
  }

  package var message: String {
    switch self {
    case .cannotOpen(let reason): "cannot be opened (\(reason)): check the name and who may read it"
    case .folder: "is a folder: name the files in it"
    case .readFailed(let reason): "reading broke off (\(reason)): what follows is missing, read it again"
    case .empty: "the file is empty: export it again"
    case .compressed(let kind): "the file is packed with \(kind): unpack it first"
    case .notATable(let kind, let advice): "this is \(kind) and no table: \(advice)"
    case .raggedRow(let expected, let found):
      "\(found) \(found == 1 ? "field" : "fields") where the headings are \(expected): "
        + (found < expected
          ? "add what is missing, or the quotes around a text with a line break"
          : "take away what is too much, or put a text that holds the delimiter in quotes")
    case .unterminatedQuote(let limit):
      "the quote that opens here is "
        + (limit.map { "not closed within \($0) bytes" } ?? "never closed")
        + ": close it, or double a quote meant as such"
    case .textAfterQuote:
      "text follows a closing quote: double each quote inside a quoted field, or take the outer ones away"
    case .strayQuote: "a quote inside a field without quotes, after a broken one: mend the rows above first"
    case .nul: "the row holds a NUL byte, which no text has: export the file again as text"
    case .invalidBytes(let bytes, let encoding, let offset):
      "\(bytes.count == 1 ? "byte" : "bytes") \(Self.hex(bytes)) at offset \(offset) "
        + "\(bytes.count == 1 ? "is" : "are") not \(encoding.rawValue): name the file's encoding, "
        + "or export it again"
    case .fieldTooLong(let limit):
      "a field longer than \(limit) bytes: shorten it, or close a quote before it"
    case .recordTooLong(let limit): "a row longer than \(limit) bytes: check its line ends and quotes"
    case .tooManyColumns(let limit): "more than \(limit) columns: check the delimiter"
    case .tooManyValues(let limit): "more than \(limit) values in one row: check the path of the rows"
    case .malformed(let words): "\(words): export the file again"
    case .truncated(let open): "the file ends inside <\(open)>: it was cut, export it again"
    case .entityDeclared(let name):
      "the document declares the entity '\(name)', which is not allowed: export it without a DTD"
    case .attributeDefaulted(let name):
      "the document declares a default for the attribute '\(name)', which is not allowed: export it without a DTD"
    case .entityUsed(let name): "the entity '&\(name);' is not defined in XML: write the character itself"
    case .tooDeep(let limit): "elements nested deeper than \(limit): this is no export of rows"
    case .tooManyAttributes(let limit):
      "an element with more than \(limit) attributes: this is no export of rows"
    case .textTooLong(let limit, let element): "more than \(limit) bytes of text in <\(element)>: shorten it"
    case .attributeTooLong(let limit): "an attribute longer than \(limit) bytes: shorten it"
    case .heldBack(let limit):
      "a name, tag, comment or section longer than \(limit) bytes: this is no export of rows"
    case .encodingRefused(let name):
      "the encoding '\(name)' is not read: export the file as UTF-8 (read are UTF-8, UTF-16, ISO-8859-x, "
        + "windows-125x and US-ASCII)"
    case .noRows(let path, let root):
      "no element \(path) in it, its root is <\(root)>: check which export it is, or name its form"
    }
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    return bytes.map { byte in
      "0x" + String(decoding: [digits[Int(byte >> 4)], digits[Int(byte & 0xF)]], as: UTF8.self)
    }.joined(separator: " ")
  }
}
