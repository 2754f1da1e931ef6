import Basics
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
    try Certificate.read(bytes)
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
    var changed = 0
    for seed in 302...303 as ClosedRange<UInt64> {
      let bytes = text(try certificate(4, .fair, seed: seed))
      for place in bytes.indices where (0x30...0x39).contains(bytes[place]) {
        for digit in 0x30...0x39 as ClosedRange<UInt8> where digit != bytes[place] {
          var other = bytes
          other[place] = digit
          #expect(throws: CertificateError.digest) { try read(other) }
          changed += 1
        }
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

  /// The text with a digest that fits, whatever was changed before it.
  private func signed(_ body: some Sequence<UInt8>) -> [UInt8] {
    let digest = StableHash(body).fnv.digits(16, radix: 16)
    return Array(body) + Array("{\"digest\":\"\(digest)\"}\n".utf8)
  }

  /// Reads and verifies. What is accepted must be true: solving the instance in it gives the figures that it claims.
  private func judge(_ body: [UInt8], _ comment: @autoclosure () -> Comment) -> Bool {
    do {
      let certificate = try read(signed(body))
      let claim = try certificate.verify()
      let solved = certificate.problem.solve(claim.objective, parallel: false)
      #expect(solved.pairCount == claim.pairs, comment())
      #expect(solved.total == claim.total, comment())
      if claim.objective == .fair { #expect(solved.worst == claim.worst, comment()) }
      return true
    } catch {
      return false
    }
  }

  private func instance(_ number: Int, _ objective: AssignmentObjective) throws -> [UInt8] {
    guard number >= AssignmentSolverTests.shapes.count else {
      return text(try certificate(number, objective, seed: 302))
    }
    // A pool of either role, whose proof has odd sets.
    var left = [AssignmentProblem.Node](repeating: .init(), count: 5)
    left[3].capacity = 3
    left[4].capacity = 2
    var right = [AssignmentProblem.Node](repeating: .init(priority: 1), count: 5)
    right[4].capacity = 2
    let pairs: [AssignmentProblem.Pair] = [
      .init(left: 0, right: 1, score: 9), .init(left: 1, right: 2, score: 9),
      .init(left: 2, right: 0, score: 9),
      .init(left: 3, right: 4, score: 5), .init(left: 3, right: 0, score: 1),
      .init(left: 4, right: 4, score: 2),
      .init(left: 4, right: 3, score: 2), .init(left: 3, right: 3, score: 4),
    ]
    let problem = try AssignmentProblem(
      left: left, right: right, pairs: pairs,
      twins: (0..<3).map { AssignmentProblem.Twin(left: $0, right: $0) })
    let solved = problem.solve(objective, parallel: false)
    return text(
      Certificate(
        solved, leftNames: left.indices.map(String.init), rightNames: right.indices.map(String.init)))
  }

  /// Each number of a certificate replaced by others, with a digest that fits: refused, or still true; never a crash.
  @Test(arguments: 0...AssignmentSolverTests.shapes.count, AssignmentObjective.allCases)
  func survivesEveryNumberInEveryField(shape: Int, objective: AssignmentObjective) throws {
    let body = Array(try instance(shape, objective).dropLast(30))
    let values = [
      "-1", "-3", "0", "2", "256", "-2147483648", "2147483647", "2147483648", "1000000001",
      "4611686018427387903", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
      "99999999999999999999999", "1.5", "",
    ]
    var refused = 0
    var start = 0
    while start < body.count {
      guard body[start] &- 0x30 < 10 else {
        start += 1
        continue
      }
      var end = start
      while end < body.count, body[end] &- 0x30 < 10 { end += 1 }
      let first = start > 0 && body[start - 1] == UInt8(ascii: "-") ? start - 1 : start
      for value in values {
        let changed = Array(body[..<first]) + Array(value.utf8) + Array(body[end...])
        if !judge(changed, "\(value) at \(first), shape \(shape)") { refused += 1 }
      }
      start = end
    }
    #expect(refused > 200)
  }

  /// Fields and lines left out, doubled, swapped and cut off, with a digest that fits.
  @Test(arguments: 0...AssignmentSolverTests.shapes.count, AssignmentObjective.allCases)
  func survivesMissingAndDoubledParts(shape: Int, objective: AssignmentObjective) throws {
    let body = Array(try instance(shape, objective).dropLast(30))
    let lines = body.split(separator: 0x0A, omittingEmptySubsequences: false)
    for index in lines.indices {
      var without = lines
      without.remove(at: index)
      _ = judge(Array(without.joined(separator: [0x0A])), "without line \(index)")
      _ = judge(
        Array((lines[..<index] + [lines[index]] + lines[index...]).joined(separator: [0x0A])), "doubled")
      let fields = lines[index].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      for field in fields.indices {
        var fewer = fields
        fewer.remove(at: field)
        var other = lines
        other[index] = Array(fewer.joined(separator: [UInt8(ascii: ",")]))[...]
        _ = judge(Array(other.joined(separator: [0x0A])), "line \(index) without field \(field)")
      }
    }
    for end in body.indices { _ = judge(Array(body[..<end]), "cut at \(end)") }
  }

  /// A few lines that speak of billions take no memory for them.
  @Test func hugeCountsTakeNoMemory() {
    for head in ["2147483646", "2147483647", "9223372036854775807"] {
      #expect(
        throws: CertificateError.syntax(line: head == "2147483646" ? 2 : 1)
      ) {
        try read(
          signed(
            Array(
              ("{\"certificate\":\"tandem assignment 1\",\"objective\":\"total\",\"left\":\(head),\"right\":0,"
                + "\"pairs\":0,\"locked\":0,\"priority\":0,\"total\":0}\n").utf8)))
      }
    }
  }

  /// An empty cohort has nothing to prove.
  @Test(arguments: AssignmentObjective.allCases) func verifiesTheEmptyCohort(objective: AssignmentObjective)
    throws
  {
    let problem = try AssignmentProblem(left: [], right: [], pairs: [])
    let written = Certificate(problem.solve(objective), leftNames: [], rightNames: [])
    #expect(try read(text(written)).verify() == written.claim)
  }
}
