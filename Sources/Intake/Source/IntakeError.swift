package import Basics
import Programme

/// Everything that can be wrong with an input, a form or an adapter, by itself and without its place.
///
/// The readers throw it at its place in a file, as a `SourceProblem`. A row that is merely rejected is no error but a
/// value, `Rejection`: it stops nothing, and the import goes on behind it.
package indirect enum IntakeError: Error, Equatable, Sendable {
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

  /// A workbook whose archive or content is damaged; what is wrong with it.
  case badWorkbook(String)
  /// A workbook beyond our limits; which.
  case workbookTooLarge(String)
  /// A workbook that opens with a password only.
  case encryptedWorkbook
  /// A fault in a part of a workbook's archive, or in the only one (nil), at a line of the part.
  case inPart(String?, line: Int, IntakeError)
  /// The fault of one sheet of several, none of which can be read.
  case inSheet(String, IntakeError, others: Int)
  /// A workbook without a table; why.
  case noTable(String)
  /// The workbook has no sheet of the name that was asked for.
  case noSheet(String, known: [String])
  /// Sheets that a form fits equally well.
  case ambiguousSheet([String])
  /// A cell whose value cannot be known; why.
  case unreadableCell(String)

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

  /// A `&` that begins no entity (XML 1.0, 2.4).
  case bareAmpersand
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
  /// A delimited file in an encoding that is not read, by its bytes.
  case encodingUnread(String)
  /// The encoding that was stated, and why the bytes are not in it.
  case encodingContradicted(String, evidence: String)
  /// The delimiter that was stated, and why the rows do not have it.
  case delimiterContradicted(String, evidence: String)
  /// No element is at the path of the rows.
  case noRows(path: String, root: String)

  /// A triple-s definition that cannot be followed; what is wrong with it.
  case badDefinition(String)
  /// No data file for a triple-s definition; the names that were looked for.
  case noData(String)
  /// A cell that is none of its triple-s variable's values.
  case badCode(String, variable: String, kind: String)
  /// A fixed-width record that ends inside a variable, after so many characters.
  case cutRecord(variable: String, found: Int)

  /// No region has a form of the name that the caller gave; the nearest name, and all there are.
  case unknownForm(String, nearest: String?, known: [String])
  /// The regions have forms, but none of the input's format (`XML`, `delimited text`).
  case noFormat(String, regions: String)
  /// No form knows a heading or an element of the input; what was seen of it.
  case noForm(regions: String, seen: String)
  /// No form fits; the one that came nearest, and what it misses.
  case noFit(IntakeError, regions: String, form: String, region: String)
  /// No form of the regions fits, and one that headquarters ships does.
  case shippedFits(form: String, regions: String, file: String)
  /// No column for a field that the form needs; its headings, and the columns without any heading.
  case missingHeading(field: String, headings: [String], untitled: [Int])
  /// The form asks for consent, the file has no column of its headings, and another column may hold it.
  case missingConsent(headings: [String], holder: String)
  /// Two columns of one heading, from 1: which of them is meant cannot be known.
  case duplicateHeading(field: String, heading: String, columns: [Int])
  /// A form's element path that cannot be understood.
  case badPath(String)

  /// An adapter's program is not in the region's folder, or leads out of it.
  case outsideFolder(program: String)
  /// An adapter's program is not there, or may not be run.
  case notRunnable(program: String)
  /// The export that an adapter is to read cannot be found.
  case noExport(path: String)
  /// An adapter took longer than the region allows, and was stopped.
  case tooSlow(program: String, seconds: Int)
  /// An adapter wrote more than the region allows, and was stopped.
  case tooLarge(program: String, bytes: Int)
  /// An adapter ended with an exit code other than 0; what it said.
  case failed(program: String, code: Int32, said: [Diagnostic])
  /// The system could not run an adapter.
  case notRun(program: String, reason: String)
}
