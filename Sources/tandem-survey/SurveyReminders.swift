import Mailing
import Programme
import Regions

/// Reminders of a survey, as mails of tandem-invite's outbox: it remembers them, so that they count as notices.
struct SurveyReminders {
  var survey: String
  var cohort: String
  var link: String
  var closes: LocalDate?
  var minutes: Int
  var stamp: Timestamp

  /// The mails, and how many people had all the notices that their region allows for a week.
  func mails(
    to people: [Person], wording: RegionWording, book: NotificationHistory
  ) throws -> (mails: [(notice: Notice, bytes: [UInt8])], kept: Int) {
    var mails: [(notice: Notice, bytes: [UInt8])] = []
    var kept = 0
    for person in people {
      guard let composer = wording[person.region] else { continue }
      let region = composer.region
      let week = (book.occasions[person.email.lowercased()] ?? []).filter {
        $0 > stamp.secondsSinceEpoch - NoticePlan.week
      }
      guard week.count < region.attention.noticesPerWeek else {
        kept += 1
        continue
      }
      let request = try composer.request(for: survey, link: link, closes: closes, minutes: minutes)
      let office = Invitation.Party(name: region.office.name, email: region.office.email)
      let recipient = Invitation.Party(name: person.name, email: person.email)
      let end =
        closes.map { Timestamp(secondsSinceEpoch: ($0.daysSinceEpoch + 1) * 86_400, offset: 0) } ?? stamp
      let invitation = Invitation(
        uid: "survey-\(survey)-\(cohort)", sequence: 0, stamp: stamp, start: stamp, end: max(stamp, end),
        timeZone: region.timeZone, organizer: office, attendees: [recipient],
        summary: request.subject, description: request.body,
        location: "", language: request.language)
      mails.append(try PlainMail.mail(invitation, to: recipient))
    }
    return (mails, kept)
  }
}
