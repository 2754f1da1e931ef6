import Foundation
import Intake

/// A 207 answer (RFC 4918, section 13): what a server says of each resource that was asked about, read while it comes.
///
/// The parser is guarded: no document type with entities, no depth, text or attribute without end.
final class MultiStatus {
  struct Response: Hashable {
    /// As the server writes it: percent-encoded, a path or a whole address.
    var href = ""
    /// Of the resource itself, where it is outside of a propstat; 200 otherwise.
    var status = 200
    var etag: String?
    /// Changes with anything in the collection: `getctag` of Calendar Server, else `sync-token` (RFC 6578).
    var version: String?
    var calendar: [UInt8]?
    var isCalendar = false
  }

  private static let dav = "DAV:"
  private static let caldav = "urn:ietf:params:xml:ns:caldav"
  private static let server = "http://calendarserver.org/ns/"
  /// Of one event, with the pictures that somebody put into it.
  private static let limits = XMLLimits(depth: 32, attributes: 100, text: 8 << 20)
  private static let kept: Set = ["href", "status", "getetag", "C:calendar-data", "S:getctag", "sync-token"]

  private let take: (Response) throws -> Void
  private var parser: XMLEvents?
  /// The end of a multistatus was read; the parser is content with less.
  private var isWhole = false
  private var path: [String] = []
  private var text: [UInt8] = []
  private var response = Response()
  /// What a propstat says holds only with its status, which follows it.
  private var found = Response()
  private var foundStatus = 200
  private let root: String

  /// - Parameters:
  ///   - root: the answer's outermost element; `C:schedule-response` is one of the same kind (RFC 6638, section 10.2).
  ///   - take: gets each response when its end was read; what it throws ends the parse.
  init(root: String = "multistatus", take: @escaping (Response) throws -> Void) {
    self.root = root
    self.take = take
  }

  /// - Throws: `CalDAVError.badAnswer`, or what `take` threw.
  func feed(_ bytes: [UInt8]) throws {
    let parser =
      self.parser ?? XMLEvents(limits: MultiStatus.limits) { [unowned self] event in try self.read(event) }
    self.parser = parser
    try passing { try parser.feed(bytes) }
  }

  /// - Throws: `CalDAVError.badAnswer` for what is no multistatus, or half of one.
  func finish() throws {
    guard let parser else { throw CalDAVError.badAnswer("it is empty") }
    try passing { try parser.finish() }
    guard isWhole else { throw CalDAVError.badAnswer("it is not a multistatus (RFC 4918)") }
  }

  private func passing(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch let failure as XMLEvents.Failure {
      throw CalDAVError.badAnswer("it is not a multistatus (RFC 4918): \(failure.message)")
    }
  }

  private func read(_ event: XMLEvents.Event) throws {
    switch event {
    case .start(let name, let namespace):
      let prefix =
        switch namespace {
        case MultiStatus.dav: ""
        case MultiStatus.caldav: "C:"
        case MultiStatus.server: "S:"
        default: "?:"
        }
      path.append(prefix + name)
      text = []
      if path == [root, "\(rootPrefix)response"] { response = Response() }
      if path.last == "propstat", path.count == 3 { (found, foundStatus) = (Response(), 200) }
    case .text(let bytes):
      if let name = path.last, MultiStatus.kept.contains(name) { text += bytes }
    case .end:
      defer { if !path.isEmpty { path.removeLast() } }
      try end()
    }
  }

  /// `C:` within a schedule-response, whose responses are of that namespace.
  private var rootPrefix: String { root.hasPrefix("C:") ? "C:" : "" }

  private func end() throws {
    if path == [root] { isWhole = true }
    guard path.starts(with: [root, "\(rootPrefix)response"]) else { return }
    let trimmed = String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    // `HTTP/1.1 404 Not Found`
    var status: Int { trimmed.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 500 }
    switch path.dropFirst(2) {
    case []: try take(response)
    case ["href"], ["C:recipient", "href"]: response.href = trimmed
    case ["status"]: response.status = status
    case ["C:calendar-data"]: response.calendar = text
    case ["propstat", "status"]: foundStatus = status
    case ["propstat", "prop", "getetag"]: found.etag = trimmed
    case ["propstat", "prop", "S:getctag"]: found.version = trimmed
    case ["propstat", "prop", "sync-token"]: found.version = found.version ?? trimmed
    case ["propstat", "prop", "C:calendar-data"]: found.calendar = text
    case ["propstat", "prop", "resourcetype", "C:calendar"]: found.isCalendar = true
    case ["propstat"] where (200..<300).contains(foundStatus):
      response.etag = found.etag ?? response.etag
      response.version = found.version ?? response.version
      response.calendar = found.calendar ?? response.calendar
      response.isCalendar = found.isCalendar || response.isCalendar
    default: break
    }
  }
}
