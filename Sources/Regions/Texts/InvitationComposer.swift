package import Programme

/// Words an invitation: what a calendar shows of a session, in the language of the mentee's site.
package struct InvitationComposer: Sendable {
  let texts: TextCatalogue
  package let region: Region

  /// The invitation to a session, its move (`movedFrom`), or its cancellation (by the session's status).
  ///
  /// The organizer is the region's programme office; mentor, mentee and, where the session has one with an address,
  /// the room attend. `session.place` is a room of the mentee's site, `office` or nothing (the mentee's office), or
  /// any other words, which stay as they are.
  ///
  /// - Parameters:
  ///   - movedFrom: where the session was when the invitation last went out.
  ///   - stamp: when this wording was made.
  /// - Throws: where no language of the region has the texts.
  package func invitation(
    to session: Session, of tandem: Tandem, mentor: Person, mentee: Person, movedFrom: Timestamp? = nil,
    stamp: Timestamp
  ) throws(ConfigurationError) -> Invitation {
    let isCancelled = session.status == .cancelled
    var keys: [TextKey] =
      isCancelled
      ? [.sessionCancelledSummary, .sessionCancelled] : [.sessionSummary, .sessionDescription]
    if movedFrom != nil, !isCancelled { keys.append(.sessionMoved) }
    let site = region.site(named: mentee.site)
    let settings = region.at(site: site?.name, cohort: tandem.cohort)
    let words = try texts.language(site?.language ?? region.language, for: keys + [.placeOffice, .placeRoom])
    let room = site?.rooms.first { $0.name == session.place }
    let place = self.place(session.place, room, site?.name ?? mentee.site, mentee, words)

    var values = people(mentor, mentee, words)
    values["number"] = session.number
    // What makes up for a missed session comes on top.
    let sessions = max(settings.frame.sessions, session.number)
    values["sessions"] = sessions
    values["remaining"] = words.counted(sessions - session.number, .sessions)
    values["first"] = session.number == 1
    values["last"] = session.number == sessions
    values["date"] = words.date(session.start.date)
    values["time"] = words.span(session.start, session.end)
    values["zone"] = words.zone(session.timeZone)
    values["duration"] = words.counted(session.end.minute - session.start.minute, .minutes)
    values["place"] = place
    values["url"] = settings.invitations.url
    values["topics"] = topics(session.topics.isEmpty ? tandem.agenda : session.topics, words)

    let summary = words.render(keys[0], values)
    var description = words.render(keys[1], values)
    if let movedFrom, !isCancelled {
      values["oldDate"] = words.date(movedFrom.date)
      let length = session.end.secondsSinceEpoch - session.start.secondsSinceEpoch
      let end = Timestamp(secondsSinceEpoch: movedFrom.secondsSinceEpoch + length, offset: movedFrom.offset)
      values["oldTime"] = words.span(movedFrom, end)
      description = words.render(.sessionMoved, values) + "\n\n" + description
    }
    return Invitation(
      uid: session.uid, sequence: session.sequence, stamp: stamp, start: session.start, end: session.end,
      timeZone: session.timeZone, organizer: organizer, attendees: attendees(mentor, mentee, room),
      summary: summary, description: description, location: place,
      categories: settings.invitations.categories,
      url: settings.invitations.url, alarm: isCancelled ? nil : settings.invitations.alarm,
      language: words.tag,
      isCancelled: isCancelled)
  }

  /// How the calendar that holds all sessions of a tandem (METHOD:PUBLISH) names and explains itself.
  ///
  /// - Throws: where no language of the region has the texts.
  package func bundle(
    of tandem: Tandem, sessions: Int, mentor: Person, mentee: Person
  ) throws(ConfigurationError) -> (name: String, description: String) {
    let words = try texts.language(
      region.site(named: mentee.site)?.language ?? region.language, for: [.bundleName, .bundleDescription])
    var values = people(mentor, mentee, words)
    values["sessions"] = words.counted(sessions, .sessions)
    values["count"] = sessions
    values["cohort"] = tandem.cohort
    return (words.render(.bundleName, values), words.render(.bundleDescription, values))
  }

  var organizer: Invitation.Party {
    Invitation.Party(name: region.office.name, email: region.office.email)
  }

  /// The organizer is never a recipient, and nobody is invited twice.
  private func attendees(_ mentor: Person, _ mentee: Person, _ room: Room?) -> [Invitation.Party] {
    var parties = [
      Invitation.Party(name: mentor.name, email: mentor.email),
      Invitation.Party(name: mentee.name, email: mentee.email),
    ]
    if let room, let email = room.email {
      parties.append(Invitation.Party(name: room.name, email: email, isRoom: true))
    }
    var known: Set = [region.office.email.lowercased()]
    return parties.filter { known.insert($0.email.lowercased()).inserted }
  }

  private func place(
    _ text: String, _ room: Room?, _ site: String, _ mentee: Person, _ words: LanguageTexts
  ) -> String {
    if let room { return words.render(.placeRoom, ["room": room.name, "site": site]) }
    guard text.isEmpty || text == SchedulingSettings.Place.office.rawValue else { return text }
    return words.render(.placeOffice, ["mentee": ["name": mentee.name], "site": site])
  }

  /// nil, so that a section on it is skipped, where there are none.
  func topics(_ ids: [String], _ words: LanguageTexts) -> String? {
    let catalogue = region.topics.catalogue
    let language = String(words.tag.prefix { $0 != "-" })
    let names = ids.map { id in
      let names = catalogue[id]?.names
      return names?[words.tag] ?? names?[language] ?? names?["en"] ?? id
    }
    return names.isEmpty ? nil : words.joined(names)
  }

  private func people(
    _ mentor: Person, _ mentee: Person, _ words: LanguageTexts
  ) -> [String: any Sendable] {
    func values(_ person: Person) -> [String: any Sendable] {
      let department = person.department.joined(separator: " / ")
      let between = words.layer.list?.between ?? ", "
      let contact = [person.name, department, person.email].filter { !$0.isEmpty }.joined(separator: between)
      var values: [String: any Sendable] = [
        "name": person.name, "email": person.email, "site": person.site, "contact": contact,
      ]
      if !department.isEmpty { values["department"] = department }
      return values
    }
    return [
      "mentor": values(mentor), "mentee": values(mentee),
      "both": words.joined([mentor.name, mentee.name]),
      "office": ["name": region.office.name, "email": region.office.email],
    ]
  }
}
