import Basics
import Foundation
import Intake
import TestSupport
import Testing

@testable import ToolSupport

@Suite("Tables as workbooks")
struct DataTableTests {
  private static let table = DataTable(
    ["number", "id", "day", "start", "mixed", "text"],
    [
      ["1", "00101", "2026-10-05", "2026-10-05T10:00:00+02:00", "1", "=HYPERLINK(\"http://x\")"],
      ["-2.5", "102", "", "2026-12-05T09:30:15+01:00", "x", "+1\n2, \"a\"; _x0041_ \u{1}"],
    ])

  private func bytes(_ table: DataTable) throws -> [UInt8] {
    let output = Output.memory()
    try table.write(.xlsx, to: output)
    return output.written
  }

  /// What another program reads: types, frozen headings, the filter, no formula and no link.
  @Test func anotherProgramReadsTypes() throws {
    let folder = try WorkFolder()
    let file = try folder.file("a.xlsx", try bytes(Self.table))
    let script = """
      import openpyxl, sys
      sheet = openpyxl.load_workbook(sys.argv[1]).active
      for row in sheet.iter_rows():
          print([(cell.data_type, str(cell.value)) for cell in row])
      print(sheet.freeze_panes, sheet.auto_filter.ref, [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink])
      """
    let run = try Program.run(try Python.path(), ["-c", script, file])
    #expect(run.status == 0, "\(run.text)")
    let lines = run.text.split(separator: "\n").map(String.init)
    try #require(lines.count == 4)
    #expect(
      lines[1].hasPrefix(
        "[('n', '1'), ('s', '00101'), ('d', '2026-10-05 00:00:00'), ('d', '2026-10-05 10:00:00')"))
    #expect(lines[1].contains("('s', '1'), ('s', '=HYPERLINK(\"http://x\")')"))
    #expect(lines[2].hasPrefix("[('n', '-2.5'), ('s', '102'), ('n', 'None'), ('d', '2026-12-05 09:30:15')"))
    #expect(lines[3] == "A2 A1:F3 []")
  }

  @Test func theSameTableGivesTheSameBytes() throws {
    let first = try bytes(Self.table)
    #expect(try bytes(Self.table) == first)
  }

  /// Whatever a table holds, our own reader finds it again.
  @Test func ourReaderFindsEveryText() throws {
    var random = SplitMix(seed: 5)
    let words = [
      "00101", "7", "-3", "1.5", "=1+1", "@x", "a,b", "\"q\"", "_x000D_", "é漢😀", " b ", "1e5",
      "123456789012345678", "TRUE",
      "", "0.10", "2026-02-30", "a\nb", "-0",
    ]
    for _ in 0..<20 {
      let headings = (1...4).map { "h\($0)" }
      let rows = (0..<5).map { _ in headings.map { _ in words[random.below(words.count)] } }
      let filled = rows.filter { $0.contains { !$0.isEmpty } }
      let folder = try WorkFolder()
      let path = try folder.file("a.xlsx", try bytes(DataTable(headings, filled)))
      let source = try ByteSource(table: try #require(try ByteSource(path: path).workbook).firstTable())
      var dialect = CSVDialect.found(in: source.firstPiece, isWhole: source.isWhole)
      dialect.rowsAreLines = true
      var read: [[String]] = []
      try CSVReader(name: path, dialect: dialect).read(source) { row in
        read.append((0..<4).map { row.string($0) ?? "" })
      } problem: { problem in
        Issue.record("\(problem.description)")
      }
      #expect(read == filled)
    }
  }
}
