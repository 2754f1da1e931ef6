import Foundation

/// Debian's chromium, headless.
enum Browser {
  static var path: String? {
    ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  /// The document after its scripts have run.
  ///
  /// - Parameter fragment: what stands behind `#` in its address.
  static func dump(_ html: String, fragment: String = "") throws -> String {
    let output = try run(html, fragment, ["--virtual-time-budget=5000", "--dump-dom"]) { $0 }
    return String(decoding: output, as: UTF8.self)
  }

  /// How many sheets the page takes when it is printed.
  static func sheets(_ html: String) throws -> Int {
    let folder = NSTemporaryDirectory() + "tandem-print-\(UUID().uuidString).pdf"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let pdf = try run(html, "", ["--no-pdf-header-footer", "--print-to-pdf=\(folder)"]) { _ in
      try Data(contentsOf: URL(fileURLWithPath: folder))
    }
    return String(decoding: pdf, as: UTF8.self).components(separatedBy: "/Type /Page\n").count - 1
  }

  private static func run(
    _ html: String, _ fragment: String, _ arguments: [String], _ result: (Data) throws -> Data
  ) throws -> Data {
    let folder = NSTemporaryDirectory() + "tandem-sheet-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let page = folder + "/sheet.html"
    try Data(html.utf8).write(to: URL(fileURLWithPath: page))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path ?? "")
    process.arguments =
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--user-data-dir=\(folder)/profile",
      ] + arguments + ["file://\(page)\(fragment.isEmpty ? "" : "#" + fragment)"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try result(bytes)
  }
}
