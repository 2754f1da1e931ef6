package import Basics
import Programme
import RecordStream

extension ByteSource {
  /// Whether it holds records, not rows: they begin with a brace, which no heading does.
  package var isRecords: Bool {
    let text = firstPiece.starts(with: [0xEF, 0xBB, 0xBF]) ? firstPiece.dropFirst(3) : firstPiece[...]
    return text.first { $0 > 0x20 } == UInt8(ascii: "{")
  }

  /// The source as an input of records: a file is opened again, a pipe is read to its end.
  package func records() throws(SourceProblem) -> Input {
    do {
      if size != nil, name != "standard input" { return try Input(path: name) }
      var bytes: [UInt8] = []
      try forEachPiece { bytes += $0 }
      return Input(name: name, bytes: bytes)
    } catch let error as InputError {
      throw SourceProblem(file: name, fault: IntakeError(error))
    } catch {
      throw (error as? SourceProblem) ?? SourceProblem(file: name, fault: .readFailed("\(error)"))
    }
  }
}
