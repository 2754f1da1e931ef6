import ArgumentParser
import Basics
import Programme
import RecordStream
import ToolSupport

/// The words of a call of a tool, and those of them that are about the programme.
struct ToolWords {
  /// What the tool gets.
  private(set) var words: [String] = []
  private(set) var programme: String?
  private(set) var now: String?
  /// `--yes`: what vanishes may vanish.
  private(set) var agreed = false

  init(_ all: [String]) throws {
    var rest = all[...]
    while let word = rest.popFirst() {
      func value(_ option: String) throws -> String? {
        if word == option {
          guard let next = rest.popFirst() else { throw ValidationError("\(option) needs a value") }
          return next
        }
        return word.hasPrefix(option + "=") ? String(word.dropFirst(option.count + 1)) : nil
      }
      if let folder = try value("--programme") {
        programme = folder
      } else if let time = try value("--now") {
        _ = try Timestamp.ofOption(time)
        now = time
      } else if word == "--yes" {
        agreed = true
      } else {
        words.append(word)
      }
    }
  }

  /// The first word, where it is no option: the name of a subcommand.
  var subcommand: String? { words.first.flatMap { $0.hasPrefix("-") ? nil : $0 } }

  func has(_ option: String) -> Bool { words.contains { $0 == option || $0.hasPrefix(option + "=") } }

  /// The words with an option added, where it is not there.
  func adding(_ option: String, _ values: String?...) -> [String] {
    has(option) ? [] : [option] + values.compactMap(\.self)
  }

  mutating func dropSubcommand() { words.removeFirst() }

  var options: ProgrammeOptions {
    get throws {
      try ProgrammeOptions.parse(
        (programme.map { ["--programme", $0] } ?? []) + (now.map { ["--now", $0] } ?? []))
    }
  }

  /// Those of the options that every tool has which are about its messages.
  static func messageOptions(of words: [String]) -> SharedOptions {
    var own: [String] = []
    if words.contains("--quiet") || words.contains("-q") { own.append("--quiet") }
    for style in DiagnosticLog.Style.allCases.map(\.rawValue) {
      let isAsked =
        words.contains("--diagnostics=\(style)")
        || zip(words, words.dropFirst()).contains { $0 == ("--diagnostics", style) }
      if isAsked { own += ["--diagnostics", style] }
    }
    return SharedOptions.parseOrExit(own)
  }
}

extension SharedOptions {
  /// As a call of a tool gives them.
  var words: [String] {
    (config.map { ["--config", $0] } ?? []) + (region.map { ["--region", $0] } ?? [])
      + (diagnostics == .text ? [] : ["--diagnostics", diagnostics.rawValue]) + (quiet ? ["--quiet"] : [])
  }
}
