/// What a search of a zipped workbook found.
package enum WorkbookSearch {
  /// It is no workbook, or cannot be read to its end.
  case unread
  /// The sheets whose names and the rows whose cells name the person, as `Sheet1 row 7`; comments, properties and pictures
  /// are not searched. A sheet that is named for the person is `sheet 2`: what comes of it goes into a receipt.
  case searched([String])
}

extension Traces {
  /// Searches the name and the cells of every sheet of a workbook (`.xlsx`, `.ods`), hidden ones too. O(*n*) in its cells.
  package func search(workbook path: String) -> WorkbookSearch {
    var places: [String] = []
    do {
      guard let workbook = try ByteSource(path: path).workbook else { return .unread }
      for (sheet, outline) in try workbook.outlines().enumerated() {
        let name = outline.name.text
        let isNamed = holds(fileName: name)
        let label = isNamed ? "sheet \(sheet + 1)" : name
        if isNamed { places.append("the name of \(label)") }
        _ = try workbook.read(sheet) { row in
          let cells = (0..<row.width).map { Array(row.field($0)) }
          // A given name and a family name may be in cells of their own.
          if cells.contains(where: spellings.occur)
            || spellings.occur(in: Array(cells.joined(separator: [0x20])))
          {
            places.append("\(label) row \(row.number)")
          }
        }
      }
    } catch {
      return .unread
    }
    return .searched(places)
  }
}
