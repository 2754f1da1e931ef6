import Basics
import Foundation
import TestSupport

/// A process that a test may kill: its streams are files, so that nothing it wrote is lost with it.
struct Child {
  struct Ending: Sendable {
    /// The exit code; of one that was killed, the signal with a minus.
    var status: Int32
    var output: [UInt8]
    var errors: String
  }

  /// Where the tools are: beside the tests, or in $TANDEM_TOOLS (a release build is sooner done with hundreds of kills).
  static let tools = ProcessInfo.processInfo.environment["TANDEM_TOOLS"] ?? Repository.tools

  private let process: pid_t
  private let folder: String

  /// Starts a command in a folder.
  ///
  /// - Parameters:
  ///   - call: the tool's name and its arguments.
  ///   - input: a file; nil: no input at all.
  ///   - shell: what else the shell does before, such as closing a stream.
  init(
    _ call: [String], in folder: String, input: String? = nil, environment: [String: String] = [:],
    redirection: String = ""
  ) throws {
    let streams = folder + ".streams"
    try FileManager.default.createDirectory(atPath: streams, withIntermediateDirectories: true)
    self.folder = folder
    var variables = ProcessInfo.processInfo.environment
    variables["TANDEM_CONFIG"] = Repository.path + "/Config"
    variables["TANDEM_REGION"] = "pl"
    variables.merge(environment) { $1 }
    let program = call[0].contains("/") ? call[0] : "\(Child.tools)/\(call[0])"
    // The preloaded library is for the tool alone, not for the shell.
    let preload = variables.removeValue(forKey: "LD_PRELOAD").map { "LD_PRELOAD='\($0)' " } ?? ""
    let script =
      "cd \"$1\" && out=$2 && in=$3 && shift 3 && \(preload)exec \"$@\" <\"$in\" >\"$out/1\" 2>\"$out/2\" "
      + redirection
    let words =
      [
        "/bin/sh", "-c", script, "sh", folder, streams, input.map { "\(folder)/\($0)" } ?? "/dev/null",
        program,
      ]
      + call.dropFirst()
    var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var values: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in pointers + values { free(pointer) } }
    var started: pid_t = 0
    let result = posix_spawn(&started, "/bin/sh", nil, nil, &pointers, &values)
    guard result == 0 else { throw POSIXError(POSIXErrorCode(rawValue: result) ?? .EIO) }
    process = started
  }

  func kill() { _ = Foundation.kill(process, SIGKILL) }

  /// Waits for the end.
  func ending() throws -> Ending {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    func bytes(_ name: String) -> [UInt8] {
      FileManager.default.contents(atPath: "\(folder).streams/\(name)").map { [UInt8]($0) } ?? []
    }
    return Ending(
      status: status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F), output: bytes("1"),
      errors: String(decoding: bytes("2"), as: UTF8.self))
  }

  static func run(
    _ call: [String], in folder: String, input: String? = nil, environment: [String: String] = [:],
    redirection: String = ""
  ) throws -> Ending {
    try Child(call, in: folder, input: input, environment: environment, redirection: redirection).ending()
  }
}

/// What is drawn by chance, and can be drawn again: the seed is printed, and taken from $TANDEM_SEED.
struct Draws: RandomNumberGenerator {
  static let seed: UInt64 = {
    let asked = ProcessInfo.processInfo.environment["TANDEM_SEED"].flatMap { UInt64($0) }
    let seed = asked ?? UInt64(Date().timeIntervalSince1970)
    print("faults: TANDEM_SEED=\(seed) TANDEM_KILLS=\(kills)")
    return seed
  }()

  /// How often each writer is killed.
  static let kills = ProcessInfo.processInfo.environment["TANDEM_KILLS"].flatMap { Int($0) } ?? 2

  private var numbers: SplitMix

  /// - Parameter name: of the test, so that none hangs on the order of the others.
  init(_ name: String) {
    numbers = SplitMix(seed: Draws.seed ^ StableHash(name.utf8).value)
  }

  mutating func next() -> UInt64 { numbers.next() }
}
