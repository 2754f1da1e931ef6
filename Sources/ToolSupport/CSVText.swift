/// CSV that a spreadsheet may open: RFC 4180 with CRLF, and formula-safe.
package enum CSVText {
  /// One row, its CRLF included.
  package static func row(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: ",") + "\r\n"
  }

  /// A cell that begins with `= + - @`, tab, CR or NUL would be run as a formula by a spreadsheet: an apostrophe
  /// before it makes it a text. A plain number keeps its sign.
  private static func cell(_ text: String) -> String {
    var text = text
    if let first = text.utf8.first, [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D, 0x00].contains(first),
      Double(text) == nil
    {
      text = "'" + text
    }
    let needsQuotes = text.utf8.contains {
      $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D || $0 == 0x3B
    }
    guard needsQuotes || text.utf8.first == 0x20 || text.utf8.last == 0x20 else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
