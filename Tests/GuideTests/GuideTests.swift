import Foundation
import TestSupport
import Testing

/// Every command that a page shows is run, and shows what the page says. `TANDEM_RECORD=1 swift test --filter GuideTests`
/// writes into the pages what the commands show now; `git diff` tells what changed.
@Suite struct GuideTests {
  static let roof = Repository.path + "/Sources/tandem/Documentation.docc"
  static let isRecording = ProcessInfo.processInfo.environment["TANDEM_RECORD"] != nil

  /// README.md, and all pages under the roof.
  static let pages: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: roof)) ?? []
    let guides = names.filter { $0.hasSuffix(".md") }.sorted().map { roof + "/" + $0 }
    return [Repository.path + "/README.md"] + guides
  }()

  @Test(arguments: pages) func everyCommandShowsWhatThePageSays(_ path: String) async throws {
    let page = try GuidePage(path)
    let name = URL(fileURLWithPath: path).lastPathComponent
    for block in page.blocks where block.role == .unmarked {
      Issue.record("\(name):\(block.line): a block that nobody runs: mark it `<!-- not run: REASON -->`")
    }
    for line in page.indentedCommands {
      Issue.record("\(name):\(line): a command outside a fenced block is run by nobody")
    }
    guard page.blocks.contains(where: { if case .command = $0.role { true } else { false } }) else { return }
    let run = try GuideRun(page)
    let shown = try await run.run()
    if Self.isRecording {
      try run.recorded(shown).write(toFile: path, atomically: false, encoding: .utf8)
    }
    var last: GuideRun.Shown?
    var isTold = true
    for (index, block) in page.blocks.enumerated() {
      switch block.role {
      case .command(let exit, _):
        last = shown[index]
        #expect(
          last?.failures == exit, "\(name):\(block.line): \(last?.output.suffix(500) ?? "")")
        let text = (last?.output ?? "") + (last?.errors ?? "")
        #expect(
          !text.contains("tandem-guide-") && !text.contains(Repository.path),
          "\(name):\(block.line): a path of this machine")
        let next = page.blocks.dropFirst(index + 1).first?.role
        isTold = next == .output || next == .standardOutput || next == .standardErrors
        #expect(
          isTold || text.isEmpty || Self.isRecording, "\(name):\(block.line) shows: \(text.prefix(500))")
      case .output, .standardOutput, .standardErrors:
        guard let last, !Self.isRecording else { continue }
        let text = block.role == .standardErrors ? last.errors : last.output
        #expect(text == block.text, "\(name):\(block.line)")
      default: continue
      }
    }
  }

  /// What a clerk types needs no file that the shell writes: a redirect to the wrong file loses the plan.
  @Test func theClerkNeedsNoRedirect() throws {
    let readme = try GuidePage(Repository.path + "/README.md").commands
    let clerk = try GuidePage(Self.roof + "/Clerk.md").commands
    #expect(clerk.count > 20)
    let first = try #require(readme.first)
    #expect(
      first.hasPrefix("export TANDEM_CONFIG") && first.contains("tandem init")
        && first.contains("tandem status"))
    #expect(first.split(separator: "\n").count < 15)
    for text in clerk + [first] { #expect(!text.contains(">"), "\(text)") }
  }
}

extension GuidePage {
  /// The texts of the blocks that are run.
  fileprivate var commands: [String] {
    blocks.filter { if case .command = $0.role { true } else { false } }.map(\.text)
  }
}
