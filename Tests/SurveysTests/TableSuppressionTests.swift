import Regions
import Testing

@testable import Surveys

@Suite struct TableSuppressionTests {
  private static let survey = SurveyDefinition(
    name: "pulse",
    questions: [
      .init(name: "useful", kind: .likert(points: 5)), .init(name: "again", kind: .likert(points: 5)),
      .init(name: "words", kind: .text),
    ])

  /// Answers to both scales by site; everybody writes too.
  private static func table(_ sites: [(String, [Int], [Int])]) -> SurveyTable {
    func cell(_ slice: [String?], _ useful: [Int], _ again: [Int]) -> SurveyTable.Cell {
      let asked = useful.reduce(0, +)
      let questions = [useful, again, [asked]].enumerated().map { index, counts in
        var own = QuestionAggregate(values: index == 2 ? 0 : 5)
        own.asked = asked
        own.answered = counts.reduce(0, +)
        own.respondents = own.answered
        if index < 2 { own.counts = counts }
        return own
      }
      return SurveyTable.Cell(slice: Slice(slice), responses: asked, respondents: asked, questions: questions)
    }
    func sum(_ all: [[Int]]) -> [Int] { (0..<5).map { place in all.reduce(0) { $0 + $1[place] } } }
    return SurveyTable(
      survey: survey, dimensions: ["site"],
      cells: sites.map { cell([$0.0], $0.1, $0.2) } + [cell([nil], sum(sites.map(\.1)), sum(sites.map(\.2)))])
  }

  private static func isHidden(_ decision: Decision) -> Bool {
    if case .hidden = decision { true } else { false }
  }

  /// "a" has three answers to the second question alone; were it shown of the first, its asked would be known.
  @Test func questionsOfOneMinimumHideTheSameSlices() {
    let table = Self.table([
      ("a", [1, 1, 1, 1, 2], [0, 1, 1, 1, 0]), ("b", [2, 2, 2, 2, 2], [2, 2, 2, 2, 2]),
      ("c", [4, 4, 4, 4, 4], [4, 4, 4, 4, 4]),
    ])
    let decisions = Suppression.decide(
      table: table, published: [], minimumGroup: MinimumGroup(figures: 5, text: 10))
    #expect(
      decisions.questions.map { Self.isHidden($0[0]) } == decisions.questions.map { Self.isHidden($0[1]) })
    #expect(Self.isHidden(decisions.questions[0][0]) && !Self.isHidden(decisions.questions[3][1]))
    // Six wrote in "a": fewer than the ten of a free text.
    #expect(Self.isHidden(decisions.questions[0][2]))
  }

  @Test func byOtherDimensionsOnlyWhatIsInBothIsShown() {
    let table = Self.table([
      ("a", [2, 2, 2, 2, 2], [2, 2, 2, 2, 2]), ("b", [4, 4, 4, 4, 4], [4, 4, 4, 4, 4]),
    ])
    let least = MinimumGroup(figures: 5, text: 5)
    let open = Suppression.decide(table: table, published: [], minimumGroup: least)
    #expect(open.questions.allSatisfy { $0.allSatisfy { $0 == .published } })
    var earlier = PublishedTable(table, open, minimumGroup: least)
    earlier.dimensions = ["region"]
    let decisions = Suppression.decide(table: table, published: [earlier], minimumGroup: least)
    #expect(decisions.questions.map { Self.isHidden($0[0]) } == [true, true, false])
  }
}
