import Basics
import Foundation
import Programme
import TestSupport
import Testing

@testable import Intake
@testable import Regions

/// A region's program gets its export and nothing else: no shell, no way out, no endless run.
@Suite struct AdapterRunTests {
  private struct Sandbox {
    let folder = FileManager.default.temporaryDirectory.path + "/tandem-adapter-" + UUID().uuidString
    let export: String

    init() throws {
      export = folder + "/export with spaces; $(touch x).txt"
      try FileManager.default.createDirectory(atPath: folder + "/adapters", withIntermediateDirectories: true)
      try Data("a;b\n".utf8).write(to: URL(fileURLWithPath: export))
    }

    func program(_ script: String, named name: String = "run") throws -> String {
      let path = folder + "/adapters/" + name
      try Data(("#!/bin/sh\n" + script + "\n").utf8).write(to: URL(fileURLWithPath: path))
      try Program.makeExecutable(path)
      return "adapters/" + name
    }

    /// Waited for without holding a thread: `output()` is for tools, which have one to spare.
    func run(_ command: [String], seconds: Int = 20, bytes: Int = 1 << 20) async throws -> AdapterRun.Output {
      let adapter = Adapter(command: command, timeLimit: seconds, sizeLimit: bytes)
      return try await AdapterRun(adapter, in: folder, over: export).finished().get()
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }
  }

  @Test func `the export's path comes whole, without a shell`() async throws {
    let sandbox = try Sandbox()
    defer { sandbox.remove() }
    let name = try sandbox.program(#"printf '%s|' "$@"; cat "$2""#)
    let output = try await sandbox.run([name, "$HOME `id` *", "{file}"])
    let real = try #require(SystemCall.realPath(sandbox.export))
    #expect(String(decoding: output.bytes, as: UTF8.self) == "$HOME `id` *|\(real)|a;b\n")
    #expect(!output.isRecords)
    #expect(output.diagnostics == [])
    #expect(!FileManager.default.fileExists(atPath: sandbox.folder + "/x"))
  }

  @Test func `standard error becomes diagnostics`() async throws {
    let sandbox = try Sandbox()
    defer { sandbox.remove() }
    let name = try sandbox.program(
      """
      echo '{"record":"person"}'
      echo 'report.txt:12:3: warning: a short line' >&2
      echo 'error: no year' >&2
      echo 'something odd' >&2
      """)
    let output = try await sandbox.run([name, "{file}"])
    #expect(output.isRecords)
    #expect(
      output.diagnostics.map(\.description) == [
        "report.txt:12:3: warning: a short line",
        "\(try #require(SystemCall.realPath(sandbox.folder)))/adapters/run: error: no year",
        "\(try #require(SystemCall.realPath(sandbox.folder)))/adapters/run: warning: something odd",
      ])
  }

  @Test func `a failure reports its exit code and what was said`() async throws {
    let sandbox = try Sandbox()
    defer { sandbox.remove() }
    let name = try sandbox.program("echo 'cannot read it' >&2; exit 3")
    do {
      _ = try await sandbox.run([name, "{file}"])
      Issue.record("an adapter that failed gave an output")
    } catch let error as IntakeError {
      #expect(
        error.adapterDiagnostics.map(\.message) == [
          "cannot read it", "ended with exit code 3: see its output",
        ])
      #expect(error.adapterDiagnostics.allSatisfy { $0.severity == .error })
    }
  }

  @Test func `what takes too long is stopped with all that it started`() async throws {
    let sandbox = try Sandbox()
    defer { sandbox.remove() }
    let name = try sandbox.program("sleep 2000 & sleep 2000; echo never")
    let clock = ContinuousClock()
    let taken = await clock.measure {
      await #expect {
        try await sandbox.run([name, "{file}"], seconds: 1)
      } throws: { error in
        guard case .tooSlow(_, seconds: 1)? = error as? IntakeError else { return false }
        return true
      }
    }
    // Far above what a busy machine takes, and below what it would take unstopped.
    #expect(taken < .seconds(1_800))
  }

  @Test func `what writes too much is stopped`() async throws {
    let sandbox = try Sandbox()
    defer { sandbox.remove() }
    let name = try sandbox.program("while :; do echo 0123456789012345678901234567890123456789; done")
    await #expect {
      try await sandbox.run([name, "{file}"], seconds: 1_800, bytes: 10_000)
    } throws: { error in
      guard case .tooLarge(_, bytes: 10_000)? = error as? IntakeError else { return false }
      return true
    }
  }

  @Test(arguments: [
    "/bin/cat", "../../../../../../bin/cat", "adapters/link", "adapters", "adapters/nothing", "",
  ])
  func `no program outside the folder is run`(_ name: String) async throws {
    let sandbox = try Sandbox()
    defer { sandbox.remove() }
    try FileManager.default.createSymbolicLink(
      atPath: sandbox.folder + "/adapters/link", withDestinationPath: "/bin/cat")
    await #expect(throws: IntakeError.self) { try await sandbox.run([name, "{file}"]) }
  }

  @Test func `it sees no secret of the environment`() async throws {
    let sandbox = try Sandbox()
    defer { sandbox.remove() }
    let name = try sandbox.program("env | cut -d= -f1 | sort")
    let output = try await sandbox.run([name, "{file}"])
    let names = String(decoding: output.bytes, as: UTF8.self).split(separator: "\n")
    #expect(
      Set(names).isSubset(of: ["PATH", "LANG", "LC_ALL", "TMPDIR", "PWD", "OLDPWD", "SHLVL", "_"]), "\(names)"
    )
  }
}
