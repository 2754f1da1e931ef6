/// How LimeSurvey's VV export ("vertical verification") writes what would break its lines.
///
/// `vvexport` in LimeSurvey's application/controllers/admin/Export.php: a brace, line ends and tabs of an answer become markers, a
/// leading quote becomes `{quote}`, and a question that was never shown `{question_not_shown}`. The text is UTF-8 with tabs
/// between cells; codes are in its second heading row.
enum VVMarkers {
  private static let signs: [(marker: [UInt8], sign: UInt8)] = [
    (Array("{newline}".utf8), 0x0A), (Array("{cr}".utf8), 0x0D), (Array("{tab}".utf8), 0x09),
    (Array("{quote}".utf8), UInt8(ascii: "\"")), (Array("{lbrace}".utf8), UInt8(ascii: "{")),
  ]
  private static let notShown = Array("{question_not_shown}".utf8)
  /// Columns that LimeSurvey has in every survey.
  private static let columns: Set<String> = ["submitdate", "lastpage", "startlanguage"]

  /// Whether one of the heading rows holds LimeSurvey's own columns.
  static func areIn(_ rows: ArraySlice<[SampleRows.Field]>) -> Bool {
    rows.contains { row in row.contains { columns.contains(String(decoding: $0.text, as: UTF8.self)) } }
  }

  /// The cell with its signs, written to `target`, which has room for all of it; how many bytes there are, or nil where the
  /// question was not shown.
  static func undo(_ cell: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt8>) -> Int? {
    if cell.elementsEqual(notShown) { return nil }
    var written = 0
    var index = 0
    while index < cell.count {
      let rest = UnsafeBufferPointer(rebasing: cell[index...])
      if rest[0] == UInt8(ascii: "{"), let found = signs.first(where: { rest.starts(with: $0.marker) }) {
        target[written] = found.sign
        index += found.marker.count
      } else {
        target[written] = rest[0]
        index += 1
      }
      written += 1
    }
    return written
  }
}
