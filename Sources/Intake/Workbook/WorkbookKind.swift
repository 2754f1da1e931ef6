/// Kinds of workbooks by their first bytes; the ending of a name decides nothing.
package enum WorkbookKind: Equatable, Sendable {
  /// A zip archive: what is in it is seen when it is opened.
  case archive
  /// A compound file (OLE 2): old Excel, or anything encrypted.
  case compound
  case spreadsheetXML
  case flatODS
  case html

  init?(_ piece: [UInt8]) {
    if piece.starts(with: [0x50, 0x4B, 0x03, 0x04]) || piece.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
      self = .archive
    } else if piece.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      self = .compound
    } else {
      guard let kind = WorkbookKind.markup(piece) else { return nil }
      self = kind
    }
  }

  /// UTF-16 has a zero byte beside each ASCII character.
  private static func markup(_ piece: [UInt8]) -> WorkbookKind? {
    let marks: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0x20, 0x09, 0x0A, 0x0D, 0x00]
    guard let start = piece.prefix(4096).firstIndex(where: { !marks.contains($0) }), piece[start] == 0x3C
    else {
      return nil
    }
    let head = String(decoding: piece.prefix(8192).lazy.filter { $0 != 0 }, as: UTF8.self).lowercased()
    guard let root = root(of: head) else { return nil }
    let local = root.split(separator: ":").last ?? ""
    if local == "workbook", head.contains("urn:schemas-microsoft-com:office:spreadsheet") {
      return .spreadsheetXML
    }
    if local == "document", head.contains("urn:oasis:names:tc:opendocument:xmlns:office"),
      head.contains("spreadsheet")
    {
      return .flatODS
    }
    let starts: Set<Substring> = ["html", "table", "head", "body", "meta", "style", "div", "center"]
    guard starts.contains(root) else { return nil }
    let table = Array("<table".utf8)
    let all = root == "table" ? Array("<tr".utf8) : table
    return contains(all, in: piece) ? .html : nil
  }

  /// The name of the first element, behind declarations, instructions and comments; in lower case.
  private static func root(of text: String) -> Substring? {
    var rest = text[...]
    while let open = rest.firstIndex(of: "<") {
      rest = rest[text.index(after: open)...]
      if rest.hasPrefix("!--") {
        guard let end = rest.firstRange(of: "-->") else { return nil }
        rest = rest[end.upperBound...]
      } else if rest.hasPrefix("!doctype html") {
        return "html"
      } else if rest.hasPrefix("!") || rest.hasPrefix("?") {
        guard let end = rest.firstIndex(of: ">") else { return nil }
        rest = rest[text.index(after: end)...]
      } else {
        return rest.prefix { $0.isLetter || $0.isNumber || ":_-.".contains($0) }
      }
    }
    return nil
  }

  private static func contains(_ needle: [UInt8], in piece: [UInt8]) -> Bool {
    let text = piece.contains(0) ? piece.filter { $0 != 0 } : piece
    var index = 0
    while let found = text[index...].firstIndex(of: 0x3C) {
      if text[found...].prefix(needle.count).map({ $0 | 0x20 }) == needle.map({ $0 | 0x20 }) { return true }
      index = found + 1
    }
    return false
  }
}

/// A compound file: which program's it is, by the names in its directory ([MS-CFB] 2.2 and 2.6).
enum CompoundFile {
  static func fault(_ bytes: SheetBytes) -> IntakeError {
    let names = names(bytes)
    if names.contains("EncryptedPackage") { return .encryptedWorkbook }
    if names.contains("Workbook") || names.contains("Book") {
      return .notATable(
        "an Excel workbook of the old kind (.xls)",
        advice: "open it in Excel or LibreOffice and save it as .xlsx")
    }
    if names.contains("WordDocument") {
      return .notATable("a Word document", advice: "save its table as .xlsx or CSV")
    }
    if names.contains("PowerPoint Document") {
      return .notATable("a PowerPoint presentation", advice: "save its table as .xlsx or CSV")
    }
    if names.contains(where: { $0.hasPrefix("__properties_version") || $0.hasPrefix("__substg1.0_") }) {
      return .notATable("an Outlook message", advice: "save what is attached to it")
    }
    return .notATable(
      "an old Office document (.xls, .doc)", advice: "open it in Excel or LibreOffice and save it as .xlsx")
  }

  private static func names(_ bytes: SheetBytes) -> Set<String> {
    let header = bytes.head
    guard header.count >= 512 else { return [] }
    let shift = Int(header[30])
    guard shift == 9 || shift == 12 else { return [] }
    let sector = (0..<4).reduce(0) { $0 | Int(header[48 + $1]) << (8 * $1) }
    guard sector < 1 << 28 else { return [] }
    // The names that tell are in the first sectors of the directory, which nearly always follow each other.
    let directory = bytes.bytes(at: (sector + 1) << shift, count: 4096)
    var names: Set<String> = []
    var start = 0
    while start + 128 <= directory.count {
      let length = min(64, Int(directory[start + 64]) | Int(directory[start + 65]) << 8)
      if length >= 2 {
        let units = stride(from: start, to: start + length - 2, by: 2).map {
          UInt16(directory[$0]) | UInt16(directory[$0 + 1]) << 8
        }
        names.insert(String(decoding: units, as: UTF16.self))
      }
      start += 128
    }
    return names
  }
}

/// Zip archives that are no workbook, and what to do with them.
enum ForeignArchive {
  static func fault(_ archive: ZipArchive) -> IntakeError {
    func has(_ name: String) -> Bool { archive.entry(named: name) != nil }
    if archive.entries.isEmpty { return .notATable("an empty zip archive", advice: "export the file again") }
    if archive.entries.contains(where: { $0.name.lowercased().hasSuffix(".iwa") }) || has("index.apxl")
      || has("Index.zip")
    {
      return .notATable(
        "an Apple Numbers document",
        advice: "export it from Numbers as Excel (File > Export To > Excel) or CSV")
    }
    if has("xl/workbook.bin") {
      return .notATable("a binary Excel workbook (.xlsb)", advice: "open it in Excel and save it as .xlsx")
    }
    if has("word/document.xml") {
      return .notATable("a Word document", advice: "save its table as .xlsx or CSV")
    }
    if has("ppt/presentation.xml") {
      return .notATable("a PowerPoint presentation", advice: "save its table as .xlsx or CSV")
    }
    if archive.entries.contains(where: \.isEncrypted) { return .encryptedWorkbook }
    let files = archive.entries.map(\.name).filter { !$0.hasSuffix("/") && !$0.hasPrefix("__MACOSX/") }
    if files.count == 1, let name = files.first {
      return .notATable(
        "a zip archive that holds \(Quoted.word(name))",
        advice: "unpack it first, and name the file that was in it")
    }
    let some = files.prefix(3).map { Quoted.word($0) }.joined(separator: ", ")
    return .notATable(
      "a zip archive of \(files.count) files (\(some)\(files.count > 3 ? ", …" : ""))",
      advice: "unpack it first, and name the files that are tables")
  }
}
