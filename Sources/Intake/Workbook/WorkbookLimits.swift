/// What a workbook may hold, so that a hostile one ends soon, in bounded memory and with a name.
struct WorkbookLimits: Equatable, Sendable {
  /// Rows and columns of a sheet, as Excel has them (ECMA-376, part 1, 18.3.1.73): the last cell is XFD1048576.
  static let rows = 1_048_576
  static let columns = 16_384

  /// Parts of the archive.
  var entries = 10_000
  /// Bytes of the whole file, where it must be held or spooled.
  var file = 1 << 30
  /// Decoded bytes of a part that is read as a stream.
  var sheet = 4 << 30
  /// Decoded bytes of a part that is held: the shared texts.
  var held = 512 << 20
  /// A part that grows more than so many times is refused, once it is larger than `ratioFrom`. Deflate makes at most 1032
  /// bytes of one; of sheets that people have it makes 10 to 60.
  var ratio = 200
  var ratioFrom = 32 << 20
  /// Sheets of one workbook.
  var sheets = 1000
}
