import Basics
package import Programme

extension Explanation {
  /// Without `reasons` and `relaxations` where the person has a tandem.
  package static let fields = WrittenTable<Explanation>(
    "explanation", "Why somebody is with whom they are, or with nobody.", place: "`tandem-match --explain`",
    [
      .required("cohort", \.cohort, "the cohort's id"),
      .required("person", \.person, "the person's id"),
      .count("elsewhere", \.elsewhere, "candidates of other sites or regions"),
      .required("tandems", \.tandems, "the tandems, each with the parts of its score"),
      .required("alternatives", \.alternatives, "the next best partners"),
      .required("ruledOut", \.ruledOut, "who was ruled out"),
      .optional("reasons", \.unmatched?.reasons, "of somebody unmatched"),
      .optional("relaxations", { $0.unmatched == nil ? nil : $0.relaxations }, "of somebody unmatched"),
    ])
}

extension Explanation.Chosen: WrittenObject {
  package static let fields = WrittenTable<Explanation.Chosen>([
    .required("tandem", \.tandem.id, "the tandem's id"),
    .required("total", \.score.total, "its score"),
    .required("parts", \.score.lines, "the parts of the score"),
  ])
}

extension ScoreExplanation.Line: WrittenObject {
  package static let fields = WrittenTable<ScoreExplanation.Line>([
    .required("part", \.part, "which part"),
    .required("weight", \.weight, "the region's weight"),
    .required("value", \.value, "thousandths"),
    .required("topics", \.topics, "of it by topics"),
    .required("words", \.words, "of it by free words"),
    .required("points", \.points, "what it adds to the total"),
    .required("met", \.met, "wishes and offers"),
    .required("said", \.said, "free words that are alike"),
  ])
}

extension ScoreExplanation.Met: WrittenObject {
  package static let fields = WrittenTable<ScoreExplanation.Met>([
    .required("wish", \.wish, "the topic wished for"),
    .required("offer", \.offer, "the topic offered"),
    .required("nearness", \.nearness, "thousandths"),
  ])
}

extension ScoreExplanation.Said: WrittenObject {
  package static let fields = WrittenTable<ScoreExplanation.Said>([
    .required("first", \.first, "the words of the one"),
    .required("second", \.second, "the words of the other"),
    .required("likeness", \.likeness, "thousandths"),
  ])
}

extension Explanation.Alternative: WrittenObject {
  package static let fields = WrittenTable<Explanation.Alternative>([
    .required("partner", \.partner, "the other person's id"),
    .required("role", \.role, "what the person would be"),
    .required("score", \.score.total, "of the pair"),
    .required("change", \.change, "what it would cost all others"),
  ])
}

extension AssignmentChange: WrittenObject {
  package static let fields = WrittenTable<AssignmentChange>([
    .required("pairs", \.pairs, "tandems more or fewer"),
    .required("priority", \.priority, "people with precedence more or fewer"),
    .required("total", \.total, "sum of scores more or less"),
    .required("worstBefore", \.worstOfAllBefore, "the worst tandem as it is"),
    .required("worstAfter", \.worstOfAllAfter, "the worst tandem then"),
  ])
}

extension Explanation.RuledOut: WrittenObject {
  package static let fields = WrittenTable<Explanation.RuledOut>([
    .required("candidate", \.candidate, "the person's id"),
    .required("rules", \.findings, "what speaks against the pair"),
  ])
}

extension Finding: WrittenObject {
  package static let fields = WrittenTable<Finding>([
    .required("rule", \.rule, "the rule's name"),
    .required("reason", \.reason, "in words"),
  ])
}

extension Explanation.Relaxation: WrittenObject {
  package static let fields = WrittenTable<Explanation.Relaxation>([
    .required("rule", \.rule, "the rule that would give way"),
    .required("scope", \.scope, "for whom"),
    .required("partner", \.partner, "with whom"),
    .required("room", \.room, "who would take one tandem more"),
  ])
}
