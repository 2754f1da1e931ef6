import ArgumentParser
import Basics
import Programme
import Testing

@testable import ToolSupport

@Suite struct NowOptionTests {
  private let clock = Timestamp(secondsSinceEpoch: 1_789_369_200, offset: 7200)

  private func time(_ arguments: [String]) throws -> Timestamp {
    let clock = clock
    let console = Console(output: .memory(), errors: .memory(), environment: [:], clock: { clock })
    return try NowOption.parse(arguments).time(on: console)
  }

  @Test func withoutItTheClockCounts() throws {
    #expect(try time([]) == clock)
  }

  @Test func aTimeOrADateIsThePresent() throws {
    #expect(try time(["--now", "2026-12-01T08:00:00+01:00"]).description == "2026-12-01T08:00:00+01:00")
    #expect(try time(["--now", "2026-12-01"]).description == "2026-12-01T00:00:00Z")
  }

  @Test func anythingElseIsQuoted() {
    let error = #expect(throws: (any Error).self) { try NowOption.parse(["--now", "soon"]) }
    #expect("\(error as Any)".contains("\"soon\" is not a time; write it as 2026-12-01"))
  }
}
