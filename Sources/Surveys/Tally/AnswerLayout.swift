import Intake
import Programme
package import Regions

extension AnswerStore.Layout {
  /// How the answers to a survey are held, distinguished by these dimensions.
  package init(_ survey: SurveyDefinition, dimensions: [String]) {
    self.init(
      survey: survey.name,
      questions: survey.questions.map { question in
        let coding: AnswerCoding
        switch question.kind {
        case .likert(let points): coding = .scale(lowest: 1, count: points)
        case .nps: coding = .scale(lowest: 0, count: 11)
        case .choice(let choices): coding = .choice(choices)
        case .choices(let choices): coding = .choices(choices)
        case .number: coding = .number
        case .text: coding = .text
        }
        return Question(name: question.name, coding: coding)
      }, dimensions: dimensions, occasion: survey.occasion == .session ? ["cohort", "session"] : ["cohort"])
  }
}
