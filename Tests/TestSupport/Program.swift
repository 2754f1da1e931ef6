import Foundation

/// A program of this machine.
public enum Program {
  public struct Run: Sendable {
    /// The exit code; of a program that a signal ended, the signal with a minus.
    public var status: Int32
    /// Standard output and standard error, in the order of writing.
    public var text: String
  }

  /// The file that a name on `$PATH` stands for.
  public static func path(_ name: String) throws -> String {
    if name.contains("/") {
      guard FileManager.default.isExecutableFile(atPath: name) else { throw Missing("\(name) is missing") }
      return name
    }
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    guard
      let path = folders.lazy.map({ "\($0)/\(name)" }).first(where: FileManager.default.isExecutableFile)
    else { throw Missing("\(name) is not installed") }
    return path
  }

  /// The search path for programs that tests start: `python3` is the tests' own.
  ///
  /// - Parameter first: folders before all others.
  public static func searchPath(_ first: String...) throws -> String {
    (first + [try Python.folder(), ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"])
      .joined(separator: ":")
  }

  /// Makes a written script a program. Another process copies it: a file that this one had open for writing cannot be run
  /// while a program that another test starts at that moment still holds it (ETXTBSY).
  public static func makeExecutable(_ path: String) throws {
    let draft = path + ".draft"
    try FileManager.default.moveItem(atPath: path, toPath: draft)
    let run = try run("install", ["-m", "755", draft, path])
    guard run.status == 0 else { throw Missing("install failed: \(run.text)") }
    try FileManager.default.removeItem(atPath: draft)
  }

  /// Runs a program to its end, without input.
  public static func run(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
    in folder: String? = nil
  ) throws -> Run {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: try path(program))
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Run(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      text: String(decoding: bytes, as: UTF8.self))
  }
}
