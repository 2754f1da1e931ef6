import Basics
import Testing

@testable import Intake

struct AnswerLedgerTests {
  private func insert(_ name: String, into ledger: inout AnswerLedger) -> Bool {
    Array(name.utf8).withUnsafeBufferPointer { ledger.insert($0) }
  }

  @Test func itIsASet() {
    var ledger = AnswerLedger()
    var truth: Set<String> = []
    var generator = SplitMix(seed: 11)
    for _ in 0..<20_000 {
      let number = generator.next() % 3000
      let name =
        switch generator.next() % 4 {
        case 0: String(number)
        case 1: "0\(number)"
        case 2: String(number * 50_000)
        default: "p\(number)@x.example.com"
        }
      #expect(insert(name, into: &ledger) == truth.insert(name).inserted, "\(name)")
    }
  }

  @Test func oddNames() {
    var ledger = AnswerLedger()
    for name in ["", "0", "00", "134217727", "134217728", "9999999999", "-1", "1.0", "R_3k"] {
      #expect(insert(name, into: &ledger))
      #expect(!insert(name, into: &ledger))
    }
  }
}
