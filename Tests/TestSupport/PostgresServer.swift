import Foundation
import Synchronization

/// PostgreSQL on loopback, in a folder of its own. It ends when this value is released, at the latest with the tests.
public final class PostgresServer: Sendable {
  /// Its first role, which may do anything.
  public static let administrator = "postgres"

  /// Members of this role need a password on TCP; nobody else does.
  public static let passwordGroup = "needs_password"

  public let port: Int
  /// It holds the data, the server's socket and its certificate.
  public let folder: String
  private let running = Mutex<Running?>(nil)
  private let databases = Atomic(0)

  private struct Running {
    var process: Process
    var input: Pipe
  }

  private static let only = Result { try PostgresServer() }

  /// The server for every test that does not stop it.
  public static func shared() throws -> PostgresServer { try only.get() }

  /// Makes the data and starts the server, which takes about two seconds.
  ///
  /// It never waits for the disk. What it committed survives its own crash all the same, though not the machine's.
  public init() throws {
    folder = try PostgresServer.makeFolder()
    let made = try PostgresServer.run(
      "initdb",
      [
        // Its order of texts differs from the order of bytes, which the store must not depend on.
        "-D", folder + "/data", "--no-sync", "--auth=trust", "--username=" + PostgresServer.administrator,
        "--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en",
        "--no-instructions",
      ])
    guard made.status == 0 else { throw Missing("initdb failed: \(made.text)") }
    // Written in place, so that the file stays the server's own.
    let rules = URL(fileURLWithPath: folder + "/data/pg_hba.conf")
    let demand = Data("host all +\(PostgresServer.passwordGroup) all scram-sha-256\n".utf8)
    try (demand + Data(contentsOf: rules)).write(to: rules)
    try PostgresServer.makeCertificate(in: folder, "server")
    var port = 0
    for _ in 0..<5 where port == 0 {
      let free = try PostgresServer.freePort()
      if try PostgresServer.start(folder, free, running) { port = free }
    }
    guard port > 0 else { throw Missing("PostgreSQL finds no free port") }
    self.port = port
    try administer("CREATE ROLE \(PostgresServer.passwordGroup)")
  }

  deinit { stop() }

  // MARK: - Databases and roles

  /// A database of its own for a test; its name.
  public func makeDatabase() throws -> String {
    let name = "test\(databases.add(1, ordering: .relaxed).newValue)"
    try administer("CREATE DATABASE \(name)")
    return name
  }

  /// A copy of a database that nobody is connected to.
  public func makeDatabase(copying original: String) throws -> String {
    let name = "test\(databases.add(1, ordering: .relaxed).newValue)"
    try administer("CREATE DATABASE \(name) TEMPLATE \(original)")
    return name
  }

  public func dropDatabase(_ name: String) throws { try administer("DROP DATABASE \(name) WITH (FORCE)") }

  /// A role that may connect; its name, unlike every other.
  public func makeRole(_ stem: String, _ options: String = "") throws -> String {
    let name = "\(stem)_\(databases.add(1, ordering: .relaxed).newValue)"
    try administer("CREATE ROLE \(name) LOGIN \(options)")
    return name
  }

  /// The store's address for a database.
  public func address(
    _ database: String, as role: String = PostgresServer.administrator, port: Int? = nil, _ more: String...
  ) -> String {
    let query = more.isEmpty ? "" : "?" + more.joined(separator: "&")
    return "postgresql://\(role)@127.0.0.1:\(port ?? self.port)/\(database)\(query)"
  }

  /// Runs statements as one role does in psql; it stops at the first that fails.
  public func psql(
    _ sql: String, in database: String = "postgres", as role: String = PostgresServer.administrator
  ) throws -> Program.Run {
    try Program.run(
      PostgresServer.program("psql"),
      [
        "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", folder, "-p", "\(port)", "-U", role, "-d", database, "-c",
        sql,
      ])
  }

  /// - Throws: where a statement fails.
  public func administer(_ sql: String, in database: String = "postgres") throws {
    let run = try psql(sql, in: database)
    guard run.status == 0 else { throw Missing("psql failed: \(run.text)") }
  }

  // MARK: - Start and stop

  public func start() throws {
    guard try PostgresServer.start(folder, port, running) else { throw Missing("its port is taken") }
  }

  /// Stops it; the data stays until this value is released.
  ///
  /// - Parameter signal: `INT` ends all sessions in good order, `QUIT` as a crash does.
  public func stop(_ signal: String) {
    finish { input in try input.write(contentsOf: Data((signal + "\n").utf8)) }
  }

  private func stop() {
    finish { _ in }
    try? FileManager.default.removeItem(atPath: folder)
  }

  private func finish(_ order: (FileHandle) throws -> Void) {
    running.withLock { running in
      guard let ended = running.take() else { return }
      try? order(ended.input.fileHandleForWriting)
      try? ended.input.fileHandleForWriting.close()
      ended.process.waitUntilExit()
    }
  }

  /// Starts the server by a shell that waits for one line of input, or for its end: it comes when the tests end, in whatever
  /// way. A signal at the parent's death would not do, since it comes at the death of the thread that started the server.
  ///
  /// - Returns: false if the port is taken.
  private static func start(
    _ folder: String, _ port: Int, _ running: borrowing Mutex<Running?>
  ) throws -> Bool {
    let script = """
      trap '' INT HUP TERM
      folder=$1; shift
      "$@" >"$folder/log" 2>&1 </dev/null &
      server=$!
      if read -r signal; then kill -s "$signal" $server; wait $server
      else kill -s QUIT $server; wait $server; rm -rf "$folder"; fi
      """
    let options = [
      "listen_addresses=127.0.0.1", "unix_socket_directories=\(folder)", "ssl=on",
      "ssl_cert_file=\(folder)/server.crt", "ssl_key_file=\(folder)/server.key", "max_connections=100",
      "shared_buffers=32MB", "logging_collector=off", "lc_messages=C",
      "fsync=off",
    ]
    let server =
      try owner() + [program("postgres"), "-D", folder + "/data", "-p", "\(port)"]
      + options.flatMap { ["-c", $0] }
    let process = Process()
    let input = Pipe()
    // Not dash: its `wait` needs the signal SIGCHLD, which the threads of Dispatch block for their children too.
    process.executableURL = URL(fileURLWithPath: try Program.path("bash"))
    process.arguments = ["-c", script, "bash", folder] + server
    // The clock that a run of the tests pretends to is not the server's.
    process.environment = ProcessInfo.processInfo.environment.filter { $0.key != "LD_PRELOAD" }
    process.standardInput = input
    // Whoever reads the tests' output must not wait for the server.
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    // The last line of this file says how far the server is.
    let state = folder + "/data/postmaster.pid"
    for _ in 0..<3000 {
      let isReady =
        (try? String(contentsOfFile: state, encoding: .utf8))?.split(separator: "\n").last?.hasPrefix("ready")
        ?? false
      if isReady {
        running.withLock { $0 = Running(process: process, input: input) }
        return true
      }
      let log = (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? ""
      // A client that comes too early is a FATAL error too.
      if log.split(separator: "\n").contains(where: {
        $0.contains("FATAL:") && !$0.contains("the database system is")
      }) {
        try? input.fileHandleForWriting.write(contentsOf: Data("QUIT\n".utf8))
        process.waitUntilExit()
        guard log.contains("could not create any TCP/IP sockets") else {
          throw Missing("no PostgreSQL: \(log)")
        }
        return false
      }
      usleep(10_000)
    }
    try? input.fileHandleForWriting.close()
    throw Missing("PostgreSQL does not start within 30 s")
  }

  // MARK: - Making it

  /// A program of PostgreSQL. Debian keeps those of each version in a folder that is on no search path.
  public static func program(_ name: String) throws -> String {
    let root = "/usr/lib/postgresql"
    let isThere = FileManager.default.fileExists(atPath: root)
    let names = try isThere ? FileManager.default.contentsOfDirectory(atPath: root) : []
    if let newest = names.compactMap({ Int($0) }).max() {
      return try Program.path("\(root)/\(newest)/bin/\(name)")
    }
    do {
      return try Program.path(name)
    } catch {
      throw Missing(
        "PostgreSQL is not installed", remedy: "run `apt-get install postgresql` or `make test-setup`")
    }
  }

  /// PostgreSQL refuses to run as root: what changes to another user, before the program's name.
  private static func owner() throws -> [String] {
    guard let user = user() else { return [] }
    return [try Program.path("setpriv"), "--reuid=\(user.id)", "--regid=\(user.group)", "--clear-groups"]
  }

  private static func user() -> (id: uid_t, group: gid_t)? {
    guard getuid() == 0, let user = getpwnam("postgres") ?? getpwnam("nobody") else { return nil }
    return (user.pointee.pw_uid, user.pointee.pw_gid)
  }

  private static func run(_ name: String, _ arguments: [String]) throws -> Program.Run {
    let words = try owner() + [program(name)] + arguments
    return try Program.run(words[0], Array(words.dropFirst()), in: "/")
  }

  /// A folder that the server's user can reach, with a path short enough for a socket.
  private static func makeFolder() throws -> String {
    for place in [FileManager.default.temporaryDirectory.path, "/tmp"] where place.utf8.count < 50 {
      let folder = "\(place)/tandem-postgres-\(UUID().uuidString.prefix(8))"
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      if let user = user() {
        _ = chown(folder, user.id, user.group)
        let check = try owner() + [try Program.path("test"), "-w", folder]
        guard try Program.run(check[0], Array(check.dropFirst()), in: "/").status == 0 else {
          try FileManager.default.removeItem(atPath: folder)
          continue
        }
      }
      return folder
    }
    throw Missing(
      "there is no temporary folder that an unprivileged user can reach", remedy: "set TMPDIR to one")
  }

  /// NAME.crt and NAME.key: a certificate for this machine that it signed itself.
  public static func makeCertificate(in folder: String, _ name: String) throws {
    let key = "\(folder)/\(name).key"
    let made = try Program.run(
      "openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
        "36500",
        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key,
        "-out",
        "\(folder)/\(name).crt",
      ])
    guard made.status == 0 else { throw Missing("openssl failed: \(made.text)") }
    if let user = user() { _ = chown(key, user.id, user.group) }
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
  }

  /// A port that the system gives to no client by itself, so that it is still free when the server starts again.
  private static func freePort() throws -> Int {
    for _ in 0..<100 {
      guard let (descriptor, port) = try? LoopbackSocket.listening(on: Int.random(in: 15_000..<30_000)) else {
        continue
      }
      close(descriptor)
      return port
    }
    throw Missing("there is no free port", remedy: "stop what listens on ports 15000 to 30000")
  }
}
