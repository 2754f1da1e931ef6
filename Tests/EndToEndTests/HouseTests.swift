import Foundation
import Testing

/// The house by its own rules (design: architecture): imports run one way, files are of one job, everything has its room.
@Suite struct HouseTests {
  /// Of our own modules, what each may import.
  private static let mayImport: [String: Set<String>] = [
    "Programme": [],
    "RecordStream": ["Programme"], "Regions": ["Programme"], "Calendars": ["Programme"],
    "Intake": ["Programme", "RecordStream", "Regions", "CLibXML2", "CVector"],
    "Matching": ["Programme", "RecordStream", "Regions"],
    "Scheduling": ["Programme", "RecordStream", "Regions", "Calendars"],
    "Mailing": ["Programme", "RecordStream", "Regions", "Calendars"],
    "Delivery": ["Programme", "RecordStream", "Regions", "Calendars", "Mailing", "CLibCurl"],
    "Workshops": ["Programme", "RecordStream", "Regions", "Calendars"],
    "Finding": ["Programme", "RecordStream", "Regions"],
    "Surveys": ["Programme", "RecordStream", "Regions"], "Reports": ["Programme", "Regions"],
    "ToolSupport": ["Programme", "RecordStream", "Regions"],
    "CalendarOptions": ["Programme", "RecordStream", "Regions", "Calendars", "ToolSupport"],
  ]
  private static let libraries = Set(mayImport.keys)

  private func files(under folder: String) -> [(path: String, text: String)] {
    let root = BuiltTool.repository + "/" + folder
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

  @Test func importsRunOneWay() {
    var seen = 0
    for (path, text) in files(under: "Sources") {
      let module = String(path.split(separator: "/")[1])
      for imported in imports(text) where Self.libraries.contains(imported) || imported.hasPrefix("CLib") {
        seen += 1
        let allowed = Self.mayImport[module] ?? Self.libraries
        #expect(allowed.contains(imported), "\(path) imports \(imported)")
      }
    }
    #expect(seen > 100, "the imports were read")
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
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
      #expect(lines <= 420, "\(path) has \(lines) lines")
      for name in ["Helper", "Manager", "Utils", "Utilities"] {
        #expect(!path.contains(name), "\(path)")
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
