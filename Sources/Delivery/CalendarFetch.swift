package import Basics
import Foundation
package import Programme

/// Why a calendar could not be fetched: lower case. It never holds the address, which may be a secret.
package struct FetchFailure: Error, Hashable, Sendable {
  package var message: String

  init(_ message: String) { self.message = message }

  init(_ error: any Error) {
    switch error {
    case let error as FetchFailure: self = error
    case let error as CalDAVError: message = error.message
    case let error as ConnectionError: message = error.message(of: "calendar server")
    default: message = String(describing: error)
    }
  }
}

/// Fetches calendars into a folder of busy calendars, each only where it changed (RFC 9110, section 13).
///
/// A calendar that cannot be fetched keeps the file of the run before: half a calendar would be free time.
package struct CalendarFetch {
  package struct Settings: Sendable {
    package var window: FetchWindow
    /// For the CalDAV server.
    package var login: Login?
    /// For Graph: its address, and a token.
    package var graph: (base: WebAddress, login: Login)?
    /// Who asks, in questions through a scheduling outbox.
    package var organizer: String?
    package var roots: String?
    package var retrying: Retrying
    /// Seconds without an answer.
    package var patience: Int

    package init(
      window: FetchWindow, login: Login? = nil, graph: (base: WebAddress, login: Login)? = nil,
      organizer: String? = nil, roots: String? = nil, retrying: Retrying = Retrying(), patience: Int = 60
    ) {
      self.window = window
      self.login = login
      self.graph = graph
      self.organizer = organizer
      self.roots = roots
      self.retrying = retrying
      self.patience = patience
    }
  }

  package struct Summary: Hashable, Sendable {
    package var changed = 0
    package var unchanged = 0
    package var failed = 0
  }

  /// Of a calendar, decoded: as much as busy calendars are read.
  static let largest = 1 << 26
  static let connections = 6

  private let sources: [CalendarSource]
  private let folder: String
  private let settings: Settings

  /// - Parameter folder: made where it is missing; `FOLDER/PERSON.ics`, of somebody's second calendar `FOLDER/2/PERSON.ics`.
  /// - Throws: `FetchFailure` where a password would go to several servers, or Graph is asked without a token.
  package init(_ sources: [CalendarSource], into folder: String, _ settings: Settings) throws(FetchFailure) {
    let servers = Set(sources.filter(\.wantsLogin).compactMap { WebAddress($0.address)?.origin })
    guard settings.login == nil || servers.count <= 1 else {
      throw FetchFailure(
        "the login is for one CalDAV server, and the list names \(servers.count): fetch them in separate runs"
      )
    }
    guard settings.graph != nil || !sources.contains(where: { $0.kind == .graph }) else {
      throw FetchFailure("calendars of Microsoft 365 need --oauth2")
    }
    guard settings.organizer != nil || !sources.contains(where: { $0.kind == .scheduling }) else {
      throw FetchFailure("a scheduling outbox needs --organizer, the address of its owner")
    }
    self.sources = sources
    self.folder = folder
    self.settings = settings
  }

  private enum Outcome: Sendable {
    case fresh([UInt8], FetchMemory.Entry)
    case unchanged(FetchMemory.Entry)
    case failed(FetchFailure)
  }

  /// - Parameters:
  ///   - list: the list's name, for messages.
  ///   - report: gets each calendar that could not be fetched, and why.
  ///   - progress: gets how many requests are done, of how many.
  /// - Throws: `FileError`, `InputError`.
  package func run(
    list: String, now: Timestamp, report: (Diagnostic) -> Void, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> Summary {
    try Folders.make(folder)
    let memory = try FetchMemory(in: folder)
    let places = paths()
    let known = try sources.indices.map {
      try memory.entry(of: sources[$0], window: settings.window, file: places[$0])
    }
    let jobs = self.jobs
    func advance(_ done: Int) { progress(done, jobs.count) }
    let outcomes = SharedWork<[(Int, Outcome)]>(count: jobs.count).run(
      threads: min(CalendarFetch.connections, jobs.count), progress: advance
    ) { [self] work in
      while let job = work.next() { work.end(job, fetch(jobs[job], known)) }
    }
    var summary = Summary()
    var kept = memory
    for (index, outcome) in outcomes.compactMap({ $0 }).flatMap({ $0 }).sorted(by: { $0.0 < $1.0 }) {
      let (source, path) = (sources[index], places[index])
      switch outcome {
      case .fresh(let bytes, var entry):
        let digest = StableHash(bytes).fnv
        let isNew = try FetchMemory.digest(of: path) != digest
        if isNew {
          try Folders.make(path.parentFolder)
          try AtomicFile.write(bytes, to: path)
        }
        if isNew { summary.changed += 1 } else { summary.unchanged += 1 }
        entry.digest = digest
        entry.time = now.inUTC.description
        kept.set(entry, for: source)
      case .unchanged(var entry):
        summary.unchanged += 1
        entry.time = now.inUTC.description
        kept.set(entry, for: source)
      case .failed(let failure):
        summary.failed += 1
        let old =
          memory.time(of: source).map { "; its calendar of \($0) stays" } ?? "; there is no calendar of it"
        report(
          Diagnostic(
            .error, "the calendar of \(source.person) was not fetched: \(failure.message)\(old)", file: list,
            line: source.line, code: "not-fetched"))
      }
    }
    try kept.write()
    return summary
  }

  private func paths() -> [String] {
    var counts: [String: Int] = [:]
    return sources.map { source in
      let count = counts[source.person.lowercased(), default: 0] + 1
      counts[source.person.lowercased()] = count
      let base = FolderListing.path(folder, count == 1 ? "" : "\(count)")
      return FolderListing.path(base, source.person + ".ics")
    }
  }

  /// Calendars that are fetched by one request: one, but for Graph.
  private var jobs: [[Int]] {
    var jobs = sources.indices.filter { sources[$0].kind != .graph }.map { [$0] }
    let mailboxes = sources.indices.filter { sources[$0].kind == .graph }
    for start in stride(from: 0, to: mailboxes.count, by: GraphSchedules.mailboxes) {
      jobs.append(Array(mailboxes[start..<min(start + GraphSchedules.mailboxes, mailboxes.count)]))
    }
    return jobs
  }

  private func fetch(_ job: [Int], _ known: [FetchMemory.Entry?]) -> [(Int, Outcome)] {
    guard let first = job.first else { return [] }
    if sources[first].kind == .graph { return fetchGraph(job) }
    do {
      return [(first, try fetch(sources[first], known[first]))]
    } catch {
      return [(first, .failed(FetchFailure(error)))]
    }
  }

  private func fetch(_ source: CalendarSource, _ known: FetchMemory.Entry?) throws -> Outcome {
    switch source.kind {
    case .ics: return try published(source, known)
    case .caldav:
      let collection = try self.collection(source)
      let version = try collection.version()
      if let known, let version, known.version == version { return .unchanged(known) }
      let objects = try collection.objects(in: settings.window)
      let bytes = objects.flatMap { $0.bytes + ($0.bytes.last == 10 ? [] : [13, 10]) }
      for object in objects { try CalendarFetch.check(object.bytes) }
      return .fresh(
        bytes.isEmpty ? CalendarFetch.empty : bytes,
        FetchMemory.Entry(window: settings.window, version: version))
    case .freeBusy, .scheduling:
      let collection = try self.collection(source)
      let bytes =
        source.kind == .freeBusy
        ? try collection.freeBusy(in: settings.window)
        : try collection.freeBusy(
          of: source.person, askedBy: settings.organizer ?? "", in: settings.window)
      try CalendarFetch.check(bytes)
      return .fresh(bytes, FetchMemory.Entry(window: settings.window))
    case .graph: return .failed(FetchFailure("it is asked for in groups"))
    }
  }

  private func collection(_ source: CalendarSource) throws(CalDAVError) -> CalDAVCollection {
    try CalDAVCollection(
      CalDAVCollection.Place(
        source.address, login: settings.login, roots: settings.roots, patience: settings.patience,
        attempts: settings.retrying.attempts, wait: settings.retrying.wait))
  }

  private static let empty = Array(
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Tandem//Tandem//EN\r\nEND:VCALENDAR\r\n".utf8)

  // MARK: Published calendars

  /// Redirects are followed, five at most, without a login and never from https to http.
  private func published(_ source: CalendarSource, _ known: FetchMemory.Entry?) throws -> Outcome {
    guard var address = WebAddress(source.address) else { throw FetchFailure("the address cannot be read") }
    var fields = ["Accept": "text/calendar, */*;q=0.1"]
    if let etag = known?.etag { fields["If-None-Match"] = etag }
    if let modified = known?.modified { fields["If-Modified-Since"] = modified }
    for _ in 0...5 {
      guard
        let connection = HTTPConnection(
          origin: address.origin, login: nil, roots: settings.roots, patience: settings.patience)
      else { throw FetchFailure("libcurl is out of memory") }
      let target = address.target
      var body: [UInt8] = []
      let response = try settings.retrying.run {
        body = []
        return try connection.request("GET", target, fields: fields) { piece in
          body += piece
          guard body.count <= CalendarFetch.largest else {
            throw FetchFailure("it is larger than \(CalendarFetch.largest >> 20) MB")
          }
        }
      }
      switch response.status {
      case 200:
        try CalendarFetch.check(body)
        let (etag, modified) = (response.fields["etag"], response.fields["last-modified"])
        return .fresh(
          body,
          FetchMemory.Entry(
            etag: etag.flatMap { HTTPConnection.isFieldValue($0) ? $0 : nil },
            modified: modified.flatMap { HTTPConnection.isFieldValue($0) ? $0 : nil }))
      case 304:
        guard let known else {
          throw FetchFailure("the server answered 304 to a question without a condition")
        }
        return .unchanged(known)
      case 301, 302, 303, 307, 308:
        guard let place = response.fields["location"],
          let base = URL(string: address.origin + address.target),
          let next = URL(string: place, relativeTo: base).flatMap({ WebAddress($0.absoluteString) }),
          next.isEncrypted || !address.isEncrypted, next.isPrivate, !next.holdsLogin
        else { throw FetchFailure("the server sends us to an address that is not https://") }
        address = next
      case 401, 403: throw FetchFailure("the server wants a login: was the calendar unpublished?")
      case 404, 410: throw FetchFailure("there is no such calendar (\(response.status)): was it unpublished?")
      default: throw FetchFailure("the server answered \(response.status)")
      }
    }
    throw FetchFailure("the server sends us from one address to the next")
  }

  /// Whether the bytes are a calendar from its beginning to its end: what was cut off would be free time.
  static func check(_ bytes: [UInt8]) throws(FetchFailure) {
    var text = bytes[...]
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
    text = text.drop { $0 <= 0x20 }
    func isWord(_ slice: ArraySlice<UInt8>, _ word: String) -> Bool {
      String(decoding: slice, as: UTF8.self).uppercased() == word
    }
    guard isWord(text.prefix(15), "BEGIN:VCALENDAR") else {
      throw FetchFailure("what came is not a calendar: perhaps a login page")
    }
    while let last = text.last, last <= 0x20 { text.removeLast() }
    guard isWord(text.suffix(13), "END:VCALENDAR") else { throw FetchFailure("the calendar is cut off") }
  }

  // MARK: Graph

  private func fetchGraph(_ job: [Int]) -> [(Int, Outcome)] {
    do {
      guard let graph = settings.graph,
        let connection = HTTPConnection(
          origin: graph.base.origin, login: graph.login, roots: settings.roots, patience: settings.patience)
      else { throw FetchFailure("libcurl is out of memory") }
      let schedules = GraphSchedules(
        connection: connection, base: graph.base, user: graph.login.user, retrying: settings.retrying)
      let found = try schedules.periods(of: job.map { sources[$0].address }, in: settings.window)
      return job.map { index in
        let mailbox = sources[index].address
        switch found[mailbox.lowercased()] {
        case .success(let periods)?:
          return (
            index,
            .fresh(
              GraphSchedules.calendar(periods, of: mailbox, in: settings.window),
              FetchMemory.Entry(window: settings.window))
          )
        case .failure(let failure)?: return (index, .failed(failure))
        case nil: return (index, .failed(FetchFailure("Graph says nothing about it")))
        }
      }
    } catch {
      let failure = FetchFailure(error)
      return job.map { ($0, .failed(failure)) }
    }
  }
}

extension CalendarSource {
  var wantsLogin: Bool { [.caldav, .freeBusy, .scheduling].contains(kind) }
}
