package import Programme

/// A region's effective configuration: headquarters' defaults, overlaid by the region's own files.
package struct Region: Hashable, Sendable {
  package var id: String
  package var name: String
  /// ISO 3166-1 alpha-2.
  package var country: String
  /// ISO 3166-2 without the country (`BW`), where its holidays differ.
  package var subdivision: String?
  /// BCP 47 tag of the texts.
  package var language: String
  /// Tried in this order where a text lacks the language.
  package var fallbackLanguages: [String]
  /// IANA name; a site may have its own.
  package var timeZone: String
  package var office: ProgrammeOffice
  package var sites: [Site]
  package var cohorts: [Cohort]
  package var frame: ProgrammeFrame
  package var matching: MatchingSettings
  package var scheduling: SchedulingSettings
  package var invitations: InvitationSettings
  package var workshop: WorkshopSettings
  package var forms: [Form]
  /// In the order declared.
  package var surveys: [SurveyDefinition] = []
  package var topics: TopicSettings
  package var finding: FindingSettings
  package var privacy: PrivacySettings
  package var attention: AttentionSettings
  /// Programs that turn an unusual export into rows or records, by name.
  package var adapters: [String: Adapter]
  /// The region's folder.
  package var folder: String
  /// Where a site or a cohort differs from what is above.
  package var exceptions: [SectionSettings.Place: SectionSettings]

  /// By name or alias, exactly, then without regard to case.
  package func site(named text: String) -> Site? {
    sites.first { $0.name == text || $0.aliases.contains(text) }
      ?? sites.first { site in
        let wanted = text.lowercased()
        return site.name.lowercased() == wanted || site.aliases.contains { $0.lowercased() == wanted }
      }
  }

  /// The settings that hold at a site during a cohort: region ← site ← cohort. O(1).
  package func at(site: String? = nil, cohort: String? = nil) -> SectionSettings {
    let places = [(site, cohort), (nil, cohort), (site, nil)]
    for (site, cohort) in places {
      if let own = exceptions[SectionSettings.Place(site: site, cohort: cohort)] { return own }
    }
    return SectionSettings(
      frame: frame, matching: matching, scheduling: scheduling, invitations: invitations, workshop: workshop)
  }

  package func cohort(_ id: String) -> Cohort? { cohorts.first { $0.id == id } }

  package func survey(_ name: String) -> SurveyDefinition? { surveys.first { $0.name == name } }
}

/// The organizer of every invitation; never a recipient.
package struct ProgrammeOffice: Hashable, Sendable {
  package var name: String
  package var email: String

  /// Of the address: what makes the UIDs of its meetings unique.
  package var domain: String { email.split(separator: "@").last.map(String.init) ?? "tandem.invalid" }
}

package struct Site: Hashable, Sendable {
  package var name: String
  package var aliases: [String]
  package var timeZone: String
  /// BCP 47 tag of the texts here.
  package var language: String
  package var workingHours: WorkingHours
  /// Holiday calendars (.ics), as paths that can be opened.
  package var holidays: [String]
  package var rooms: [Room]
  /// Minutes on the way to other sites of the region, by name.
  package var travel: [String: Int] = [:]
}

package struct Room: Hashable, Sendable {
  package var name: String
  package var email: String?
  package var capacity: Int
  /// The room's own booking calendar (.ics), as a path that can be opened.
  package var calendar: String?
}

/// What headquarters asks of every tandem.
package struct ProgrammeFrame: Hashable, Sendable {
  /// Sessions of each tandem (10).
  package var sessions: Int
  /// Minutes that a session may last (60…120), and the one that is planned (90).
  package var shortest: Int
  package var longest: Int
  package var length: Int
  /// Minutes of the first session, and of sessions about a topic by its id, where they differ.
  package var firstLength: Int?
  package var topicLengths: [String: Int] = [:]
  /// Calendar days between consecutive sessions of a tandem (7…35).
  package var gap: ClosedRange<Int>
  /// The upper gap may be broken at a cost.
  package var softUpperGap: Bool
  /// Calendar days between the day of planning and the first session.
  package var notice: Int
  /// Minutes between offered starts (30), from midnight.
  package var grid: Int
}

/// What happens when the fact behind a rule is missing.
package enum WhenUnknown: String, CaseIterable, Hashable, Sendable {
  case forbid, warn, allow
}

package struct MatchingSettings: Hashable, Sendable {
  package struct Weights: Hashable, Sendable {
    package var taught: Int
    package var returned: Int
    package var shared: Int
    package var distance: Int
  }

  package var weights: Weights
  /// `fair` or `total`.
  package var objective: Objective
  /// What is set of the rules, by the path of the setting below `matching`; each rule's file has a name for it.
  var rules: [String: Value.Content]
  /// By rule name; a rule that is absent: `allow`.
  package var unknown: [String: WhenUnknown]
  /// Rules that the region adds: `forbid: {same: costCentre}`, `require: {level-gap: ">= 2"}`.
  package var extraRules: [ExtraRule]
  /// What a change of an earlier result must gain, in points of score.
  package var disturbance: Int
  /// Share of the free words beside the topics in `taught` and `returned`, in thousandths.
  package var freeWords: Int

  package enum Objective: String, CaseIterable, Hashable, Sendable {
    case fair, total
  }
}

package struct SchedulingSettings: Hashable, Sendable {
  /// Costs beside the squared days from the ideal day.
  package struct Weights: Hashable, Sendable {
    /// On another weekday, or at another time, than the tandem's own.
    package var weekday: Int
    package var time: Int
    /// Outside the best hours.
    package var hours: Int
    package var early: Int
    package var late: Int
    package var lunch: Int
    package var friday: Int
    package var halfDay: Int
    /// For each meeting right before or after.
    package var buffer: Int
    /// On a working day between two free ones.
    package var bridge: Int
    /// For each session beyond the cap of its site and day.
    package var load: Int
    package var roomChange: Int
    /// For each day beyond the upper gap, where it is soft.
    package var gap: Int
  }

  /// Days on which nobody should meet.
  package struct Avoided: Hashable, Sendable {
    package var name: String
    package var days: YearSpan
    package var cost: Int

    package func contains(_ date: LocalDate) -> Bool { days.contains(date) }
  }

  package var weights: Weights
  /// A session in the best hours lies inside one of these.
  package var best: [ClockSpan]
  /// Minutes since midnight.
  package var early: Int
  package var lunch: ClockSpan
  package var late: Int
  /// nil: Fridays are as other days.
  package var friday: Int?
  /// Minutes.
  package var buffer: Int
  /// In the order declared.
  package var avoid: [Avoided]
  /// The cap of a site's sessions on a day: hundredths of the average, and at least so many.
  package var loadShare: Int
  package var leastLoad: Int
  /// The half of the day that mentees prefer, where they state nothing: morning, afternoon or nil.
  package var preferredHalf: Half?
  /// Where sessions are: the mentee's office, or a room of the site.
  package var place: Place

  package enum Half: String, CaseIterable, Hashable, Sendable {
    case morning, afternoon
  }

  package enum Place: String, CaseIterable, Hashable, Sendable {
    case office, room
  }
}

extension Person {
  /// The half of the day that they prefer by their attributes.
  package var preferredHalf: SchedulingSettings.Half? {
    attributes["preferredHalf"].flatMap(SchedulingSettings.Half.init)
  }
}

package struct InvitationSettings: Hashable, Sendable {
  /// Minutes before; nil: no alarm.
  package var alarm: Int?
  package var categories: [String]
  package var url: String?
}

package struct TopicSettings: Hashable, Sendable {
  package var catalogue: TopicCatalogue
  /// Greatest edit distance, in thousandths of the longer word's length, at which an unknown word is taken for an alias.
  package var aliasDistance: Int
}

package struct FindingSettings: Hashable, Sendable {
  /// How often somebody may be asked, by anybody, within the period.
  package var asksPerPeriod: Int
  /// Days.
  package var period: Int
  /// What a department's second person must be better by, in thousandths of relevance; the third by twice that.
  package var spread: Int
  /// Least relevance of somebody who is named, in thousandths.
  package var leastRelevance: Int
  /// What people are looked for for, in the region's order; the first where the caller names none.
  package var purposes: [Purpose]

  /// What counts for a purpose, relative to each other: who knows the subject, who likes it, who wants to learn it.
  package struct Purpose: Hashable, Sendable {
    package var name: String
    package var teach: Int
    package var interests: Int
    package var learn: Int
  }
}

package struct PrivacySettings: Hashable, Sendable {
  /// What a minimum may be: more would hide every table, and takes ever longer to prove.
  package static let groups = 2...1000
  /// Fewest distinct respondents for which a figure is published (5).
  package var minimumGroup: Int
  /// The same for free text (10).
  package var minimumGroupText: Int
  /// Days after a cohort's end for which its records may be kept; nil: the programme does not say.
  package var keepDays: Int?
}

package struct AttentionSettings: Hashable, Sendable {
  /// Notices a week that a mentee gets at most.
  package var noticesPerWeek: Int
}

package struct Adapter: Hashable, Sendable {
  /// The program (inside the region's folder) and its arguments; `{file}` stands for the export.
  package var command: [String]
  /// Seconds.
  package var timeLimit: Int
  /// Bytes of output.
  package var sizeLimit: Int
}
