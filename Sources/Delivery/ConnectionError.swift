import CLibCurl

/// Why no whole answer came from a server, whatever it speaks.
package enum ConnectionError: Error, Hashable, Sendable {
  /// It cannot be reached, or went away.
  case unreachable(String)
  /// No TLS could be agreed on.
  case handshake(String)
  /// Its certificate is not to be trusted.
  case certificate(String)
  /// It answers in a way that no honest server does, and why.
  case hostile(String)

  /// nil where the transfer was carried out.
  init?(_ result: Transfer.Result) {
    switch result.stop {
    case .tooLarge: self = .hostile("its answer is larger than \(Transfer.largestAnswer >> 20) MB")
    case .tooPacked: self = .hostile("a few compressed bytes of its answer unfold to very many")
    case .tooSlow:
      self = .hostile(
        "its answer trickles in, fewer than \(Transfer.leastPace.bytes) bytes in \(Transfer.leastPace.seconds) seconds"
      )
    case .refused: self = .hostile("its answer cannot be read")
    case nil:
      switch result.code {
      case CURLE_OK: return nil
      case CURLE_SSL_CONNECT_ERROR: self = .handshake(result.reason)
      case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
        self = .certificate(result.reason)
      case CURLE_BAD_CONTENT_ENCODING: self = .hostile(result.reason)
      default: self = .unreachable(result.reason)
      }
    }
  }

  /// Lower case: what is wrong, and what to do.
  ///
  /// - Parameter server: `calendar server`.
  package func message(of server: String) -> String {
    switch self {
    case .unreachable(let reason): "the \(server) cannot be reached: \(reason)"
    case .handshake(let reason):
      "no encrypted connection to the \(server): \(reason); check the port, and whether it begins with TLS"
    case .certificate(let reason):
      "the \(server) is not trusted: \(reason); name its authority's certificate with --roots"
    case .hostile(let reason): "the \(server)'s answer is refused: \(reason)"
    }
  }
}
