package import Programme

extension InvitationComposer {
  /// The invitation to a workshop, its move (`movedFrom`), or its cancellation, in the language of the region.
  ///
  /// The organizer is the region's programme office; those who come attend. Nobody is invited twice.
  /// - Throws: where no language of the region has the texts.
  package func invitation(
    to workshop: Workshop, attendees people: [Person], isCancelled: Bool = false, movedFrom: Timestamp? = nil,
    stamp: Timestamp
  ) throws(ConfigurationError) -> Invitation {
    var keys: [TextKey] =
      isCancelled
      ? [.workshopCancelledSummary, .workshopCancelled] : [.workshopSummary, .workshopDescription]
    if movedFrom != nil, !isCancelled { keys.append(.workshopMoved) }
    let settings = region.at(cohort: workshop.cohort)
    let words = try texts.language(region.language, for: keys)
    var values = values(of: workshop, people: people.count, words)
    let summary = words.render(keys[0], values)
    var description = words.render(keys[1], values)
    if let movedFrom, !isCancelled {
      values["oldDate"] = words.date(movedFrom.date)
      let length = workshop.end.secondsSinceEpoch - workshop.start.secondsSinceEpoch
      let end = Timestamp(secondsSinceEpoch: movedFrom.secondsSinceEpoch + length, offset: movedFrom.offset)
      values["oldTime"] = words.span(movedFrom, end)
      description = words.render(.workshopMoved, values) + "\n\n" + description
    }
    var known: Set = [region.office.email.lowercased()]
    return Invitation(
      uid: workshop.uid, sequence: workshop.sequence, stamp: stamp, start: workshop.start, end: workshop.end,
      timeZone: workshop.timeZone, organizer: organizer,
      attendees: people.map { Invitation.Party(name: $0.name, email: $0.email) }
        .filter { known.insert($0.email.lowercased()).inserted },
      summary: summary, description: description, location: values["venue"] as? String ?? workshop.venue,
      categories: settings.invitations.categories, url: settings.invitations.url,
      alarm: isCancelled ? nil : settings.invitations.alarm, language: words.tag, isCancelled: isCancelled)
  }
}
