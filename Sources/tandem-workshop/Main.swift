import ToolSupport

@main enum WorkshopTool {
  static func main() { ToolRun.main(WorkshopCommand.self) }
}
