import Foundation
import TestSupport
import Testing

/// The architecture page holds for the code: its table of modules is the only list of what may import what.
@Suite struct ArchitectureTests {
  private struct Module {
    var layer: Int
    var beside: Set<String>
  }

  private let modules: [String: Module]

  init() throws {
    let page = try String(
      contentsOfFile: Repository.path + "/Sources/tandem/Documentation.docc/Architecture.md",
      encoding: .utf8)
    var modules: [String: Module] = [:]
    for line in page.split(separator: "\n") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
      guard cells.count == 6, let layer = Int(cells[1].filter(\.isNumber)) else { continue }
      func names(_ cell: Substring) -> [String] {
        cell.split(separator: "`").map(String.init).filter { $0.first?.isLetter == true }
      }
      let module = try #require(names(cells[2]).first)
      modules[module] = Module(layer: layer, beside: Set(names(cells[4])))
    }
    self.modules = modules
  }

  private var libraries: Set<String> { Set(modules.keys.filter { !$0.hasPrefix("tandem") }) }

  /// What the table lets a module import, of our own modules and of C.
  private func allowed(_ module: String) -> Set<String> {
    guard let own = modules[module] else { return libraries }
    return own.beside.union(libraries.filter { name in modules[name].map { $0.layer < own.layer } ?? false })
  }

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

  /// Of each library, what its files import.
  private func importsByModule() -> [String: Set<String>] {
    var seen: [String: Set<String>] = [:]
    for (path, text) in files(under: "Sources") {
      let module = String(path.split(separator: "/")[1])
      for imported in imports(text) where libraries.contains(imported) || isC(imported) {
        seen[module, default: []].insert(imported)
      }
    }
    return seen
  }

  @Test func everyLibraryIsInTheTable() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Repository.path + "/Sources")
    let ours = folders.filter { $0.first?.isUppercase == true && !isC($0) && $0 != "ShippedRegions" }
    #expect(Set(ours) == libraries)
  }

  @Test func importsFollowTheTable() {
    for (path, text) in files(under: "Sources") {
      let module = String(path.split(separator: "/")[1])
      for imported in imports(text) where libraries.contains(imported) || isC(imported) {
        #expect(allowed(module).contains(imported), "\(path) imports \(imported)")
      }
    }
    let seen = importsByModule()
    for (name, module) in modules where libraries.contains(name) {
      let unused = module.beside.subtracting(seen[name, default: []])
      #expect(unused.isEmpty, "\(name) may import \(unused.sorted()), and does not")
    }
  }

  /// The package declares for each library what its files import: no more, and no less.
  @Test func thePackageDeclaresWhatIsImported() throws {
    let package = try String(contentsOfFile: Repository.path + "/Package.swift", encoding: .utf8)
    var declared: [String: Set<String>] = [:]
    for call in package.matches(of: /library\(\s*"(\w+)"(?:,\s*\[([^\]]*)\])?/) {
      let words = (call.2 ?? "").split(separator: "\"").map(String.init)
      declared[String(call.1)] = Set(words.filter { libraries.contains($0) || isC($0) })
    }
    let seen = importsByModule()
    for library in libraries {
      #expect(declared[library] == seen[library, default: []], "\(library)")
    }
  }

  @Test func theLowestLayersImportOnlyTheSystem() {
    for (path, text) in files(under: "Sources/Basics") + files(under: "Sources/Programme") {
      let system: Set = ["Basics", "Dispatch", "Foundation", "Synchronization"]
      #expect(Set(imports(text)).isSubset(of: system), "\(path)")
    }
  }

  @Test func librariesNeverPrint() {
    for library in libraries {
      for (path, text) in files(under: "Sources/" + library) {
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
          let code = line.drop { $0 == " " }
          #expect(!code.hasPrefix("print(") && !code.contains(" print("), "\(path):\(number + 1)")
        }
      }
    }
  }

  @Test func filesAreNamedByTheirPurpose() {
    for (path, _) in files(under: "Sources") {
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
    for (path, text) in files(under: "Sources") where path != "Sources/Basics/UncheckedMemory.swift" {
      for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        let opening = line.replacing("append(contentsOf:", with: "").replacing("insert(contentsOf:", with: "")
        for spelling in spellings where opening.contains(spelling) {
          Issue.record("\(path):\(number + 1): \(spelling) (use OpenedFile, FolderListing, FolderTree)")
        }
      }
    }
  }

  /// Each module keeps what the compiler cannot check for memory safety in one file that says why: so many lines at most.
  @Test func unsafeCodeIsInOneFileOfAModule() {
    var most = [
      "Sources/Basics/UncheckedMemory.swift": 54, "Sources/Delivery/Transfer.swift": 53,
      "Sources/Store/Database/PostgresConnection.swift": 90, "Sources/Store/Digest.swift": 3,
      "Sources/ToolSupport/WorkbookWriter.swift": 7,
    ]
    for (path, text) in files(under: "Sources")
    where !path.hasPrefix("Sources/Intake/") && !path.hasPrefix("Sources/tandem-import/") {
      let unsafe = text.split(separator: "\n").count { line in
        !line.drop { $0 == " " }.hasPrefix("//")
          && line.replacing("'unsafe-inline'", with: "").lowercased().contains("unsafe")
      }
      let limit = most.removeValue(forKey: path)
      #expect(unsafe <= limit ?? 0, "\(path)")
      #expect(limit == nil || text.contains("does not check for memory safety"), "\(path) says why")
    }
    #expect(most.isEmpty, "there is no such file")
  }

  @Test func nothingTrapsOnWhatComesFromOutside() {
    for (path, text) in files(under: "Sources") {
      for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        let code = line.drop { $0 == " " }
        guard !code.hasPrefix("//") else { continue }
        // The last one traps on a path of one character.
        for trap in ["try!", "as!", "fatalError(", "as NSString).deletingLastPathComponent"] {
          #expect(!code.contains(trap), "\(path):\(number + 1)")
        }
      }
    }
  }
}
