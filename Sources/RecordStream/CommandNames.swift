/// How messages name commands: as tools on files, or as commands on a programme that remembers.
package enum CommandNames: Sendable {
  case tools, programme

  /// Commands that are called otherwise on a programme; all others lose their hyphen: `tandem-match --explain` is
  /// `tandem match --explain`.
  private static let others = [
    ("tandem-schedule held", "tandem held"), ("tandem-schedule missed", "tandem missed"),
    ("tandem-schedule move", "tandem move"), ("tandem-schedule --previous", "tandem schedule"),
    ("tandem-schedule end", "tandem end"),
    ("tandem-match replace", "tandem end"), ("tandem-import forget", "tandem forget"),
  ]

  private static let toolNames = [
    "import", "match", "schedule", "invite", "workshop", "survey", "find", "region", "store",
  ]

  /// A message with its commands named so.
  package func naming(_ message: String) -> String {
    guard self == .programme, message.contains("tandem-") else { return message }
    var text = message
    for (tool, command) in CommandNames.others { text = text.replacing(tool, with: command) }
    for tool in CommandNames.toolNames { text = text.replacing("tandem-\(tool)", with: "tandem \(tool)") }
    return text
  }
}
