import Basics
package import Intake
package import Programme
package import RecordStream
package import Regions

/// Puts `response` records into stores, one for each survey, with every answer checked against its question.
///
/// A record names nobody: its id is the respondent, unless it has `respondent`. It may have `timestamp`, `session` and
/// `tandem` too, as fields of the survey's form do.
package struct ResponseReader {
  private let surveys: [String: SurveyDefinition]
  package private(set) var stores: [String: AnswerStore] = [:]
  /// Responses to surveys that were not asked for, by survey.
  package private(set) var others: [String: Int] = [:]
  private let file: String

  package init(
    file: String, surveys: [SurveyDefinition], dimensions: [String], shelf: PageShelf? = nil
  ) {
    self.file = file
    self.surveys = surveys.keyed(by: \.name)
    for survey in surveys {
      stores[survey.name] = AnswerStore(
        file: file, layout: AnswerStore.Layout(survey, dimensions: dimensions), shelf: shelf)
    }
  }

  /// - Throws: `RecordError` where an answer is none to its question; the response is left out.
  package mutating func add(_ response: Response, line: Int) throws(RecordError) {
    guard let survey = surveys[response.survey], let store = stores[response.survey] else {
      others[response.survey, default: 0] += 1
      return
    }
    for name in response.answers.keys.sorted(by: { $0.precedesByBytes($1) })
    where !survey.questions.contains(where: { $0.name == name }) {
      throw RecordError(
        "unknown question `\(name)`: `\(survey.name)` asks "
          + "\(survey.questions.map(\.name).joined(separator: ", ")); correct it, or declare the question")
    }
    var answers: [CodedAnswer] = []
    for question in survey.questions {
      guard let answer = response.answers[question.name] else {
        answers.append(.notAsked)
        continue
      }
      guard let coded = question.coded(answer) else {
        throw RecordError(
          "\(answer.quoted) is not an answer to `\(question.name)`, which takes \(question.kind.range): correct it"
        )
      }
      answers.append(coded)
    }
    func value(_ name: String) -> String {
      switch name {
      case "region": response.region
      case "cohort": response.cohort ?? ""
      default: response.dimensions[name] ?? ""
      }
    }
    let place = store.layout.dimensions.map(value)
    let person = response.dimensions["respondent"].map { id in
      id.contains(":") ? id : "\(response.region):\(id)"
    }
    let time = response.dimensions["timestamp"].flatMap { Timestamp(rfc3339: $0) }
    let tandem = response.dimensions["tandem"].map { StableHash($0.utf8).value }
    store.append(
      AnswerStore.Head(
        respondent: StableHash((person ?? response.id).utf8).value, line: line, leaf: store.leaf(place),
        time: time?.secondsSinceEpoch ?? 0, occasion: AnswerStore.occasion(store.layout.occasion.map(value)),
        tandem: tandem ?? 0), answers)
  }
}

extension SurveyDefinition.Question {
  /// nil where it is not an answer to this question.
  fileprivate func coded(_ answer: Answer) -> CodedAnswer? {
    switch (kind, answer) {
    case (_, .notAnswered): return .notAnswered
    case (.likert, .number(let number)), (.nps, .number(let number)):
      guard let value = Int(exactly: number), let lowest = kind.lowest,
        (0..<kind.values.count).contains(value - lowest)
      else { return nil }
      return .value(value - lowest)
    case (.choice(let choices), .text(let text)): return choices.firstIndex(of: text).map { .value($0) }
    case (.choices(let choices), .choices(let ticked)):
      var bits: UInt64 = 0
      for text in ticked {
        guard let index = choices.firstIndex(of: text), index < 64 else { return nil }
        bits |= 1 << UInt64(index)
      }
      return bits == 0 ? .notAnswered : .choices(bits)
    case (.number, .number(let number)): return number.isFinite ? .number(number) : nil
    case (.text, .text(let text)): return text.isEmpty ? .notAnswered : .text
    default: return nil
    }
  }
}

extension SurveyDefinition.Question.Kind {
  /// What an answer may be, for messages.
  fileprivate var range: String {
    switch self {
    case .likert(let points): "a whole number from 1 to \(points)"
    case .nps: "a whole number from 0 to 10"
    case .choice(let choices): "one of \(choices.joined(separator: ", "))"
    case .choices(let choices): "a list of \(choices.joined(separator: ", "))"
    case .number: "a number"
    case .text: "a text"
    }
  }
}

extension Answer {
  /// As the record has it, cut to a readable length.
  fileprivate var quoted: String {
    switch self {
    case .notAnswered: "null"
    case .number(let number): Int(exactly: number).map(String.init) ?? "\(number)"
    case .text(let text): "\"\(text.count > 40 ? text.prefix(39) + "…" : text[...])\""
    case .choices(let choices):
      "[\(choices.prefix(5).joined(separator: ", "))\(choices.count > 5 ? ", …" : "")]"
    }
  }
}
