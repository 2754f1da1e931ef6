package import Basics

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
  case reply(SessionReply)
  case absence(Absence)
  case undelivered(Undelivered)

  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case person, tandem, unmatched, session, workshop, response, summary, reply, absence, undelivered
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
    case .reply: .reply
    case .absence: .absence
    case .undelivered: .undelivered
    }
  }
}

extension Record {
  /// Reads a line of one of our kinds. Keys that we do not know are skipped: a stream of a later version can be read.
  package init(kind: Kind, reading scanner: inout JSONScanner) throws(JSONError) {
    self =
      switch kind {
      case .person: .person(try Person.fields.read(&scanner))
      case .tandem: .tandem(try Tandem.fields.read(&scanner))
      case .unmatched: .unmatched(try Unmatched.fields.read(&scanner))
      case .session: .session(try Session.fields.read(&scanner))
      case .workshop: .workshop(try Workshop.fields.read(&scanner))
      case .response: .response(try Response.fields.read(&scanner))
      case .summary: .summary(try Summary.fields.read(&scanner))
      case .reply: .reply(try SessionReply.fields.read(&scanner))
      case .absence: .absence(try Absence.fields.read(&scanner))
      case .undelivered: .undelivered(try Undelivered.fields.read(&scanner))
      }
  }

  /// One line of the stream, without its line feed.
  package var line: [UInt8] {
    switch self {
    case .person(let person): Person.fields.line(person)
    case .tandem(let tandem): Tandem.fields.line(tandem)
    case .unmatched(let unmatched): Unmatched.fields.line(unmatched)
    case .session(let session): Session.fields.line(session)
    case .workshop(let workshop): Workshop.fields.line(workshop)
    case .response(let response): Response.fields.line(response)
    case .summary(let summary): Summary.fields.line(summary)
    case .reply(let reply): SessionReply.fields.line(reply)
    case .absence(let absence): Absence.fields.line(absence)
    case .undelivered(let undelivered): Undelivered.fields.line(undelivered)
    }
  }

  /// In the order in which they arise.
  package static var descriptions: [RecordDescription] {
    [
      Person.fields.description, Tandem.fields.description, Unmatched.fields.description,
      Session.fields.description, Workshop.fields.description, Response.fields.description,
      Summary.fields.description, SessionReply.fields.description, Absence.fields.description,
      Undelivered.fields.description,
    ]
  }
}
