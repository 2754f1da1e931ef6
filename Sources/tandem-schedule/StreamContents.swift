import Programme
import RecordStream
import ToolSupport

/// What a stream holds that planning needs; every line of it is passed through on the way.
struct StreamContents {
  var people: [PersonID: Person] = [:]
  /// In the order of the stream, those of other cohorts too.
  var tandems: [Tandem] = []
  var sessions: [Session] = []
  var workshops: [Workshop] = []
  /// Whether every line was good.
  var isClean = true

  /// Reads the inputs one after the other, and writes each line to `output` as it stands, where one is given.
  ///
  /// A second record of the same person replaces the first: the later one is the newer.
  static func read(_ inputs: [Input], passingTo output: Output?, on console: Console) throws -> StreamContents
  {
    var contents = StreamContents()
    var isClean = true
    for input in inputs {
      let reader = RecordReader(input) { diagnostic in
        isClean = false
        console.report(diagnostic)
      }
      try reader.forEachLine { line in
        switch line.knownKind {
        case .person, .tandem, .session, .workshop:
          switch try line.decode() {
          case .person(let person): contents.people[person.id] = person
          case .tandem(let tandem): contents.tandems.append(tandem)
          case .session(let session): contents.sessions.append(session)
          case .workshop(let workshop): contents.workshops.append(workshop)
          default: break
          }
        case .unmatched, .response, .summary, nil: break
        }
        try output?.write(line.bytes)
        try output?.write("\n")
      }
    }
    contents.isClean = isClean
    return contents
  }
}
