import Programme
import Regions

extension RegionWording {
  /// nil where the tandem's people or region are not there: then it has no session either.
  func invitation(
    to session: Session, of tandem: Tandem, people: [PersonID: Person], movedFrom: Timestamp? = nil,
    stamp: Timestamp
  ) throws(ConfigurationError) -> Invitation? {
    guard let composer = self[tandem.region], let mentor = people[tandem.mentor],
      let mentee = people[tandem.mentee]
    else { return nil }
    return try composer.invitation(
      to: session, of: tandem, mentor: mentor, mentee: mentee, movedFrom: movedFrom, stamp: stamp)
  }

  /// How the calendar of a tandem is called.
  func title(
    of tandem: Tandem, sessions: Int, people: [PersonID: Person]
  ) throws(ConfigurationError) -> String? {
    guard let composer = self[tandem.region], let mentor = people[tandem.mentor],
      let mentee = people[tandem.mentee]
    else { return nil }
    return try composer.bundle(of: tandem, sessions: sessions, mentor: mentor, mentee: mentee).name
  }

  /// nil where the tandem's region is not at work.
  func certificate(
    of tandem: Tandem, for person: Person, with other: Person, sessions: [Session], on date: LocalDate
  ) throws(ConfigurationError) -> CertificateText? {
    try self[tandem.region]?.certificate(
      of: tandem, for: person, with: other, sessions: sessions, on: date)
  }
}
