import ArgumentParser
import Intake
import ToolSupport

/// How the exports of a call are read; what is true of one of them alone follows its name.
struct AnswerOptions: ParsableArguments {
  @Option(help: "The form that the exports are; else the one that fits best.", completion: .settings(.forms))
  var form: String?
  @Option(
    help: ArgumentHelp(
      "The sheet of the workbooks; else the one that a form fits best.", valueName: "name"))
  var sheet: String?

  var wishes: FormWishes { FormWishes(form: form, sheet: sheet) }
}
