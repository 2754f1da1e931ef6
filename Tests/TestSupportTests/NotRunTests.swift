import Foundation
import Testing

@testable import TestSupport

@Suite struct NotRunTests {
  /// `make test-all` sets each variable; the Makefile is the only place that does.
  @Test(arguments: NotRun.Variable.allCases) func makeTestAllAsksForAll(_ variable: NotRun.Variable) throws {
    let makefile = try String(contentsOfFile: Repository.path + "/Makefile", encoding: .utf8)
    #expect(makefile.contains("\(variable.rawValue)=1 "))
  }

  @Test func whatIsPossibleRuns() async throws {
    let test = try #require(Test.current)
    try await NotRun.possible("never", if: { true }).prepare(for: test)
  }
}
