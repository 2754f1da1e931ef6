/// One line of the stream between the tools, as a value. Kinds that we do not know are no values: the stream
/// carries their bytes.
package enum Record: Hashable, Sendable {
  case person(Person)
  case tandem(Tandem)
  case unmatched(Unmatched)
  case session(Session)
  case workshop(Workshop)
  case response(Response)
  case summary(Summary)

  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case person, tandem, unmatched, session, workshop, response, summary
  }

  package var kind: Kind {
    switch self {
    case .person: .person
    case .tandem: .tandem
    case .unmatched: .unmatched
    case .session: .session
    case .workshop: .workshop
    case .response: .response
    case .summary: .summary
    }
  }
}
