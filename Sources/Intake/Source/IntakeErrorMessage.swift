import Basics
import Foundation
import Programme

/// What an error is called by programs and by people.
extension IntakeError {
  /// The name of the fault for programs, stable.
  package var code: String {
    switch self {
    case .cannotOpen: "cannot-open"
    case .folder: "folder"
    case .readFailed: "read-failed"
    case .empty: "empty-file"
    case .compressed: "compressed"
    case .notATable: "not-a-table"
    case .badWorkbook: "bad-workbook"
    case .workbookTooLarge: "workbook-too-large"
    case .encryptedWorkbook: "encrypted"
    case .inPart(_, _, let fault), .inSheet(_, let fault, _): fault.code
    case .noTable: "no-table"
    case .noSheet: "unknown-sheet"
    case .ambiguousSheet: "ambiguous-sheet"
    case .unreadableCell: "unreadable-cell"
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
    case .bareAmpersand: "bare-ampersand"
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
    case .encodingUnread: "encoding-unread"
    case .encodingContradicted: "encoding-contradicted"
    case .delimiterContradicted: "delimiter-contradicted"
    case .noRows: "no-rows"
    case .badDefinition: "bad-definition"
    case .noData: "no-data"
    case .badCode: "bad-code"
    case .cutRecord: "cut-record"
    case .unknownForm: "unknown-form"
    case .noFormat, .noForm, .shippedFits: "no-form"
    case .noFit(let misfit, _, _, _): misfit.code
    case .missingHeading(_, _, let untitled): untitled.isEmpty ? "missing-heading" : "empty-heading"
    case .missingConsent: "missing-consent"
    case .duplicateHeading: "duplicate-heading"
    case .badPath: "bad-path"
    case .outsideFolder, .notRunnable, .noExport, .tooSlow, .tooLarge, .failed, .notRun: "adapter"
    }
  }

  package var message: String {
    switch self {
    case .cannotOpen(let reason): "cannot be opened (\(reason)): check the name and who may read it"
    case .folder: "is a folder: name the files in it"
    case .readFailed(let reason): "reading failed (\(reason)): what follows is missing, read it again"
    case .empty: "the file is empty: export it again"
    case .compressed(let kind): "the file is compressed with \(kind): unpack it first"
    case .notATable(let kind, let advice): "this is \(kind), not a table: \(advice)"
    case .badWorkbook(let what):
      "the workbook is damaged, \(what): open it in Excel or LibreOffice and save it again, or export it again"
    case .workbookTooLarge(let what):
      "the workbook is larger than it should be, \(what): save only the sheet that is meant, in a workbook of its own"
    case .encryptedWorkbook:
      "the workbook is encrypted: open it with its password and save it without one (Excel: File > Info > Protect "
        + "Workbook > Encrypt with Password, clear the field; LibreOffice: Save As without \"Save with password\")"
    case .inPart(let part, let line, let fault):
      "\(part.map { "in its part \($0), " } ?? "")line \(line): \(fault.message)"
    case .inSheet(let sheet, let fault, let others):
      "sheet \(Quoted.word(sheet)): \(fault.message)"
        + (others == 0
          ? ""
          : others == 1 ? "; the other sheet does not fit either" : "; nor do \(others) other sheets fit")
    case .noTable(let why): why
    case .noSheet(let name, let known):
      "no sheet named \(Quoted.word(name))\(Nearest.phrase(name, among: known)): the sheets are "
        + Phrases.list(known.map { Quoted.word($0) })
    case .ambiguousSheet(let names):
      "a form fits the sheets \(Phrases.list(names.map { Quoted.word($0) })) equally well: name the one that is meant "
        + "with --sheet, or with `sheet:` in the form"
    case .unreadableCell(let why): "\(why): correct it in the workbook, or fill it in"
    case .raggedRow(let expected, let found):
      "\(counted(found, "field")) where the headings are \(expected): "
        + (found < expected
          ? "add what is missing, or the quotes around a text with a line break"
          : "remove what is too much, or put a text that holds the delimiter in quotes")
    case .unterminatedQuote(let limit):
      "the quote that opens here is "
        + (limit.map { "not closed within \($0) bytes" } ?? "never closed")
        + ": close it, or double a quote meant as such"
    case .textAfterQuote:
      "text follows a closing quote: double each quote inside a quoted field, or remove the outer ones"
    case .strayQuote: "a quote inside a field without quotes, after a broken one: fix the rows above first"
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
    case .bareAmpersand:
      "a bare '&', which XML writes as '&amp;': its XML is not well-formed, so replace it there and report it to whoever "
        + "runs the export"
    case .malformed(let words): "\(words): export the file again"
    case .truncated(let open): "the file ends inside <\(open)>: it was cut off, export it again"
    case .entityDeclared(let name):
      "the document declares the entity '\(name)', which is not allowed: export it without a DTD"
    case .attributeDefaulted(let name):
      "the document declares a default for the attribute '\(name)', which is not allowed: export it without a DTD"
    case .entityUsed(let name): "the entity '&\(name);' is not defined in XML: write the character itself"
    case .tooDeep(let limit): "elements nested deeper than \(limit): this is not an export of rows"
    case .tooManyAttributes(let limit):
      "an element with more than \(limit) attributes: this is not an export of rows"
    case .textTooLong(let limit, let element): "more than \(limit) bytes of text in <\(element)>: shorten it"
    case .attributeTooLong(let limit): "an attribute longer than \(limit) bytes: shorten it"
    case .heldBack(let limit):
      "a name, tag, comment or section longer than \(limit) bytes: this is not an export of rows"
    case .encodingRefused(let name):
      "the encoding '\(name)' is not read: export the file as UTF-8 (read are UTF-8, UTF-16, ISO-8859-x, "
        + "windows-125x and US-ASCII)"
    case .encodingContradicted(let name, let evidence):
      "the encoding is stated as \(name), but \(evidence): leave it out"
    case .delimiterContradicted(let name, let evidence):
      "the delimiter is stated as \(name), but \(evidence): leave it out"
    case .encodingUnread(let name):
      "the file is written in \(name), which is not read: save it as UTF-8, or name its encoding where this is wrong"
    case .noRows(let path, let root):
      "no element \(path) in it, its root is <\(root)>: check which export it is, or name its form"

    case .badDefinition(let what):
      "the triple-s definition cannot be used, \(what): fix it, or export it again"
    case .noData(let names):
      "the triple-s definition has no data beside it (\(names)): name its data file after it"
    case .badCode(let code, let variable, let kind):
      "'\(code)' is not a value of the \(kind) variable \(variable): correct it, or the definition"
    case .cutRecord(let variable, let found):
      "the record ends after \(counted(found, "character")), inside the variable \(variable): it was cut off, export it again"

    case .unknownForm(let name, let nearest, let known):
      "no region has a form named '\(name)'\(nearest.map { " (nearest '\($0)')" } ?? ""): "
        + (known.isEmpty ? "add one to a region's forms" : "the forms are \(known.joined(separator: ", "))")
    case .noFormat(let format, let regions):
      "no form of \(regions) reads \(format): add one to the region's forms"
    case .noForm(let regions, let seen):
      "no form of \(regions) knows it (\(seen)): is it a questionnaire? if so, add a form for it, or name one with "
        + "--form"
    case .noFit(let misfit, let regions, let form, let region):
      "no form of \(regions) fits; the nearest is \(form) of \(region): \(misfit.message)"
    case .shippedFits(let form, let regions, let file):
      "no form of \(regions) fits; headquarters' form \(form) does: add `forms: [\(form)]` to \(file), or add \(form) to "
        + "the forms named there"
    case .missingHeading(let field, let headings, let untitled):
      "no heading \(headings.map { "'\($0)'" }.joined(separator: " or ")) for \(field)"
        + (untitled.isEmpty
          ? ""
          : " (\(untitled.count == 1 ? "column" : "columns") \(Phrases.list(untitled)) without a heading)")
        + ": give the column its heading, or name it in the form"
    case .missingConsent(let headings, let holder):
      "nothing is imported: no heading \(headings.map { "'\($0)'" }.joined(separator: " or ")) for consent, and "
        + "\(Quoted.heading(holder)), which no field uses, may hold it: name the heading of the consent in the form, or "
        + "take consent out of the form"
    case .duplicateHeading(let field, let heading, let columns):
      "the heading '\(heading)' for \(field) appears \(columns.count) times (columns \(Phrases.list(columns))): rename "
        + "those that are not meant"
    case .badPath(let path):
      "'\(path)' is not an element path: write names with '/' between them, such as job[end=9999-12-31]/city or @id"

    case .outsideFolder: "is outside the region's folder: put the program into it"
    case .notRunnable: "cannot be run: put an executable file there (chmod +x)"
    case .noExport: "cannot be found: name an export that is there"
    case .tooSlow(_, let seconds):
      "was stopped after \(seconds) s: make it faster, or raise time-limit in region.yaml"
    case .tooLarge(_, let bytes):
      "was stopped after \(bytes) bytes: let it write less, or raise size-limit in region.yaml"
    case .failed(_, let code, _): "ended with exit code \(code): see its output"
    case .notRun(_, let reason): "could not be run (\(reason)): try it by hand"
    }
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    return bytes.map { byte in
      "0x" + String(decoding: [digits[Int(byte >> 4)], digits[Int(byte & 0xF)]], as: UTF8.self)
    }.joined(separator: " ")
  }
}

extension IntakeError {
  init(_ error: InputError) {
    self =
      switch error {
      case .cannotOpen(_, let number): .cannotOpen(SystemCall.reason(number))
      case .isFolder: .folder
      case .isNoFile(_, let kind): .cannotOpen("it is a \(kind.name)")
      case .cannotRead(_, let number): .readFailed(SystemCall.reason(number))
      case .tooLarge: .readFailed(error.message)
      }
  }
}
