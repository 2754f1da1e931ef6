import Foundation
import TestSupport
import Testing

@testable import tool_pages

/// The shells themselves are asked; each test passes over a shell that is not installed.
@Suite struct CompletionTests {
  static let environment = [
    "PATH": Repository.tools + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? ""),
    "TANDEM_CONFIG": Repository.config, "LC_ALL": "C.UTF-8",
  ]

  @Test(arguments: [
    ("bash", "bash-completion/completions"), ("zsh", "zsh/site-functions"),
    ("fish", "fish/vendor_completions.d"),
  ]) func theShellReadsItsScripts(_ shell: String, _ folder: String) throws {
    let files = try BuiltPages.shared.get().files(folder)
    #expect(files.count == ToolDescription.names.count + 1)
    for file in files {
      let said = try Program.run(shell, ["-n", file])
      #expect(said.status == 0 && said.text.isEmpty, "\(file): \(said.text)")
    }
  }

  /// What is typed, the last word begun, and what is offered for it.
  static let typed: [(words: [String], offered: [String])] = [
    (["tandem", "s"], ["schedule", "show", "status", "store", "survey"]),
    (["tandem", "init", "autumn", "--coh"], ["--cohort"]),
    (["tandem", "init", "--cohort", ""], ["2026-autumn"]),
    (["tandem", "held", "--du"], ["--due"]),
    (["tandem", "end", "12", "--fo"], ["--for"]),
    (["tandem", "log", "--format", ""], ["csv", "table", "xlsx"]),
    (["tandem", "store", "re"], ["read", "revoke"]),
    (["tandem-store", "write", "--me"], ["--message"]),
    (["tandem", "match", "--cohort", ""], ["2026-autumn"]),
    (["tandem", "region", "show", "p"], ["pl"]),
    (["tandem-match", "--obj"], ["--objective"]),
    (["tandem-match", "--objective", ""], ["fair", "total"]),
    (["tandem-match", "plan", "--region", "pl,"], ["pl,cn", "pl,de", "pl,hu", "pl,us"]),
    (["tandem-match", "replace", "--fo"], ["--for", "--forbid", "--format"]),
    (["tandem-match", "verify", "--fo"], []),
    (["tandem-schedule", "move", "x", "--format", ""], ["csv", "ndjson", "table", "xlsx"]),
    (["tandem-schedule", "--by", "t"], []),
    (["tandem-schedule", "progress", "--by", ""], ["department", "site", "tandem"]),
    (["tandem-region", "s"], ["schema", "show"]),
    (["tandem-region", "names", "s"], ["sites", "surveys"]),
    (["tandem-survey", "m"], ["merge", "missing"]),
    (["tandem-find", "--site", "Sch"], ["Schwäbisch Gmünd"]),
  ]

  @Test func bashOffersWhatFits() throws {
    let folder = try BuiltPages.shared.get().share + "/bash-completion/completions"
    for (words, offered) in Self.typed {
      let quoted = words.map { "'\($0)'" }.joined(separator: " ")
      let command = words.first ?? ""
      let said = try Program.run(
        "bash",
        [
          "-c",
          """
          compopt() { :; }; cd '\(try BuiltPages.shared.get().share)/none'; . '\(folder)/\(command)'; COMP_WORDS=(\(quoted)); COMP_CWORD=\(words.count - 1)
          _\(command.replacing("-", with: "_")); printf '%s\\n' "${COMPREPLY[@]}"
          """,
        ], environment: Self.environment)
      let lines = said.text.split(separator: "\n").map { String($0).replacing("\\ ", with: " ") }
      #expect(Set(lines) == Set(offered), "\(words)")
    }
  }

  @Test func fishOffersWhatFits() throws {
    let folder = try BuiltPages.shared.get().share + "/fish/vendor_completions.d"
    for (words, offered) in Self.typed {
      let said = try Program.run(
        "fish",
        [
          "--no-config", "-c",
          "cd \(try BuiltPages.shared.get().share)/none; for f in \(folder)/*.fish; source $f; end; complete -C '\(words.joined(separator: " "))'",
        ], environment: Self.environment)
      let lines = said.text.split(separator: "\n").map {
        String($0.prefix { $0 != "\t" }).replacing("\\ ", with: " ")
      }
      #expect(Set(lines) == Set(offered), "\(words)")
    }
  }
}
