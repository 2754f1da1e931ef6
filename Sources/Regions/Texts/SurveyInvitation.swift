package import Programme

extension InvitationComposer {
  /// Subject and body of the mail that asks for answers to a survey, in the language of the region.
  ///
  /// - Parameters:
  ///   - link: where it is answered.
  ///   - closes: the last day; nil: none is said.
  /// - Throws: where no language of the region has the texts.
  package func request(
    for survey: String, link: String, closes: LocalDate?, minutes: Int
  ) throws(ConfigurationError) -> (subject: String, body: String, language: String) {
    let words = try texts.language(region.language, for: [.surveySubject, .surveyInvitation])
    let values: [String: any Sendable] = [
      "survey": survey, "link": link, "closes": closes.map { words.date($0) } ?? "",
      "duration": words.counted(minutes, .minutes),
      "office": ["name": region.office.name, "email": region.office.email],
    ]
    return (words.render(.surveySubject, values), words.render(.surveyInvitation, values), words.tag)
  }
}
