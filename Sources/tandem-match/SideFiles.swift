import Basics
import Matching
import Programme
import RecordStream
import Regions
import ToolSupport

/// The files beside the stream: opened before any work, read when the people are known.
struct SideFiles {
  private let lock: Input?
  private let forbid: Input?
  let previous: Input?
  private let scores: Input?

  init(lock: String?, forbid: String?, previous: String?, scores: String?, on console: Console) throws {
    self.lock = try lock.flatMap { try console.open([$0]).first }
    self.forbid = try forbid.flatMap { try console.open([$0]).first }
    self.previous = try previous.flatMap { try console.open([$0]).first }
    self.scores = try scores.flatMap { try console.open([$0]).first }
  }

  /// - Throws: exit code 65 when a lock or a forbid cannot be understood: to go on without it could seat two who must
  ///   not meet.
  func complete(_ request: inout MatchRequest, on console: Console) throws {
    let people = PersonLookup(request.people)
    let known = Set(request.people.map(\.id))
    var isSound = true
    for (input, wanted) in [(lock, DecisionFile.Decision.lock), (forbid, .forbid)] {
      guard let input else { continue }
      let file = DecisionFile(try input.readAll(), file: input.name, wanted: wanted, people: people)
      for diagnostic in file.diagnostics {
        console.report(diagnostic)
        if diagnostic.severity == .error { isSound = false }
      }
      switch wanted {
      case .lock: request.locks = file.pairs
      case .forbid: request.forbids = file.pairs
      }
    }
    let regions = Set(request.regions.map(\.id))
    for person in request.locks.flatMap({ [$0.mentor, $0.mentee] }) where !regions.contains(person.region) {
      isSound = false
      console.report(
        Diagnostic(
          .error, "\(person) is locked, and the region \(person.region) is not at work; add it to --region",
          file: lock?.name, code: "other-region"))
    }
    guard isSound else {
      throw ToolFailure(
        .badInput, "nobody was matched: a line that cannot be understood may be the one that matters")
    }
    if let scores { request.ownScores = try SideFiles.scores(scores, people, known, on: console) }
  }

  private static func scores(
    _ input: Input, _ people: PersonLookup, _ known: Set<PersonID>, on console: Console
  ) throws -> [IdentifierPair: Int] {
    let file = try ScoreInput.read(input)
    func ids(_ names: [String]) -> [PersonID?] {
      names.map { name in
        if known.contains(PersonID(name)) { return PersonID(name) }
        if case .one(let person) = people.find(name) { return person.id }
        return nil
      }
    }
    let left = ids(file.leftNames)
    let right = ids(file.rightNames)
    for (names, found) in [(file.leftNames, left), (file.rightNames, right)] {
      let strangers = zip(names, found).filter { $0.1 == nil }.map(\.0)
      guard let first = strangers.first else { continue }
      console.report(
        Diagnostic(
          .warning,
          "\(counted(strangers.count, "name of the file is", "names of the file are")) not on the stream and skipped, "
            + "\"\(first)\" first",
          file: input.name, code: "unknown-person"))
    }
    var scores: [IdentifierPair: Int] = [:]
    for row in left.indices {
      for place in file.problem.rowStart[row]..<file.problem.rowStart[row + 1] {
        guard let mentor = left[row], let mentee = right[Int(file.problem.column[place])] else { continue }
        scores[IdentifierPair(mentor: mentor, mentee: mentee)] = Int(file.problem.score[place])
      }
    }
    return scores
  }
}

/// A file of scores, read piece by piece.
enum ScoreInput {
  /// - Throws: exit code 65 with the line at fault.
  static func read(_ input: Input) throws -> ScoreFile {
    var reader = ScoreReader()
    do {
      while try next(input, { try reader.read($0) }) {}
      return try reader.finish()
    } catch let error as ScoreFileError {
      throw failure(error, input.name)
    }
  }

  static func failure(_ error: ScoreFileError, _ file: String) -> ToolFailure {
    ToolFailure(
      .badInput, [Diagnostic(.error, error.description, file: file, line: error.line, code: "bad-score")])
  }

  /// Whether there was a piece.
  static func next(_ input: Input, _ take: (Span<UInt8>) throws -> Void) throws -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    let count = try input.read(into: &buffer)
    guard count > 0 else { return false }
    try take(buffer.span.extracting(first: count))
    return true
  }
}

/// A file of scores without people: an instance solved by itself.
enum BareScores {
  static func run(
    _ path: String, _ objective: MatchingSettings.Objective?, on console: Console
  ) throws -> ToolStatus {
    guard let input = try console.open([path]).first else { return .noInput }
    let asked: AssignmentObjective = objective == .fair ? .fair : .total
    do {
      let report = try BareInstance.solve(
        asked, reading: { try ScoreInput.next(input, $0) }, writing: { try console.output.write($0) })
      console.report(Diagnostic(.note, report.summary))
      return .done
    } catch let error as ScoreFileError {
      throw ScoreInput.failure(error, input.name)
    }
  }
}

/// Every allowed pair with its score, as CSV.
enum CandidateFile {
  static func write(_ match: CohortMatch, to path: String) throws {
    var bytes = Array("mentor,mentee,score\n".utf8)
    bytes.reserveCapacity(match.candidates.count * 24)
    match.candidates.forEachPair { mentor, mentee, score in
      for (index, text) in [
        match.applicants.people[mentor].id.text, match.applicants.people[mentee].id.text, String(score),
      ].enumerated() {
        CSVText.append(text, to: &bytes)
        bytes.append(index < 2 ? 0x2C : 0x0A)
      }
    }
    try AtomicFile.write(bytes, to: path)
  }
}
