/// What a survey asks, whom, and how its answers may be tabulated: a declaration of the region.
package struct SurveyDefinition: Hashable, Sendable {
  package struct Question: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      /// 1 to 5, or 1 to 7.
      case likert(points: Int)
      /// 0 to 10.
      case nps
      /// One of the choices.
      case choice([String])
      /// Any of the choices.
      case choices([String])
      case number
      case text
    }

    package var name: String
    package var kind: Kind
    /// The question as it is asked, by language; empty: its name stands for it.
    package var wording: [String: String]

    package init(name: String, kind: Kind, wording: [String: String] = [:]) {
      self.name = name
      self.kind = kind
      self.wording = wording
    }
  }

  /// Several likert items of one number of points that measure one thing together.
  package struct Scale: Hashable, Sendable {
    package var name: String
    /// Names of questions, in order.
    package var items: [String]
    /// Items that are worded the other way round: 1 counts as the highest.
    package var reversed: Set<String>

    package init(name: String, items: [String], reversed: Set<String> = []) {
      self.name = name
      self.items = items
      self.reversed = reversed
    }
  }

  /// How often one person may answer.
  package enum Occasion: String, CaseIterable, Hashable, Sendable {
    /// Once in a cohort: a second sheet replaces the first.
    case cohort
    /// Once for each session: the form's field `session` says which.
    case session
  }

  package var name: String
  package var questions: [Question]
  package var scales: [Scale]
  /// What answers may be tabulated by, besides the region: `site`, `department`, `cohort`, `role` …
  package var dimensions: [String]
  /// Roles that are asked; empty: everybody.
  package var audience: [String]
  package var occasion: Occasion
  /// The earlier survey whose answers the same people's are held against.
  package var pairedWith: String?

  package init(
    name: String, questions: [Question], scales: [Scale] = [], dimensions: [String] = [],
    audience: [String] = [], occasion: Occasion = .cohort, pairedWith: String? = nil
  ) {
    self.name = name
    self.questions = questions
    self.scales = scales
    self.dimensions = dimensions
    self.audience = audience
    self.occasion = occasion
    self.pairedWith = pairedWith
  }
}

extension SurveyDefinition.Question.Kind {
  /// The labels of the values that answers are counted by, in order; empty for numbers and texts.
  package var values: [String] {
    switch self {
    case .likert(let points): (1...max(1, points)).map(String.init)
    case .nps: (0...10).map(String.init)
    case .choice(let choices), .choices(let choices): choices
    case .number, .text: []
    }
  }

  /// What the first value stands for on a scale of whole numbers; nil where values are words.
  package var lowest: Int? {
    switch self {
    case .likert: 1
    case .nps: 0
    default: nil
    }
  }
}
