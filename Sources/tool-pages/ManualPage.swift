import Foundation
import Programme
import ToolSupport

/// A tool's man page in mdoc (mdoc(7)), which groff and mandoc both read.
struct ManualPage {
  let date: LocalDate
  let tools: [ToolDescription]

  func text(of tool: ToolDescription) -> String {
    var lines = head(tool.name, tool.abstract)
    lines.append(".Sh SYNOPSIS")
    for command in tool.commands { lines += synopsis(tool, command) }
    lines.append(".Sh DESCRIPTION")
    if tool.commands.count == 1, let only = tool.commands.first {
      lines += Roff.paragraphs(only.discussion.isEmpty ? tool.abstract : only.discussion)
      lines += [".Pp", "The options are as follows:"] + list(only)
    } else {
      lines += Roff.paragraphs(tool.discussion.isEmpty ? tool.abstract : tool.discussion)
      for command in tool.commands { lines += section(command) }
    }
    lines += sharedOptions(tool) + surroundings(words(of: tool)) + exitStatus + examples(tool.name)
    lines += seeAlso(but: tool.name)
    return lines.joined(separator: "\n") + "\n"
  }

  /// What the help of all its commands says.
  func words(of tool: ToolDescription) -> String {
    tool.commands.map { $0.discussion + $0.options.map(\.abstract).joined() }.joined()
  }

  func sharedOptions(_ tool: ToolDescription) -> [String] {
    var lines = [".Ss Options of every command", ".Bl -tag -width Ds"]
    var told: Set<String> = []
    for option in tool.commands.flatMap(\.options) where option.isShared && told.insert(option.long).inserted
    {
      lines += item(option)
    }
    return lines + [".El"]
  }

  func head(_ name: String, _ abstract: String) -> [String] {
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November", "December",
    ]
    let (year, month, number) = date.components
    let day = "\(months.indices.contains(month - 1) ? months[month - 1] : "") \(number), \(year)"
    // A name's line is one phrase without its full stop, as apropos shows it.
    let phrase = (abstract.prefix(1).lowercased() + abstract.dropFirst())
      .trimmingCharacters(in: CharacterSet(charactersIn: "."))
    return [
      ".Dd \(day)", ".Dt \(name.uppercased()) 1", ".Os Tandem \(Version.number)", ".Sh NAME",
      ".Nm \(name)", ".Nd \(Roff.escaped(phrase))",
    ]
  }

  func synopsis(_ tool: ToolDescription, _ command: CommandDescription) -> [String] {
    var lines = [".Nm \(tool.name)"]
    if !command.name.isEmpty {
      lines.append(command.isUsual ? ".Op Cm \(command.name)" : ".Cm \(command.name)")
    }
    for option in command.options where !option.isShared {
      lines.append(option.isRequired ? "." + call(option) : ".Op " + call(option))
    }
    for operand in command.operands {
      let word = "Ar \(operand.name)" + (operand.isRepeating ? " ..." : "")
      lines.append(operand.isRequired ? "." + word : ".Op " + word)
    }
    return lines
  }

  private func call(_ option: OptionDescription) -> String {
    let name = "Fl Fl " + Roff.word(option.long)
    guard let value = option.value else { return name }
    let word = Roff.word(value)
    return option.isValueOptional ? "\(name) Ns Op = Ns Ar \(word)" : "\(name) Ar \(word)"
  }

  func section(_ command: CommandDescription) -> [String] {
    [".Ss \(command.name.isEmpty ? "Without a subcommand" : command.name)"]
      + Roff.paragraphs(
        [command.abstract, command.discussion].filter { !$0.isEmpty }.joined(separator: "\n\n"))
      + list(command)
  }

  private func list(_ command: CommandDescription) -> [String] {
    var lines: [String] = []
    for operand in command.operands {
      lines.append(".It Ar \(operand.name)" + (operand.isRepeating ? " ..." : ""))
      lines += Roff.prose(operand.abstract)
    }
    for option in command.options where !option.isShared { lines += item(option) }
    return lines.isEmpty ? [] : [".Bl -tag -width Ds"] + lines + [".El"]
  }

  private func item(_ option: OptionDescription) -> [String] {
    var lines = [".It " + (option.short.map { "Fl \($0) , " } ?? "") + call(option)]
    lines += Roff.prose(option.abstract)
    if case .of(let values) = option.values, !values.allSatisfy({ option.abstract.contains($0) }) {
      lines += Roff.prose("One of \(values.joined(separator: ", ")).")
    }
    if let usual = option.usualValue { lines += Roff.prose("Default: \(usual).") }
    if option.isRequired { lines += Roff.prose("Must be given.") }
    return lines
  }

  /// What the variables that a help text names are for.
  static let variables: [(name: String, meaning: String)] = [
    ("TANDEM_CONFIG", "The configuration folder, where --config is not given."),
    ("TANDEM_REGION", "The regions at work, comma-separated, where --region is not given."),
    ("TANDEM_PROGRAMME", "The programme's folder, where --programme is not given."),
    ("TANDEM_CLERK", "Who the history says gave the command; else the system's user."),
    ("TANDEM_SMTP_USER", "Who logs in to the mail server, where --credentials is not given."),
    ("TANDEM_SMTP_PASSWORD", "The password for the mail server."),
    ("TANDEM_CALDAV_USER", "Who logs in to the calendar server, where --credentials is not given."),
    ("TANDEM_CALDAV_PASSWORD", "The password for the calendar server."),
    ("TANDEM_IMAP_USER", "Who logs in to the mailbox, where --credentials is not given."),
    ("TANDEM_IMAP_PASSWORD", "The password for the mailbox."),
    ("TANDEM_OAUTH2_SECRET", "The application's secret, where the file of --oauth2 has none."),
  ]

  func surroundings(_ words: String) -> [String] {
    var lines = [".Sh ENVIRONMENT", ".Bl -tag -width Ds"]
    for (name, meaning) in Self.variables where words.contains("$" + name) {
      lines += [".It Ev \(name)"] + Roff.prose(meaning)
    }
    lines += [".El", ".Sh FILES", ".Bl -tag -width Ds"]
    let files = [
      ("Config", "The configuration folder, where neither --config nor $TANDEM_CONFIG names one."),
      ("/etc/tandem", "Else this one, of tools in /usr/bin; of tools in PREFIX/bin, PREFIX/etc/tandem."),
      ("programme.yaml", "In that folder: headquarters' defaults."),
      ("regions/ID", "In that folder: what a region states by itself. See tandem-region(1)."),
    ]
    for (path, meaning) in files { lines += [".It Pa \(path)"] + Roff.prose(meaning) }
    return lines + [".El"]
  }

  var exitStatus: [String] {
    [".Sh EXIT STATUS", ".Bl -tag -width Ds"]
      + ToolStatus.allCases.flatMap { [".It \($0.rawValue)"] + Roff.prose(meaning(of: $0)) } + [".El"]
  }

  private func meaning(of status: ToolStatus) -> String {
    switch status {
    case .done: "Done; nothing was rejected."
    case .usage: "The call is wrong."
    case .badInput: "Some input was bad: what was good is on standard output."
    case .noInput: "An input cannot be opened."
    case .unavailable: "No answer exists; what could be planned is on standard output."
    case .cannotCreate: "An output cannot be created."
    case .ioError: "Reading or writing failed."
    case .configuration: "The configuration is wrong."
    }
  }

  func examples(_ name: String) -> [String] {
    var lines = [".Sh EXAMPLES"]
    lines += Roff.prose(
      "In the folder examples/programme of the documentation, with TANDEM_REGION=pl,de, after the examples of "
        + "the tools before in tandem(1):")
    for example in PageExample.all where example.tool == name {
      lines += [".Pp"] + Roff.prose(example.purpose + ":") + [".Bd -literal -offset indent"]
      lines += example.command.split(separator: "\n").map { Roff.literal(String($0)) } + [".Ed"]
    }
    return lines
  }

  func seeAlso(but name: String) -> [String] {
    let others = (["tandem"] + tools.map(\.name)).filter { $0 != name }.sorted()
    return [".Sh SEE ALSO"]
      + others.enumerated().map { ".Xr \($1) 1" + ($0 + 1 < others.count ? " ," : "") }
  }
}
