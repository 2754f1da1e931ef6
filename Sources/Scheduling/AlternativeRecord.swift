import Basics
package import Programme

/// Another time for one session, with its place among the others.
package struct AlternativeRecord: Sendable {
  let alternative: SessionAlternatives.Alternative
  let rank: Int

  package init(_ alternative: SessionAlternatives.Alternative, rank: Int) {
    self.alternative = alternative
    self.rank = rank
  }

  package static let fields = WrittenTable<AlternativeRecord>(
    "alternative", "Another time for one session.", place: "`tandem-schedule move`",
    [
      .required("session", \.alternative.session.id, "the session's id"),
      .required("tandem", \.alternative.session.tandem, "the tandem's id"),
      .required("rank", \.rank, "1 for the best"),
      .required("start", \.alternative.session.start, "when it would begin"),
      .required("end", \.alternative.session.end, "when it would end"),
      .required("timeZone", \.alternative.session.timeZone, "IANA name"),
      .required("place", \.alternative.session.place, "`office`, or the room's name"),
      .required("cost", \.alternative.session.cost, "as a session's"),
      .optional("daysAfter", \.alternative.daysAfter, "days after the session before"),
      .optional("daysBefore", \.alternative.daysBefore, "days before the next"),
    ])
}
