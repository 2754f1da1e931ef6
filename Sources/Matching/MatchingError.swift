package import Programme

/// What the matcher refuses.
package enum MatchingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// HR locked and forbade the same two; take one of the lines out.
  case lockedAndForbidden(PersonID, PersonID)
  /// HR locked somebody into a role that they did not apply for; change the role or the lock.
  case lockedAgainstRole(PersonID, as: Role)
  /// The scores or pairs are more than the solver takes.
  case instance(String)

  package var description: String {
    switch self {
    case .lockedAndForbidden(let mentor, let mentee):
      "\(mentor) and \(mentee) are both locked and forbidden; take one of the two lines out"
    case .lockedAgainstRole(let person, let role):
      "\(person) is locked as \(role.rawValue), which they did not apply for; swap the two or change the lock"
    case .instance(let message): message
    }
  }
}
