import Foundation
import TestSupport
import Testing

/// `make test` makes the tests' Python again where a package of it was removed, so that no test skips or fails for ever.
@Suite struct PythonEnvironmentTests {
  private let work: WorkFolder
  private let packages: String

  init() throws {
    work = try WorkFolder()
    let made = try Program.run(try Python.path(), ["-m", "venv", "--without-pip", work.path + "/python"])
    #expect(made.status == 0, "\(made.text)")
    let version = try #require(work.names("python/lib").first { $0.hasPrefix("python") })
    packages = "python/lib/\(version)/site-packages"
    try work.file("requirements.txt", "demo==1.0  # a comment\n")
    try work.file("python/requirements.txt", "demo==1.0  # a comment\n")
    try work.file("\(packages)/demo.py", "")
    let info = "\(work.path)/\(packages)/demo-1.0.dist-info"
    try FileManager.default.createDirectory(atPath: info, withIntermediateDirectories: true)
    try work.file(
      "\(packages)/demo-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n")
    try work.file(
      "\(packages)/demo-1.0.dist-info/RECORD",
      "demo.py,,\n__pycache__/demo.cpython-311.pyc,,\ndemo-1.0.dist-info/METADATA,,\ndemo-1.0.dist-info/RECORD,,\n"
    )
  }

  private func check() throws -> Program.Run {
    try Program.run(
      Repository.path + "/Tests/python-environment.sh",
      ["--check", work.path + "/requirements.txt", work.path + "/python"])
  }

  @Test func aCompleteOneIsKept() throws {
    let run = try check()
    #expect(run.status == 0, "\(run.text)")
  }

  @Test func aMissingFileIsNamed() throws {
    try FileManager.default.removeItem(atPath: "\(work.path)/\(packages)/demo.py")
    let run = try check()
    #expect(run.status == 1 && run.text == "demo.py of demo is missing\n", "\(run.text)")
  }

  @Test func aMissingPackageIsNamed() throws {
    try FileManager.default.removeItem(atPath: "\(work.path)/\(packages)/demo-1.0.dist-info")
    let run = try check()
    #expect(run.status == 1 && run.text == "demo is missing\n", "\(run.text)")
  }

  @Test func anotherVersionIsNamed() throws {
    for file in ["requirements.txt", "python/requirements.txt"] { try work.file(file, "demo==2.0\n") }
    let run = try check()
    #expect(run.status == 1 && run.text == "demo is 1.0, not 2.0\n", "\(run.text)")
  }

  @Test func otherRequirementsMakeItAgain() throws {
    try work.file("requirements.txt", "demo==2.0\n")
    #expect(try check().status == 1)
  }
}
