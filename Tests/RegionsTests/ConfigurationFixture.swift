import Basics
import Foundation
import Programme

@testable import Regions

/// A configuration folder of a test's own: headquarters' settings and texts as shipped, a few topics, and the region `one` of Fixtures/valid.
struct ConfigurationFixture {
  static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Fixtures"
  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().path
  static let shipped = URL(fileURLWithPath: repository + "/Config").resolvingSymlinksInPath().path

  static let examples = URL(fileURLWithPath: repository + "/Examples").resolvingSymlinksInPath().path

  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/tandem-regions-" + UUID().uuidString
    try FileManager.default.copyItem(atPath: ConfigurationFixture.fixtures + "/valid", toPath: path)
    try FileManager.default.createDirectory(atPath: path + "/texts", withIntermediateDirectories: false)
    for name in ["programme.yaml", "texts/en.yaml"] {
      try FileManager.default.copyItem(
        atPath: ConfigurationFixture.shipped + "/" + name, toPath: path + "/" + name)
    }
  }

  var folder: ConfigurationFolder { ConfigurationFolder(path: path) }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  func text(_ file: String) throws -> String {
    try String(contentsOfFile: path + "/" + file, encoding: .utf8)
  }

  func write(_ file: String, _ text: String) throws {
    let url = URL(fileURLWithPath: path + "/" + file)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func replace(_ file: String, _ old: String, _ new: String) throws {
    try write(file, text(file).replacing(old, with: new))
  }

  /// Every message, paths from the folder.
  func check(_ ids: [String] = ["one"]) -> [String] {
    folder.check(ids, holidays: ConfigurationFixture.holidays).map {
      $0.description.replacing(path + "/", with: "").replacing(path, with: ".")
    }
  }

  /// Enough of a calendar for these tests: the days that events begin on.
  static func holidays(
    _ path: String, _ bytes: [UInt8], _ first: LocalDate, _ last: LocalDate
  ) -> (dates: [LocalDate], diagnostics: [Diagnostic]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    let dates = lines.filter { $0.hasPrefix("DTSTART") }.compactMap { line -> LocalDate? in
      let digits = line.suffix(8)
      return LocalDate(iso8601: "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))")
    }
    return (dates.filter { $0 >= first && $0 <= last }, [])
  }
}
