import Intake
import Programme
import Regions

/// The last answers of each person to the survey that another is paired with, and which questions both ask.
struct EarlierAnswers: Sendable {
  /// Indices in the later and in the earlier survey, of questions for numbers of one and the same kind.
  let questions: [(later: Int, earlier: Int)]
  private let kinds: [SurveyDefinition.Question.Kind]
  private let earlierKinds: [SurveyDefinition.Question.Kind]
  private let stores: [AnswerStore]
  private let responses: [UInt64: Repeats.Reference]

  init(_ earlier: SurveyDefinition, _ stores: [AnswerStore], for later: SurveyDefinition) {
    questions = EarlierAnswers.shared(earlier, later)
    kinds = later.questions.map(\.kind)
    earlierKinds = earlier.questions.map(\.kind)
    self.stores = stores
    let repeats = Repeats(stores)
    var responses: [UInt64: Repeats.Reference] = [:]
    for (number, store) in stores.enumerated() {
      store.forEach(in: 0..<store.count) { row, response in
        guard response.respondent != 0 else { return }
        responses[response.respondent] = Repeats.Reference(store: number, row: row)
      }
    }
    for (respondent, last) in repeats.latest { responses[respondent] = last }
    self.responses = responses
  }

  static func shared(_ earlier: SurveyDefinition, _ later: SurveyDefinition) -> [(later: Int, earlier: Int)] {
    later.questions.enumerated().compactMap { index, question in
      switch question.kind {
      case .likert, .nps, .number: break
      case .choice, .choices, .text: return nil
      }
      let same = earlier.questions.firstIndex { $0.name == question.name && $0.kind == question.kind }
      return same.map { (index, $0) }
    }
  }

  /// What the person answered before, by the index of the question.
  func answers(of respondent: UInt64) -> ((Int) -> Double?)? {
    guard respondent != 0, let place = responses[respondent] else { return nil }
    let store = stores[place.store]
    let numbers = store.with(row: place.row) { response in
      questions.map { EarlierAnswers.number(store.answer(response, $0.earlier), earlierKinds[$0.earlier]) }
    }
    guard let numbers else { return nil }
    return { question in questions.firstIndex { $0.earlier == question }.flatMap { numbers[$0] } }
  }

  func number(_ answer: CodedAnswer, _ question: Int) -> Double? {
    EarlierAnswers.number(answer, kinds[question])
  }

  private static func number(_ answer: CodedAnswer, _ kind: SurveyDefinition.Question.Kind) -> Double? {
    switch answer {
    case .value(let value): kind.lowest.map { Double($0 + value) }
    case .number(let number): number
    case .notAsked, .notAnswered, .choices, .text: nil
    }
  }
}
