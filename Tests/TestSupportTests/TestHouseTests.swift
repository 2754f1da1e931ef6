import Foundation
import TestSupport
import Testing

/// The tests by their own rules.
@Suite struct TestHouseTests {
  private static let folders = ["Tests", "Benchmarks", ".ci/run", "Makefile", "Package.swift"]
  private static let ownName = "Tests/TestSupportTests/TestHouseTests.swift"

  /// Path and text of what people wrote there; the programme's data aside.
  private static func texts(_ kinds: Set<String>) throws -> [(path: String, text: String)] {
    try folders.flatMap { folder in
      let names = FileManager.default.subpaths(atPath: "\(Repository.path)/\(folder)") ?? []
      let paths = names.isEmpty ? [folder] : names.map { "\(folder)/\($0)" }
      return try paths.filter { path in
        let kind = URL(fileURLWithPath: path).pathExtension
        return (kinds.contains(kind) || path == folder) && path != ownName
          && !path.hasPrefix("Tests/Programme/")
      }.map { ($0, try String(contentsOfFile: "\(Repository.path)/\($0)", encoding: .utf8)) }
    }
  }

  /// What is left out goes through `NotRun`, which lists it.
  @Test func nothingIsLeftOutSilently() throws {
    let files = try Self.texts(["swift"])
    #expect(files.count > 200)
    for (path, text) in files where path != "Tests/TestSupport/NotRun.swift" {
      for way in [".enabled(", ".disabled(", "Test.cancel(", "withKnownIssue"] {
        #expect(!text.contains(way), "\(path) has \(way)")
      }
    }
  }

  /// Nothing beside the repository, no Python that somebody made by hand.
  @Test func nothingOutsideTheRepositoryIsNeeded() throws {
    let files = try Self.texts(["swift", "sh", "py", "md", "c"])
    for (path, text) in files {
      for place in [
        "../" + "shared", "/work/", "venv-" + "bench", "VIRTUAL_ENV\"", "TANDEM_BENCH_PYTHON",
        "TANDEM_PYTHON",
      ] {
        #expect(!text.contains(place), "\(path) names \(place)")
      }
      guard path.hasSuffix(".swift") else { continue }
      for python in ["\"python3\"", "\"/usr/bin/python3\""] {
        #expect(!text.contains(python), "\(path) runs \(python), not Python.path()")
      }
    }
  }

  @Test func everyPackageIsPinned() throws {
    for file in ["Tests/requirements.txt", "Tests/requirements-spark.txt", "Benchmarks/requirements.txt"] {
      let text = try String(contentsOfFile: "\(Repository.path)/\(file)", encoding: .utf8)
      let packages = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
      #expect(packages.count >= 2)
      for package in packages {
        #expect(
          try #/^[A-Za-z0-9_.-]+==[0-9][^ ]*( +#.*)?$/#.wholeMatch(in: package) != nil, "\(file): \(package)")
      }
    }
  }
}
