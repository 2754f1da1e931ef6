import Basics
import CLibCurl
import Foundation

/// Requests to one server through libcurl, over one connection where the server keeps it (RFC 9110).
final class HTTPConnection {
  struct Response {
    var status: Int
    /// By name in lower case; the last of each.
    var fields: [String: String]
    /// Empty where the body went to a reader.
    var body: [UInt8]

    /// Seconds to wait before another attempt; nil: the server does not say.
    var retryAfter: Int? { fields["retry-after"].flatMap { Int($0) }.map { max(0, $0) } }
  }

  /// `https://calendar.example.com:8443`.
  let origin: String
  private let transfer: Transfer
  private let isToken: Bool

  /// - Parameter longest: seconds for one whole answer.
  init?(origin: String, login: Login?, roots: String?, patience: Int, longest: Int = 600) {
    let settings = Transfer.Settings(
      schemes: "http,https", login: login, roots: roots, patience: patience, longest: longest)
    guard let transfer = Transfer(settings) else { return nil }
    self.origin = origin
    self.transfer = transfer
    isToken = login?.isToken == true
  }

  /// One request. Redirects are answers like any other: what is written goes nowhere but where it was meant to.
  ///
  /// - Parameters:
  ///   - path: percent-encoded, from `/` on.
  ///   - body: nil for a request without one.
  ///   - sink: gets the body of a good answer in pieces; what it throws ends the request, and comes out of it.
  /// - Throws: `ConnectionError`, or what the sink threw.
  func request(
    _ method: String, _ path: String, fields: [String: String] = [:], body: [UInt8]? = nil,
    sink: (([UInt8]) throws -> Void)? = nil
  ) throws -> Response {
    for (name, value) in fields where !HTTPConnection.isFieldValue(value) {
      throw ConnectionError.hostile("what it gave for \(name) has control characters")
    }
    transfer.begin(origin + path)
    transfer.set(CURLOPT_CUSTOMREQUEST, method)
    transfer.set(CURLOPT_HTTPAUTH, isToken ? tandem_curl_bearer : tandem_curl_basic)
    transfer.set(CURLOPT_ACCEPT_ENCODING, "")
    transfer.set(CURLOPT_USERAGENT, "tandem")
    // Without a wait for `100 Continue`, which some servers never send.
    transfer.set(
      CURLOPT_HTTPHEADER, list: ["Expect:"] + fields.map { "\($0.key): \($0.value)" }.sorted())
    if let body { transfer.setBody(body) }
    let result = transfer.perform(sink: sink)
    if let thrown = result.thrown { throw thrown }
    if let error = ConnectionError(result) { throw error }
    var known: [String: String] = [:]
    for line in result.lines.split(separator: 10) {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let value = String(decoding: line[(colon + 1)...], as: UTF8.self)
      known[String(decoding: line[..<colon], as: UTF8.self).lowercased()] =
        value.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    return Response(status: result.status, fields: known, body: result.body)
  }

  /// Whether a value may be part of a request's head: nothing in it ends a line or begins another (RFC 9110, section 5.5).
  static func isFieldValue(_ value: String) -> Bool {
    value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 9 }
  }
}
