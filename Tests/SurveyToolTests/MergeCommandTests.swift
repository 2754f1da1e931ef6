import Foundation
import RecordStream
import Testing
import ToolSupport

@testable import tandem_survey

@Suite struct MergeCommandTests {
  private let desk: SurveyDesk
  private let key: String
  init() throws {
    desk = try SurveyDesk()
    key = try desk.file("key", "0123456789abcdef0123456789abcdef")
  }

  private func partial(_ people: Range<Int>, _ name: String, key: String?, region: String = "pl") throws
    -> String
  {
    let export = try desk.file(name + ".csv", SurveyDesk.midterm(people))
    let run = desk.run(
      ["--survey", "midterm", "--by", "region,role", "--partial", export]
        + (key.map { ["--key", $0] } ?? []),
      region: region)
    #expect(run.status == .done, "\(run.errors)")
    return try desk.file(name + ".ndjson", run.output)
  }

  @Test func tenPartsAreTheSingleRunByteForByte() throws {
    let export = try desk.file("all.csv", SurveyDesk.midterm(0..<100))
    let parts = try (0..<10).map { try partial(($0 * 10)..<($0 * 10 + 10), "part\($0)", key: key) }
    for format in ["csv", "ndjson", "table", "html"] {
      let whole = desk.run(["--survey", "midterm", "--by", "region,role", "--format", format, export])
      let merged = desk.run(["merge", "--format", format] + parts.reversed())
      #expect(merged.output == whole.output && merged.status == .done)
      #expect(merged.errors.hasPrefix("note: what is hidden is proved to protect"), "\(merged.errors)")
    }
    // One behind the other in one file, and a merged partial merged on.
    let half = try desk.file("half.ndjson", desk.run(["merge", "--partial"] + parts.prefix(5)).output)
    let rest = try parts.suffix(5).map { try String(contentsOfFile: $0, encoding: .utf8) }.joined()
    let two = desk.run(["merge", "--partial", half, try desk.file("rest.ndjson", rest)])
    let single = try partial(0..<100, "single", key: key)
    #expect(two.output == (try String(contentsOfFile: single, encoding: .utf8)))
  }

  /// A partial aggregate comes from elsewhere: a minimum without bounds would take for ever to prove.
  @Test(arguments: ["4", "1001", "9223372036854775807"]) func aMinimumBeyondReasonIsRefused(_ group: String)
    throws
  {
    let text = try String(contentsOfFile: partial(0..<20, "one", key: key), encoding: .utf8)
    let changed = text.replacing("\"text\":10", with: "\"text\":\(group)")
    #expect(changed != text)
    let run = desk.run(["merge", try desk.file("changed.ndjson", changed)])
    #expect(run.status == .badInput)
    #expect(
      run.errors.contains("the minimum group is not from 5 to 1000") || run.errors.contains("is too large"),
      "\(run.errors)")
  }

  @Test func twoRegionsNeedNoKey() throws {
    let pl = try partial(0..<20, "pl", key: nil)
    let de = try partial(0..<30, "de", key: nil, region: "de")
    let run = desk.run(["merge", "--format", "csv", pl, de])
    #expect(run.status == .done && run.rows.contains { $0.hasPrefix(",,q1_useful,50,50,") })
  }

  @Test func whoCouldBeCountedTwiceIsReported() throws {
    let one = try partial(0..<20, "one", key: key)
    let other = try partial(18..<30, "other", key: key)
    let bare = try partial(30..<40, "bare", key: nil)
    #expect(
      desk.run(["merge", one, other]).errors
        == "other.ndjson: error: 2 people who answered `midterm` are counted in a "
        + "file before this one too: divide the answers by person and not by row, and aggregate again\n")
    let run = desk.run(["merge", one, bare])
    #expect(run.status == .badInput && run.output == "")
    #expect(
      run.errors
        == "bare.ndjson: error: a second aggregate of region pl, and it is unknown whether both count the same "
        + "people: make both with the same --key FILE\n")
  }

  @Test func whatIsNoPartialIsReported() throws {
    let one = try partial(0..<20, "one", key: key)
    let response = #"{"record":"response","id":"1","survey":"midterm","region":"pl","answers":{}}"# + "\n"
    let stream = try desk.file("r.ndjson", response)
    #expect(
      desk.run(["merge", one, stream]).errors
        == "r.ndjson: error: a `response` record is not a partial aggregate: make those "
        + "with `tandem-survey --partial`\n")
    #expect(
      desk.run(["merge", one, try desk.file("e.ndjson", "")]).errors
        == "e.ndjson: error: no partial aggregate in it\n")
    #expect(
      desk.run(["--survey", "midterm", one]).errors
        == "one.ndjson: error: holds partial aggregates, not answers: "
        + "`tandem-survey merge` makes a table of them\n")
    let short = try desk.file("short", "too short")
    #expect(
      desk.run(["--survey", "midterm", "--partial", "--key", short, stream]).errors
        == "short: error: fewer than 16 bytes are no secret: make one with `head -c 32 /dev/urandom`\n")
    let half = try String(contentsOfFile: one, encoding: .utf8).dropLast(200)
    #expect(desk.run(["merge", try desk.file("half.ndjson", String(half))]).status == .badInput)
  }
}
