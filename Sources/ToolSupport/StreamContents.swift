package import Basics
package import Programme
package import RecordStream

/// What streams say of people, their absences, tandems and their meetings: what every tool reads that plans or notifies.
package struct StreamContents: Sendable {
  /// A second record of the same person replaces the first: the later one is the newer.
  package var people: [PersonID: Person] = [:]
  /// In the order of the stream, those of other cohorts too.
  package var tandems: [Tandem] = []
  package var sessions: [Session] = []
  package var workshops: [Workshop] = []
  package var replies: [SessionReply] = []
  /// In the order of the stream: of two of one id, the later one is the newer.
  package var absences: [Absence] = []
  /// Whether every line was good.
  package var isClean = true

  package init() {}

  /// Reads the inputs one after the other, and writes each good line to `output` as it is, where one is given.
  ///
  /// - Parameter superseded: identifiers of sessions that are consumed: neither read nor passed on.
  package static func read(
    _ inputs: [Input], passingTo output: Output?, superseding superseded: Set<SessionID> = [],
    on console: Console
  ) throws -> StreamContents {
    var contents = StreamContents()
    contents.isClean = try forEachRecord(inputs, passingTo: nil, on: console) { line, record in
      if case .session(let session) = record, superseded.contains(session.id) { return }
      if let record { contents.add(record) }
      try output?.writeLine(line.bytes)
    }
    return contents
  }

  package mutating func add(_ record: Record) {
    switch record {
    case .person(let person): people[person.id] = person
    case .tandem(let tandem): tandems.append(tandem)
    case .session(let session): sessions.append(session)
    case .workshop(let workshop): workshops.append(workshop)
    case .reply(let reply): replies.append(reply)
    case .absence(let absence): absences.append(absence)
    case .unmatched, .response, .summary, .undelivered: break
    }
  }

  /// Calls `body` with each good line of the inputs, one input after the other, and then writes the line to `output` as it
  /// is, where one is given. Of people, tandems, meetings, replies and absences the record comes with it.
  ///
  /// - Returns: whether every line was good; what was not is reported.
  package static func forEachRecord(
    _ inputs: [Input], passingTo output: Output?, on console: Console,
    _ body: (RecordLine, Record?) throws -> Void
  ) throws -> Bool {
    var isClean = true
    for input in inputs {
      let reader = RecordReader(input) { diagnostic in
        isClean = false
        console.report(diagnostic)
      }
      try reader.forEachLine { line in
        switch line.knownKind {
        case .person, .tandem, .session, .workshop, .reply, .absence: try body(line, line.decode())
        case .unmatched, .response, .summary, .undelivered, nil: try body(line, nil)
        }
        try output?.write(line.bytes)
        try output?.write("\n")
      }
    }
    return isClean
  }
}
