package import Programme

/// Why somebody is with whom they are, or with nobody.
package struct Explanation: Sendable {
  package struct Chosen: Sendable {
    package var tandem: Tandem
    package var score: ScoreExplanation
  }

  /// Another partner, and what choosing them would change for the whole.
  package struct Alternative: Sendable {
    package var partner: PersonID
    /// What the person would be.
    package var role: Role
    package var score: TandemScore
    package var change: AssignmentChange
  }

  /// A candidate whom rules rule out.
  package struct RuledOut: Sendable {
    package var candidate: PersonID
    package var findings: [Finding]
  }

  /// A single rule without which the person would be placed.
  package struct Relaxation: Hashable, Sendable {
    package enum Scope: String, CaseIterable, FieldValue {
      /// The rule gives way for this person alone.
      case person
      /// The region states the rule otherwise, for everybody.
      case region
    }

    package var rule: String
    package var scope: Scope
    /// With whom the person would be.
    package var partner: PersonID
    /// `capacity` for the person alone: who takes one tandem more, the person or a candidate.
    package var room: PersonID?
  }

  package var person: PersonID
  package var cohort: String
  package var tandems: [Chosen]
  /// The cheapest for the whole first.
  package var alternatives: [Alternative]
  /// Candidates of the same site (of all sites where that is allowed), by id.
  package var ruledOut: [RuledOut]
  /// Candidates at other sites, who are not told one by one.
  package var elsewhere: Int
  /// Of somebody who is left out.
  package var unmatched: Unmatched?
  package var relaxations: [Relaxation]
}
