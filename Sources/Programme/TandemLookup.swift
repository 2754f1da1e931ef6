import Basics

/// The tandems of a stream by their ids, of several records of one id the first: whose a session is.
package struct TandemLookup: Sendable {
  private let tandems: [TandemID: Tandem]

  package init(_ tandems: some Sequence<Tandem>) {
    self.tandems = tandems.keyed(by: \.id)
  }

  package subscript(id: TandemID) -> Tandem? { tandems[id] }

  /// Mentor and mentee: as the record says, and where there is none, as the id does. nil: neither does.
  package func people(of id: TandemID) -> [PersonID]? {
    if let tandem = tandems[id] { return [tandem.mentor, tandem.mentee] }
    return id.named.map { [$0.mentor, $0.mentee] }
  }

  /// The same of the cohort.
  package func cohort(of id: TandemID) -> String? { tandems[id]?.cohort ?? id.named?.cohort }
}
