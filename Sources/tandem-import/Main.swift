import ToolSupport

@main struct Main {
  static func main() { ToolRun.main { ImportTool.run($0, on: $1) } }
}
