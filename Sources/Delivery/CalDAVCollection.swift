import Basics
import Foundation
import Programme

/// One calendar of a CalDAV server (RFC 4791): found, made, listed, and changed event by event, each change bound to what
/// was read (RFC 9110, section 13), so that nobody's edit is overwritten unseen.
package final class CalDAVCollection {
  /// An event as the server keeps it.
  package struct Object: Hashable, Sendable {
    /// Percent-encoded, from `/` on.
    var path: String
    var etag: String
    var bytes: [UInt8]
  }

  /// What must hold of an event for a change of it to be made.
  enum Condition {
    case isNew
    case isStill(String)

    fileprivate var field: [String: String] {
      switch self {
      case .isNew: ["If-None-Match": "*"]
      case .isStill(let etag): ["If-Match": etag]
      }
    }
  }

  private let connection: HTTPConnection
  private let place: Place
  /// Of the collection, with a `/` at its end.
  var path: String { place.path }

  /// Where a collection is, and how its server is spoken with.
  package struct Place: Sendable {
    let origin: String
    let path: String
    let login: Login?
    let roots: String?
    let patience: Int
    let retrying: Retrying

    /// - Parameters:
    ///   - address: http or https, without user, password, query and fragment.
    ///   - roots: a PEM file with the certificates to trust instead of the system's.
    /// - Throws: `CalDAVError.badAddress`, also for a password that would go in the clear to another machine.
    package init(
      _ address: String, login: Login? = nil, roots: String? = nil, patience: Int = 60, attempts: Int = 5,
      wait: @escaping @Sendable (Int) -> Void = { sleep(UInt32($0)) }
    ) throws(CalDAVError) {
      func bad(_ reason: String) -> CalDAVError { .badAddress(address, reason: reason) }
      guard let parts = WebAddress(address) else {
        throw bad("give it as https://HOST/PATH/, percent-encoded")
      }
      guard !parts.holdsLogin else {
        throw bad("give user and password with --credentials, not in an address that others can see")
      }
      guard parts.query == nil, !parts.hasFragment else { throw bad("a calendar has no ? and no #") }
      guard parts.isPrivate || login == nil else {
        throw bad("a password is never sent unencrypted; give it with https://")
      }
      origin = parts.origin
      path = parts.path.hasSuffix("/") ? parts.path : parts.path + "/"
      self.login = login
      self.roots = roots
      self.patience = patience
      retrying = Retrying(attempts: attempts, wait: wait)
    }
  }

  /// Connects with the first request.
  package init(_ place: Place) throws(CalDAVError) {
    guard
      let connection = HTTPConnection(
        origin: place.origin, login: place.login, roots: place.roots, patience: place.patience)
    else { throw .connection(.unreachable("libcurl is out of memory")) }
    self.connection = connection
    self.place = place
  }

  /// Whether the collection is there.
  ///
  /// - Throws: `CalDAVError.noCalendar` where something else is.
  package func exists() throws(CalDAVError) -> Bool {
    let body = """
      <?xml version="1.0" encoding="utf-8"?>
      <propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>
      """
    var own: MultiStatus.Response?
    let response = try report("PROPFIND", depth: 0, body) { own = own ?? $0 }
    switch response.status {
    case 404, 410: return false
    case 207:
      // Some servers say so within.
      if own?.status == 404 { return false }
      guard own?.isCalendar == true else {
        throw .noCalendar(
          "there is something other than a calendar at \(connection.origin + path): give the address of a calendar, or "
            + "one where nothing exists yet")
      }
      return true
    default: throw failure("PROPFIND", response)
    }
  }

  /// Makes the collection.
  ///
  /// - Parameter name: what calendar programs show.
  package func make(name: String) throws(CalDAVError) {
    let body = """
      <?xml version="1.0" encoding="utf-8"?>
      <C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>
      <displayname>\(MarkupText.escaped(name))</displayname>
      <C:supported-calendar-component-set><C:comp name="VEVENT"/></C:supported-calendar-component-set>
      </prop></set></C:mkcalendar>
      """
    let response = try request("MKCALENDAR", path, fields: xml(depth: nil), body: Array(body.utf8))
    switch response.status {
    case 200..<300: return
    case 405, 501:
      throw .noCalendar(
        "the calendar server does not create calendars: create it there by hand, and run again")
    case 409:
      throw .noCalendar(
        "there is no folder for the calendar at \(connection.origin + path): check the address")
    default: throw failure("MKCALENDAR", response)
    }
  }

  /// All events of the collection, in the server's order.
  ///
  /// - Parameter window: only those that take place in it at least once.
  package func objects(in window: FetchWindow? = nil) throws(CalDAVError) -> [Object] {
    let range = window.map { "<C:time-range start=\"\($0.startText)\" end=\"\($0.endText)\"/>" } ?? ""
    let body = """
      <?xml version="1.0" encoding="utf-8"?>
      <C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
      <prop><getetag/><C:calendar-data/></prop>
      <C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">\(range)</C:comp-filter></C:comp-filter>
      </C:filter>
      </C:calendar-query>
      """
    var objects: [Object] = []
    func take(_ answer: MultiStatus.Response) throws {
      if answer.status == 507 { throw CalDAVError.badAnswer("it names only some of the events (507)") }
      guard answer.status < 300, let calendar = answer.calendar else { return }
      guard let path = place.path(of: answer.href) else {
        throw CalDAVError.badAnswer(
          "it names an event outside of the calendar ('\(answer.href.prefix(80))')")
      }
      guard let etag = answer.etag, HTTPConnection.isFieldValue(etag) else {
        throw CalDAVError.badAnswer("an event has no usable ETag ('\(path.prefix(80))')")
      }
      objects.append(Object(path: path, etag: etag, bytes: calendar))
    }
    let response = try report("REPORT", depth: 1, body, begins: { objects = [] }, take: take)
    guard response.status == 207 else { throw failure("REPORT", response) }
    return objects
  }

  /// - Returns: nil where it is not there.
  func object(at path: String) throws(CalDAVError) -> Object? {
    let response = try request("GET", path)
    switch response.status {
    case 200: return Object(path: path, etag: response.fields["etag"] ?? "", bytes: response.body)
    case 404, 410: return nil
    default: throw failure("GET", response)
    }
  }

  /// - Throws: `CalDAVError.changed` where the condition does not hold.
  func put(_ bytes: [UInt8], at path: String, if condition: Condition) throws(CalDAVError) {
    var fields = condition.field
    fields["Content-Type"] = "text/calendar; charset=utf-8"
    let response = try request("PUT", path, fields: fields, body: bytes)
    guard (200..<300).contains(response.status) else { throw failure("PUT", response) }
  }

  /// What is gone already is gone.
  ///
  /// - Throws: `CalDAVError.changed` where the condition does not hold.
  func delete(_ object: Object) throws(CalDAVError) {
    let response = try request("DELETE", object.path, fields: Condition.isStill(object.etag).field)
    guard (200..<300).contains(response.status) || [404, 410].contains(response.status) else {
      throw failure("DELETE", response)
    }
  }

  func xml(depth: Int?) -> [String: String] {
    var fields = ["Content-Type": "application/xml; charset=utf-8"]
    fields["Depth"] = depth.map { String($0) }
    return fields
  }

  func report(
    _ method: String, depth: Int, _ body: String, begins: () -> Void = {},
    take: @escaping (MultiStatus.Response) throws -> Void
  ) throws(CalDAVError) -> HTTPConnection.Response {
    try report(method, xml(depth: depth), body, begins: begins, take: take)
  }

  /// A request whose answer is a multistatus, or of the same kind, read while it comes.
  ///
  /// - Parameters:
  ///   - root: the answer's outermost element.
  ///   - begins: called before each attempt.
  ///   - take: gets each response.
  func report(
    _ method: String, _ fields: [String: String], _ body: String, root: String = "multistatus",
    begins: () -> Void = {}, take: @escaping (MultiStatus.Response) throws -> Void
  ) throws(CalDAVError) -> HTTPConnection.Response {
    try repeating(method) {
      begins()
      let reader = MultiStatus(root: root, take: take)
      let response = try connection.request(
        method, path, fields: fields, body: Array(body.utf8), sink: reader.feed)
      if (200..<300).contains(response.status) { try reader.finish() }
      return response
    }
  }

  func request(
    _ method: String, _ path: String, fields: [String: String] = [:], body: [UInt8]? = nil
  ) throws(CalDAVError) -> HTTPConnection.Response {
    try repeating(method) { try connection.request(method, path, fields: fields, body: body) }
  }

  private func repeating(
    _ method: String, _ work: () throws -> HTTPConnection.Response
  ) throws(CalDAVError) -> HTTPConnection.Response {
    do { return try place.retrying.run(work) } catch { throw CalDAVError(error) }
  }

  func failure(_ method: String, _ response: HTTPConnection.Response) -> CalDAVError {
    switch response.status {
    case 401: .noLogin(status: 401)
    case 404,
      410 where method == "PROPFIND" || method == "REPORT":
      .noCalendar("there is no calendar at that address (\(response.status))")
    case 403 where method == "PROPFIND" || method == "MKCALENDAR": .noLogin(status: 403)
    case 412: .changed
    case 301, 302, 307, 308:
      .noCalendar(
        "the calendar moved to '\(response.fields["location"]?.prefix(200) ?? "")': give that address")
    default: .refused(method: method, status: response.status)
    }
  }
}

extension CalDAVError {
  /// What came out of a request.
  fileprivate init(_ error: any Error) {
    switch error {
    case let error as CalDAVError: self = error
    case let error as ConnectionError: self = .connection(error)
    default: self = .badAnswer(String(describing: error))
    }
  }
}

extension CalDAVCollection.Place {
  /// The path of a resource that the server named: requests go to the server that we were given, and there to what is in
  /// the collection alone. nil for anything else, and for what could not be part of a request.
  ///
  /// - Parameter href: a path from `/` on, or a whole address of the same origin.
  func path(of href: String) -> String? {
    var found = href
    if !href.hasPrefix("/") {
      guard let address = WebAddress(href), address.origin == origin, address.query == nil,
        !address.hasFragment, !address.holdsLogin
      else { return nil }
      found = address.path
    }
    guard
      found.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }),
      let steps = Self.steps(found), let own = Self.steps(path), steps.count > own.count,
      Array(steps.prefix(own.count)) == own
    else { return nil }
    return found
  }

  /// The names on a path, whatever of them is percent-encoded; nil where one would lead up again.
  private static func steps(_ path: String) -> [String]? {
    var steps: [String] = []
    for step in path.split(separator: "/") {
      guard let plain = String(step).removingPercentEncoding, plain != ".", plain != "..",
        !plain.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0x2F || $0 == 0x5C })
      else { return nil }
      steps.append(plain)
    }
    return steps
  }
}
