import Basics
import Foundation
import Store
import Subprocess
import SystemPackage
import ToolSupport

/// Runs the tools beside this program on the records of a programme.
struct Plumbing {
  /// The folder of the tools.
  let tools: String
  let folder: ProgrammeFolder
  let environment: [String: String]
  /// Options that every tool gets.
  let shared: [String]

  enum Destination {
    /// What the user sees.
    case standardOutput
    /// A file, readable by its owner alone.
    case file(String)
  }

  /// Runs `tandem-NAME` and waits.
  ///
  /// - Returns: the tool's status.
  /// - Throws: `ToolFailure` where the tool cannot be run, or a signal ended it.
  func run(_ name: String, _ words: [String], to destination: Destination) throws -> ToolStatus {
    let path = "\(tools)/tandem-\(name)"
    var own: [Subprocess.Environment.Key: String?] = [:]
    func set(_ key: String, _ value: String) {
      if let key = Subprocess.Environment.Key(rawValue: key) { own[key] = value }
    }
    if environment["TANDEM_REGION"] == nil {
      set("TANDEM_REGION", folder.settings.regions.joined(separator: ","))
    }
    if environment["TANDEM_CONFIG"] == nil, let config = folder.settings.configuration {
      set("TANDEM_CONFIG", config)
    }
    set("TANDEM_PROGRAMME", folder.path)
    let status: Int32
    switch destination {
    case .standardOutput:
      status = try Plumbing.wait { [own] in
        try await Subprocess.run(
          .path(FilePath(path)), arguments: Arguments(words + shared), environment: .inherit.updating(own),
          input: .currentStandardInput, output: .currentStandardOutput, error: .currentStandardError
        ).terminationStatus
      }
    case .file(let file):
      let descriptor = SystemCall.open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard descriptor >= 0 else { throw FileError.cannotCreate(path: file, errno: errno) }
      status = try Plumbing.wait { [own] in
        try await Subprocess.run(
          .path(FilePath(path)), arguments: Arguments(words + shared), environment: .inherit.updating(own),
          input: .currentStandardInput,
          output: .fileDescriptor(FileDescriptor(rawValue: descriptor), closeAfterSpawningProcess: true),
          error: .currentStandardError
        ).terminationStatus
      }
    }
    guard let known = ToolStatus(rawValue: status) else {
      throw ToolFailure(.ioError, "ended with \(status): nothing was committed", file: "tandem-\(name)")
    }
    return known
  }

  /// The exit code, or 128 and the signal's number.
  private static func wait(_ run: @escaping @Sendable () async throws -> TerminationStatus) throws -> Int32 {
    let result: Result<TerminationStatus, any Error> = waiting {
      do { return .success(try await run()) } catch { return .failure(error) }
    }
    switch result {
    case .success(.exited(let status)): return status
    case .success(.signaled(let signal)): return 128 + signal
    case .failure(let error): throw ToolFailure(.noInput, "a tool cannot be run: \(error)")
    }
  }
}
