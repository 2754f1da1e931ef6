import ToolSupport

@main struct Main {
  static func main() { ToolRun.main(WorkshopCommand.self) }
}
