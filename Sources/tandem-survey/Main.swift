import ToolSupport

@main struct Main {
  static func main() { ToolRun.main { SurveyTool.run($0, on: $1) } }
}
