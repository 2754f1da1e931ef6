/// Completion for bash 4.4 and later, as bash-completion loads it: a file of the command's name.
enum BashCompletion {
  static func text(of tool: ToolDescription) -> String {
    let function = "_" + tool.name.replacing("-", with: "_")
    return """
      # bash completion for \(tool.name); made by tool-pages from its argument definitions

      \(functions(of: tool, function))
      complete -F \(function) \(tool.name)

      """
  }

  /// What completes the calls of a tool.
  private static func functions(of tool: ToolDescription, _ function: String) -> String {
    """
    \(function)_names() {
      local -a given=()
      local word name
      for ((word = 1; word < COMP_CWORD; word++)); do
        case ${COMP_WORDS[word]} in
          --config | --region)
            name=${COMP_WORDS[word]}
            [[ ${COMP_WORDS[word + 1]} == = ]] && ((word++))
            ((word + 1 < COMP_CWORD)) && given+=("$name" "${COMP_WORDS[word + 1]}")
            ;;
        esac
      done
      while IFS= read -r name; do
        [[ $name == "$cur"* ]] && COMPREPLY+=("${name// /\\\\ }")
      done < <(tandem-region names "${given[@]}" -- "$1" "$cur" 2> /dev/null)
    }

    \(function)_values() {
      case $1 in
        file) compopt -o default ;;
        folder) compopt -o dirnames ;;
        none) ;;
        names) \(function)_names "$2" ;;
        *) mapfile -t COMPREPLY < <(compgen -W "$2" -- "$cur") ;;
      esac
    }

    \(function)() {
      local cur=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
      local subcommand='' options='' valued='' word first=1 operands=0
      COMPREPLY=()
      # --format=table comes as three words
      if [[ $cur == = ]]; then
        cur=
      elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
      fi
    \(subcommandChoice(tool))
      case $subcommand in
    \(tool.commands.map { command($0, function) }.joined(separator: "\n"))
      esac
      if [[ $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
        return
      fi
      for ((word = first; word < COMP_CWORD; word++)); do
        case ${COMP_WORDS[word]} in
          -*) [[ $valued == *" ${COMP_WORDS[word]} "* && ${COMP_WORDS[word + 1]} != = ]] && ((word++)) ;;
          =) ((word++)) ;;
          *) ((operands++)) ;;
        esac
      done
      case $subcommand,$operands in
    \(tool.commands.map { operands($0, tool, function) }.joined(separator: "\n"))
      esac
    \(subcommandNames(tool))
    }

    """
  }

  private static func subcommandChoice(_ tool: ToolDescription) -> String {
    guard !tool.named.isEmpty else { return "" }
    return """
        if ((COMP_CWORD > 1)); then
          case ${COMP_WORDS[1]} in
            \(tool.named.map(\.name).joined(separator: " | ")))
              subcommand=${COMP_WORDS[1]}
              first=2
              ;;
          esac
        fi
      """
  }

  /// The usual command is meant by its name or by none.
  private static func pattern(_ command: CommandDescription) -> String {
    if command.name.isEmpty { return "''" }
    return command.isUsual ? "'' | \(command.name)" : command.name
  }

  private static func spelled(_ option: OptionDescription) -> [String] {
    ["--" + option.long] + (option.short.map { ["-" + $0] } ?? [])
  }

  private static func values(_ values: Values, _ function: String) -> String {
    switch values {
    case .none: "\(function)_values none"
    case .file: "\(function)_values file"
    case .folder: "\(function)_values folder"
    case .of(let words): "\(function)_values list '\(words.joined(separator: " "))'"
    case .names(let kind): "\(function)_values names \(kind)"
    }
  }

  private static func command(_ command: CommandDescription, _ function: String) -> String {
    let valued = command.options.filter { $0.value != nil && !$0.isValueOptional }
    let cases = valued.map { option in
      "        \(spelled(option).joined(separator: " | "))) \(values(option.values, function)); return ;;"
    }
    return """
          \(pattern(command)))
            options='\(command.options.flatMap(spelled).joined(separator: " "))'
            valued=' \(valued.flatMap(spelled).joined(separator: " ")) '
            case $previous in
      \(cases.joined(separator: "\n"))
            esac
            ;;
      """
  }

  private static func operands(
    _ command: CommandDescription, _ tool: ToolDescription, _ function: String
  ) -> String {
    let names = command.name.isEmpty ? ["''"] : command.isUsual ? ["''", command.name] : [command.name]
    return command.operands.enumerated().map { place, operand in
      let number = operand.isRepeating ? "*" : String(place)
      return "    \(names.map { "\($0),\(number)" }.joined(separator: " | "))) "
        + "\(values(operand.values, function)) ;;"
    }.joined(separator: "\n")
  }

  private static func subcommandNames(_ tool: ToolDescription) -> String {
    guard !tool.named.isEmpty else { return "" }
    // Files of the usual command are offered beside the names: what is begun may be either.
    return """
        if ((COMP_CWORD == 1)); then
          mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W '\(tool.named.map(\.name).joined(separator: " "))' -- "$cur")
          if ((${#COMPREPLY[@]})); then
            compopt +o default
            \(tool.usual?.operands.first?.values == .file
              ? "mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen -f -- \"$cur\")\n      compopt -o filenames"
              : ":")
          fi
        fi
      """
  }

  /// The suite's own commands are completed by its definitions, any other `tandem NAME …` as `tandem-NAME …`.
  static func dispatcher(_ suite: ToolDescription, _ tools: [ToolDescription]) -> String {
    let own = suite.named.map(\.name)
    let all = own + tools.map { String($0.name.dropFirst(7)) }
    return """
      # bash completion for tandem; made by tool-pages from its argument definitions

      \(functions(of: suite, "_tandem_own"))
      _tandem() {
        local cur=${COMP_WORDS[COMP_CWORD]}
        COMPREPLY=()
        if ((COMP_CWORD == 1)); then
          if [[ $cur == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W '--help --version' -- "$cur")
          else
            # ours, and any other tandem-NAME on the PATH
            mapfile -t COMPREPLY < <({ compgen -W '\(all.joined(separator: " "))' -- "$cur"
              compgen -c -- "tandem-$cur" | cut -c 8-; } | sort -u)
          fi
          return
        fi
        case ${COMP_WORDS[1]} in
          \(own.joined(separator: " | ")))
            _tandem_own
            return
            ;;
        esac
        local tool=tandem-${COMP_WORDS[1]}
        local function=_${tool//-/_}
        local file=${BASH_SOURCE[0]%/*}/$tool
        if ! declare -F "$function" > /dev/null && [[ -r $file ]]; then
          . "$file"
        fi
        if ! declare -F "$function" > /dev/null; then
          compopt -o default
          return
        fi
        COMP_WORDS=("$tool" "${COMP_WORDS[@]:2}")
        ((COMP_CWORD--))
        "$function"
      }

      complete -F _tandem tandem

      """
  }
}
