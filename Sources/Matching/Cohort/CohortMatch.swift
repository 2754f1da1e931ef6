package import Basics
package import Programme
import Regions

/// Who meets whom in a cohort, and all that explains it.
package struct CohortMatch: Sendable {
  package let cohort: String
  package let applicants: Applicants
  package let rules: RuleBook
  package let scores: ScoreBook
  package let candidates: Candidates
  /// By id.
  package let tandems: [Tandem]
  /// By person.
  package let unmatched: [Unmatched]
  /// What HR should know: missing facts of chosen pairs, locks against a rule.
  package let warnings: [Diagnostic]
  /// One for each objective that a region asks for; the pairs of one block are in one of them.
  let solutions: [Assignment]
  /// For each applicant the place on either side; -1 where the role does not allow it.
  let sides: Sides
  let pairScores: PairScores
  /// What pairs of `solutions` score beyond their own points, for they were proposed before.
  let premiums: [PairEnds: Int]

  /// - Complexity: that of `Candidates` and of the assignment.
  package init(_ request: MatchRequest) throws(MatchingError) {
    cohort = request.cohort
    let applicants = Applicants(request.people, regions: request.regions, cohort: request.cohort)
    self.applicants = applicants
    rules = RuleBook(
      applicants,
      CohortFacts(
        everybody: request.people, earlier: request.earlier, running: request.running,
        forbidden: request.forbids))
    scores = ScoreBook(applicants)
    pairScores = PairScores(book: scores, given: request.ownScores)
    candidates = pairScores.scored(Candidates(applicants, rules: rules, scores: scores))
    sides = Sides(candidates, count: applicants.count)
    let fixed = try FixedTandems(request, applicants)
    let plan = AssignmentPlan(
      request, applicants, candidates, sides, fixed, rules: rules, scores: pairScores)
    premiums = plan.premiums.filter { $0.value != 0 }
    do throws(AssignmentError) {
      solutions = try plan.solve()
    } catch {
      throw .instance(error.description)
    }

    var tandems: [Tandem] = []
    var warnings = plan.warnings + fixed.warnings
    var isPlaced = [Bool](repeating: false, count: applicants.count)
    for pair in solutions.flatMap(\.pairs) {
      let mentor = Int(candidates.mentors[Int(pair.left)])
      let mentee = Int(candidates.mentees[Int(pair.right)])
      isPlaced[mentor] = true
      isPlaced[mentee] = true
      var tandem = pairScores.tandem(mentor, mentee, in: request.cohort)
      if let before = fixed.record(of: IdentifierPair(mentor: tandem.mentor, mentee: tandem.mentee)) {
        tandem.status = before.status
        tandem.locked = before.locked
      }
      warnings += rules.findings(mentor: mentor, mentee: mentee, score: { tandem.score })
        .map { CohortMatch.warning($0, of: tandem) }
      tandems.append(tandem)
    }
    self.tandems = tandems.sorted { $0.id < $1.id }
    self.warnings = warnings.sorted()
    unmatched = UnmatchedReasons(request.cohort, applicants, rules, scores, candidates, sides)
      .reasons(for: (0..<applicants.count).filter { !isPlaced[$0] })
  }

  private static func warning(_ finding: Finding, of tandem: Tandem) -> Diagnostic {
    let rule = "\(finding.reason) (rule \(finding.rule))"
    return finding.standing == .forbidden
      ? Diagnostic(.warning, "\(tandem.id) is kept although \(rule)", code: "fixed-against-rule")
      : Diagnostic(.warning, "\(tandem.id) could not be checked: \(rule)", code: "unknown-fact")
  }

  /// Why somebody has no tandem, whoever they are.
  func reasons(for index: Int) -> Unmatched {
    UnmatchedReasons(cohort, applicants, rules, scores, candidates, sides).reasons(for: [index])[0]
  }

  /// The proof that the result is the best: one for each objective that a region asks for.
  package var certificates: [Certificate] {
    func names(_ side: [Int32]) -> [String] { side.map { applicants.people[Int($0)].id.text } }
    return solutions.map {
      Certificate($0, leftNames: names(candidates.mentors), rightNames: names(candidates.mentees))
    }
  }

  package func score(mentor: Int, mentee: Int) -> TandemScore {
    pairScores.score(mentor: mentor, mentee: mentee)
  }
}

/// The places of applicants among mentors and among mentees.
struct Sides: Sendable {
  let mentor: [Int32]
  let mentee: [Int32]

  init(_ candidates: Candidates, count: Int) {
    mentor = candidates.mentors.ranks(among: count)
    mentee = candidates.mentees.ranks(among: count)
  }
}
