import Foundation
import RecordStream
import Regions
import TestSupport
import Testing
import ToolSupport

/// The pages of reference are those of the code. `TANDEM_RECORD=1` writes them anew.
@Suite struct ReferenceTests {
  private func expect(_ text: String, in name: String) throws {
    let path = "\(GuideTests.roof)/\(name)"
    if GuideTests.isRecording { try text.write(toFile: path, atomically: false, encoding: .utf8) }
    let shipped = try String(contentsOfFile: path, encoding: .utf8)
    #expect(shipped == text, "\(name): run TANDEM_RECORD=1 swift test --filter ReferenceTests")
  }

  @Test func recordsAreThoseOfTheCode() throws { try expect(ReferencePages.records, in: "Records.md") }

  @Test func settingsAreThoseOfTheCode() throws {
    let (regions, diagnostics) = ConfigurationFolder(path: Repository.path + "/Config").read(["pl"])
    #expect(diagnostics == [])
    let region = try #require(regions.first)
    try expect(ReferencePages.configuration(defaults: region.value), in: "Configuration.md")
  }

  private func page() throws -> GuidePage { try GuidePage(GuideTests.roof + "/ExitCodes.md") }

  /// First cells of the page's tables.
  private func rows() throws -> Set<String> {
    Set(
      try page().lines.filter { $0.hasPrefix("| `") }.map { line in
        String(line.dropFirst(3).prefix { $0 != "`" && $0 != "=" })
      })
  }

  @Test func exitCodesAreThoseOfTheCode() throws {
    let codes = try rows().compactMap { Int32($0) }
    #expect(Set(codes) == Set(ToolStatus.allCases.map(\.rawValue)))
  }

  /// Each variable that a tool or the package reads is on the page, and each on the page is read by something.
  @Test func variablesAreThoseOfTheCode() throws {
    var read: Set<String> = []
    var readByTools: Set<String> = []
    for folder in ["Sources", "Tests", "Examples", "Package.swift", "Makefile", "Benchmarks"] {
      let root = Repository.path + "/" + folder
      let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
      let files = names.isEmpty ? [root] : names.map { root + "/" + $0 }
      for file in files
      where [".swift", ".py", ".sh", "Makefile"].contains(where: { file.hasSuffix($0) }) {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { continue }
        for part in text.components(separatedBy: "TANDEM_").dropFirst() {
          let name = part.prefix { $0.isASCII && ($0.isUppercase || $0.isNumber) || $0 == "_" }
          guard !name.isEmpty else { continue }
          read.insert("TANDEM_" + name)
          if ["Sources", "Package.swift"].contains(folder) { readByTools.insert("TANDEM_" + name) }
        }
      }
    }
    let told = try rows().filter { $0.hasPrefix("TANDEM_") }
    // `TANDEM_SMTP` begins the names of two.
    let whole = readByTools.filter { name in !told.contains { $0.hasPrefix(name + "_") } }
    #expect(whole.subtracting(told) == [], "variables that the page does not tell")
    #expect(told.subtracting(read) == [], "variables that nothing reads")
  }

  // MARK: - Links and names

  @Test(arguments: GuideTests.pages) func linksLeadSomewhere(_ path: String) throws {
    let page = try GuidePage(path)
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    for (target, line) in page.links where !target.hasPrefix("https://") {
      let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let file = parts[0].isEmpty ? path : folder.appending(path: String(parts[0])).standardizedFileURL.path
      let place = "\(URL(fileURLWithPath: path).lastPathComponent):\(line)"
      guard FileManager.default.fileExists(atPath: file) else {
        Issue.record("\(place): \(target) is not there")
        continue
      }
      if parts.count == 2 {
        #expect(try GuidePage(file).anchors.contains(String(parts[1])), "\(place): no heading for \(target)")
      }
    }
  }

  /// Every page is led to from the index, and the index from README.md.
  @Test func everyPageIsFound() throws {
    let index = try GuidePage(GuideTests.roof + "/Documentation.md")
    let targets = Set(index.links.map { String($0.target.prefix { $0 != "#" }) })
    for path in GuideTests.pages {
      let name = URL(fileURLWithPath: path).lastPathComponent
      if ["README.md", "Documentation.md"].contains(name) { continue }
      #expect(targets.contains(name), "the index does not lead to \(name)")
    }
    let readme = try GuidePage(Repository.path + "/README.md")
    #expect(readme.links.contains { $0.target.hasSuffix("Documentation.docc/Documentation.md") })
  }

  /// Every option that a page names is one of a tool.
  @Test func optionsAreThoseOfTheTools() async throws {
    let calls = [
      "import", "import preview", "import forget", "match plan", "match replace", "match verify",
      "schedule plan",
      "schedule move",
      "schedule held", "schedule add", "schedule drop", "schedule progress", "schedule certificate",
      "invite make", "invite send",
      "invite publish",
      "invite replies", "calendar fetch", "calendar mail", "calendar login", "schedule busy", "workshop",
      "survey table", "survey merge", "survey missing", "find", "region check",
      "region show", "region new", "region form", "region questionnaire", "region list", "region schema",
    ]
    var known: Set<String> = []
    let ofProgrammes = [
      "init", "status", "held", "missed", "away", "move", "add", "drop", "end", "log", "show", "diff", "undo",
      "export",
      "verify", "person", "forget", "store read", "store write", "store grant", "store revoke",
      "store access",
      "store counts", "store compact",
    ]
    for call in calls + ofProgrammes {
      var words = call.split(separator: " ").map(String.init)
      let process = Process()
      let tool = ofProgrammes.contains(call) ? "tandem" : "tandem-" + words.removeFirst()
      process.executableURL = Bundle.main.bundleURL.appending(path: tool)
      process.arguments = words + ["--help"]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let help = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(call)")
      for word in help.split(whereSeparator: { " \n[,".contains($0) }) where word.hasPrefix("--") {
        known.insert(String(word.dropFirst(2).prefix { $0.isLetter || $0 == "-" || $0.isNumber }))
      }
    }
    try #require(known.isSuperset(of: ["outbox", "receipt", "why", "record", "due", "as-of"]))
    for path in GuideTests.pages {
      let page = try GuidePage(path)
      for (text, line) in page.words {
        for word in text.split(whereSeparator: { $0 == " " || $0 == "=" || $0 == "[" })
        where word.hasPrefix("--") {
          let name = String(word.dropFirst(2).prefix { $0.isLetter || $0 == "-" || $0.isNumber })
          let isOfAnother =
            ["enable-row-security", "filter", "help", "version"].contains(name) || name.isEmpty
          #expect(
            isOfAnother || known.contains(name),
            "\(URL(fileURLWithPath: path).lastPathComponent):\(line): no tool has --\(name)")
        }
      }
    }
  }
}
