import Programme
import Regions
import Surveys

/// The words of a published table for people, in one language: the page's and the terminal's are the same.
struct TableWording {
  /// BCP 47: the language of the words.
  let language: String
  private let texts: LanguageTexts?
  private let table: PublishedTable

  /// - Parameter asked: nil: the regions' language where they have one in common; else the first of the fallback languages that has all
  ///   the words, which headquarters sets for the whole programme.
  init(_ table: PublishedTable, asked: String?, regions: [Region], config: String) {
    self.table = table
    let own = Set(regions.map(\.language))
    var texts: LanguageTexts?
    if var region = regions.first {
      let common = own.count == 1 ? own.first : nil
      let tag = asked ?? common ?? region.fallbackLanguages.first ?? "en"
      // Whatever the regions speak, this is the language to load.
      region.language = tag
      texts = try? TextCatalogue.load(config: config, region: region).texts
        .language(tag, for: Array(TableWording.keys.values))
    }
    self.texts = texts
    language = texts?.tag ?? "en"
  }

  /// By name here and in the page's words.
  static let keys: [String: TextKey] = [
    "question": .surveyQuestion, "asked": .surveyAsked, "answered": .surveyAnswered,
    "rate": .surveyResponseRate,
    "interval": .surveyInterval, "mean": .surveyMean, "deviation": .surveyDeviation, "median": .surveyMedian,
    "quartiles": .surveyQuartiles, "top": .surveyTopTwo, "score": .surveyScore, "promoters": .surveyPromoters,
    "passives": .surveyPassives, "detractors": .surveyDetractors, "distribution": .surveyDistribution,
    "title": .surveyResults, "privacy": .surveyPrivacy, "coarsened": .surveyCoarsened, "group": .surveyGroup,
    "change": .surveyChange, "before": .surveyBefore, "after": .surveyNow, "effect": .surveyEffect,
    "reliability": .surveyReliability, "people": .surveyPeople, "total": .surveyTotal,
    "unknown": .surveyUnknown,
    "too-few": .surveySuppressed, "complement": .surveyProtected, "earlier-run": .surveyEarlier,
    "protection": .surveyWithheld,
  ]

  private static let dimensions: [String: TextKey] = [
    "region": .surveyRegion, "site": .surveySite, "department": .surveyDepartment, "cohort": .surveyCohort,
    "role": .surveyRole,
  ]

  /// Where no region lends its language, the name itself.
  func word(_ name: String) -> String {
    guard let texts, let key = TableWording.keys[name] else { return name }
    let figures = texts.counted(table.minimumGroup.figures, .people)
    let values: [String: any Sendable] =
      switch key {
      case .surveyResults: ["survey": table.survey.name]
      case .surveyChange: ["survey": table.survey.pairedWith ?? ""]
      case .surveyPrivacy: ["people": figures, "texts": texts.counted(table.minimumGroup.text, .people)]
      case .surveySuppressed: ["people": figures, "minimum": table.minimumGroup.figures]
      default: [:]
      }
    return texts.render(key, values)
  }

  func word(_ reason: HiddenReason) -> String { word(reason.rawValue) }

  /// A dimension that is a fact of the region's own has the name that the region gave it.
  func dimension(_ name: String) -> String {
    guard let texts, let key = TableWording.dimensions[name], texts.has([key]) else { return name }
    return texts.render(key, [:])
  }

  /// As it was asked; its name where it was not asked in the language.
  func wording(_ question: SurveyDefinition.Question) -> String {
    question.wording[language]
      ?? (language.split(separator: "-").first.flatMap { question.wording[String($0)] })
      ?? question.name
  }

  /// Five points have names; seven, and the numbers of a recommendation, are their numbers.
  func values(_ kind: SurveyDefinition.Question.Kind) -> [String] {
    guard case .likert(points: 5) = kind, let texts else { return kind.values }
    let keys: [TextKey] = [
      .surveyStronglyDisagree, .surveyDisagree, .surveyNeutral, .surveyAgree, .surveyStronglyAgree,
    ]
    return texts.has(keys) ? keys.map { texts.render($0, [:]) } : kind.values
  }
}
