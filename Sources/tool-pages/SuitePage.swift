/// tandem(1): the page of the suite, and of the program that runs its tools.
enum SuitePage {
  static func text(_ page: ManualPage) -> String {
    var lines = page.head("tandem", "Run a reverse-mentoring programme, in small tools that are chained.")
    lines += [
      ".Sh SYNOPSIS", ".Nm tandem", ".Ar name", ".Op Ar argument ...", ".Nm tandem", ".Fl Fl help",
      ".Nm tandem",
      ".Fl Fl version", ".Sh DESCRIPTION",
    ]
    lines += Roff.paragraphs(
      """
      Tandem takes the exports that an HR department already has, composes the tandems of mentor and mentee that teach \
      both sides most, finds their dates, and writes invitations.

      `tandem` NAME runs `tandem-`NAME with the arguments that follow: the one beside it, else one of the \
      tools/ folder of a region at work, else any on the PATH. Between the tools flow records, a JSON object a line; each \
      tool writes through what it does not consume, so what is saved today is the input of tomorrow. Messages go to \
      standard error.
      """)
    lines += [".Pp", "The tools are:", ".Bl -tag -width tandem-workshop"]
    for tool in page.tools { lines += [".It Xr \(tool.name) 1"] + Roff.prose(tool.abstract) }
    lines += [".El"]
    lines += page.surroundings("$TANDEM_CONFIG $TANDEM_REGION") + page.exitStatus + page.examples("tandem")
    return (lines + page.seeAlso(but: "tandem")).joined(separator: "\n") + "\n"
  }
}
