import Basics
import Programme
import Regions
import ToolSupport

/// The regions' texts, read once: words the invitation to any session of their tandems.
struct InvitationWording: Sendable {
  let composers: RegionWording

  /// - Throws: exit code 78 where a region's texts are wrong.
  init(_ regions: [Region], config: String, on console: Console) throws(ToolFailure) {
    let (wording, mistakes) = RegionWording.load(regions, config: config)
    guard !mistakes.contains(where: { $0.severity == .error }) else {
      throw ToolFailure(.configuration, mistakes)
    }
    for mistake in mistakes { console.report(mistake) }
    composers = wording
  }

  /// nil where the tandem's people or region are not there: then it has no session either.
  func invitation(
    to session: Session, of tandem: Tandem, people: [PersonID: Person], movedFrom: Timestamp? = nil,
    stamp: Timestamp
  ) throws(ConfigurationError) -> Invitation? {
    guard let composer = composers[tandem.region], let mentor = people[tandem.mentor],
      let mentee = people[tandem.mentee]
    else { return nil }
    return try composer.invitation(
      to: session, of: tandem, mentor: mentor, mentee: mentee, movedFrom: movedFrom, stamp: stamp)
  }

  /// How the calendar of a tandem is called.
  func title(
    of tandem: Tandem, sessions: Int, people: [PersonID: Person]
  ) throws(ConfigurationError) -> String? {
    guard let composer = composers[tandem.region], let mentor = people[tandem.mentor],
      let mentee = people[tandem.mentee]
    else { return nil }
    return try composer.bundle(of: tandem, sessions: sessions, mentor: mentor, mentee: mentee).name
  }

  /// nil where the tandem's region is not at work.
  func certificate(
    of tandem: Tandem, for person: Person, with other: Person, sessions: [Session], on date: LocalDate
  ) throws(ConfigurationError) -> CertificateText? {
    try composers[tandem.region]?.certificate(
      of: tandem, for: person, with: other, sessions: sessions, on: date)
  }

  var regions: [String: Region] { composers.regions }
}
