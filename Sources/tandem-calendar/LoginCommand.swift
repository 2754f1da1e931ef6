import ArgumentParser
import Basics
import Delivery
import RecordStream
import ServerOptions
import ToolSupport

/// `tandem-calendar login`: a person confirms an account once.
struct LoginCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "login",
    abstract: "Confirm an account of Microsoft 365 or Google once, for --oauth2.",
    discussion: """
      Shows a code and an address: whoever owns the account opens the address in any browser, and confirms. What comes of it \
      is kept beside the file of --oauth2 (FILE.token, mode 0600), and serves sending, fetching and copying from then on. \
      Accounts with a secret of their own need no confirmation.
      """)

  @Option(name: .customLong("for"), help: "What the account is for: mail or calendars.")
  var purpose: OAuthSettings.Purpose = .mail

  @OptionGroup var access: ServerAccess
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard access.oauth2 != nil else { throw ValidationError("give --oauth2 FILE") }
  }

  func run(on console: Console) throws -> ToolStatus {
    guard let tokens = try access.tokens(on: console) else { return .usage }
    do throws(OAuthError) {
      try tokens.confirm(for: purpose) { wanted in
        console.report(
          Diagnostic(
            .note,
            "open \(wanted.address) and enter \(wanted.code) within \(max(1, wanted.seconds / 60)) minutes"))
      }
    } catch {
      throw ToolFailure(.unavailable, error.message, file: access.oauth2)
    }
    console.report(Diagnostic(.note, "the account is confirmed"))
    return .done
  }
}

extension OAuthSettings.Purpose: ExpressibleByArgument {}
