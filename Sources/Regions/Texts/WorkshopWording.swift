package import Programme

/// What is on the sheets of a workshop, in the language of the region.
package struct WorkshopWords: Sendable {
  /// BCP 47.
  package var language: String
  /// When, where, and how many people.
  package var title: String
  package var agendaTitle: String
  package var timeTitle: String
  /// The points of the agenda without their numbers, and from when to when each lasts.
  package var agenda: [(time: String, text: String)]
  package var rosterTitle: String
  /// The heading of each group, in the order of the workshop.
  package var groups: [String]
  package var moderator: String
  /// Beside the name of who joins on line.
  package var online: String
  /// Name, e-mail, department, site, sessions held, topics.
  package var columns: [String]
  package var feedback: String
}

extension InvitationComposer {
  /// - Throws: where no language of the region has the texts.
  package func words(of workshop: Workshop) throws(ConfigurationError) -> WorkshopWords {
    let columns: [TextKey] = [
      .workshopName, .workshopEmail, .workshopDepartment, .workshopSite, .workshopHeld, .workshopTopics,
    ]
    let keys: [TextKey] = [
      .workshopAgenda, .workshopRoster, .workshopAgendaTitle, .workshopRosterTitle, .workshopGroup,
      .workshopModerator, .workshopFeedback, .workshopTime, .workshopOnline,
    ]
    let words = try texts.language(region.language, for: keys + columns)
    let values = values(of: workshop, people: workshop.groups.reduce(0) { $0 + $1.members.count }, words)
    let points = words.render(.workshopAgenda, values).split(separator: "\n").compactMap(WorkshopWords.point)
    let settings = region.at(cohort: workshop.cohort).workshop
    let length = workshop.end.minute - workshop.start.minute
    let ends = WorkshopWords.ends(of: points.count, minutes: settings.agenda, length: length)
    func time(_ minute: Int) -> Timestamp {
      Timestamp(
        secondsSinceEpoch: workshop.start.secondsSinceEpoch + minute * 60, offset: workshop.start.offset)
    }
    let times = zip([0] + ends, ends).map { words.span(time($0), time($1)) }
    return WorkshopWords(
      language: words.tag, title: words.render(.workshopRoster, values),
      agendaTitle: words.render(.workshopAgendaTitle, values),
      timeTitle: words.render(.workshopTime, values),
      agenda: zip(times, points).map { (time: $0, text: $1) },
      rosterTitle: words.render(.workshopRosterTitle, values),
      groups: workshop.groups.map { words.render(.workshopGroup, ["group": $0.name]) },
      moderator: words.render(.workshopModerator, values), online: words.render(.workshopOnline, values),
      columns: columns.map { words.render($0, values) },
      feedback: words.render(.workshopFeedback, values))
  }

  /// The names of topics, in the language of the region's texts, each apart: a name may hold an "and" of its own.
  package func topicNames(_ ids: [String]) throws(ConfigurationError) -> String {
    let words = try texts.language(region.language, for: [.workshopTopics])
    return ids.compactMap { topics([$0], words) }.joined(separator: ", ")
  }

  /// What texts of a workshop may speak of.
  func values(of workshop: Workshop, people: Int, _ words: LanguageTexts) -> [String: any Sendable] {
    var values: [String: any Sendable] = [
      "office": ["name": region.office.name, "email": region.office.email], "cohort": workshop.cohort,
      "date": words.date(workshop.start.date), "time": words.span(workshop.start, workshop.end),
      "zone": words.zone(workshop.timeZone),
      "duration": words.counted(workshop.end.minute - workshop.start.minute, .minutes),
      "venue": workshop.online.isEmpty
        ? workshop.venue : words.render(.workshopHybrid, ["venue": workshop.venue]),
      "people": words.counted(people, .people),
    ]
    values["url"] = region.at(cohort: workshop.cohort).invitations.url
    return values
  }
}

extension WorkshopWords {
  /// The minute at which each of so many points ends: the region's minutes, scaled to the length and rounded to five;
  /// equal parts where it states another number of points.
  static func ends(of points: Int, minutes: [Int], length: Int) -> [Int] {
    let shares = minutes.count == points ? minutes : Array(repeating: 1, count: points)
    let sum = max(1, shares.reduce(0, +))
    var before = 0
    return shares.indices.map { index in
      before += shares[index]
      return index == points - 1 ? length : (before * length / sum + 2) / 5 * 5
    }
  }

  /// `Pause` of the line `3. Pause`; nil where the line has no number: the title.
  fileprivate static func point(_ line: Substring) -> String? {
    let rest = line.drop { $0 == " " }.drop { $0.isASCII && $0.isNumber }
    guard let sign = rest.first, ".):、．".contains(sign), rest.startIndex > line.startIndex else { return nil }
    return String(rest.dropFirst().drop { $0 == " " })
  }
}
