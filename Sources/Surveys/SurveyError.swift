import Basics

/// Why a survey cannot be tabulated as asked.
package enum SurveyError: Error, Hashable, Sendable {
  /// The name is none of the declared surveys.
  case unknownSurvey(String, known: [String])
  /// The survey may not be tabulated by this.
  case unknownDimension(String, survey: String, known: [String])
  /// More dimensions than a table has.
  case tooManyDimensions(Int)
  /// The same dimension twice.
  case repeatedDimension(String)
  /// A dimension with so many values that its cells are single people.
  case dimensionTooWide(String, most: Int)
  /// Two regions declare one survey differently, so their answers cannot be in one table.
  case differentDeclarations(survey: String, regions: [String])
  /// Nobody answered.
  case noAnswers(survey: String)
  /// A group smaller than the region allows.
  case groupTooSmall(Int, least: Int)
  /// Partial aggregates that cannot be merged.
  case unlike(String)
  /// People who are counted in two partial aggregates.
  case counted(Int, survey: String)
  /// Two partial aggregates of one region without a key: it is unknown whether they share people.
  case withoutKey(region: String)

  package var message: String {
    switch self {
    case .unknownSurvey(let name, let known):
      "no survey `\(name)` is declared: "
        + (known.isEmpty
          ? "add it to `surveys`" : "write one of \(known.joined(separator: ", ")), or add it to `surveys`")
    case .unknownDimension(let name, let survey, let known):
      "`\(survey)` is not tabulated by `\(name)`: write \(known.joined(separator: ", ")), or add it to the survey's "
        + "dimensions"
    case .tooManyDimensions(let count):
      "\(count) dimensions at once: a table has three at most, since each makes its cells smaller"
    case .repeatedDimension(let name): "the dimension `\(name)` is asked for twice: name it once"
    case .dimensionTooWide(let name, let most):
      "the dimension `\(name)` has more than \(most) values: by it the table would be a list of people; take a broader "
        + "one"
    case .differentDeclarations(let survey, let regions):
      "`\(survey)` is declared differently by \(regions.joined(separator: " and ")): make the declarations the same, or "
        + "name one region with --region"
    case .noAnswers(let survey):
      "nobody answered `\(survey)`: check that the files are its answers, and the form they are read by"
    case .groupTooSmall(let asked, let least):
      "--minimum-group \(asked) is less than \(least), which is asked for here: it can only be raised"
    case .unlike(let what): "\(what): merge partial aggregates of one survey and one --by alone"
    case .counted(let people, let survey):
      "\(Basics.counted(people, "person", "people")) who answered `\(survey)` "
        + "\(people == 1 ? "is" : "are") counted in a file before this one too: divide the answers by person and not by "
        + "row, and aggregate again"
    case .withoutKey(let region):
      "a second aggregate of region \(region), and it is unknown whether both count the same people: make both with "
        + "the same --key FILE"
    }
  }
}
