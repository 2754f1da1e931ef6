import Foundation

/// A request that is made again, with growing pauses, while what fails may pass.
package struct Retrying: Sendable {
  /// How often in all.
  let attempts: Int
  /// Called with the seconds to wait before a further attempt: 1, 2, 4 …, or what the server asks for; at most 60.
  let wait: @Sendable (Int) -> Void

  package init(attempts: Int = 5, wait: @escaping @Sendable (Int) -> Void = { sleep(UInt32($0)) }) {
    self.attempts = attempts
    self.wait = wait
  }

  /// Whether the server may answer otherwise later.
  static func isTransient(_ status: Int) -> Bool { [408, 425, 429, 500, 502, 503, 504].contains(status) }

  /// - Returns: the last answer.
  /// - Throws: what the last attempt threw.
  func run(_ work: () throws -> HTTPConnection.Response) throws -> HTTPConnection.Response {
    var attempt = 0
    while true {
      attempt += 1
      var asked = 0
      do {
        let response = try work()
        if !Retrying.isTransient(response.status) || attempt >= attempts { return response }
        asked = response.retryAfter ?? 0
      } catch let error as ConnectionError {
        guard case .unreachable = error, attempt < attempts else { throw error }
      }
      wait(min(60, max(asked, 1 << min(attempt - 1, 6))))
    }
  }
}
