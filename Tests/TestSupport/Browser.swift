import Foundation

/// Debian's chromium, headless.
public enum Browser {
  /// The document after its scripts have run.
  ///
  /// - Parameter fragment: what follows `#` in its address.
  public static func dump(_ html: String, fragment: String = "") throws -> String {
    try run(html, fragment, ["--virtual-time-budget=5000", "--dump-dom"]) { output, _ in output }
  }

  /// How many sheets the page takes when it is printed.
  public static func sheets(_ html: String) throws -> Int {
    let pdf = try run(html, "", ["--no-pdf-header-footer", "--print-to-pdf"]) { _, folder in
      String(decoding: try folder.bytes("output.pdf"), as: UTF8.self)
    }
    return pdf.components(separatedBy: "/Type /Page\n").count - 1
  }

  private static func run(
    _ html: String, _ fragment: String, _ arguments: [String],
    _ result: (String, WorkFolder) throws -> String
  ) throws -> String {
    let folder = try WorkFolder()
    let page = try folder.file("sheet.html", html)
    // Its messages go to a file: chromium writes about buses and keyrings that no machine of tests has. It does not start
    // under libfaketime, and shows no time of its own.
    let call =
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--user-data-dir=\(folder.path)/profile",
      ] + arguments + ["file://\(page)\(fragment.isEmpty ? "" : "#" + fragment)"]
    let command = "unset LD_PRELOAD; exec \"$0\" \"$@\" 2>messages"
    let ended = try Program.run(
      "/bin/sh", ["-c", command, try Program.path("chromium")] + call, in: folder.path)
    guard ended.status == 0 else {
      throw Missing("chromium ended with \(ended.status): \(try folder.text("messages").suffix(1000))")
    }
    return try result(ended.text, folder)
  }
}
