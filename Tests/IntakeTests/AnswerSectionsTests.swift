import Basics
import Foundation
import Programme
import Regions
import Synchronization
import Testing

@testable import Intake

/// What is read in sections is what one reader makes of the whole: sheets, lines and complaints.
@Suite struct AnswerSectionsTests {
  /// A sheet as it stands in a store, with the line of the file.
  struct Sheet: Equatable {
    var head: AnswerStore.Head
    var place: [String]
    var answers: [CodedAnswer]
  }

  struct Reading: Equatable {
    var sheets: [Sheet] = []
    var told: [String] = []
    var rows = 0
  }

  private let regions: [Region]
  private let layout = AnswerStore.Layout(
    survey: "midterm",
    questions: [
      .init(name: "q1_useful", coding: .scale(lowest: 1, count: 5)),
      .init(name: "q2_recommend", coding: .scale(lowest: 0, count: 11)),
      .init(name: "q3_comment", coding: .text),
    ], dimensions: ["role"])
  private static let heading = "response,employee,cohort,role,sessions_held,q1_useful,q2_recommend,q3_comment"

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    regions = try ConfigurationFolder(path: root + "/Config").load(["pl"])
  }

  private func read(_ bytes: [UInt8], least: Int) throws -> Reading {
    let path = FileManager.default.temporaryDirectory.path + "/sections-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    var reading = Reading()
    var run = ImportRun(
      regions: regions, wishes: FormWishes(form: "midterm"), layouts: ["midterm": layout],
      sinks: ImportRun.Sinks(
        diagnostic: {
          reading.told.append("\($0.line ?? 0):\($0.column ?? 0) \($0.message)")
        }, people: { _ in }, response: { _ in }, rejection: { _, _ in },
        answers: { store in
          store.forEach(in: 0..<store.count) { number, row in
            let head = AnswerStore.Head(
              respondent: row.respondent, line: store.line(of: number), leaf: 0, time: store.time(row),
              occasion: store.occasion(row), tandem: store.tandem(row))
            reading.sheets.append(
              Sheet(
                head: head, place: store.leaves[row.leaf],
                answers: store.layout.questions.indices.map { store.answer(row, $0) }))
          }
        }))
    run.leastSection = least
    reading.rows = try run.run([try ByteSource(path: path)]).rows
    return reading
  }

  /// Whether sections of any size give what one reader gives; the lines of what differs.
  private func expectTheSame(
    _ bytes: [UInt8], _ parts: [Int], _ name: String, as known: Reading? = nil
  ) throws {
    let whole = try known ?? read(bytes, least: .max / 4)
    for count in parts {
      let found = try read(bytes, least: max(1, bytes.count / count))
      #expect(found.told == whole.told, "\(name) in \(count) sections")
      #expect(found.rows == whole.rows && found.sheets == whole.sheets, "\(name) in \(count) sections")
    }
  }

  private static func row(_ number: Int, _ comment: String) -> String {
    "\(number),\(100_000 + number),2026-autumn,\(number % 2 == 0 ? "mentor" : "mentee"),4,\(1 + number % 5),"
      + "\(number % 11),\(comment)"
  }

  /// The border walks through every byte of what is hard, at every one of them.
  @Test(arguments: ["\n", "\r\n"])
  func bordersAtEveryByte(_ end: String) throws {
    // Lines within quotes that look like rows, doubled quotes at their ends, and blank ones.
    let hard = [
      "\"one\(end)two\"",
      "\"\(end)9,100009,2026-autumn,mentor,4,5,9,x\(end)9,100009,2026-autumn,mentor,4,5,9,x\(end)\"",
      "\"a \"\"b\"\"\(end)\"\"c\"\"\"", "Łódź", "\"\"", "\"x,y\"",
    ]
    let rows = hard.enumerated().map { AnswerSectionsTests.row($0, $1) }
    let middle = rows.joined(separator: end)
    // Comments are not kept, so that one reading is all that every shift must give.
    var whole: Reading?
    for shift in 0..<middle.utf8.count {
      // As many bytes before as behind, but for the shift: so the border is at that byte of the middle.
      let before = AnswerSectionsTests.row(50, String(repeating: "b", count: middle.utf8.count - shift + 1))
      let after = AnswerSectionsTests.row(51, String(repeating: "a", count: shift + 1))
      let text = [AnswerSectionsTests.heading, before, middle, after, ""].joined(separator: end)
      let known = try whole ?? read(Array(text.utf8), least: .max / 4)
      whole = known
      try expectTheSame(Array(text.utf8), [2], "the border at byte \(shift)", as: known)
    }
  }

  @Test(arguments: 0..<24)
  func randomFiles(_ seed: UInt64) throws {
    var numbers = SplitMix(seed: seed)
    func pick(_ limit: Int) -> Int { Int(numbers.next() % UInt64(limit)) }
    let end = ["\n", "\r\n"][pick(2)]
    var bytes = seed % 4 == 0 ? [0xEF, 0xBB, 0xBF] : [UInt8]()
    bytes += Array((AnswerSectionsTests.heading + end).utf8)
    for number in 0..<60 {
      let comment: String =
        switch pick(14) {
        case 0: "\"a\(end)b, c\(end)\(end)d\""
        case 1: "\"" + AnswerSectionsTests.row(7, "x") + end + AnswerSectionsTests.row(8, "y") + end + "\""
        case 2: "\"broken"
        case 3: "\"broken\" too"
        case 4: "one\(end)ragged,row"
        case 5: "\u{0}"
        case 6: "Wrocław, \"\""
        case 7: "\"\"\"\""
        case 8: "\r"
        default: String(repeating: "fine ", count: pick(8))
        }
      bytes += Array(AnswerSectionsTests.row(number, comment).utf8)
      if pick(30) == 0 { bytes += [0xC3, 0x28] }
      bytes += Array(end.utf8)
      if pick(10) == 0 { bytes += Array("77,100077,2026-autumn,mentor,4,9,3,out of the scale\(end)".utf8) }
    }
    if pick(3) == 0 { bytes += Array("\"never closed".utf8) }
    try expectTheSame(bytes, [2, 3, 7, 64], "seed \(seed)")
  }

  /// What an encoding is may show late: then one reader decides for all.
  @Test func anEncodingThatShowsLate() throws {
    var bytes = Array((AnswerSectionsTests.heading + "\n").utf8)
    for number in 0..<6000 { bytes += Array((AnswerSectionsTests.row(number, "plain text") + "\n").utf8) }
    bytes += Array("1,100001,2026-autumn,mentor,4,1,2,".utf8) + [0xA3, 0xF3, 0x64, 0x9F, 0x0A]
    try expectTheSame(bytes, [3, 10], "windows-1250 at the end")
  }

  @Test func sectionsAreIndeedMade() throws {
    var text = AnswerSectionsTests.heading + "\n"
    for number in 0..<400 { text += AnswerSectionsTests.row(number, "\"a\nb\"") + "\n" }
    let path = FileManager.default.temporaryDirectory.path + "/sections-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    var stores = 0
    var run = ImportRun(
      regions: regions, wishes: FormWishes(form: "midterm"), layouts: ["midterm": layout],
      sinks: ImportRun.Sinks(
        diagnostic: { _ in }, people: { _ in }, response: { _ in }, rejection: { _, _ in },
        answers: { _ in stores += 1 }))
    run.leastSection = text.utf8.count / 8
    #expect(try run.run([try ByteSource(path: path)]).rows == 400)
    #expect(stores == 8, "every guess was right: no section was read on through another")
  }
}
