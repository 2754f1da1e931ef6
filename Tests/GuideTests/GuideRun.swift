import Foundation
import Subprocess
import SystemPackage
import TestSupport

/// One page's commands, run from top to bottom in one shell, in a fresh folder that holds Config and Examples.
final class GuideRun {
  /// What one command block showed.
  struct Shown {
    var output = ""
    var errors = ""
    /// Codes of the commands that failed, in order.
    var failures: [Int32] = []
  }

  let page: GuidePage
  private let folder: String
  private let kept: String
  private var servers: [NamedServer] = []

  init(_ page: GuidePage) throws {
    self.page = page
    let fresh = NSTemporaryDirectory() + "tandem-guide-\(UUID().uuidString)"
    folder = fresh + "/office"
    kept = fresh + "/kept"
    for path in [folder, kept] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    for name in ["Config", "Examples"] {
      try FileManager.default.copyItem(atPath: "\(Repository.path)/\(name)", toPath: "\(folder)/\(name)")
    }
    for standIn in page.standIns {
      servers.append(try NamedServer(standIn, folder: kept + "/\(servers.count)"))
    }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: URL(fileURLWithPath: folder).deletingLastPathComponent().path)
  }

  /// By the index of the command block among the page's blocks.
  func run() async throws -> [Int: Shown] {
    var script = """
      export GUIDE_KEPT='\(kept)'
      set -o pipefail
      trap 'echo $? >> "$GUIDE_KEPT/$GUIDE_STEP.failed"' ERR

      """
    for (index, block) in page.blocks.enumerated() {
      let source = "\(kept)/\(index).sh"
      switch block.role {
      case .command(_, let isAfresh):
        if isAfresh { script += "cd '\(folder)' && unset ${!TANDEM_*}\n" }
        let text = servers.reduce(block.text) {
          $0.replacingOccurrences(of: $1.address, with: $1.inCommands)
        }
        // The `:` keeps the last command's failure from being counted a second time, as the failure of the whole.
        try (text + ":\n").write(toFile: source, atomically: false, encoding: .utf8)
        let isApart = page.blocks[(index + 1)...].prefix {
          if case .command = $0.role { false } else { true }
        }.contains { $0.role == .standardOutput || $0.role == .standardErrors }
        let errors = isApart ? "2> '\(kept)/\(index).err'" : "2>&1"
        script += "GUIDE_STEP=\(index)\n. '\(source)' > '\(kept)/\(index).out' \(errors)\n"
      case .file(let name):
        try block.text.write(toFile: source, atomically: false, encoding: .utf8)
        script += "mkdir -p \"$(dirname '\(folder)/\(name)')\" && cp '\(source)' '\(folder)/\(name)'\n"
      default: continue
      }
    }
    try script.write(toFile: kept + "/page.sh", atomically: false, encoding: .utf8)
    let tools = Repository.tools
    var variables: [Environment.Key: String] = [
      "PATH": "\(tools):\(try Python.folder()):/usr/local/bin:/usr/bin:/bin", "HOME": folder, "TZ": "UTC",
      "LC_ALL": "C.UTF-8", "TMPDIR": FileManager.default.temporaryDirectory.path,
    ]
    // What libfaketime and the profiler of coverage need.
    for (name, value) in ProcessInfo.processInfo.environment
    where name == "LD_PRELOAD" || name.hasPrefix("FAKETIME") || name == "LLVM_PROFILE_FILE" {
      variables[Environment.Key(stringLiteral: name)] = value
    }
    let nothing = try FileDescriptor.open("/dev/null", .readOnly)
    _ = try await Subprocess.run(
      .name("bash"), arguments: ["--noprofile", "--norc", "\(kept)/page.sh"],
      environment: .custom(variables), workingDirectory: FilePath(folder),
      input: .fileDescriptor(nothing, closeAfterSpawningProcess: true), output: .discarded, error: .discarded)
    var shown: [Int: Shown] = [:]
    for (index, block) in page.blocks.enumerated() {
      guard case .command = block.role else { continue }
      shown[index] = Shown(
        output: kept("\(index).out"), errors: kept("\(index).err"),
        failures: kept("\(index).failed").split(separator: "\n").compactMap { Int32($0) })
    }
    return shown
  }

  private func kept(_ name: String) -> String {
    let text = (try? Data(contentsOf: URL(fileURLWithPath: kept + "/" + name))) ?? Data()
    // CSV ends its lines with CRLF; a page shows lines.
    let lines = String(decoding: text, as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n")
    return servers.reduce(lines) {
      $0.replacingOccurrences(of: $1.inMessages, with: $1.address)
    }
  }

  /// The page with what its commands showed now in the place of what it says they show.
  func recorded(_ shown: [Int: Shown]) -> String {
    var lines: [String] = []
    var taken = 0
    func copy(through line: Int) {
      lines += page.lines[taken..<min(line, page.lines.count)]
      taken = max(taken, line)
    }
    func fenced(_ text: String) -> [String] {
      var text = text.components(separatedBy: "\n")
      if text.last == "" { text.removeLast() }
      return text
    }
    var last: Shown?
    for (index, block) in page.blocks.enumerated() {
      let end = block.line + block.lines.count + 1
      switch block.role {
      case .command:
        copy(through: end)
        last = shown[index]
        let next = page.blocks.dropFirst(index + 1).first?.role
        let hasText = next == .output || next == .standardOutput || next == .standardErrors
        if let last, !hasText, !(last.output + last.errors).isEmpty {
          lines += ["", "```text"] + fenced(last.output + last.errors) + ["```"]
        }
      case .output, .standardOutput, .standardErrors:
        guard let last else { break }
        copy(through: block.line)
        lines += fenced(block.role == .standardErrors ? last.errors : last.output)
        taken = end - 1
      default: copy(through: end)
      }
    }
    copy(through: page.lines.count)
    return lines.joined(separator: "\n")
  }
}

/// A server that stands in for the one that a page names.
struct NamedServer {
  let address: String
  /// What replaces the address in a command: it also says whose certificate is trusted.
  let inCommands: String
  let inMessages: String
  private let server: StandInServer

  init(_ standIn: GuidePage.StandIn, folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    address = standIn.address
    if standIn.kind == "smtp" {
      server = try StandInServer(.smtp, folder: folder, ["tls", "auth"])
      inMessages = "127.0.0.1:\(server.port)"
    } else {
      server = try StandInServer(.caldav, folder: folder, ["tls", "login"])
      inMessages = "https://127.0.0.1:\(server.port)\(URL(string: standIn.address)?.path ?? "")/"
    }
    inCommands = "\(inMessages) --roots \(folder)/cert.pem"
  }
}
