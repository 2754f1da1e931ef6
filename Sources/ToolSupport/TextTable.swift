/// A table made to be read on a terminal: columns as wide as their widest cell, numbers to the right.
package struct TextTable: Sendable {
  package enum Alignment: Sendable {
    case left, right
  }

  package struct Column: Sendable {
    package var heading: String
    package var alignment: Alignment
    /// Where a line has no room for all columns with whole words, those with this are left out, the least first; nil: never.
    package var spare: Int?

    package init(_ heading: String, _ alignment: Alignment = .left, spare: Int? = nil) {
      self.heading = heading
      self.alignment = alignment
      self.spare = spare
    }
  }

  package var columns: [Column]
  package private(set) var rows: [[String]] = []

  package init(_ columns: [Column]) { self.columns = columns }

  /// Cells that are missing are empty, those beyond the columns are left out.
  package mutating func add(_ cells: [String]) {
    rows.append((0..<columns.count).map { $0 < cells.count ? cells[$0] : "" })
  }

  /// Headings and rows for a spreadsheet.
  package var data: DataTable { DataTable(columns.map(\.heading), rows) }

  /// The table of unbounded width.
  package var text: String { text(width: nil) }

  /// Headings, a rule, and the rows; each line ends in a line feed and has no trailing space.
  ///
  /// - Parameter width: the columns of a line; nil: no bound. The widest columns become narrower first, and their headings,
  ///   then their cells, go over several lines, broken at words. Where there is no room for all whole words, spare columns
  ///   are left out, and named below the table; then words are cut. A number never is: where there is no room for all
  ///   numbers, the table is wider.
  package func text(width: Int?) -> String {
    let rows = rows.map { $0.map(TextTable.singleLine) }
    let needs = columns.indices.map { index in
      ColumnNeeds(columns[index], cells: rows.map { $0[index] })
    }
    let dropped = width.map { TextTable.spare(of: needs, in: $0) } ?? []
    guard dropped.isEmpty else {
      var shown = TextTable(columns.enumerated().filter { !dropped.contains($0.offset) }.map(\.element))
      for row in rows { shown.add(row.enumerated().filter { !dropped.contains($0.offset) }.map(\.element)) }
      let names = dropped.sorted().map { columns[$0].heading }.filter { !$0.isEmpty }
      let note =
        names.isEmpty
        ? ""
        : TerminalText.prose("no room for \(names.joined(separator: ", ")): --format csv has all", to: width)
      return shown.text(width: width) + note
    }
    let widths = fittedWidths(needs, rows, in: width.map { $0 - 2 * (columns.count - 1) })
    func line(_ cells: [String]) -> String {
      var line = ""
      for index in columns.indices {
        let padding = String(
          repeating: " ", count: max(0, widths[index] - TerminalText.width(cells[index])))
        line += columns[index].alignment == .left ? cells[index] + padding : padding + cells[index]
        if index + 1 < columns.count { line += "  " }
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }
    func lines(_ cells: [String]) -> String {
      let parts = columns.indices.map { TerminalText.wrapped(cells[$0], to: widths[$0]) }
      return (0..<(parts.map(\.count).max() ?? 1)).map { number in
        line(parts.map { $0.indices.contains(number) ? $0[number] : "" })
      }.joined()
    }
    let rule = widths.map { String(repeating: "─", count: $0) }
    return lines(columns.map(\.heading)) + line(rule) + rows.map(lines).joined()
  }

  /// How wide a column is, and how narrow it may become.
  private struct ColumnNeeds {
    /// With each cell and the heading on one line.
    var natural: Int
    /// From the widest on: with every cell on one line, with those on one line that are to the right, with every word whole,
    /// with every number whole.
    var least: [Int]
    let spare: Int?

    init(_ column: Column, cells: [String]) {
      spare = column.spare
      let (title, all) = (ColumnNeeds.words(column.heading), cells.map(ColumnNeeds.words))
      let widest = cells.map(TerminalText.width).max() ?? 0
      let longest = max(title.longest, all.map(\.longest).max() ?? 0)
      let number = all.map(\.number).max() ?? 0
      natural = max(TerminalText.width(column.heading), widest)
      let whole = max(title.longest, widest)
      least = [
        whole, column.alignment == .right ? whole : longest, longest,
        max(number, min(longest, ColumnNeeds.readable)),
      ]
    }

    /// The step that still keeps words whole.
    static let wholeWords = 2

    /// Words are not cut to fewer columns.
    private static let readable = 6

    /// The longest word, and the longest that is a number, a date, a time.
    private static func words(_ text: String) -> (longest: Int, number: Int) {
      TerminalText.pieces(text).reduce(into: (0, 0)) { most, piece in
        let width = TerminalText.width(piece.text)
        most.0 = max(most.0, width)
        let isNumber = piece.text.contains(where: \.isNumber) && !piece.text.contains(where: \.isLetter)
        if isNumber { most.1 = max(most.1, width) }
      }
    }
  }

  /// The places of the spare columns that must be left out so that all words of the others have room.
  private static func spare(of needs: [ColumnNeeds], in width: Int) -> Set<Int> {
    var shown = Array(needs.indices)
    func least() -> Int {
      shown.reduce(2 * (shown.count - 1)) { $0 + needs[$1].least[ColumnNeeds.wholeWords] }
    }
    while least() > width,
      let next = shown.filter({ needs[$0].spare != nil })
        .min(by: { (needs[$0].spare ?? 0, $1) < (needs[$1].spare ?? 0, $0) })
    {
      shown.removeAll { $0 == next }
    }
    return Set(needs.indices).subtracting(shown)
  }

  /// The widths, without the room that broken cells do not use, which goes to the other columns.
  private func fittedWidths(_ needs: [ColumnNeeds], _ rows: [[String]], in room: Int?) -> [Int] {
    var needs = needs
    var widths = TextTable.widths(needs, in: room)
    // Each round settles a column.
    for _ in columns where room != nil {
      let used = columns.indices.map { index in
        ([columns[index].heading] + rows.map { $0[index] }).flatMap {
          TerminalText.wrapped($0, to: widths[index])
        }
        .map(TerminalText.width).max() ?? 0
      }
      guard used != widths else { break }
      for index in needs.indices where used[index] < widths[index] { needs[index].natural = used[index] }
      widths = TextTable.widths(needs, in: room)
    }
    return widths
  }

  /// The widths of columns that share a line: as wide as they are where there is room; else the widest become as narrow as
  /// the next ones, and so on, none narrower than it may be. O(columns × width).
  private static func widths(_ columns: [ColumnNeeds], in room: Int?) -> [Int] {
    var most = columns.map(\.natural)
    guard let room, most.reduce(0, +) > room else { return most }
    for step in 0...ColumnNeeds.wholeWords + 1 {
      let least = columns.indices.map { min(most[$0], columns[$0].least[step]) }
      guard least.reduce(0, +) <= room else {
        most = least
        continue
      }
      func bounded(by cap: Int) -> [Int] { zip(least, most).map { max($0, min($1, cap)) } }
      var cap = 0
      while cap < room, bounded(by: cap + 1).reduce(0, +) <= room { cap += 1 }
      var widths = bounded(by: cap)
      var rest = room - widths.reduce(0, +)
      for index in widths.indices where rest > 0 && widths[index] < most[index] {
        widths[index] += 1
        rest -= 1
      }
      return widths
    }
    return most
  }

  /// Control characters would move the cursor; a cell has no line ends of its own.
  private static func singleLine(_ cell: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in cell.unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
      result.append(isControl ? " " : scalar)
    }
    return String(result)
  }
}
