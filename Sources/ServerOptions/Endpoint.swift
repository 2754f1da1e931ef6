import ArgumentParser
package import Delivery

/// `HOST:PORT` on the command line; an IPv6 address in brackets.
package struct Endpoint: Hashable, Sendable, ExpressibleByArgument {
  package let host: String
  package let port: Int

  /// nil for what is none.
  package init?(argument text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (1...65_535).contains(port)
    else { return nil }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    let isHost = host.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || ".-:_".unicodeScalars.contains($0)
    }
    guard !host.isEmpty, isHost else { return nil }
    (self.host, self.port) = (host, port)
  }
}

extension TransportSecurity: ExpressibleByArgument {
  /// What is not encrypted has a flag of its own.
  package init?(argument: String) {
    guard argument != "none" else { return nil }
    self.init(rawValue: argument)
  }

  package static var allValueStrings: [String] { [TransportSecurity.implicit, .startTLS].map(\.rawValue) }
}
