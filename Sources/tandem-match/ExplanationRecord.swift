import Basics
import Matching
import Programme

/// The `explanation` record: why somebody is with whom they are, or with nobody.
enum ExplanationRecord {
  static func line(_ explanation: Explanation) -> [UInt8] {
    var members: [String: JSONValue] = [
      "record": .string("explanation"), "cohort": .string(explanation.cohort),
      "person": .string(explanation.person.text), "elsewhere": .integer(explanation.elsewhere),
      "tandems": .array(explanation.tandems.map(chosen)),
      "alternatives": .array(explanation.alternatives.map(alternative)),
      "ruledOut": .array(
        explanation.ruledOut.map { ruledOut in
          .object([
            "candidate": .string(ruledOut.candidate.text),
            "rules": .array(
              ruledOut.findings.map {
                .object(["rule": .string($0.rule), "reason": .string($0.reason)])
              }),
          ])
        }),
    ]
    if let unmatched = explanation.unmatched {
      members["reasons"] = .array(
        unmatched.reasons.map {
          .object(["rule": .string($0.rule), "ruledOut": .integer($0.ruledOut)])
        })
      members["relaxations"] = .array(
        explanation.relaxations.map {
          .object([
            "rule": .string($0.rule), "scope": .string($0.scope.rawValue),
            "partner": .string($0.partner.text), "room": $0.room.map { .string($0.text) } ?? .null,
          ])
        })
    }
    return JSONValue.object(members).line
  }

  private static func chosen(_ chosen: Explanation.Chosen) -> JSONValue {
    .object([
      "tandem": .string(chosen.tandem.id.text), "total": .integer(chosen.score.total),
      "parts": .array(chosen.score.lines.map(part)),
    ])
  }

  private static func part(_ line: ScoreExplanation.Line) -> JSONValue {
    .object([
      "part": .string(line.part.rawValue), "weight": .integer(line.weight), "value": .integer(line.value),
      "topics": .integer(line.topics), "words": .integer(line.words), "points": .integer(line.points),
      "met": .array(
        line.met.map { met in
          .object([
            "wish": .string(met.wish), "offer": met.offer.map { .string($0) } ?? .null,
            "nearness": .integer(met.nearness),
          ])
        }),
      "said": .array(
        line.said.map { said in
          .object([
            "first": .string(said.first), "second": .string(said.second),
            "likeness": .integer(said.likeness),
          ])
        }),
    ])
  }

  private static func alternative(_ alternative: Explanation.Alternative) -> JSONValue {
    .object([
      "partner": .string(alternative.partner.text), "role": .string(alternative.role.rawValue),
      "score": .integer(alternative.score.total),
      "change": .object([
        "pairs": .integer(alternative.change.pairs), "priority": .integer(alternative.change.priority),
        "total": .integer(alternative.change.total),
        "worstBefore": alternative.change.worstOfAllBefore.map { .integer($0) } ?? .null,
        "worstAfter": alternative.change.worstOfAllAfter.map { .integer($0) } ?? .null,
      ]),
    ])
  }
}
