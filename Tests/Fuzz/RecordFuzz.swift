// Fuzzes the reader of the stream: no input may crash it or hang it, and a record that is read and written is the same record.
// fuzz-modules: Basics Programme
// fuzz-sources: Sources/RecordStream
import Basics
import Programme

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRecord(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  var records: [Record] = []
  try? RecordReader(Input(name: "fuzz", bytes: bytes)) { _ in }.forEachLine { line in
    if let record = try line.decode() { records.append(record) }
  }
  for record in records {
    var again: Record?
    try? RecordReader(Input(name: "again", bytes: record.line + [10])) { _ in }.forEachLine { line in
      again = try line.decode()
    }
    precondition(again == record)
  }
  if let value = try? JSONValue(parsing: bytes) {
    precondition((try? JSONValue(parsing: value.line)) == value)
  }
  return records.isEmpty ? -1 : 0
}
