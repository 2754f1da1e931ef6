import Intake
import Synchronization
import Testing

@Suite struct AnswerStoreTests {
  private let layout = AnswerStore.Layout(
    survey: "s",
    questions: [
      .init(name: "a", coding: .scale(lowest: 1, count: 7)),
      .init(name: "b", coding: .scale(lowest: 0, count: 11)),
      .init(name: "c", coding: .choice((0..<300).map(String.init))),
      .init(name: "d", coding: .choices(["x", "y"])),
      .init(name: "e", coding: .number), .init(name: "f", coding: .text),
      .init(name: "g", coding: .scale(lowest: 1, count: 5)),
    ], dimensions: ["site"])

  /// A shelf in memory, which forgets what stands behind its limit.
  private static func shelf(limit: Int = .max) -> PageShelf {
    let shared = Shared()
    return PageShelf { page in
      shared.bytes.withLock { bytes in
        bytes += page
        return bytes.count - page.count
      }
    } get: { place, room in
      shared.bytes.withLock { bytes in
        guard place + room.count <= min(limit, bytes.count) else { return false }
        room.copyBytes(from: bytes[place..<(place + room.count)])
        return true
      }
    }
  }

  private final class Shared: Sendable {
    let bytes = Mutex([UInt8]())
  }

  @Test func aLostPageIsReported() {
    let store = AnswerStore(file: "f", layout: layout, shelf: AnswerStoreTests.shelf(limit: 0))
    let answers = [CodedAnswer](repeating: .notAsked, count: 7)
    for number in 0..<13_000 {
      store.append(AnswerStore.Head(respondent: UInt64(number), line: number, leaf: 0), answers)
    }
    #expect(!store.isBroken)
    #expect(store.with(row: 12_999) { $0.respondent } == 12_999, "what is not shelved is there")
    #expect(!store.isBroken)
    #expect(store.with(row: 0) { $0.respondent } == nil)
    #expect(store.isBroken)
  }

  @Test(arguments: 0..<16)
  func everySheetComesBack(_ flags: Int) {
    let (time, occasion, tandem) = (flags & 1 == 1, flags & 2 == 2, flags & 4 == 4)
    let store = AnswerStore(
      file: "f", layout: layout, hasTime: time, hasOccasion: occasion, hasTandem: tandem,
      shelf: flags & 8 == 8 ? AnswerStoreTests.shelf() : nil)
    var expected: [(AnswerStore.Head, [CodedAnswer])] = []
    // More than a page holds.
    for number in 0..<13_000 {
      let head = AnswerStore.Head(
        respondent: UInt64(number) &* 0x9E37_79B9_7F4A_7C15, line: AnswerStoreTests.line(number),
        leaf: store.leaf(["s\(number % 3)"]), time: time ? number : 0,
        occasion: occasion ? UInt32(number % 5) : 0, tandem: tandem ? UInt64(number / 2) : 0)
      let answers: [CodedAnswer] =
        number % 4 == 0
        ? [.notAsked, .notAnswered, .notAsked, .notAnswered, .notAsked, .notAnswered, .notAsked]
        : [
          .value(number % 7), .value(number % 11), .value(number % 300), .choices(UInt64(number % 4)),
          .number(Double(number) / 8), .text, .value(4),
        ]
      store.append(head, answers)
      expected.append((head, answers))
    }
    #expect(store.count == 13_000 && store.leaves == [["s0"], ["s1"], ["s2"]])
    var isEqual = true
    store.firstLine = 10
    store.forEach(in: 0..<store.count) { number, row in
      let head = AnswerStore.Head(
        respondent: row.respondent, line: expected[number].0.line, leaf: row.leaf, time: store.time(row),
        occasion: store.occasion(row), tandem: store.tandem(row))
      let answers = (0..<7).map { store.answer(row, $0) }
      if head != expected[number].0 || answers != expected[number].1 { isEqual = false }
    }
    #expect(isEqual)
    for number in [0, 1, 5_000, 12_999] {
      #expect(store.with(row: number) { $0.respondent } == expected[number].0.respondent)
    }
    #expect(!store.isBroken)
    for number in [0, 1, 299, 300, 301, 5_000, 11_999, 12_999] {
      #expect(store.line(of: number) == AnswerStoreTests.line(number) + 10)
    }
  }

  /// Texts of several lines make steps; one of many lines makes a step beyond a byte.
  private static func line(_ number: Int) -> Int { 2 + number * 3 / 2 + (number > 300 ? 70_000 : 0) }
}
