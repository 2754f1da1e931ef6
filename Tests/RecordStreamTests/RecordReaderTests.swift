import Basics
import Programme
import RecordStream
import Testing

@Suite struct RecordReaderTests {
  private func read(_ text: String) throws -> (kept: [String], messages: [String]) {
    var kept: [String] = []
    var messages: [String] = []
    let reader = RecordReader(Input(name: "s.ndjson", bytes: Array(text.utf8))) {
      messages.append($0.description)
    }
    try reader.forEachLine { line in
      _ = try line.decode()
      kept.append(String(decoding: line.bytes))
    }
    return (kept, messages)
  }

  @Test func untouchedLinesKeepTheirBytes() throws {
    let lines = [
      "{\"record\":\"badge\",\"z\":1,\"a\":2.50}", "  {\"a\":{\"record\":\"person\"},\"record\":\"x\"}  ",
      "{\"record\":\"Łódź\",\"e\":1E+2}",
    ]
    #expect(try read(lines.joined(separator: "\n")).kept == lines)
    #expect(try read(lines.joined(separator: "\n") + "\n").kept == lines)
    #expect(
      try read("\u{FEFF}" + lines.joined(separator: "\r\n\r\n")).kept == [
        lines[0] + "\r", lines[1] + "\r", lines[2],
      ])
  }

  @Test(arguments: [
    ("{\"record\":\"x\",}", "s.ndjson:2:15: error: expected a value after ','"),
    ("{\"Łódź\":1,\"record\":tru}", "s.ndjson:2:20: error: expected a string in double quotes"),
    ("[1]", "s.ndjson:2:1: error: expected an object"),
    (
      "{\"a\":1}", "s.ndjson:2:1: error: the object has no \"record\" key; is this a stream of records?"
    ),
    ("{\"record\":\"x\"", "s.ndjson:2:14: error: the text ends too early"),
    ("{\"record\":\"x\",\"record\":\"y\"}", "s.ndjson:2:24: error: the key \"record\" appears twice"),
    ("Name;E-Mail", "s.ndjson:2:1: error: expected an object"),
    ("{\"record\":\"person\"}", "s.ndjson:2:1: error: the person has no \"id\""),
    (
      "{\"record\":\"tandem\",\"status\":\"broken\"}",
      "s.ndjson:2:29: error: \"broken\" is none of proposed, confirmed, active, completed, ended"
    ),
    (
      "{\"record\":\"session\",\"start\":\"2026-10-05T10:00:00\"}",
      "s.ndjson:2:29: error: \"2026-10-05T10:00:00\" is not a time with an offset; write it as 2026-10-05T10:00:00+02:00"
    ),
    ("{\"record\":\"person\",\"level\":2.5}", "s.ndjson:2:28: error: expected a whole number"),
  ])
  func aBadLineIsNamedAndTheOthersGoThrough(_ bad: String, _ message: String) throws {
    let good = "{\"record\":\"x\"}"
    let result = try read("\(good)\n\(bad)\n\(good)\n")
    #expect(result.kept == [good, good])
    #expect(result.messages == [message])
  }

  @Test func bytesThatAreNotUTF8AreNamed() throws {
    var messages: [String] = []
    let bytes = Array("{\"record\":\"".utf8) + [0xC3, 0x28] + Array("\"}\n".utf8)
    try RecordReader(Input(name: "s", bytes: bytes)) { messages.append($0.description) }.forEachLine { _ in }
    #expect(messages == ["s:1:12: error: the bytes are not UTF-8; convert the stream to UTF-8"])
  }

  @Test func aLineLongerThanTheBufferIsRead() throws {
    let long = "{\"record\":\"x\",\"a\":\"\(String(repeating: "ü", count: 600_000))\"}"
    let result = try read("\(long)\n\(long)\n{\"record\":\"y\"}")
    #expect(result.kept == [long, long, "{\"record\":\"y\"}"])
    #expect(result.messages.isEmpty)
  }

  @Test func anEmptyStreamIsNoMistake() throws {
    #expect(try read("").messages.isEmpty)
    #expect(try read("\n\n \n").kept.isEmpty)
  }
}
