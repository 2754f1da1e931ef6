import Testing

@testable import Matching

@Suite struct CertificateTests {
  private func certificate(
    _ shape: Int, _ objective: AssignmentObjective, seed: UInt64
  ) throws -> Certificate {
    let problem = try AssignmentProblem.random(AssignmentSolverTests.shapes[shape], seed: seed)
    return Certificate(
      problem.solve(objective, parallel: false), leftNames: problem.left.indices.map { "l\"\($0)" },
      rightNames: problem.right.indices.map { "ż\n\($0)" })
  }

  private func text(_ certificate: Certificate) -> [UInt8] {
    var bytes: [UInt8] = []
    certificate.write { bytes += $0 }
    return bytes
  }

  private func read(_ bytes: [UInt8]) throws(CertificateError) -> Certificate {
    let result = bytes.withUnsafeBytes { buffer -> Result<Certificate, CertificateError> in
      do throws(CertificateError) { return .success(try Certificate.read(buffer)) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  @Test(arguments: AssignmentSolverTests.shapes.indices, AssignmentObjective.allCases)
  func verifiesAfterWritingAndReading(shape: Int, objective: AssignmentObjective) throws {
    for seed in 300..<320 as Range<UInt64> {
      let written = try certificate(shape, objective, seed: seed)
      let bytes = text(written)
      let again = try read(bytes)
      #expect(try again.verify() == written.claim)
      #expect(text(again) == bytes)
      #expect(again.rightNames == written.rightNames)
    }
  }

  /// Every digit of the text, changed alone, is refused.
  @Test func refusesEveryChangedNumber() throws {
    let bytes = text(try certificate(4, .fair, seed: 302))
    var changed = 0
    for place in bytes.indices where (0x30...0x39).contains(bytes[place]) {
      for digit in 0x30...0x39 as ClosedRange<UInt8> where digit != bytes[place] {
        var other = bytes
        other[place] = digit
        #expect(throws: CertificateError.digest) { try read(other) }
        changed += 1
      }
    }
    #expect(changed > 500)
  }

  /// The proof itself, without the digest, holds no wrong claim: a worse set of pairs is refused with any prices at hand.
  @Test(arguments: AssignmentObjective.allCases)
  func refusesWhatIsNotOptimal(objective: AssignmentObjective) throws {
    var refused = 0
    for seed in 400..<440 as Range<UInt64> {
      var changed = try certificate(1, objective, seed: seed)
      guard let dropped = changed.chosen.popLast() else { continue }
      changed.claim.pairs -= 1
      changed.claim.total -= Int(dropped.score)
      changed.claim.worst = changed.chosen.map { Int($0.score) }.min()
      #expect(throws: CertificateError.self) { try changed.verify() }
      refused += 1
    }
    #expect(refused > 20)
  }

  /// Prices that no longer bound the pairs from above are refused.
  @Test func refusesChangedPricesWithoutTheDigest() throws {
    var refused = 0
    var valid = 0
    for seed in 500..<520 as Range<UInt64> {
      let whole = try certificate(0, .total, seed: seed)
      for node in whole.problem.left.indices {
        guard let price = whole.best.left[node] else { continue }
        for step in [-1000, 1000] as [Int64] {
          var changed = whole
          changed.best.left[node] = .init(cover: price.cover, potential: price.potential + step)
          do {
            try changed.verify()
            valid += 1
          } catch { refused += 1 }
        }
      }
    }
    #expect(refused > 50)
    #expect(3 * valid < refused)
  }

  @Test func refusesClaimsThatAreNotThePairs() throws {
    var changed = try certificate(0, .total, seed: 301)
    changed.claim.total += 1
    #expect(throws: CertificateError.claim) { try changed.verify() }
  }

  @Test func refusesOtherTexts() throws {
    #expect(throws: CertificateError.syntax(line: 1)) { try read([]) }
    #expect(throws: CertificateError.digest) { try read(Array(repeating: 0x41, count: 100)) }
    var bytes = text(try certificate(0, .total, seed: 300))
    bytes.removeFirst()
    #expect(throws: CertificateError.digest) { try read(bytes) }
  }
}
