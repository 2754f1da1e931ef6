import ArgumentParser
import Basics
import Delivery
import Foundation
import RecordStream
import ToolSupport

/// The options that say how a server lets us in, and how often it is asked: of every command that speaks with one.
///
/// User and password come from a file that nobody else may read, or from the environment; never from the call, which every
/// user of the machine can see.
struct ServerAccess: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "User and password, a line each, readable by nobody but its owner (mode 0600).", valueName: "file"),
    completion: .file())
  var credentials: String?

  @Option(
    help: ArgumentHelp("Trust these certificates (PEM) instead of the system's.", valueName: "file"),
    completion: .file())
  var roots: String?

  @Option(help: "How often a mail or a request is tried in this run.")
  var attempts = 5

  func validate() throws {
    guard (1...20).contains(attempts) else {
      throw ValidationError("--attempts is 1 to 20, not \(attempts)")
    }
  }

  /// The login: from the file, else from two variables of the environment.
  ///
  /// - Parameter variables: what their names begin with.
  /// - Returns: nil where neither is given.
  /// - Throws: exit code 66 for a file that cannot be read or that others may read, 64 for half a login.
  func login(variables: String, on console: Console) throws -> Login? {
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
    let input = try Input(path: file)
    guard let status = SystemCall.status(file), status.st_mode & 0o077 == 0 else {
      throw ToolFailure(
        .noInput, "others may read it: change its mode with chmod 600, and the password, too", file: file)
    }
    let lines = String(decoding: try input.readAll(limit: 1 << 16), as: UTF8.self)
      .split(whereSeparator: \.isNewline)
    guard lines.count == 2 else {
      throw ToolFailure(.noInput, "must hold two lines, the user and the password", file: file)
    }
    return Login(user: String(lines[0]), password: String(lines[1]))
  }
}
