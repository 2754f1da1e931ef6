package import Regions

/// The words of a published table for people, in one language: the page and the terminal use the same.
package struct SurveyWording: Sendable {
  /// BCP 47.
  package let language: String
  private let texts: LanguageTexts?
  private let table: PublishedTable

  /// - Parameter asked: nil: the language that the regions have in common; else the first of the fallback languages, which
  ///   headquarters sets for the whole programme, that has all the words.
  package init(_ table: PublishedTable, asked: String?, regions: [Region], config: String) {
    self.table = table
    let own = Set(regions.map(\.language))
    var texts: LanguageTexts?
    if var region = regions.first {
      let common = own.count == 1 ? own.first : nil
      let tag = asked ?? common ?? region.fallbackLanguages.first ?? "en"
      // Whatever the regions speak, this is the language to load.
      region.language = tag
      texts = try? TextCatalogue.load(config: config, region: region).texts
        .language(tag, for: SurveyWording.keys)
    }
    self.texts = texts
    language = texts?.tag ?? "en"
  }

  private static let keys: [TextKey] = [
    .surveyQuestion, .surveyAsked, .surveyAnswered, .surveyResponseRate, .surveyInterval, .surveyMean,
    .surveyDeviation, .surveyMedian, .surveyQuartiles, .surveyTopTwo, .surveyScore, .surveyPromoters,
    .surveyPassives, .surveyDetractors, .surveyDistribution, .surveyResults, .surveyPrivacy, .surveyCoarsened,
    .surveyGroup, .surveyChange, .surveyBefore, .surveyNow, .surveyEffect, .surveyReliability, .surveyPeople,
    .surveyTotal, .surveyUnknown, .surveySuppressed, .surveyProtected, .surveyEarlier, .surveyWithheld,
  ]

  private static let dimensions: [String: TextKey] = [
    "region": .surveyRegion, "site": .surveySite, "department": .surveyDepartment, "cohort": .surveyCohort,
    "role": .surveyRole,
  ]

  /// Without a language, the name of the text.
  package subscript(key: TextKey) -> String {
    guard let texts else { return String(key.rawValue.drop { $0 != "." }.dropFirst()) }
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

  package subscript(reason: HiddenReason) -> String {
    switch reason {
    case .tooFew: self[.surveySuppressed]
    case .secondary: self[.surveyProtected]
    case .earlierRun: self[.surveyEarlier]
    case .protection: self[.surveyWithheld]
    }
  }

  /// A dimension that is a fact of the region's own has the name that the region gave it.
  package func dimension(_ name: String) -> String {
    guard let texts, let key = SurveyWording.dimensions[name], texts.has([key]) else { return name }
    return texts.render(key, [:])
  }

  /// The question as it was asked; its name where it was not asked in this language.
  package func wording(_ question: SurveyDefinition.Question) -> String {
    question.wording[language]
      ?? (language.split(separator: "-").first.flatMap { question.wording[String($0)] })
      ?? question.name
  }

  /// Five points have names; seven, and the numbers of a recommendation, are their numbers.
  package func values(_ kind: SurveyDefinition.Question.Kind) -> [String] {
    guard case .likert(points: 5) = kind, let texts else { return kind.values }
    let keys: [TextKey] = [
      .surveyStronglyDisagree, .surveyDisagree, .surveyNeutral, .surveyAgree, .surveyStronglyAgree,
    ]
    return texts.has(keys) ? keys.map { texts.render($0, [:]) } : kind.values
  }
}
