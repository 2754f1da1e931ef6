import Foundation
import Programme
import Testing

@testable import Regions

/// Every slip in a region's folder gets a message that a person can act on: cases as data, in Fixtures/mutations.txt.
@Suite struct MutationTests {
  static let cases = MutationCase.read()

  @Test func `there are at least fifty of them, each with its own name`() {
    #expect(MutationTests.cases.count > 50)
    #expect(Set(MutationTests.cases.map(\.name)).count == MutationTests.cases.count)
  }

  @Test(arguments: cases) func `each slip is named`(_ mutation: MutationCase) throws {
    let folder = try ConfigurationFixture()
    defer { folder.remove() }
    if let file = mutation.file {
      let old = mutation.old == nil ? nil : try folder.text(file)
      if let old, let part = mutation.old {
        #expect(old.contains(part), "the text to replace is not in \(file)")
        try folder.write(file, String(old.replacing(part, with: mutation.new, maxReplacements: 1)))
      } else {
        try folder.write(file, mutation.new)
      }
    }
    let told = folder.check()
    #expect(told == mutation.expected)
    // What is wrong is never guessed at: an error that loading could meet is an error of loading.
    if told.isEmpty { #expect(throws: Never.self) { try folder.folder.load(["one"]) } }
  }

  @Test func `renewal of the expected messages`() throws {
    guard ProcessInfo.processInfo.environment["TANDEM_RENEW"] != nil else { return }
    try MutationCase.renew { mutation in
      let folder = try ConfigurationFixture()
      defer { folder.remove() }
      if let file = mutation.file {
        let text =
          try mutation.old.map { try folder.text(file).replacing($0, with: mutation.new, maxReplacements: 1) }
          ?? mutation.new
        try folder.write(file, text)
      }
      return folder.check()
    }
  }
}

struct MutationCase: Sendable, CustomTestStringConvertible {
  var name: String
  var file: String?
  var old: String?
  var new = ""
  var expected: [String] = []

  var testDescription: String { name }

  static let path = ConfigurationFixture.fixtures + "/mutations.txt"

  static func read() -> [MutationCase] {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
    var cases: [MutationCase] = []
    for line in text.split(separator: "\n") {
      let rest = unescaped(line.dropFirst(2))
      switch line.prefix(2) {
      case "==": cases.append(MutationCase(name: rest.trimmingCharacters(in: .whitespaces)))
      case "@ ": cases[cases.count - 1].file = rest
      case "- ": cases[cases.count - 1].old = rest
      case "+ ": cases[cases.count - 1].new = rest
      case "> ": cases[cases.count - 1].expected.append(String(line.dropFirst(2)))
      default: break
      }
    }
    return cases
  }

  private static func unescaped(_ text: some StringProtocol) -> String {
    var result = ""
    var isEscaped = false
    for character in text {
      if isEscaped {
        result.append(character == "n" ? "\n" : character == "t" ? "\t" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }

  static func renew(_ actual: (MutationCase) throws -> [String]) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let cases = read()
    var blocks = text.components(separatedBy: "\n== ")
    for (index, mutation) in cases.enumerated() {
      let kept = blocks[index + 1].split(separator: "\n", omittingEmptySubsequences: true)
        .filter { !$0.hasPrefix("> ") }
      blocks[index + 1] =
        (kept.map(String.init) + (try actual(mutation)).map { "> " + $0 }).joined(separator: "\n") + "\n"
    }
    try blocks.joined(separator: "\n== ").write(toFile: path, atomically: true, encoding: .utf8)
  }
}
