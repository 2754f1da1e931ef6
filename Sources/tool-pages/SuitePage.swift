/// tandem(1): the page of the suite, and of the program that runs its tools.
enum SuitePage {
  /// - Parameters:
  ///   - suite: the commands on a programme.
  ///   - onRecords: those of them that run a tool on its records.
  static func text(_ page: ManualPage, _ suite: ToolDescription, _ onRecords: [CommandDescription]) -> String
  {
    var lines = page.head("tandem", "Run a reverse-mentoring programme, in small tools that are chained.")
    lines.append(".Sh SYNOPSIS")
    for command in suite.commands { lines += page.synopsis(suite, command) }
    lines += [".Nm tandem", ".Ar name", ".Op Ar argument ..."]
    lines += [".Nm tandem", ".Fl Fl help", ".Nm tandem", ".Fl Fl version", ".Sh DESCRIPTION"]
    lines += Roff.paragraphs(
      """
      Tandem takes the exports that an HR department already has, composes the tandems of mentor and mentee that teach \
      both sides most, finds their dates, and writes invitations.

      A programme is a folder that remembers all records and who changed what. Each command reads the records, and commits what \
      it changed as one revision, completely or not at all. The folder is found by --programme, by $TANDEM_PROGRAMME, or from \
      the current folder upwards.

      Where there is no programme, and for any other name, `tandem` NAME runs `tandem-`NAME with the arguments that follow: \
      the one beside it, else one of the tools/ folder of a region at work, else any on the PATH. Between the tools flow records, a JSON object a line; each \
      tool writes through what it does not consume, so what is saved today is the input of tomorrow. Messages go to \
      standard error.
      """)
    for command in suite.commands { lines += page.section(command) }
    for command in onRecords {
      lines.append(".Ss \(command.name)")
      lines += Roff.paragraphs(
        [
          command.abstract, command.discussion,
          "The options are those of tandem-\(command.name)(1), and --programme, --now and --yes.",
        ].filter { !$0.isEmpty }.joined(separator: "\n\n"))
    }
    lines += page.sharedOptions(suite)
    lines += [".Ss The tools", ".Bl -tag -width tandem-workshop"]
    for tool in page.tools { lines += [".It Xr \(tool.name) 1"] + Roff.prose(tool.abstract) }
    lines += [".El"]
    lines += page.surroundings("$TANDEM_CONFIG $TANDEM_REGION $TANDEM_PROGRAMME $TANDEM_CLERK")
    lines += page.exitStatus + page.examples("tandem")
    return (lines + page.seeAlso(but: "tandem")).joined(separator: "\n") + "\n"
  }
}
