import Basics
import Foundation

/// Where a programme's database is: `postgresql://wanda@db.example.org/hr?programme=autumn`.
///
/// It follows libpq's syntax for addresses (PostgreSQL's manual, "Connection URIs"), with three differences:
///
/// - `programme` names the programme, so that several share a database: its tables are in the schema `tandem_autumn`,
///   without a name in `tandem`.
/// - It never holds a password: addresses appear in messages, in scripts and in the list of processes.
/// - Off this machine the connection is encrypted, and the server's certificate is verified unless the address asks for
///   `sslmode=require` or `verify-ca`.
struct PostgresAddress: Hashable {
  /// What libpq is called with.
  let parameters: [String: String]
  let schema: String
  /// The address for messages.
  let name: String
  /// Whether the server is on this machine.
  let isLocal: Bool

  /// Names longer than this would be cut by the server: it keeps 63 bytes with our prefix.
  private static let longestName = 40

  /// - Parameters:
  ///   - defaults: the connection parameters that the environment sets.
  ///   - home: the user's own folder, where libpq looks for files.
  /// - Throws: `StoreError.cannotOpen`; its reason repeats no part of an address that may be a password.
  init(
    _ text: String, defaults: [String: String] = PostgresConnection.defaults(),
    home: String = ProcessInfo.processInfo.environment["HOME"] ?? ""
  ) throws(StoreError) {
    let (address, programme) = try PostgresAddress.split(text)
    guard let own = PostgresConnection.parameters(of: address) else {
      throw .cannotOpen("it is not an address such as postgresql://user@host/database?programme=autumn")
    }
    guard own["password"] == nil, own["sslpassword"] == nil else { throw PostgresAddress.holdsPassword }
    guard own["service"] == nil else {
      throw .cannotOpen("an address names its server itself, not a service")
    }
    guard own["port"].map({ $0.utf8.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: ",") } }) ?? true
    else {
      throw .cannotOpen("its port is not a number")
    }
    var all = defaults.merging(own) { $1 }
    let host = all["hostaddr"] ?? all["host"] ?? ""
    isLocal = host.split(separator: ",", omittingEmptySubsequences: false).allSatisfy(PostgresAddress.isLocal)
    if !isLocal { try PostgresAddress.encrypt(&all, home: home) }
    try PostgresAddress.checkPasswordFile(all, home: home)
    let usual = [
      "application_name": "tandem", "connect_timeout": "10", "keepalives_idle": "30",
      "keepalives_interval": "10", "keepalives_count": "3", "tcp_user_timeout": "60000",
    ]
    parameters = all.merging(usual) { given, _ in given }.merging(["client_encoding": "UTF8"]) { $1 }
    schema = programme.map { "tandem_\($0)" } ?? "tandem"
    let user = all["user"].map { $0 + "@" } ?? ""
    let port = all["port"].map { ":" + $0 } ?? ""
    name =
      "postgresql://\(user)\(all["host"] ?? all["hostaddr"] ?? "")\(port)/\(all["dbname"] ?? "")"
      + (programme.map { "?programme=\($0)" } ?? "")
  }

  private static let holdsPassword = StoreError.cannotOpen(
    "an address must not hold a password: put it into $PGPASSWORD, or into a file that only you may read, named in "
      + "$PGPASSFILE (an @ that belongs to a name is written %40)")

  /// The address as libpq knows it, and the name of the programme.
  private static func split(_ text: String) throws(StoreError) -> (String, String?) {
    guard let scheme = ["postgresql://", "postgres://"].first(where: text.hasPrefix) else {
      throw .cannotOpen("an address of PostgreSQL begins with postgresql://")
    }
    // Before libpq sees it: its messages quote the address. A password may hold any character, so that every colon
    // before an @ counts.
    let rest = text.dropFirst(scheme.count)
    if let at = rest.lastIndex(of: "@"), rest[..<at].contains(":") { throw holdsPassword }
    guard let mark = rest.firstIndex(of: "?") else { return (text, nil) }
    var programme: String?
    var others: [Substring] = []
    for part in rest[rest.index(after: mark)...].split(separator: "&") {
      guard part.hasPrefix("programme=") else {
        others.append(part)
        continue
      }
      let name = part.dropFirst("programme=".count)
      let isName =
        name.first.map { ("a"..."z").contains($0) } ?? false
        && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0.isASCIIDigit || $0 == UInt8(ascii: "_") }
      guard isName, name.utf8.count <= longestName else {
        throw .cannotOpen(
          "a programme's name in a database is at most \(longestName) letters a-z, digits and _, a letter first"
        )
      }
      programme = String(name)
    }
    let query = others.isEmpty ? "" : "?" + others.joined(separator: "&")
    return ("\(scheme)\(rest[..<mark])\(query)", programme)
  }

  /// A Unix socket or the loopback interface.
  private static func isLocal(_ host: Substring) -> Bool {
    if host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@") { return true }
    if host == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// Where a distribution keeps the certificates that it trusts: Debian, Fedora, openSUSE, Alpine.
  private static let trusted = [
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
  ]

  private static func encrypt(_ parameters: inout [String: String], home: String) throws(StoreError) {
    let mode = parameters["sslmode"] ?? "verify-full"
    guard ["require", "verify-ca", "verify-full"].contains(mode) else {
      throw .cannotOpen(
        "sslmode=\(mode) allows a connection to another machine that is not encrypted; leave it out for verify-full"
      )
    }
    parameters["sslmode"] = mode
    // Its encryption would count as such although it is not TLS.
    parameters["gssencmode"] = "disable"
    guard parameters["sslrootcert"] == nil, mode != "require",
      SystemCall.status(home + "/.postgresql/root.crt") == nil
    else { return }
    if PostgresConnection.libraryVersion >= 160_000 {
      if mode == "verify-full" { parameters["sslrootcert"] = "system" }
    } else {
      parameters["sslrootcert"] = trusted.first { SystemCall.status($0) != nil }
    }
  }

  /// libpq ignores a file that others may read, and the server then asks for a password that is there.
  private static func checkPasswordFile(_ parameters: [String: String], home: String) throws(StoreError) {
    guard parameters["password"] == nil else { return }
    let path = parameters["passfile"] ?? home + "/.pgpass"
    guard let status = SystemCall.status(path) else {
      guard parameters["passfile"] == nil else {
        throw .cannotOpen("\(path): the password file cannot be read (\(SystemCall.reason(errno)))")
      }
      return
    }
    guard FileKind(status.st_mode) == .file else {
      throw .cannotOpen("\(path): the password file is not a file")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw .cannotOpen("\(path): others may read the password file; run `chmod 600 \(path)`")
    }
  }
}
