import Programme
import RecordStream
import Store
import ToolSupport

extension SessionWords {
  /// Of the records of a programme.
  init(_ present: [RecordKey: [UInt8]], numbers: [String: Int], today: LocalDate) throws {
    var people: [Person] = []
    var tandems: [Tandem] = []
    var sessions: [Session] = []
    for (key, line) in present {
      switch try Record(stored: line, of: key) {
      case .person(let person)?: people.append(person)
      case .tandem(let tandem)?: tandems.append(tandem)
      case .session(let session)?: sessions.append(session)
      default: break
      }
    }
    self.init(people: people, tandems: tandems, sessions: sessions, numbers: numbers, today: today)
  }
}
