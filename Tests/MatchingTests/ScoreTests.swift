import Basics
import Programme
import Regions
import Testing

@testable import Matching

@Suite struct ScoreTests {
  private func score(
    _ mentor: Person, _ mentee: Person, _ change: (inout MatchingSettings) -> Void = { _ in }
  )
    -> TandemScore
  {
    let applicants = Applicants([mentor, mentee], regions: [MatchFixture.region("pl", change)], cohort: "c")
    let book = ScoreBook(applicants)
    return book.score(
      mentor: applicants.index(of: mentor.id) ?? 0, mentee: applicants.index(of: mentee.id) ?? 0)
  }

  @Test func aPerfectPairScoresAThousandAndStrangersNothing() {
    let mentor = MatchFixture.person(
      1, .mentor, department: "IT", learn: ["leadership"], teach: ["video"], interests: ["e-bike"])
    let mentee = MatchFixture.person(
      2, .mentee, department: "Sales", learn: ["video"], teach: ["leadership"], interests: ["e-bike"])
    #expect(
      score(mentor, mentee)
        == TandemScore(total: 1000, taught: 1000, returned: 1000, shared: 1000, distance: 1000))
    #expect(
      score(MatchFixture.person(1, .mentor), MatchFixture.person(2, .mentee))
        == TandemScore(total: 0, taught: 0, returned: 0, shared: 0, distance: 0))
  }

  @Test func theFirstWishCountsMost() {
    let mentee = MatchFixture.person(2, .mentee, learn: ["zz-a", "zz-b", "zz-c"])
    func taught(_ topics: String...) -> Int {
      score(MatchFixture.person(1, .mentor, teach: topics), mentee).taught
    }
    #expect([taught("zz-a"), taught("zz-b"), taught("zz-c")] == [500, 333, 167])
    #expect(taught("zz-a", "zz-b", "zz-c") == 1000)
  }

  @Test func partsLieWithinBoundsAndRolesAreSymmetric() {
    let people = MatchFixture.people(40, seed: 11, regions: ["pl"])
    let applicants = Applicants(people, regions: [MatchFixture.region()], cohort: "c")
    let book = ScoreBook(applicants)
    for a in 0..<applicants.count {
      for b in 0..<applicants.count where a != b {
        let one = book.score(mentor: a, mentee: b)
        let other = book.score(mentor: b, mentee: a)
        #expect(one.taught == other.returned && one.returned == other.taught)
        #expect(one.shared == other.shared && one.distance == other.distance)
        for part in [one.total, one.taught, one.returned, one.shared, one.distance] {
          #expect((0...1000).contains(part))
        }
      }
    }
  }

  @Test func teachingMoreNeverLowersAScore() {
    let topics = ["social-media", "video", "leadership", "logistics", "e-bike", "unheard-of"]
    for (index, mentee) in MatchFixture.people(30, seed: 5, regions: ["pl"]).enumerated() {
      var mentor = MatchFixture.person(1, .mentor, learn: ["leadership"], said: ["teach": ["film"]])
      var last = score(mentor, mentee)
      for step in 0..<topics.count {
        mentor.teach.append(topics[(index + step) % topics.count])
        let next = score(mentor, mentee)
        #expect(next.taught >= last.taught && next.total >= last.total)
        last = next
      }
    }
  }

  @Test func wordsAddOnlyWhatTopicsLeaveOpen() {
    let mentee = MatchFixture.person(2, .mentee, learn: ["zz-a"], said: ["learn": ["montaż filmów"]])
    let silent = MatchFixture.person(1, .mentor, teach: ["zz-b"])
    var speaking = silent
    speaking.said["teach"] = ["montaż filmów"]
    #expect(score(silent, mentee).taught == 0)
    #expect(score(speaking, mentee) { $0.freeWords = 200 }.taught == 200)
    #expect(score(speaking, mentee) { $0.freeWords = 0 }.taught == 0)
    speaking.teach = ["zz-a"]
    #expect(score(speaking, mentee) { $0.freeWords = 200 }.taught == 1000)
  }

  @Test func nearDepartmentsAreNearer() {
    func distance(_ a: String, _ b: String) -> Int {
      score(MatchFixture.person(1, .mentor, department: a), MatchFixture.person(2, .mentee, department: b))
        .distance
    }
    #expect(distance("Engineering/Software", "Engineering/Powertrain") == 500)
    #expect(distance("Engineering/Software", "Sales") == 1000)
    #expect(distance("Sales", "Sales") == 0)
    #expect(distance("", "Sales") == 0)
  }

  @Test func rowsOfABlockGiveTheSameScores() {
    let people = MatchFixture.people(60, seed: 3)
    let regions = [
      MatchFixture.region("pl") { $0.freeWords = 300 }, MatchFixture.region("de") { $0.weights.taught = 1 },
    ]
    let applicants = Applicants(people, regions: regions, cohort: "c")
    let book = ScoreBook(applicants)
    let mentees = (0..<applicants.count).map { Int32($0) }
    var rows = BlockScores(book, mentees: mentees)
    var all = [UInt64](repeating: ~0, count: mentees.count / 64)
    all.append((1 << UInt64(mentees.count % 64)) - 1)
    for mentor in 0..<applicants.count {
      var seen = 0
      rows.forEach(of: mentor, in: all) { position, total, taught, returned in
        let score = book.score(mentor: mentor, mentee: position)
        #expect(total == score.total && taught == score.taught && returned == score.returned)
        seen += 1
      }
      #expect(seen == mentees.count)
    }
  }

  @Test func sharesOfATotalAddUpToIt() {
    var random = SplitMix(seed: 9)
    for _ in 0..<500 {
      let weights = (0..<4).map { _ in random.below(6) }
      let values = (0..<4).map { _ in random.below(1001) }
      let products = zip(weights, values).map { $0 * $1 }
      let whole = weights.reduce(0, +)
      guard whole > 0 else { continue }
      let total = ScoreFormula.rounded(products.reduce(0, +), by: whole)
      let shares = CohortMatch.apportion(total, by: products, of: whole)
      #expect(shares.reduce(0, +) == total)
      for (share, product) in zip(shares, products) { #expect(abs(share - product / whole) <= 1) }
    }
  }
}
