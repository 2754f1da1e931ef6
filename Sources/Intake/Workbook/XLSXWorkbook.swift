/// An Excel workbook (.xlsx, .xlsm; ECMA-376, both of its namespaces): its sheets, how its numbers are shown, its texts.
final class XLSXWorkbook: SheetSource {
  let kind = "Excel workbook"
  private(set) var sheets: [SheetName] = []
  private(set) var remarks: [String] = []

  private let archive: ZipArchive
  private var parts: [ZipArchive.Entry] = []
  private var stylesPart: ZipArchive.Entry?
  private var stringsPart: ZipArchive.Entry?
  private var isFrom1904 = false
  private var held: (styles: [NumberFormat], strings: SharedStrings)?

  /// - Throws: `IntakeError` where the archive is no workbook, or a damaged one.
  init(_ archive: ZipArchive) throws {
    self.archive = archive
    var main = "xl/workbook.xml"
    if let relations = archive.entry(named: "_rels/.rels") {
      for (_, relation) in try XLSXWorkbook.relations(relations, of: archive, from: "")
      where relation.type.hasSuffix("/officeDocument") { main = relation.target }
    }
    guard let workbook = archive.entry(named: main) else {
      throw IntakeError.badWorkbook("it has no part \(Quoted.word(main))")
    }
    let folder = main.lastIndex(of: "/").map { String(main[...$0]) } ?? ""
    let file = main.dropFirst(folder.count)
    var relations: [String: Relation] = [:]
    if let entry = archive.entry(named: "\(folder)_rels/\(file).rels") {
      relations = try XLSXWorkbook.relations(entry, of: archive, from: folder)
    }
    for relation in relations.values where !relation.isExternal {
      if relation.type.hasSuffix("/styles") { stylesPart = archive.entry(named: relation.target) }
      if relation.type.hasSuffix("/sharedStrings") { stringsPart = archive.entry(named: relation.target) }
    }
    try MarkupElements.forEach(in: workbook, of: archive) { name, parent, attributes in
      if name == "workbookPr" { isFrom1904 = ["1", "true", "on"].contains(attributes["date1904"] ?? "") }
      guard name == "sheet", parent == "sheets" else { return }
      let title = attributes["name"] ?? "Sheet\(sheets.count + 1)"
      guard let relation = attributes["id"].flatMap({ relations[$0] }), !relation.isExternal,
        let part = archive.entry(named: relation.target)
      else { throw IntakeError.badWorkbook("it has no part for the sheet \(Quoted.word(title))") }
      // Charts and dialogs have no cells.
      guard relation.type.hasSuffix("/worksheet") else { return }
      guard sheets.count < archive.limits.sheets else {
        throw IntakeError.workbookTooLarge("it has more than \(archive.limits.sheets) sheets")
      }
      sheets.append(SheetName(text: title, isHidden: (attributes["state"] ?? "visible") != "visible"))
      parts.append(part)
    }
    let names = archive.entries.map { $0.name.lowercased() }
    if names.contains(where: { $0.hasSuffix("vbaproject.bin") }) { remarks.append("its macros are not run") }
    if names.contains(where: { $0.contains("/externallinks/") }) {
      remarks.append("its links to other files are not followed: their values are those last saved")
    }
  }

  private struct Relation {
    var type: String
    var target: String
    var isExternal: Bool
  }

  /// By identifier; targets are names of parts, whatever they say of folders above the archive.
  private static func relations(
    _ entry: ZipArchive.Entry, of archive: ZipArchive, from folder: String
  ) throws -> [String: Relation] {
    var found: [String: Relation] = [:]
    try MarkupElements.forEach(in: entry, of: archive) { name, _, attributes in
      guard name == "Relationship", let id = attributes["Id"], let target = attributes["Target"] else {
        return
      }
      let path = target.hasPrefix("/") ? target : folder + target
      var steps: [Substring] = []
      for step in path.split(separator: "/") where step != "." {
        if step == ".." { _ = steps.popLast() } else { steps.append(step) }
      }
      found[id] = Relation(
        type: attributes["Type"] ?? "", target: steps.joined(separator: "/"),
        isExternal: attributes["TargetMode"] == "External")
    }
    return found
  }

  /// Styles and texts, read once and when the first sheet is.
  private func content() throws -> (styles: [NumberFormat], strings: SharedStrings) {
    if let held { return held }
    var codes: [Int: NumberFormat] = [:]
    var styles: [NumberFormat] = []
    if let stylesPart {
      try MarkupElements.forEach(in: stylesPart, of: archive) { name, parent, attributes in
        if name == "numFmt", let id = attributes["numFmtId"].flatMap({ Int($0) }) {
          codes[id] = NumberFormat(code: attributes["formatCode"] ?? "")
        } else if name == "xf", parent == "cellXfs" {
          let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
          styles.append(codes[id] ?? NumberFormat(builtIn: id))
        }
      }
    }
    let strings = SharedStrings(limit: archive.limits.held)
    if let stringsPart { try archive.parse(stringsPart, limit: archive.limits.held, strings) }
    held = (styles, strings)
    return (styles, strings)
  }

  func read(_ sheet: Int, _ body: SheetRowBody) throws -> SheetFacts {
    let content = try content()
    return try withoutActuallyEscaping(body) { body in
      let cells = XLSXCells(styles: content.styles, strings: content.strings, isFrom1904: isFrom1904, body)
      try archive.parse(parts[sheet], limit: archive.limits.sheet, cells)
      return cells.facts
    }
  }

  func outlines() throws -> [SheetOutline] {
    try sheets.indices.map { index in
      var outline = SheetOutline(name: sheets[index])
      do {
        outline.facts = try read(index) { if !outline.add($0) { throw SheetOutline.Enough() } }
      } catch is SheetOutline.Enough {}
      return outline
    }
  }

  /// Merged cells stand behind all rows: they are looked for without reading the rows.
  func merges(_ sheet: Int) throws -> [CellRange] {
    let mark = Array("mergeCell ".utf8)
    var facts = SheetFacts()
    var rest: [UInt8] = []
    try archive.read(parts[sheet], limit: archive.limits.sheet) { piece in
      rest += piece
      var index = 0
      rest.withUnsafeBufferPointer { bytes in
        while let found = bytes[index...].firstIndex(of: UInt8(ascii: "m")) {
          index = found + 1
          guard bytes[found...].starts(with: mark),
            let open = bytes[found...].prefix(100).firstIndex(where: { $0 == 0x22 || $0 == 0x27 }),
            let close = bytes[(open + 1)...].prefix(100).firstIndex(of: bytes[open])
          else { continue }
          if let range = CellRange(UnsafeBufferPointer(rebasing: bytes[(open + 1)..<close])) {
            facts.add(range)
          }
        }
      }
      // An element that the piece cuts is found with the next one; one found twice changes nothing.
      rest.removeFirst(max(0, rest.count - 250))
    }
    return facts.merges
  }
}
