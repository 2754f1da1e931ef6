import Foundation
public import Testing

/// A test that some runs leave out. Tests/run.sh lists each one at its end, with the reason.
///
/// No test is disabled in another way (TestHouseTests). What `make test` installs is never a reason: without it a test fails.
public struct NotRun: TestTrait, SuiteTrait {
  /// The variables that ask for tests of minutes. `make test-all` sets them all.
  public enum Variable: String, CaseIterable, Sendable {
    case spark = "TANDEM_TEST_SPARK"
    case debootstrap = "TANDEM_TEST_DEBOOTSTRAP"
    /// Servers that give root's rights away.
    case servers = "TANDEM_TEST_SERVERS"
  }

  struct NotInCI: Error, CustomStringConvertible {
    let description: String
  }

  private let reason: String
  private let isOptIn: Bool
  private let isLeftOut: @Sendable () throws -> Bool

  init(_ reason: String, isOptIn: Bool, _ isLeftOut: @escaping @Sendable () throws -> Bool) {
    self.reason = reason
    self.isOptIn = isOptIn
    self.isLeftOut = isLeftOut
  }

  /// - Throws: what skips the test; with `CI=true`, an error unless a variable asks for the test.
  public func prepare(for test: Test) async throws {
    guard try isLeftOut() else { return }
    let variables = ProcessInfo.processInfo.environment
    if variables["CI"] == "true", !isOptIn {
      throw NotInCI(
        description: "with CI=true every test runs unless it is asked for by a variable: \(reason)")
    }
    if let list = variables["TANDEM_NOT_RUN"] {
      // One write of one line: tests prepare at the same time.
      let file = open(list, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
      let line = Array("\(test.id)\t\(reason)\n".utf8)
      guard file >= 0, write(file, line, line.count) == line.count, close(file) == 0 else {
        throw NotInCI(
          description: "\(list): cannot be written, so that \(test.name) would be left out silently")
      }
    }
    try await ConditionTrait.disabled(Comment(rawValue: reason)).prepare(for: test)
  }
}

extension Trait where Self == NotRun {
  /// Runs only if an environment variable asks for it, since it takes minutes.
  public static func optIn(_ variable: NotRun.Variable) -> NotRun {
    NotRun("\(variable.rawValue)=1 is not set", isOptIn: true) {
      ProcessInfo.processInfo.environment[variable.rawValue] != "1"
    }
  }

  /// Cannot run on every machine, whatever is installed.
  public static func possible(
    _ reason: String, if condition: @escaping @Sendable () throws -> Bool
  ) -> NotRun {
    NotRun(reason, isOptIn: false) { try !condition() }
  }
}
