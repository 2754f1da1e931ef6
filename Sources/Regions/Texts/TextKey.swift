/// Every text that a participant reads, by its place in a language's file (`session: {summary: …}`).
package enum TextKey: String, CaseIterable, Hashable, Sendable {
  case sessionSummary = "session.summary"
  case sessionDescription = "session.description"
  /// is before the description when a session was moved.
  case sessionMoved = "session.moved"
  case sessionCancelledSummary = "session.cancelled-summary"
  case sessionCancelled = "session.cancelled"
  /// The calendar of all sessions of a tandem, for who wants them at once.
  case bundleName = "bundle.name"
  case bundleDescription = "bundle.description"
  case placeOffice = "place.office"
  case placeRoom = "place.room"
  case reminderSubject = "reminder.subject"
  case reminderBody = "reminder.body"
  case workshopSummary = "workshop.summary"
  case workshopDescription = "workshop.description"
  case workshopMoved = "workshop.moved"
  case workshopCancelledSummary = "workshop.cancelled-summary"
  case workshopCancelled = "workshop.cancelled"
  case workshopAgenda = "workshop.agenda"
  case workshopRoster = "workshop.roster"
  case workshopAgendaTitle = "workshop.agenda-title"
  case workshopRosterTitle = "workshop.roster-title"
  case workshopGroup = "workshop.group"
  case workshopModerator = "workshop.moderator"
  case workshopName = "workshop.name"
  case workshopEmail = "workshop.email"
  case workshopDepartment = "workshop.department"
  case workshopSite = "workshop.site"
  case workshopHeld = "workshop.held"
  case workshopTopics = "workshop.topics"
  case workshopFeedback = "workshop.feedback"
  case workshopTime = "workshop.time"
  /// Beside the name of who joins on line, and the venue of a workshop that some join so.
  case workshopOnline = "workshop.online"
  case workshopHybrid = "workshop.hybrid"
  case surveySubject = "survey.subject"
  case surveyInvitation = "survey.invitation"
  case surveyQuestion = "survey.question"
  case surveyAsked = "survey.asked"
  case surveyAnswered = "survey.answered"
  case surveyResponseRate = "survey.response-rate"
  case surveyMean = "survey.mean"
  case surveyDeviation = "survey.deviation"
  case surveyMedian = "survey.median"
  case surveyQuartiles = "survey.quartiles"
  case surveyTopTwo = "survey.top-two"
  case surveyDistribution = "survey.distribution"
  case surveyScore = "survey.score"
  case surveyPromoters = "survey.promoters"
  case surveyPassives = "survey.passives"
  case surveyDetractors = "survey.detractors"
  case surveyCount = "survey.count"
  case surveyShare = "survey.share"
  case surveyInterval = "survey.interval"
  case surveySuppressed = "survey.suppressed"
  case surveyRegion = "survey.region"
  case surveySite = "survey.site"
  case surveyDepartment = "survey.department"
  case surveyCohort = "survey.cohort"
  case surveyRole = "survey.role"
  case surveyTotal = "survey.total"
  case surveyStronglyAgree = "survey.strongly-agree"
  case surveyAgree = "survey.agree"
  case surveyNeutral = "survey.neutral"
  case surveyDisagree = "survey.disagree"
  case surveyStronglyDisagree = "survey.strongly-disagree"
  /// The page of a survey's results.
  case surveyResults = "survey.results"
  case surveyPrivacy = "survey.privacy"
  case surveyCoarsened = "survey.coarsened"
  case surveyProtected = "survey.protected"
  case surveyEarlier = "survey.earlier"
  case surveyWithheld = "survey.withheld"
  case surveyGroup = "survey.group"
  /// Of a site or department that an answer does not name.
  case surveyUnknown = "survey.unknown"
  case surveyChange = "survey.change"
  case surveyBefore = "survey.before"
  case surveyNow = "survey.now"
  case surveyEffect = "survey.effect"
  case surveyReliability = "survey.reliability"
  case surveyPeople = "survey.people"
  case roleMentor = "role.mentor"
  case roleMentee = "role.mentee"
  /// The calendar page of a cohort.
  case calendarTitle = "calendar.title"
  case calendarPairs = "calendar.pairs"
  case calendarPair = "calendar.pair"
  case calendarWeeks = "calendar.weeks"
  case calendarWeekOf = "calendar.week-of"
  case calendarToday = "calendar.today"
  case calendarPlanned = "calendar.planned"
  case calendarMoved = "calendar.moved"
  case calendarHeld = "calendar.held"
  case calendarMissed = "calendar.missed"
  case calendarCancelled = "calendar.cancelled"
  /// A session of the past of which nobody knows whether it took place.
  case calendarUnrecorded = "calendar.unrecorded"
  case calendarLegend = "calendar.legend"
  case calendarPeople = "calendar.people"
  case calendarPerson = "calendar.person"
  case calendarRooms = "calendar.rooms"
  case calendarRoom = "calendar.room"
  case calendarSessions = "calendar.sessions"
  case calendarBusiest = "calendar.busiest"
  case calendarSite = "calendar.site"
  case calendarDepartment = "calendar.department"
  case calendarAll = "calendar.all"
  case calendarShown = "calendar.shown"
  case calendarWithoutScript = "calendar.without-script"
  case calendarWeekdays = "calendar.weekdays"
  /// Where a session is that has no room.
  case calendarOffice = "calendar.office"
  case certificateTitle = "certificate.title"
  case certificateMentor = "certificate.mentor"
  case certificateMentee = "certificate.mentee"
  case certificateIssued = "certificate.issued"
  case certificateSignature = "certificate.signature"

  /// The variables that the text may speak of; a list's own names are beside the list's.
  package var variables: Set<String> {
    let office: Set = ["office.name", "office.email"]
    let session: Set = [
      "number", "sessions", "remaining", "first", "last", "both", "mentor.name", "mentor.email",
      "mentor.department",
      "mentor.site", "mentor.contact", "mentee.name", "mentee.email", "mentee.department", "mentee.site",
      "mentee.contact", "topics", "date", "time", "zone", "duration", "place", "url",
    ]
    let workshop: Set = ["cohort", "date", "time", "zone", "duration", "venue", "people", "url"]
    switch self {
    case .sessionSummary, .sessionDescription, .sessionCancelledSummary, .sessionCancelled:
      return session.union(office)
    case .sessionMoved: return session.union(office).union(["oldDate", "oldTime"])
    case .bundleName, .bundleDescription:
      return office.union(["sessions", "count", "both", "mentor.name", "mentee.name", "cohort"])
    case .placeOffice: return ["mentee.name", "site"]
    case .placeRoom: return ["room", "site"]
    case .reminderSubject, .reminderBody: return session.union(office).union(["days"])
    case .workshopSummary, .workshopDescription, .workshopCancelledSummary, .workshopCancelled:
      return workshop.union(office)
    case .workshopMoved: return workshop.union(office).union(["oldDate", "oldTime"])
    case .workshopAgenda: return workshop.union(office)
    case .workshopRoster:
      return workshop.union([
        "groups", "group", "moderator", "members", "name", "email", "department", "site",
      ])
    case .workshopGroup: return ["group"]
    case .workshopHybrid: return ["venue"]
    case .surveySubject, .surveyInvitation: return office.union(["survey", "link", "closes", "duration"])
    case .surveySuppressed: return ["minimum", "people"]
    case .surveyResults, .surveyChange: return ["survey"]
    case .surveyPrivacy: return ["people", "texts"]
    case .calendarTitle: return ["cohort"]
    case .calendarWeekOf: return ["date"]
    case .calendarShown: return ["shown", "all"]
    case .certificateMentor, .certificateMentee:
      return ["name", "other", "held", "start", "end", "cohort", "topics"]
    case .certificateIssued: return office.union(["date", "site"])
    case .certificateSignature: return office
    default: return []
    }
  }
}

/// Words that bend with a number; in a text, `{{duration}}` and its like are such counted words.
package enum CountedWord: String, CaseIterable, Hashable, Sendable {
  case minutes, sessions, people, days
}
