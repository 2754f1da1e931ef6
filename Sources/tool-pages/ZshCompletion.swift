/// Completion for zsh: an autoloaded function of the command's name (zshcompsys(1)).
enum ZshCompletion {
  static func text(of tool: ToolDescription) -> String {
    let function = "_" + tool.name
    let named = tool.named.map { "      \(quoted("\(colons($0.name)):\($0.abstract)"))" }
    let choice =
      named.isEmpty
      ? ""
      : """

        local -a subcommands=(
      \(named.joined(separator: "\n"))
        )
        if ((CURRENT > 2)) && [[ $words[2] == (\(tool.named.map(\.name).joined(separator: "|"))) ]]; then
          local subcommand=$words[2]
          words=($words[1] "${(@)words[3,-1]}")
          ((CURRENT--))
          \(function)_$subcommand
          return
        fi
        if ((CURRENT == 2)) && [[ $words[2] != -* ]]; then
          _describe -t commands subcommand subcommands && result=0
        fi
      """
    let usual =
      tool.usual.map { "  \(function)_\($0.name) && result=0" }
      ?? "  _arguments -S \(quoted("--help[Show help information.]")) \(quoted("--version[Show the version.]")) && result=0"
    return """
      #compdef \(tool.name)
      # made by tool-pages from its argument definitions

      \(names)
      \(tool.commands.map { command($0, "\(function)_\($0.name)") }.joined(separator: "\n"))
      \(function)() {
        local result=1\(choice)
      \(usual)
        return result
      }

      \(function) "$@"

      """
  }

  /// What `tandem-region names` offers.
  private static let names = """
    (($+functions[_tandem_names])) || _tandem_names() {
      local -a given found
      local option
      integer place
      for option in --config --region; do
        place=${words[(I)$option]}
        ((place && place + 1 < CURRENT)) && given+=($option ${(Q)words[place + 1]})
        place=${words[(I)$option=*]}
        ((place && place < CURRENT)) && given+=(${(Q)words[place]})
      done
      found=(${(f)"$(tandem-region names $given -- ${argv[-1]} "$PREFIX" 2> /dev/null)"})
      compadd "${(@)argv[1,-2]}" -a found
    }

    """

  private static func command(_ command: CommandDescription, _ function: String) -> String {
    let specs =
      command.options.flatMap(specs)
      + command.operands.enumerated().map { place, operand in
        quoted(
          (operand.isRepeating ? "*" : (operand.isRequired ? "\(place + 1)" : "\(place + 1):")) + ":"
            + colons(operand.name) + ":" + action(operand.values))
      }
    return """
      (($+functions[\(function)])) || \(function)() {
        _arguments -s -S \\
      \(specs.map { "    " + $0 }.joined(separator: " \\\n"))
      }

      """
  }

  private static func specs(_ option: OptionDescription) -> [String] {
    let about = "[" + brackets(option.abstract) + "]"
    guard let value = option.value else {
      guard let short = option.short else { return [quoted("--\(option.long)\(about)")] }
      return ["-\(short)", "--\(option.long)"].map { quoted("(-\(short) --\(option.long))\($0)\(about)") }
    }
    // `=-`: the value, if any, is in the same word; `=`: in the same or in the next.
    let colon = option.isValueOptional ? "=-" : "="
    let star = option.isRepeating ? "*" : ""
    return [
      quoted(
        "\(star)--\(option.long)\(colon)\(about):"
          + (option.isValueOptional ? ":" : "") + "\(colons(value)):\(action(option.values))")
    ]
  }

  private static func action(_ values: Values) -> String {
    switch values {
    case .none: " "
    case .file: "_files"
    case .folder: "_files -/"
    case .of(let words): "(\(words.joined(separator: " ")))"
    case .names(let kind): "_tandem_names \(kind)"
    }
  }

  private static func colons(_ text: String) -> String { text.replacing(":", with: "\\:") }

  private static func brackets(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("[", with: "\\[").replacing("]", with: "\\]")
  }

  private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

  /// The suite's own commands are completed by its definitions, any other `tandem NAME …` as `tandem-NAME …`.
  static func dispatcher(_ suite: ToolDescription, _ tools: [ToolDescription]) -> String {
    let described =
      suite.named.map { "\(colons($0.name)):\($0.abstract)" }
      + tools.map { "\($0.name.dropFirst(7)):\($0.abstract)" }
    return """
      #compdef tandem
      # made by tool-pages from its argument definitions

      \(names)
      \(suite.commands.map { command($0, "_tandem_\($0.name)") }.joined(separator: "\n"))
      _tandem() {
        if ((CURRENT == 2)); then
          local -a tools=(
      \(described.map { "      " + quoted($0) }.joined(separator: "\n"))
          )
          local other
          # any other tandem-NAME on the PATH
          for other in ${(ok)commands[(I)tandem-*]#tandem-}; do
            ((${tools[(I)$other:*]})) || tools+=("$other:tandem-$other")
          done
          _describe -t commands tool tools
          [[ $words[2] == -* ]] && compadd -- --help --version
          return
        fi
        if [[ $words[2] == (\(suite.named.map(\.name).joined(separator: "|"))) ]]; then
          local command=$words[2]
          words=($words[1] "${(@)words[3,-1]}")
          ((CURRENT--))
          _tandem_$command
          return
        fi
        words=("tandem-$words[2]" "${(@)words[3,-1]}")
        ((CURRENT--))
        _normal
      }

      _tandem "$@"

      """
  }
}
