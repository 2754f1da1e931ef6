import Basics
import Testing

struct SipHashTests {
  private let key = SipHash(key: (0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908))

  /// The vectors of the paper's appendix and of its reference implementation.
  @Test func referenceVectors() {
    #expect(key.digest(UInt8(0)..<15) == 0xA129_CA61_49BE_45E5)
    #expect(key.digest([]) == 0x726F_DB47_DD0E_0E31)
    #expect(key.digest([0]) == 0x74F8_39C5_93DC_67FD)
    #expect(key.digest(UInt8(0)..<8) == 0x93F5_F579_9A93_2462)
  }
}
