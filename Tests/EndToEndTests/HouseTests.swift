import Foundation
import TestSupport
import Testing

/// The house by its own rules (design: architecture): imports run one way, files are of one job, everything has its room.
@Suite struct HouseTests {
  /// Of our own modules, what each imports: no more, and nothing that is not needed.
  private static let mayImport: [String: Set<String>] = [
    "Programme": [],
    "RecordStream": ["Programme"],
    "Regions": ["Programme"],
    "Calendars": ["Programme"],
    "Intake": ["CLibXML2", "CVector", "Programme", "RecordStream", "Regions"],
    "Matching": ["Programme", "Regions"],
    "Scheduling": ["Calendars", "Programme", "Regions"],
    "Mailing": ["Calendars", "Programme", "RecordStream", "Regions"],
    "Delivery": ["CLibCurl", "Calendars", "Mailing", "Programme", "RecordStream"],
    "Workshops": ["Calendars", "Programme", "Regions"],
    "Finding": ["Programme", "Regions"],
    "Surveys": ["Programme", "RecordStream", "Regions"],
    "Reports": ["Programme", "Regions"],
    "ToolSupport": ["CBuildCommit", "Programme", "RecordStream", "Regions"],
    "CalendarOptions": ["Calendars", "Programme", "RecordStream", "Regions", "ToolSupport"],
  ]
  private static let libraries = Set(mayImport.keys)

  private func files(under folder: String) -> [(path: String, text: String)] {
    let root = Repository.path + "/" + folder
    let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".swift") }.sorted().compactMap { name in
      (try? String(contentsOfFile: "\(root)/\(name)", encoding: .utf8)).map { ("\(folder)/\(name)", $0) }
    }
  }

  private func imports(_ text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place <= 2, place + 1 < words.count,
        words[..<place].allSatisfy({ ["package", "public", "internal", "private", "@testable"].contains($0) })
      else { return nil }
      return String(words[words.count - 1].prefix { $0 != "." })
    }
  }

  /// A system library, or C of our own: `CLibXML2`, `CVector`.
  private func isC(_ module: String) -> Bool {
    module.first == "C" && module.dropFirst().first?.isUppercase == true
  }

  @Test func importsRunOneWay() {
    var seen: [String: Set<String>] = [:]
    for (path, text) in files(under: "Sources") {
      let module = String(path.split(separator: "/")[1])
      for imported in imports(text) where Self.libraries.contains(imported) || isC(imported) {
        seen[module, default: []].insert(imported)
        let allowed = Self.mayImport[module] ?? Self.libraries
        #expect(allowed.contains(imported), "\(path) imports \(imported)")
      }
    }
    for (module, allowed) in Self.mayImport {
      #expect(seen[module, default: []] == allowed, "\(module) is allowed more than it imports")
    }
  }

  /// The page that tells developers where things go says what the table here says.
  @Test func thePageOfTheHouseIsTrue() throws {
    let page = try String(
      contentsOfFile: Repository.path + "/Sources/tandem/Documentation.docc/Architecture.md",
      encoding: .utf8)
    var told: [String: Set<String>] = [:]
    for line in page.split(separator: "\n") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
      guard cells.count == 5, cells[1].hasPrefix(" `") else { continue }
      func names(_ cell: Substring) -> [String] {
        cell.split(separator: "`").map(String.init).filter { $0.first?.isLetter == true }
      }
      if let module = names(cells[1]).first { told[module] = Set(names(cells[3])) }
    }
    #expect(told == Self.mayImport)
  }

  @Test func theDomainReadsNoFormatOfOthers() {
    for (path, text) in files(under: "Sources/Programme") {
      #expect(Set(imports(text)).subtracting(["Foundation", "Synchronization"]).isEmpty, "\(path)")
    }
  }

  @Test func librariesNeverPrint() {
    for library in Self.libraries {
      for (path, text) in files(under: "Sources/" + library) {
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
          let code = line.drop { $0 == " " }
          #expect(!code.hasPrefix("print(") && !code.contains(" print("), "\(path):\(number + 1)")
        }
      }
    }
  }

  @Test func noFileDoesTwoJobs() {
    for (path, text) in files(under: "Sources") {
      // Without the empty piece behind the last line's end.
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
      #expect(lines <= 400, "\(path) has \(lines) lines")
      for name in ["Helper", "Manager", "Utils", "Utilities"] {
        #expect(!path.contains(name), "\(path)")
      }
    }
  }

  /// What cannot be read is an error with its reason: these spellings make it empty, absent or endless.
  @Test func whatIsOutsideIsOpenedByOneGate() {
    let spellings = [
      "contentsOfDirectory", "subpathsOfDirectory", "enumerator(at", "contents(atPath", "contentsOf:",
      "contentsOfFile:", "try? Input(", "try? ByteSource(", "try? OpenedFile",
      "try? FolderListing", "try? FolderTree", "opendir(",
    ]
    for (path, text) in files(under: "Sources") where path != "Sources/Programme/FolderListing.swift" {
      for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        for spelling in spellings where line.contains(spelling) && !line.contains("append(contentsOf:") {
          Issue.record("\(path):\(number + 1): \(spelling) (use OpenedFile, FolderListing, FolderTree)")
        }
      }
    }
  }

  @Test func nothingTrapsOnWhatComesFromOutside() {
    for (path, text) in files(under: "Sources") {
      for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        let code = line.drop { $0 == " " }
        guard !code.hasPrefix("//") else { continue }
        for trap in ["try!", "as!", "fatalError("] {
          #expect(!code.contains(trap), "\(path):\(number + 1)")
        }
      }
    }
  }
}
