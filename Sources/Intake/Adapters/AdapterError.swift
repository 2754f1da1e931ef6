package import Programme

/// Why an adapter gave nothing that can be read.
package enum AdapterError: Error, Hashable, Sendable {
  /// The program is not in the region's folder, or leads out of it.
  case outsideFolder(program: String)
  /// The program is not there, or may not be run.
  case notRunnable(program: String)
  /// The export cannot be found.
  case noExport(path: String)
  /// It took longer than the region allows, and was stopped.
  case tooSlow(program: String, seconds: Int)
  /// It wrote more than the region allows, and was stopped.
  case tooLarge(program: String, bytes: Int)
  /// It ended with an exit code other than 0; what it said is in the diagnostics.
  case failed(program: String, code: Int32, said: [Diagnostic])
  /// The system could not run it.
  case notRun(program: String, reason: String)

  package var diagnostics: [Diagnostic] {
    switch self {
    case .outsideFolder(let program):
      [AdapterError.told(program, "stands outside the region's folder: put the program into it")]
    case .notRunnable(let program):
      [AdapterError.told(program, "cannot be run: put an executable file there (chmod +x)")]
    case .noExport(let path):
      [AdapterError.told(path, "cannot be found: name an export that is there")]
    case .tooSlow(let program, let seconds):
      [
        AdapterError.told(
          program, "was stopped after \(seconds) s: make it faster, or raise time-limit in region.yaml")
      ]
    case .tooLarge(let program, let bytes):
      [
        AdapterError.told(
          program, "was stopped after \(bytes) bytes: let it write less, or raise size-limit in region.yaml")
      ]
    case .failed(let program, let code, let said):
      said + [AdapterError.told(program, "ended with exit code \(code): see what it said")]
    case .notRun(let program, let reason):
      [AdapterError.told(program, "could not be run (\(reason)): try it by hand")]
    }
  }

  private static func told(_ file: String, _ message: String) -> Diagnostic {
    Diagnostic(.error, message, file: file, code: "adapter")
  }
}
