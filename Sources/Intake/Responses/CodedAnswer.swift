/// What somebody answered to one question, as far as tabulating needs it.
package enum CodedAnswer: Hashable, Sendable {
  case notAsked
  /// Shown, and left empty.
  case notAnswered
  /// The index of a value of the scale or of a choice.
  case value(Int)
  /// Bits by the index of the choices.
  case choices(UInt64)
  case number(Double)
  /// Some text: what it says is not tabulated.
  case text
}

/// How answers are held: what each question takes.
package enum AnswerCoding: Hashable, Sendable {
  /// A scale of whole numbers from the first of so many, at most 13.
  case scale(lowest: Int, count: Int)
  /// One of these words.
  case choice([String])
  /// Any of these words, at most 64.
  case choices([String])
  case number
  case text
}
