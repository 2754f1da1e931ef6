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
  /// Of the collection, with a `/` at its end.
  let path: String
  /// How often a request is made that fails for a time.
  private let attempts: Int
  /// Called with the seconds to wait before a further attempt: 1, 2, 4 …, at most 60.
  private let wait: (Int) -> Void

  /// - Parameters:
  ///   - address: http or https, without user, password, query and fragment.
  ///   - roots: a PEM file with the certificates to trust instead of the system's.
  /// - Throws: `CalDAVError.badAddress`, also for a password that would go in the clear to another machine.
  package init(
    _ address: String, login: Login? = nil, roots: String? = nil, patience: Int = 60, attempts: Int = 5,
    wait: @escaping (Int) -> Void = { sleep(UInt32($0)) }
  ) throws(CalDAVError) {
    func bad(_ reason: String) -> CalDAVError { .badAddress(address, reason: reason) }
    guard address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let parts = URLComponents(string: address),
      let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
      let host = parts.percentEncodedHost, !host.isEmpty
    else { throw bad("give it as https://HOST/PATH/, percent-encoded") }
    guard parts.user == nil, parts.password == nil else {
      throw bad("give user and password with --credentials, not in an address that others can see")
    }
    guard parts.query == nil, parts.fragment == nil else { throw bad("a calendar has no ? and no #") }
    guard scheme == "https" || login == nil || ["localhost", "127.0.0.1", "[::1]", "::1"].contains(host)
    else {
      throw bad("a password is never sent unencrypted; give it with https://")
    }
    let origin = "\(scheme)://\(host)" + (parts.port.map { ":\($0)" } ?? "")
    guard let connection = HTTPConnection(origin: origin, login: login, roots: roots, patience: patience)
    else {
      throw .connection("libcurl is out of memory")
    }
    self.connection = connection
    let given = parts.percentEncodedPath
    path = given.hasSuffix("/") ? given : given + "/"
    self.attempts = attempts
    self.wait = wait
  }

  /// Whether the collection is there.
  ///
  /// - Throws: `CalDAVError.noCalendar` where something else is.
  package func exists() throws(CalDAVError) -> Bool {
    let body = """
      <?xml version="1.0" encoding="utf-8"?>
      <propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>
      """
    let response = try request("PROPFIND", path, fields: xml(depth: 0), body: Array(body.utf8))
    switch response.status {
    case 404, 410: return false
    case 207:
      let own = try MultiStatus(response.body).responses.first
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
  package func objects() throws(CalDAVError) -> [Object] {
    let body = """
      <?xml version="1.0" encoding="utf-8"?>
      <C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
      <prop><getetag/><C:calendar-data/></prop>
      <C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/></C:comp-filter></C:filter>
      </C:calendar-query>
      """
    let response = try request("REPORT", path, fields: xml(depth: 1), body: Array(body.utf8))
    guard response.status == 207 else { throw failure("REPORT", response) }
    var objects: [Object] = []
    for answer in try MultiStatus(response.body).responses {
      if answer.status == 507 { throw .badAnswer("it names only some of the events (507)") }
      guard answer.status < 300, let calendar = answer.calendar else { continue }
      guard let etag = answer.etag, let path = Self.path(of: answer.href) else {
        throw .badAnswer("an event has no ETag or no usable address ('\(answer.href.prefix(80))')")
      }
      objects.append(Object(path: path, etag: etag, bytes: Array(calendar.utf8)))
    }
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

  private func xml(depth: Int?) -> [String: String] {
    var fields = ["Content-Type": "application/xml; charset=utf-8"]
    fields["Depth"] = depth.map { String($0) }
    return fields
  }

  /// Again, with growing pauses, while what fails may pass.
  private func request(
    _ method: String, _ path: String, fields: [String: String] = [:], body: [UInt8]? = nil
  ) throws(CalDAVError) -> HTTPConnection.Response {
    var attempt = 0
    while true {
      attempt += 1
      do throws(CalDAVError) {
        let response = try connection.request(method, path, fields: fields, body: body)
        let error = CalDAVError.refused(method: method, status: response.status)
        if !error.isTransient || attempt >= attempts { return response }
      } catch {
        if !error.isTransient || attempt >= attempts { throw error }
      }
      wait(min(60, 1 << min(attempt - 1, 6)))
    }
  }

  private func failure(_ method: String, _ response: HTTPConnection.Response) -> CalDAVError {
    switch response.status {
    case 401: .noLogin(status: 401)
    case 403 where method == "PROPFIND" || method == "MKCALENDAR": .noLogin(status: 403)
    case 412: .changed
    case 301, 302, 307, 308:
      .noCalendar(
        "the calendar moved to '\(response.fields["location"]?.prefix(200) ?? "")': give that address")
    default: .refused(method: method, status: response.status)
    }
  }

  /// Of a path or a whole address, only the path: requests go to the server that was named, and to no other. nil where
  /// it could not be part of a request.
  static func path(of href: String) -> String? {
    var path = Substring(href)
    for scheme in ["http://", "https://"] where href.lowercased().hasPrefix(scheme) {
      let rest = href.dropFirst(scheme.count)
      guard let slash = rest.firstIndex(of: "/") else { return nil }
      path = rest[slash...]
    }
    guard path.hasPrefix("/"), path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") })
    else { return nil }
    return String(path)
  }
}
