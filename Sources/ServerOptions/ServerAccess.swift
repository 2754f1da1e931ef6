package import ArgumentParser
import Basics
package import Delivery
import Foundation
import RecordStream
package import ToolSupport

/// The options that say how a server lets us in, and how often it is asked: of every command that speaks with one.
///
/// Secrets come from files that nobody else may read, or from the environment; never from the call, which every user of the
/// machine can see.
package struct ServerAccess: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "User and password, a line each, readable by nobody but its owner (mode 0600).", valueName: "file"),
    completion: .file())
  package var credentials: String?

  @Option(
    help: ArgumentHelp(
      "Log in with OAuth 2.0 as this file says (mode 0600): Microsoft 365, Google; see the administrator's guide.",
      valueName: "file"), completion: .file())
  package var oauth2: String?

  @Option(
    help: ArgumentHelp("Trust these certificates (PEM) instead of the system's.", valueName: "file"),
    completion: .file())
  package var roots: String?

  @Option(help: "How often a mail or a request is tried in this run.")
  package var attempts = 5

  package init() {}

  package func validate() throws {
    guard (1...20).contains(attempts) else {
      throw ValidationError("--attempts is 1 to 20, not \(attempts)")
    }
    guard credentials == nil || oauth2 == nil else {
      throw ValidationError("give --credentials or --oauth2, not both")
    }
  }

  /// The login: a token, or user and password from the file, else from two variables of the environment.
  ///
  /// - Parameters:
  ///   - variables: what their names begin with.
  ///   - purpose: what a token is for.
  /// - Returns: nil where nothing is given.
  /// - Throws: exit code 66 for a file that cannot be read or that others may read, 64 for half a login, 69 where there is
  ///   no token to be had.
  package func login(
    variables: String, for purpose: OAuthSettings.Purpose, on console: Console
  ) throws -> Login? {
    if oauth2 != nil { return try token(for: purpose, on: console) }
    guard let file = credentials else {
      let (user, password) = (
        console.environment[variables + "_USER"], console.environment[variables + "_PASSWORD"]
      )
      switch (user, password) {
      case (let user?, let password?): return Login(user: user, password: password)
      case (nil, nil): return nil
      default:
        throw ToolFailure(
          .usage, "$\(variables)_USER and $\(variables)_PASSWORD go together; one of them is missing")
      }
    }
    let lines = try ServerAccess.secret(file).split(whereSeparator: \.isNewline)
    guard lines.count == 2 else {
      throw ToolFailure(.noInput, "must hold two lines, the user and the password", file: file)
    }
    return Login(user: String(lines[0]), password: String(lines[1]))
  }

  /// A login with an access token; nil without --oauth2.
  ///
  /// - Throws: as `login`.
  package func token(for purpose: OAuthSettings.Purpose, on console: Console) throws -> Login? {
    guard let tokens = try tokens(on: console) else { return nil }
    do throws(OAuthError) {
      return try tokens.login(for: purpose)
    } catch {
      throw ToolFailure(.unavailable, error.message, file: oauth2)
    }
  }

  /// The account that --oauth2 names; nil without it.
  package func tokens(on console: Console) throws -> OAuthTokens? {
    guard let file = oauth2 else { return nil }
    let text = try ServerAccess.secret(file)
    let settings: OAuthSettings
    do throws(OAuthSettings.Fault) {
      settings = try OAuthSettings(text, secret: console.environment["TANDEM_OAUTH2_SECRET"])
    } catch {
      throw ToolFailure(.noInput, [Diagnostic(.error, error.message, file: file, line: error.line)])
    }
    do throws(OAuthError) {
      return try OAuthTokens(settings, file: file + ".token", roots: roots)
    } catch {
      throw ToolFailure(.noInput, error.message, file: file)
    }
  }

  /// The text of a file that its owner alone may read.
  private static func secret(_ file: String) throws -> String {
    let input = try Input(path: file)
    guard let status = SystemCall.status(file), status.st_mode & 0o077 == 0 else {
      throw ToolFailure(
        .noInput, "others may read it: change its mode with chmod 600, and the password, too", file: file)
    }
    return String(decoding: try input.readAll(limit: 1 << 16), as: UTF8.self)
  }
}
