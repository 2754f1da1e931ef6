import Delivery
import Foundation
import Mailing
import RecordStream
import ToolSupport

/// A user and a password, from a file that nobody else may read, or from the environment; never from the call, which
/// every user of the machine can see.
enum ServerLogin {
  /// - Parameters:
  ///   - file: two lines, the user and the password.
  ///   - variables: what the environment's two variables begin with.
  /// - Returns: nil where neither is given.
  /// - Throws: exit code 66 for a file that cannot be read or that others may read, 64 for half a login.
  static func find(file: String?, variables: String, on console: Console) throws -> Login? {
    guard let file else {
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
    var status = stat()
    guard stat(file, &status) == 0, status.st_mode & 0o077 == 0 else {
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
