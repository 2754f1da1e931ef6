import Basics
import Testing

@Suite struct DigitsTests {
  @Test func fillsUpAndCutsNothing() {
    #expect(7.digits(2) == "07")
    #expect(2026.digits(2) == "2026")
    #expect(0.digits(1) == "0")
    #expect(UInt64(0xBEEF).digits(16, radix: 16) == "000000000000beef")
    #expect(UInt32(0xFEFF).digits(4, radix: 16, uppercase: true) == "FEFF")
  }
}
