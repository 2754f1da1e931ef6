import Basics
import Programme

/// The shape of a language's file, made of the keys, counted words and plural forms that texts are read by.
package enum TextSchema {
  package static let settings: [Setting] =
    [
      Setting(
        "dates",
        .record([
          Setting("months", words, "the twelve months, as they appear in a date"),
          Setting("weekdays", words, "the seven days, Monday first"),
          Setting("halves", words, "the halves of the day, where clocks are written with them"),
          Setting("long", .text(.prose), "a date in full; may use " + list(DateWording.variables)),
          Setting("short", .text(.prose), "a date in short; may use " + list(DateWording.variables)),
        ]), "how dates are written"),
      Setting(
        "list",
        .record([
          Setting("between", .text(.prose), "what is between the members of a list"),
          Setting("last", .text(.prose), "what is before the last one"),
          Setting("last-before-i", .text(.prose), "the same before a word that begins with i"),
        ]), "how lists are joined"),
      Setting(
        "counted",
        .record(
          CountedWord.allCases.map { word in
            Setting(
              word.rawValue,
              .record(
                PluralCategory.allCases.map {
                  Setting($0.rawValue, .text(.prose), "its form for \($0.rawValue); may use `n`")
                }), "a word that bends with a number")
          }), "words that bend with a number"),
      Setting("zones", .map(key: .timeZone, .text(.prose)), "what people call a time zone, by its IANA name"),
    ] + groups

  private static let words = Shape.list(.text(.prose), least: 1)

  private static func list(_ variables: Set<String>) -> String {
    variables.isEmpty
      ? "nothing" : variables.sorted { $0.precedesByBytes($1) }.map { "`\($0)`" }.joined(separator: ", ")
  }

  /// `session: {summary: …}`, in the order of the keys.
  private static let groups: [Setting] = {
    var groups: [(name: String, keys: [(String, TextKey)])] = []
    for key in TextKey.allCases {
      let parts = key.rawValue.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { continue }
      if groups.last?.name != parts[0] { groups.append((parts[0], [])) }
      groups[groups.count - 1].keys.append((parts[1], key))
    }
    return groups.map { group in
      Setting(
        group.name,
        .record(
          group.keys.map { Setting($0, .text(.prose), "may use " + list($1.variables)) }),
        "what participants read of a \(group.name)")
    }
  }()
}
