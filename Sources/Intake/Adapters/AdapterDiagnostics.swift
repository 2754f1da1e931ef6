package import Basics
import Programme

extension IntakeError {
  /// The report of an adapter's failure: what the program wrote, then why it failed.
  package var adapterDiagnostics: [Diagnostic] {
    let told: String
    var said: [Diagnostic] = []
    switch self {
    case .outsideFolder(let program), .notRunnable(let program), .tooSlow(let program, _),
      .tooLarge(let program, _), .notRun(let program, _), .noExport(let program):
      told = program
    case .failed(let program, _, let words):
      told = program
      said = words
    default: return []
    }
    return said + [Diagnostic(.error, message, file: told, code: code)]
  }
}
