import Testing

@testable import Store

@Suite struct DigestTests {
  /// FIPS 180-4's example "abc", behind its length in eight bytes.
  @Test("parts are told apart by their lengths") func parts() {
    #expect(Digest.of("ab", "c") != Digest.of("a", "bc"))
    #expect(Digest.of("abc") == Digest.of("abc"))
    #expect(Digest.of("abc").utf8.count == 64)
  }

  @Test("no two salts are the same") func salts() {
    let salts = (0..<100).map { _ in Digest.salt() }
    #expect(Set(salts).count == 100)
    #expect(salts.allSatisfy { $0.utf8.count == 32 })
  }
}
