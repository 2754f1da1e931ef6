import Basics
import CLibXLSXWriter
import Foundation
import Programme

// What the compiler does not check for memory safety here: libxlsxwriter hands out pointers to a workbook's parts. They
// belong to the workbook, and none is used after it is closed.

/// Writes a table as an Excel workbook (ECMA-376) through libxlsxwriter: headings that stay in sight, filters, column widths.
///
/// A column is numbers, dates or times where every cell of it reads back as the same text; else it is text, so that employee
/// numbers keep their zeros. Nothing is ever a formula or a link. The same table gives the same bytes.
enum WorkbookWriter {
  /// What a sheet and a cell hold at most.
  private static let mostRows = 1_048_576
  private static let mostColumns = 16_384
  private static let longestText = 32_767

  /// - Throws: `ToolFailure` where the table is larger than a sheet, or the disk has no room.
  static func bytes(of table: DataTable) throws(ToolFailure) -> [UInt8] {
    guard table.rows.count < mostRows, table.headings.count <= mostColumns else {
      throw ToolFailure(
        .unavailable, "a sheet has \(mostRows) rows and \(mostColumns) columns at most: write --format csv")
    }
    // A file without a name: it is gone with the process, and libxlsxwriter reaches it through the descriptor.
    guard let file = tmpfile() else {
      throw failure("no temporary file: \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    var options = lxw_workbook_options()
    options.constant_memory = 1
    guard let book = workbook_new_opt("/proc/self/fd/\(fileno(file))", &options) else {
      throw failure("no memory")
    }
    do throws(ToolFailure) {
      try fill(book, table)
    } catch {
      workbook_close(book)
      throw error
    }
    let code = workbook_close(book)
    guard code == LXW_NO_ERROR else { throw failure(String(cString: lxw_strerror(code))) }
    return try contents(of: fileno(file))
  }

  private static func failure(_ reason: String) -> ToolFailure {
    ToolFailure(.ioError, "the workbook cannot be made: \(reason)")
  }

  private static func contents(of descriptor: Int32) throws(ToolFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(descriptor, &piece, piece.count, off_t(bytes.count))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(String(cString: strerror(errno))) }
      if count == 0 { return bytes }
      bytes += piece[..<count]
    }
  }

  private static func fill(_ book: UnsafeMutablePointer<lxw_workbook>, _ table: DataTable) throws(ToolFailure)
  {
    // The time of making is no part of the table. libxlsxwriter takes 0 for now.
    var properties = lxw_doc_properties()
    properties.created = 946_684_800
    guard workbook_set_properties(book, &properties) == LXW_NO_ERROR,
      let sheet = workbook_add_worksheet(book, nil), let bold = workbook_add_format(book)
    else { throw failure("no memory") }
    format_set_bold(bold)
    var formats = Formats(book: book)
    let columns = table.headings.indices.map { column in
      Column(table.rows.lazy.map { column < $0.count ? $0[column] : "" })
    }
    for (column, heading) in table.headings.enumerated() {
      let widest = table.rows.lazy.map { column < $0.count ? TerminalText.width($0[column]) : 0 }.max() ?? 0
      // Room for the button of the filter.
      let width = Double(min(60, max(8, max(widest, TerminalText.width(heading) + 3) + 1)))
      worksheet_set_column(sheet, UInt16(column), UInt16(column), width, nil)
    }
    worksheet_freeze_panes(sheet, 1, 0)
    if !table.headings.isEmpty {
      worksheet_autofilter(sheet, 0, 0, UInt32(table.rows.count), UInt16(table.headings.count - 1))
    }
    for (column, heading) in table.headings.enumerated() {
      try write(heading, sheet, row: 0, column: column, bold)
    }
    for (index, cells) in table.rows.enumerated() {
      for (column, text) in cells.enumerated().prefix(table.headings.count) where !text.isEmpty {
        let row = UInt32(index + 1)
        switch columns[column] {
        case .text: try write(text, sheet, row: row, column: column, nil)
        case .numbers: worksheet_write_number(sheet, row, UInt16(column), Double(text) ?? 0, nil)
        case .dates:
          let days = LocalDate(iso8601: text)?.daysSinceEpoch ?? 0
          worksheet_write_number(
            sheet, row, UInt16(column), Double(days + Column.epoch), formats["yyyy-mm-dd"])
        case .times:
          guard let time = Timestamp(rfc3339: text) else { continue }
          let local = time.secondsSinceEpoch + time.offset
          // The clock of the place is what people read; the offset stays beside it.
          let zone = text.hasSuffix("Z") ? "Z" : String(text.suffix(6))
          let clock = local % 60 == 0 ? "hh:mm" : "hh:mm:ss"
          worksheet_write_number(
            sheet, row, UInt16(column), Double(local) / 86_400 + Double(Column.epoch),
            formats["yyyy-mm-dd \(clock) \"\(zone)\""])
        }
      }
    }
  }

  private static func write(
    _ text: String, _ sheet: UnsafeMutablePointer<lxw_worksheet>, row: UInt32, column: Int,
    _ format: UnsafeMutablePointer<lxw_format>?
  ) throws(ToolFailure) {
    let escaped = escaped(text)
    guard escaped.utf16.count <= longestText else {
      throw ToolFailure(
        .unavailable,
        "row \(row + 1), column \(column + 1): a text longer than a cell holds (\(longestText) letters): write --format csv"
      )
    }
    let code = worksheet_write_string(sheet, row, UInt16(column), escaped, format)
    guard code == LXW_NO_ERROR else { throw failure(String(cString: lxw_strerror(code))) }
  }

  /// Characters that XML cannot hold as Excel writes them, `_x0000_`; and what looks like one, so that it stays what it is.
  private static func escaped(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    guard scalars.contains(where: { isEscaped($0) || $0 == "_" }) else { return text }
    var result = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      if isEscaped(scalar) {
        let code = scalar.value.digits(4, radix: 16, uppercase: true)
        result.append(contentsOf: "_x\(code)_".unicodeScalars)
      } else if scalar == "_", isEscape(scalars[index...]) {
        result.append(contentsOf: "_x005F_".unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 && scalar != "\n" && scalar != "\t" || scalar.value == 0xFFFE
      || scalar.value == 0xFFFF
  }

  private static func isEscape(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    let signs = scalars.prefix(7)
    return signs.count == 7 && signs.dropFirst().first == "x" && signs.last == "_"
      && signs.dropFirst(2).dropLast().allSatisfy { $0.properties.isASCIIHexDigit }
  }

  private enum Column {
    case text, numbers, dates, times

    /// Days from 1899-12-30, from which spreadsheets count, to 1970-01-01.
    static let epoch = 25_569

    init(_ cells: some Sequence<String>) {
      var kinds: [Column: Bool] = [.numbers: true, .dates: true, .times: true]
      var isEmpty = true
      for cell in cells where !cell.isEmpty {
        isEmpty = false
        if kinds[.numbers] == true, !Column.isNumber(cell) { kinds[.numbers] = false }
        if kinds[.dates] == true, !Column.isDate(cell) { kinds[.dates] = false }
        if kinds[.times] == true, !Column.isTime(cell) { kinds[.times] = false }
        if !kinds.values.contains(true) { break }
      }
      self = isEmpty ? .text : [.numbers, .dates, .times].first { kinds[$0] == true } ?? .text
    }

    /// Digits that a workbook keeps: fifteen at most, and no zeros that a number has not.
    private static func isNumber(_ text: String) -> Bool {
      var digits = text.utf8[...]
      if digits.first == UInt8(ascii: "-") { digits.removeFirst() }
      let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      guard (1...2).contains(parts.count), digits.count <= 16,
        parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }),
        digits.count(where: { $0 != UInt8(ascii: ".") }) <= 15
      else { return false }
      if parts[0].count > 1, parts[0].first == 0x30 { return false }
      if parts.count == 2, parts[1].last == 0x30 { return false }
      return text != "-0"
    }

    private static func isDate(_ text: String) -> Bool {
      text.utf8.count == 10 && (LocalDate(iso8601: text).map { $0.year >= 1901 && $0.year <= 9999 } ?? false)
    }

    private static func isTime(_ text: String) -> Bool {
      text.utf8.count >= 20
        && (Timestamp(rfc3339: text).map { $0.date.year >= 1901 && $0.date.year <= 9999 } ?? false)
    }
  }

  /// Number formats by their code, each made once.
  private struct Formats {
    let book: UnsafeMutablePointer<lxw_workbook>
    private var known: [String: UnsafeMutablePointer<lxw_format>] = [:]

    init(book: UnsafeMutablePointer<lxw_workbook>) { self.book = book }

    subscript(code: String) -> UnsafeMutablePointer<lxw_format>? {
      mutating get {
        if let format = known[code] { return format }
        guard let format = workbook_add_format(book) else { return nil }
        format_set_num_format(format, code)
        known[code] = format
        return format
      }
    }
  }
}
