import Basics
import Matching
import Programme
import RecordStream
import Regions
import ToolSupport

/// What a stream says of a cohort, as far as matching is concerned.
struct CohortStream {
  private(set) var people: [Person] = []
  private(set) var tandems: [Tandem] = []
  private(set) var leftOut: [Unmatched] = []
  private var known: Set<PersonID> = []

  /// Reads the inputs. What is not consumed goes to `output` byte for byte, in order: everything but the tandems and the
  /// unmatched of this cohort that are decided anew.
  ///
  /// - Parameters:
  ///   - cohort: nil: none is decided anew.
  ///   - ending: a tandem that is written as ended; then all other tandems pass.
  init(
    _ inputs: [Input], cohort: String? = nil, ending: TandemID? = nil, passingTo output: Output?,
    on console: Console
  ) throws {
    for input in inputs {

      try RecordReader(input, log: console.report).forEachLine { line in
        let isConsumed = try take(line, of: input.name, cohort: cohort, on: console)
        if let ending {
          if case .tandem(var tandem)? = try line.decode(), tandem.id == ending {
            tandem.status = .ended
            tandem.locked = false
            try output?.writeLine(Record.tandem(tandem).line)
          } else {
            try output?.writeLine(line.bytes)
          }
        } else if !isConsumed {
          try output?.writeLine(line.bytes)
        }
      }
    }
  }

  /// Whether the record is one that is decided anew.
  private mutating func take(
    _ line: RecordLine, of file: String, cohort: String?, on console: Console
  ) throws -> Bool {
    switch try line.decode() {
    case .person(let person):
      if known.insert(person.id).inserted {
        people.append(person)
      } else {
        console.report(
          Diagnostic(
            .error, "\(person.id) is on the stream twice; the first record counts", file: file,
            line: line.number, code: "person-twice"))
      }
      return false
    case .tandem(let tandem):
      tandems.append(tandem)
      return tandem.cohort == cohort && tandem.status != .ended
    case .unmatched(let unmatched):
      leftOut.append(unmatched)
      return unmatched.cohort == cohort
    default:
      return false
    }
  }

  /// Adds what an earlier result says of tandems and of those left out.
  mutating func add(previous: CohortStream) {
    var taken = Set(tandems.map(\.id))
    for tandem in previous.tandems where taken.insert(tandem.id).inserted { tandems.append(tandem) }
    leftOut += previous.leftOut
  }
}
