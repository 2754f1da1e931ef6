/// Completion for fish 3: a file of the command's name.
enum FishCompletion {
  static func text(of tool: ToolDescription) -> String {
    let function = "__" + tool.name.replacing("-", with: "_")
    var lines = [
      "# fish completion for \(tool.name); made by tool-pages from its argument definitions",
      "",
      "function __tandem_names --argument-names kind",
      "    set -l begun (string replace -r -- '^--[^=]*=' '' (commandline -ct))",
      "    set -l words (commandline -opc)",
      "    set -l given",
      "    for option in --config --region",
      "        if set -l place (contains -i -- $option $words); and set -q words[(math $place + 1)]",
      "            set -a given $option $words[(math $place + 1)]",
      "        end",
      "    end",
      "    tandem-region names $given -- $kind \"$begun\" 2>/dev/null",
      "end",
      "",
      "# the subcommand at work; the usual one where none is named",
      "function \(function)_is --argument-names wanted",
      "    set -l words (commandline -opc)",
      "    set -l named \(quoted(tool.usual?.name ?? "none"))",
      "    if set -q words[2]; and contains -- $words[2] \(tool.named.map(\.name).joined(separator: " "))",
      "        set named $words[2]",
      "    end",
      "    test \"$named\" = \"$wanted\"",
      "end",
      "",
      "complete -c \(tool.name) -f",
    ]
    for command in tool.named {
      lines.append(
        "complete -c \(tool.name) -n 'test (count (commandline -opc)) -eq 1' -a \(command.name)"
          + " -d \(quoted(command.abstract))")
    }
    if tool.usual == nil {
      lines += ["complete -c \(tool.name) -l help -s h -d 'Show help information.'"]
    }
    for command in tool.commands {
      let condition = "complete -c \(tool.name) -n \(quoted("\(function)_is '\(command.name)'"))"
      for option in command.options {
        lines.append(
          condition + " -l \(option.long)" + (option.short.map { " -s \($0)" } ?? "")
            + (option.value == nil || option.isValueOptional ? "" : values(option.values, isOption: true))
            + " -d \(quoted(option.abstract))")
      }
      if let operand = command.operands.first(where: { $0.values != .none }) {
        lines.append(condition + values(operand.values, isOption: false))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func values(_ values: Values, isOption: Bool) -> String {
    let required = isOption ? " -r" : ""
    return switch values {
    case .none: required + " -f"
    case .file: required + " -F"
    case .folder: required + " -f -a '(__fish_complete_directories)'"
    case .of(let words): required + " -f -a '\(words.joined(separator: " "))'"
    case .names(let kind): required + " -f -a '(__tandem_names \(kind))'"
    }
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }

  /// The suite's own commands are completed by its definitions, any other `tandem NAME …` as `tandem-NAME …`.
  static func dispatcher(_ suite: ToolDescription, _ tools: [ToolDescription]) -> String {
    let own = suite.named.map(\.name).joined(separator: " ")
    let ours = tools.map { tool in
      "complete -c tandem -n __tandem_has_no_name -a \(tool.name.dropFirst(7)) -d \(quoted(tool.abstract))"
    }
    return text(of: suite) + """

      # the tools

      function __tandem_has_no_name
          test (count (commandline -opc)) -eq 1
      end

      function __tandem_runs_a_tool
          set -l words (commandline -opc)
          set -q words[2]; and not contains -- $words[2] \(own)
      end

      function __tandem_others
          set -l known \(tools.map { $0.name.dropFirst(7) }.joined(separator: " "))
          for other in (complete -C 'tandem-' | string replace -r '\\t.*' '' | string replace 'tandem-' '')
              contains -- $other $known; or echo $other
          end
      end

      \(ours.joined(separator: "\n"))
      complete -c tandem -n __tandem_has_no_name -a '(__tandem_others)' -d 'another tool'
      complete -c tandem -n __tandem_has_no_name -l version -d 'Show the version.'
      complete -c tandem -n __tandem_runs_a_tool \\
          -a '(complete -C (string replace -r -- "^\\s*tandem\\s+" "tandem-" (commandline -cp)))'

      """
  }
}
