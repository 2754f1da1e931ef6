import Basics
import Foundation
import Programme
import RecordStream
import ToolSupport

/// Asks on a terminal for what the options do not say.
struct Questions {
  let console: Console
  /// Somebody sits there who can answer.
  let isAnswered: Bool

  init(console: Console) {
    self.console = console
    isAnswered = isatty(0) == 1 && console.errors.isTerminal
  }

  /// The option's value, else the answer, else what is usual.
  ///
  /// - Throws: exit code 64 where nobody can be asked and nothing is usual.
  func answer(_ given: String?, _ what: String, option: String, standard: String?) throws -> String {
    if let given { return given }
    guard isAnswered else {
      guard let standard else { throw ToolFailure(.usage, "no \(what): give it with \(option)") }
      return standard
    }
    while true {
      try ask(what + (standard.map { " [\($0)]" } ?? ""))
      guard let line = readLine() else { throw ToolFailure(.usage, "no \(what): give it with \(option)") }
      let text = line.trimmingCharacters(in: .whitespaces)
      if !text.isEmpty { return text }
      if let standard { return standard }
    }
  }

  /// The same for what may be left out.
  func optional(_ given: String?, _ what: String) throws -> String? {
    if let given { return given }
    guard isAnswered else { return nil }
    try ask(what + " [none]")
    let text = readLine()?.trimmingCharacters(in: .whitespaces) ?? ""
    return text.isEmpty || text == "none" ? nil : text
  }

  private func ask(_ question: String) throws {
    try console.errors.write(question + ": ")
    try console.errors.flush()
  }
}

/// What is usual in a country: offered, never assumed where people are asked.
enum CountryHabits {
  /// The language that most people there write, by Unicode's likely subtags.
  static func language(of country: String) -> String? {
    let tag = Locale.Language(identifier: "und-\(country)").maximalIdentifier
    let language = tag.split(whereSeparator: { $0 == "-" || $0 == "_" }).first.map(String.init)
    return language == "und" ? nil : language
  }

  /// Its time zone, where it has one alone (the zone database's zone.tab).
  static func timeZone(of country: String) throws(InputError) -> String? {
    let table = "/usr/share/zoneinfo/zone.tab"
    guard try FileKind.at(table) != nil else { return nil }
    let text = String(decoding: try OpenedFile.bytes(table, limit: 1 << 20), as: UTF8.self)
    let zones = text.split(separator: "\n").filter { $0.hasPrefix(country + "\t") }
      .compactMap { $0.split(separator: "\t").dropFirst(2).first }
    return zones.count == 1 ? zones.first.map(String.init) : nil
  }
}
