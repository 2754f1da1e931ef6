import CLibCurl
import Foundation

/// Requests to one server through libcurl, over one connection where the server keeps it (RFC 9110).
final class HTTPConnection {
  struct Response {
    var status: Int
    /// By name in lower case; the last of each.
    var fields: [String: String]
    var body: [UInt8]
  }

  /// `https://calendar.example.com:8443`.
  let origin: String
  private let transfer: Transfer

  init?(origin: String, login: Login?, roots: String?, patience: Int) {
    let settings = Transfer.Settings(
      schemes: "http,https", login: login, roots: roots, patience: patience)
    guard let transfer = Transfer(settings) else { return nil }
    self.origin = origin
    self.transfer = transfer
  }

  /// One request. Redirects are answers like any other: what is written goes nowhere but where it was meant to.
  ///
  /// - Parameters:
  ///   - path: percent-encoded, from `/` on.
  ///   - body: nil for a request without one.
  /// - Throws: `CalDAVError.connection`, `.certificate`.
  func request(
    _ method: String, _ path: String, fields: [String: String] = [:], body: [UInt8]? = nil
  ) throws(CalDAVError) -> Response {
    transfer.begin(origin + path)
    transfer.set(CURLOPT_CUSTOMREQUEST, method)
    transfer.set(CURLOPT_HTTPAUTH, tandem_curl_basic)
    transfer.set(CURLOPT_ACCEPT_ENCODING, "")
    transfer.set(CURLOPT_USERAGENT, "tandem-invite")
    // Without a wait for `100 Continue`, which some servers never send.
    transfer.set(
      CURLOPT_HTTPHEADER, list: ["Expect:"] + fields.map { "\($0.key): \($0.value)" }.sorted())
    if let body { transfer.setBody(body) }
    let result = transfer.perform()
    switch result.code {
    case CURLE_OK: break
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_CONNECT_ERROR:
      throw .certificate(result.reason)
    default: throw .connection(result.reason)
    }
    var known: [String: String] = [:]
    for line in result.lines.split(separator: 10) {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let value = String(decoding: line[(colon + 1)...], as: UTF8.self)
      known[String(decoding: line[..<colon], as: UTF8.self).lowercased()] =
        value.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    return Response(status: result.status, fields: known, body: result.body)
  }
}
