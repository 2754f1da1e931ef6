import Foundation

/// A tool as its own argument definitions describe it (`--experimental-dump-help`), its subcommands brought into one shape.
struct ToolDescription {
  var name: String
  var abstract: String
  /// Empty where there is only the tool itself, or all is said by its commands.
  var discussion: String
  var commands: [CommandDescription]

  /// What is installed, in the order of a cohort's life.
  static let names = [
    "tandem-import", "tandem-match", "tandem-calendar", "tandem-schedule", "tandem-workshop", "tandem-invite",
    "tandem-survey", "tandem-find", "tandem-region", "tandem-store",
  ]

  /// Subcommands that the tool keeps out of its own definitions, so that its help shows the usual call's options.
  private static let apart = ["tandem-import": ["forget"], "tandem-survey": ["merge", "missing"]]

  /// The command that needs no name.
  var usual: CommandDescription? { commands.first { $0.isUsual } }

  /// Those that have a name.
  var named: [CommandDescription] { commands.filter { !$0.name.isEmpty } }

  static func ofTool(_ name: String, in folder: String) throws -> ToolDescription {
    let root = try dump("\(folder)/\(name)", [])
    let inner = (root.subcommands ?? []).filter { $0.commandName != "help" && $0.shouldDisplay != false }
    var commands = inner.map { sub in
      CommandDescription(sub, name: sub.commandName, isUsual: sub.commandName == root.defaultSubcommand)
    }
    if commands.isEmpty { commands = [CommandDescription(root, name: "", isUsual: true)] }
    for other in apart[name] ?? [] {
      commands.append(
        CommandDescription(try dump("\(folder)/\(name)", [other]), name: other, isUsual: false))
    }
    return ToolDescription(
      name: name, abstract: root.abstract ?? "", discussion: inner.isEmpty ? "" : root.discussion ?? "",
      commands: commands)
  }

  /// `tandem` itself: its own commands, and those that run a tool on a programme's records, which have the tool's options.
  static func ofSuite(in folder: String) throws -> (own: ToolDescription, onRecords: [CommandDescription]) {
    let all = try ofTool("tandem", in: folder)
    func isOnRecords(_ command: CommandDescription) -> Bool { names.contains("tandem-" + command.name) }
    var own = all
    own.commands = all.commands.filter { !isOnRecords($0) }
    return (own, all.commands.filter(isOnRecords))
  }

  private static func dump(_ program: String, _ words: [String]) throws -> HelpDump.Command {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = words + ["--experimental-dump-help"]
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode(HelpDump.self, from: bytes).command
  }
}

/// One way to call a tool.
struct CommandDescription {
  /// Empty where the tool has no subcommand of this meaning.
  var name: String
  /// Whether it is meant where no subcommand is named.
  var isUsual: Bool
  var abstract: String
  var discussion: String
  var options: [OptionDescription]
  var operands: [OperandDescription]

  init(_ command: HelpDump.Command, name: String, isUsual: Bool) {
    self.name = name
    self.isUsual = isUsual
    abstract = command.abstract ?? ""
    discussion = command.discussion ?? ""
    options = []
    operands = []
    for argument in command.arguments where argument.shouldDisplay {
      if argument.kind == "positional" {
        operands.append(OperandDescription(argument))
      } else {
        options.append(OptionDescription(argument))
      }
    }
    if !options.contains(where: { $0.long == "version" }) {
      options.append(
        OptionDescription(
          long: "version", short: nil, value: nil, isValueOptional: false, isRequired: false,
          isRepeating: false, abstract: "Show the version.", usualValue: nil, values: .none))
    }
  }
}

struct OptionDescription {
  var long: String
  var short: String?
  /// The name of its value; nil of a flag.
  var value: String?
  var isValueOptional: Bool
  var isRequired: Bool
  var isRepeating: Bool
  var abstract: String
  var usualValue: String?
  var values: Values

  /// Those that every command has.
  var isShared: Bool {
    ["config", "region", "diagnostics", "quiet", "help", "version", "programme"].contains(long)
  }
}

extension OptionDescription {
  init(_ argument: HelpDump.Argument) {
    let names = argument.names ?? []
    let isFlag = argument.kind == "flag"
    self.init(
      long: names.first { $0.kind == "long" }?.name ?? argument.valueName ?? "",
      short: names.first { $0.kind == "short" }?.name, value: isFlag ? nil : argument.valueName ?? "value",
      isValueOptional: argument.parsingStrategy == "scanningForValue", isRequired: !argument.isOptional,
      isRepeating: argument.isRepeating, abstract: argument.abstract ?? "",
      usualValue: isFlag ? nil : argument.defaultValue,
      values: Values(argument.completionKind))
  }
}

struct OperandDescription {
  var name: String
  var isRequired: Bool
  var isRepeating: Bool
  var abstract: String
  var values: Values

  init(_ argument: HelpDump.Argument) {
    // `files` are read as `file ...`.
    let name = argument.valueName ?? "word"
    self.name = argument.isRepeating && name.hasSuffix("s") ? String(name.dropLast()) : name
    isRequired = !argument.isOptional
    isRepeating = argument.isRepeating
    abstract = argument.abstract ?? ""
    values = Values(argument.completionKind)
  }
}

/// What may stand for a value, as far as a shell can offer it.
enum Values: Equatable {
  case none, file, folder
  case of([String])
  /// What `tandem-region names` prints of this kind.
  case names(String)

  init(_ kind: HelpDump.Completion?) {
    let asked = "tandem-region names "
    if let list = kind?.list {
      self = .of(list.values)
    } else if kind?.file != nil {
      self = .file
    } else if kind?.directory != nil {
      self = .folder
    } else if let command = kind?.shellCommand?.command, command.hasPrefix(asked) {
      self = .names(String(command.dropFirst(asked.count)))
    } else {
      self = .none
    }
  }
}

/// The JSON of ArgumentParser's `--experimental-dump-help`, what is read of it.
struct HelpDump: Decodable {
  var command: Command

  struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var shouldDisplay: Bool?
    var defaultSubcommand: String?
    var subcommands: [Command]?
    var arguments: [Argument]
  }

  struct Argument: Decodable {
    var kind: String
    var names: [Name]?
    var valueName: String?
    var abstract: String?
    var defaultValue: String?
    var isOptional: Bool
    var isRepeating: Bool
    var shouldDisplay: Bool
    var parsingStrategy: String
    var completionKind: Completion?
  }

  struct Name: Decodable {
    var kind: String
    var name: String
  }

  struct Completion: Decodable {
    var list: List?
    var file: Empty?
    var directory: Empty?
    var shellCommand: Shell?

    struct List: Decodable { var values: [String] }
    struct Shell: Decodable { var command: String }
    struct Empty: Decodable {}
  }
}
