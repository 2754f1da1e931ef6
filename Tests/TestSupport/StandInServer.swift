import Foundation

/// A server on loopback, or a stand-in for one, that runs until this value is released.
public final class StandInServer {
  public enum Kind: String, Sendable {
    case smtp, caldav, hostile, xandikos, imap, web, postfix
  }

  public let port: Int
  private let process = Process()
  private let input = Pipe()

  /// Starts Tests/TestSupport/Servers/KIND_server.py, which prints its port and ends with its standard input.
  ///
  /// - Parameters:
  ///   - folder: where the server keeps what it receives, and its certificate.
  ///   - ways: what the server demands of its clients: see the script's head.
  public init(_ kind: Kind, folder: String, _ ways: [String] = []) throws {
    process.executableURL = URL(fileURLWithPath: try Python.path())
    process.arguments =
      [
        Repository.path + "/Tests/TestSupport/Servers/\(kind.rawValue)_server.py", folder,
      ] + ways
    let messages = folder + ".messages"
    _ = FileManager.default.createFile(atPath: messages, contents: nil)
    defer { try? FileManager.default.removeItem(atPath: messages) }
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle(forWritingAtPath: messages)
    try process.run()
    var line: [UInt8] = []
    while line.last != 10, let byte = try output.fileHandleForReading.read(upToCount: 1)?.first {
      line.append(byte)
    }
    guard let port = Int(String(decoding: line.dropLast(), as: UTF8.self)) else {
      let reason = (try? String(contentsOfFile: messages, encoding: .utf8)) ?? ""
      throw Missing(
        "no \(kind.rawValue) server: \(reason.suffix(1000))",
        remedy: "if a package is missing, delete .build/test-python and run `make test-setup`")
    }
    self.port = port
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
