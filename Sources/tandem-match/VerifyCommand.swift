import ArgumentParser
import Basics
import Matching
import Programme
import RecordStream
import ToolSupport

/// Proves a result without solving it again.
struct VerifyCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Prove that a result is the best, from its certificate, without solving it.",
    discussion: """
      Adds up the bound that the prices in the certificate give, and compares it with the chosen pairs. \
      Exit code 0: proved; 65: not.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The file that tandem-match --certificate wrote; -: standard input.", completion: .file())
  var certificate: String

  func run(on console: Console) throws -> ToolStatus {
    guard let input = try console.open([certificate]).first else { return .noInput }
    let bytes = try input.readAll()
    do throws(CertificateError) {
      let claim = try Certificate.read(bytes).verify()
      let worst = claim.worst.map { ", worst \($0)" } ?? ""
      try? console.output.write(
        "proved: \(counted(claim.pairs, "tandem")) (\(claim.locked) locked), total \(claim.total)"
          + "\(worst), the best by \(claim.objective.rawValue)\n")
      return .done
    } catch {
      throw ToolFailure(
        .badInput, [Diagnostic(.error, error.description, file: input.name, code: "not-proved")])
    }
  }
}
