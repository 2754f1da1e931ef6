package import Intake
import Programme
package import Regions

/// What a run is to make: one survey of some regions, by up to three dimensions.
package struct SurveyPlan: Sendable {
  package static let mostDimensions = 3

  package let survey: SurveyDefinition
  /// The survey that this one is paired with.
  package let earlier: SurveyDefinition?
  package let dimensions: [String]
  /// The greatest of the regions' minimum groups, and what the caller raised it to.
  package let minimumGroup: MinimumGroup

  /// Throws where the survey, a dimension or the group is not one that the regions allow.
  package init(
    survey name: String, by dimensions: [String], regions: [Region], minimumGroup raised: Int? = nil
  ) throws(SurveyError) {
    let declared = regions.compactMap { region in region.survey(name).map { (region.id, $0) } }
    guard let (first, survey) = declared.first else {
      var known: [String] = []
      for survey in regions.flatMap(\.surveys) where !known.contains(survey.name) {
        known.append(survey.name)
      }
      throw .unknownSurvey(name, known: known)
    }
    if let other = declared.first(where: { $0.1 != survey }) {
      throw .differentDeclarations(survey: name, regions: [first, other.0])
    }
    let known = ["region"] + survey.dimensions
    for (index, dimension) in dimensions.enumerated() {
      guard known.contains(dimension) else { throw .unknownDimension(dimension, survey: name, known: known) }
      if dimensions.firstIndex(of: dimension) != index { throw .repeatedDimension(dimension) }
    }
    guard dimensions.count <= SurveyPlan.mostDimensions else { throw .tooManyDimensions(dimensions.count) }
    let earlier = survey.pairedWith.flatMap { name in regions.lazy.compactMap { $0.survey(name) }.first }
    let least = MinimumGroup(
      figures: regions.map(\.privacy.minimumGroup).max() ?? 5,
      text: regions.map(\.privacy.minimumGroupText).max() ?? 10)
    self.survey = survey
    self.earlier = earlier
    self.dimensions = dimensions
    minimumGroup = try least.raised(to: raised)
  }

  /// The layouts of the stores, by survey.
  package var layouts: [String: AnswerStore.Layout] {
    var layouts = [survey.name: AnswerStore.Layout(survey, dimensions: dimensions)]
    if let earlier { layouts[earlier.name] = AnswerStore.Layout(earlier, dimensions: []) }
    return layouts
  }

  /// Throws where nobody answered, or where a dimension has more values than a table can have.
  package func check(_ stores: [AnswerStore]) throws(SurveyError) {
    guard stores.contains(where: { $0.count > 0 }) else { throw .noAnswers(survey: survey.name) }
    for (index, dimension) in dimensions.enumerated() {
      var values: Set<String> = []
      for store in stores { values.formUnion(store.leaves.map { $0[index] }) }
      if values.count > AnswerStore.Layout.greatestDimension {
        throw .dimensionTooWide(dimension, most: AnswerStore.Layout.greatestDimension)
      }
    }
  }
}

extension MinimumGroup {
  /// Raised, never lowered; free text never needs fewer than figures.
  package func raised(to asked: Int?) throws(SurveyError) -> MinimumGroup {
    guard let asked else { return self }
    guard asked >= figures else { throw .groupTooSmall(asked, least: figures) }
    return MinimumGroup(figures: asked, text: max(asked, text))
  }
}
