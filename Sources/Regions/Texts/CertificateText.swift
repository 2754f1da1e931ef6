package import Programme

/// What a certificate of participation says.
package struct CertificateText: Hashable, Sendable {
  /// BCP 47.
  package var language: String
  package var title: String
  /// Paragraphs, with an empty line between two; the first is the name.
  package var body: String
  /// Where and when.
  package var issued: String
  package var signature: String
}

extension InvitationComposer {
  /// The certificate of one of the two of a tandem, in the language of the person's site.
  ///
  /// - Parameters:
  ///   - sessions: those that were held, in their order.
  ///   - date: of issue.
  /// - Throws: where no language of the region has the texts.
  package func certificate(
    of tandem: Tandem, for person: Person, with other: Person, sessions: [Session], on date: LocalDate
  ) throws(ConfigurationError) -> CertificateText {
    let key: TextKey = person.id == tandem.mentor ? .certificateMentor : .certificateMentee
    let site = region.site(named: person.site)
    let words = try texts.language(
      site?.language ?? region.language,
      for: [.certificateTitle, key, .certificateIssued, .certificateSignature])
    let first = sessions.first?.start.date ?? date
    var values: [String: any Sendable] = [
      "name": person.name, "other": other.name, "cohort": tandem.cohort,
      "held": words.counted(sessions.count, .sessions), "start": words.date(first, weekday: false),
      "end": words.date(sessions.last?.start.date ?? date, weekday: false),
      "date": words.date(date, weekday: false), "site": site?.name ?? person.site,
      "office": ["name": region.office.name, "email": region.office.email],
    ]
    let ledger = TopicLedger(tandem, sessions)
    values["topics"] = topics(ledger.isKept ? ledger.covered : tandem.topics, words)
    return CertificateText(
      language: words.tag, title: words.render(.certificateTitle, values), body: words.render(key, values),
      issued: words.render(.certificateIssued, values),
      signature: words.render(.certificateSignature, values))
  }
}
