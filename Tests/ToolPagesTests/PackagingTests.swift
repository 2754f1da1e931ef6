import Foundation
import TestSupport
import Testing

@testable import tool_pages

@Suite struct PackagingTests {
  private let repository = Repository.path

  /// Installed from the tools as built here, run without the folder that they were built in, and taken away again.
  @Test func whatIsInstalledRunsFromWhereItLiesAndGoesWhole() throws {
    let root = NSTemporaryDirectory() + "tandem-install-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: root) }
    let prefix = "/opt/tandem"
    let installed = try Program.run(
      repository + "/Plugins/Packaging/install.sh", [Repository.tools, root, prefix],
      environment: ["SOURCE_DATE_EPOCH": "1795000000"])
    #expect(installed.status == 0, "\(installed.text)")

    let bare = ["TANDEM_CONFIG": "", "LD_LIBRARY_PATH": ""]
    for tool in ToolDescription.names + ["tandem"] {
      let loaded = try Program.run("ldd", ["\(root)\(prefix)/bin/\(tool)"], environment: bare)
      #expect(!loaded.text.contains("not found") && !loaded.text.contains("/swift/linux/"), "\(tool)")
      for place in [
        "man/man1/\(tool).1", "bash-completion/completions/\(tool)", "zsh/site-functions/_\(tool)",
      ] {
        #expect(FileManager.default.fileExists(atPath: "\(root)\(prefix)/share/\(place)"), "\(place)")
      }
    }
    let list = try Program.run(
      "\(root)\(prefix)/bin/tandem", ["region", "names", "regions"], environment: bare, in: root)
    #expect(list.text == "cn\nde\nhu\npl\nus\n", "its own configuration is found")

    let changed = "\(root)\(prefix)/etc/tandem/programme.yaml"
    try Data("# ours\n".utf8).write(to: URL(fileURLWithPath: changed))
    let removed = try Program.run(repository + "/Plugins/Packaging/uninstall.sh", [root, prefix])
    #expect(removed.status == 0, "\(removed.text)")
    let left = try Program.run("find", [root, "-type", "f"])
    #expect(left.text == changed + "\n", "what the department changed stays")
  }

  /// Takes minutes and the network, and needs root's rights and the package that `make deb` writes.
  @Test(.optIn(.debootstrap)) func anEmptyDebianGetsFromThePackageToInvitations() throws {
    let run = try Program.run(repository + "/Examples/bare-debian.sh", [])
    #expect(run.status == 0 && run.text.hasSuffix("nothing is left\n"), "\(run.text)")
  }
}
