import Testing

@testable import Matching

@Suite struct AssignmentProblemTests {
  private typealias Pair = AssignmentProblem.Pair

  private func refused(
    _ error: AssignmentError, left: [AssignmentProblem.Node] = [.init(), .init()],
    right: [AssignmentProblem.Node] = [.init(), .init()], pairs: [AssignmentProblem.Pair] = [],
    locked: [AssignmentProblem.Pair] = [], twins: [AssignmentProblem.Twin] = []
  ) {
    #expect(throws: error) {
      try AssignmentProblem(left: left, right: right, pairs: pairs, locked: locked, twins: twins)
    }
  }

  @Test func refusesWhatIsNoInstance() {
    let pair = Pair(left: 0, right: 0, score: 1)
    refused(.nodeOutOfRange(left: 2, right: 0), pairs: [.init(left: 2, right: 0, score: 1)])
    refused(.nodeOutOfRange(left: 0, right: -1), pairs: [.init(left: 0, right: -1, score: 1)])
    refused(.duplicatePair(left: 0, right: 0), pairs: [pair, pair])
    refused(.duplicatePair(left: 0, right: 0), left: [.init(capacity: 2)], locked: [pair, pair])
    refused(.negativeCapacity(-1), left: [.init(capacity: -1)])
    refused(.priorityOutOfRange(1001), left: [.init(priority: 1001)])
    refused(.scoreOutOfRange(1_000_000_001), pairs: [.init(left: 0, right: 0, score: 1_000_000_001)])
    refused(.scoreOutOfRange(2_147_483_648), pairs: [.init(left: 0, right: 0, score: Int32.min)])
    refused(
      .lockedBeyondCapacity(left: 0, right: nil), locked: [pair, .init(left: 0, right: 1, score: 1)])
    refused(
      .lockedBeyondCapacity(left: nil, right: 0), locked: [pair, .init(left: 1, right: 0, score: 1)])
    refused(.invalidTwin(left: 0, right: 0), left: [.init(capacity: 2)], twins: [.init(left: 0, right: 0)])
    refused(
      .invalidTwin(left: 1, right: 0), twins: [.init(left: 0, right: 0), .init(left: 1, right: 0)])
  }

  @Test func greatestScoresAndCapacitiesDoNotTrap() throws {
    let problem = try AssignmentProblem(
      left: [.init(capacity: Int32.max, priority: 1000), .init()],
      right: [.init(), .init(capacity: Int32.max)],
      pairs: [
        .init(left: 0, right: 0, score: 1_000_000_000), .init(left: 0, right: 1, score: -1_000_000_000),
        .init(left: 1, right: 1, score: 1_000_000_000),
      ])
    for objective in AssignmentObjective.allCases {
      let assignment = problem.solve(objective)
      #expect(assignment.pairCount == 3)
      #expect(assignment.total == 1_000_000_000)
      #expect(assignment.components.allSatisfy { $0.isProved(objective) })
    }
  }

  @Test func lockedPairsStayAndNeedNotBeAllowed() throws {
    let problem = try AssignmentProblem(
      left: [.init(), .init()], right: [.init(), .init()],
      pairs: [.init(left: 0, right: 0, score: 9), .init(left: 1, right: 0, score: 2)],
      locked: [.init(left: 0, right: 1, score: -7)])
    let assignment = problem.solve(.fair)
    #expect(
      assignment.pairs == [
        .init(left: 0, right: 1, score: -7, locked: true), .init(left: 1, right: 0, score: 2, locked: false),
      ])
    #expect(assignment.total == -5)
    #expect(assignment.worst == -7)
    #expect(assignment.value.worst == 2)
  }

  @Test func emptyInstancesHaveEmptyOptima() throws {
    for (left, right) in [(0, 0), (3, 0), (0, 2), (2, 2)] {
      let problem = try AssignmentProblem(
        left: Array(repeating: .init(), count: left), right: Array(repeating: .init(), count: right),
        pairs: [])
      #expect(problem.solve(.fair).pairs.isEmpty)
    }
  }
}
