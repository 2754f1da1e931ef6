import Basics
import Foundation
import ToolSupport

/// A question on the terminal, answered by y or n.
enum Confirmation {
  /// Whether there is somebody to be asked.
  static func isAsked(on console: Console) -> Bool { console.errors.isTerminal && isatty(0) == 1 }

  static func ask(_ question: String, on console: Console) throws -> Bool {
    try console.errors.write("\(question) [y/N] ")
    try console.errors.flush()
    let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased()
    return answer == "y" || answer == "yes"
  }
}
