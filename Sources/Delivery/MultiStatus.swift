import Foundation
import FoundationXML

/// A 207 answer (RFC 4918, section 13): what a server says of each resource that was asked about.
struct MultiStatus {
  struct Response: Hashable {
    /// As the server writes it: percent-encoded, a path or a whole address.
    var href = ""
    /// Of the resource itself, where it is outside of a propstat; 200 otherwise.
    var status = 200
    var etag: String?
    var calendar: String?
    var isCalendar = false
  }

  var responses: [Response]

  /// - Throws: `CalDAVError.badAnswer` for what is no such answer, or has a document type: no server has a use for one, and
  ///   entities could make a small answer endless.
  init(_ bytes: [UInt8]) throws(CalDAVError) {
    guard bytes.firstRange(of: Array("<!DOCTYPE".utf8)) == nil else {
      throw .badAnswer("it has a document type")
    }
    let reader = MultiStatusReader()
    let parser = XMLParser(data: Data(bytes))
    parser.shouldProcessNamespaces = true
    parser.shouldResolveExternalEntities = false
    parser.delegate = reader
    guard parser.parse(), reader.isWhole else {
      throw .badAnswer("it is not a multistatus (RFC 4918)")
    }
    responses = reader.responses
  }
}

private final class MultiStatusReader: NSObject, XMLParserDelegate {
  private static let dav = "DAV:"
  private static let caldav = "urn:ietf:params:xml:ns:caldav"

  private(set) var responses: [MultiStatus.Response] = []
  /// The end of a multistatus was read; the parser is content with less.
  private(set) var isWhole = false
  private var path: [String] = []
  private var text = ""
  private var response = MultiStatus.Response()
  /// What a propstat says holds only with its status, which follows it.
  private var found = MultiStatus.Response()
  private var foundStatus = 200

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let prefix = namespaceURI == Self.dav ? "" : namespaceURI == Self.caldav ? "C:" : "?:"
    path.append(prefix + name)
    text = ""
    if path == ["multistatus", "response"] { response = MultiStatus.Response() }
    if path == ["multistatus", "response", "propstat"] {
      (found, foundStatus) = (MultiStatus.Response(), 200)
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parser(_ parser: XMLParser, foundCDATA block: Data) { text += String(decoding: block, as: UTF8.self) }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    defer { if !path.isEmpty { path.removeLast() } }
    if path == ["multistatus"] { isWhole = true }
    guard path.starts(with: ["multistatus", "response"]) else { return }
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    // `HTTP/1.1 404 Not Found`
    let status = trimmed.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 500
    switch path.dropFirst(2) {
    case []: responses.append(response)
    case ["href"]: response.href = trimmed
    case ["status"]: response.status = status
    case ["propstat", "status"]: foundStatus = status
    case ["propstat", "prop", "getetag"]: found.etag = trimmed
    case ["propstat", "prop", "C:calendar-data"]: found.calendar = text
    case ["propstat", "prop", "resourcetype", "C:calendar"]: found.isCalendar = true
    case ["propstat"] where (200..<300).contains(foundStatus):
      response.etag = found.etag ?? response.etag
      response.calendar = found.calendar ?? response.calendar
      response.isCalendar = found.isCalendar || response.isCalendar
    default: break
    }
  }
}
