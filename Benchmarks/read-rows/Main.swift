import Foundation
import Intake

/// `read-rows FILE [ROW-PATH FIELD…]` reads every field of a table and counts: what the readers cost by themselves.
///
/// Of XML the first piece says which element is the row and what its fields are, unless they are given.
@main struct ReadRows {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard let path = arguments.first else {
      print("usage: read-rows FILE [ROW-PATH FIELD…]")
      exit(64)
    }
    var rows = 0
    var fields = 0
    var bytes = 0
    var problems = 0
    func count(_ row: SourceRow) {
      rows += 1
      for column in 0..<row.columnCount where !row.isNull(column) {
        fields += 1
        bytes += row.bytes(column).count
      }
    }
    do {
      var source = try ByteSource(path: path)
      if let workbook = source.workbook {
        // The first sheet, from its first row.
        source = try ByteSource(table: workbook.firstTable())
      }
      switch source.kind {
      case .delimited:
        var dialect = CSVDialect.found(in: source.firstPiece, isWhole: source.isWhole)
        dialect.rowsAreLines = source.table != nil
        print("\(path): note: \(dialect.summary)")
        try CSVReader(name: path, dialect: dialect).read(source, row: count) { problem in
          problems += 1
          if problems <= 10 { print(problem.description) }
        }
      case .workbook: break
      case .xml:
        let structure = try XMLStructure.found(in: source.firstPiece, isWhole: source.isWhole, name: path)
        let shape = try RowShape(
          row: arguments.dropFirst().first ?? structure.rowPath ?? structure.root,
          fields: arguments.count > 2 ? Array(arguments.dropFirst(2)) : structure.fields)
        print("\(path): note: \(shape.row), \(shape.fields.count) fields")
        try XMLReader(name: path, shape: shape).read(source, row: count)
      }
    } catch let problem as SourceProblem {
      problems += 1
      print(problem.description)
    } catch let fault as IntakeError {
      print(fault.message)
      exit(64)
    }
    print("\(rows) rows, \(fields) fields, \(bytes) bytes, \(problems) problems")
    exit(problems == 0 ? 0 : 65)
  }
}
