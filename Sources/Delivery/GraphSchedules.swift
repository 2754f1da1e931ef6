import Basics
import Foundation
import Programme

/// Busy times of mailboxes of Microsoft 365, asked through `getSchedule` of Microsoft Graph v1.0.
///
/// What it needs of a server, so that another adapter may stand in its place: `POST BASE/users/USER/calendar/getSchedule` with
/// `{"schedules":[MAILBOX…],"startTime":{"dateTime","timeZone"},"endTime":…,"availabilityViewInterval":60}`, a bearer token, and
/// `Prefer: outlook.timezone="UTC"`; the answer is `{"value":[{"scheduleId","scheduleItems":[{"status","start","end"}],
/// "availabilityView","error"}]}` with times in UTC.
struct GraphSchedules {
  /// A period of the answer, in seconds since the epoch.
  struct Period: Hashable, Comparable {
    enum Kind: String {
      case busy = "BUSY"
      case tentative = "BUSY-TENTATIVE"
      case away = "BUSY-UNAVAILABLE"
    }

    var start: Int
    var end: Int
    var kind: Kind

    static func < (a: Period, b: Period) -> Bool {
      (a.start, a.end, a.kind.rawValue) < (b.start, b.end, b.kind.rawValue)
    }
  }

  /// Mailboxes of one request, and days: documented limits are 20 and some two months.
  static let mailboxes = 20
  static let days = 31
  /// Minutes of a sign of `availabilityView`.
  private static let interval = 60

  let connection: HTTPConnection
  let base: WebAddress
  /// Whose calendar the question is asked from.
  let user: String
  let retrying: Retrying

  /// Busy times by mailbox in lower case, or why there are none.
  ///
  /// - Parameter mailboxes: at most 20.
  func periods(
    of mailboxes: [String], in window: FetchWindow
  ) throws -> [String: Result<[Period], FetchFailure>] {
    var found: [String: Set<Period>] = [:]
    var failed: [String: FetchFailure] = [:]
    for part in window.parts(days: GraphSchedules.days) {
      let answer = try ask(mailboxes, part)
      var answered: Set<String> = []
      for schedule in answer {
        guard let id = schedule["scheduleId"]?.string?.lowercased() else { continue }
        answered.insert(id)
        do throws(FetchFailure) {
          found[id, default: []].formUnion(try GraphSchedules.periods(of: schedule, in: part))
        } catch {
          failed[id] = failed[id] ?? error
        }
      }
      for mailbox in mailboxes where !answered.contains(mailbox.lowercased()) {
        failed[mailbox.lowercased()] = FetchFailure("Graph says nothing about it")
      }
    }
    return Dictionary(
      mailboxes.map { mailbox in
        let id = mailbox.lowercased()
        return (id, failed[id].map { .failure($0) } ?? .success((found[id] ?? []).sorted()))
      }, uniquingKeysWith: { first, _ in first })
  }

  private func ask(_ mailboxes: [String], _ window: FetchWindow) throws -> [JSONValue] {
    func time(_ time: Timestamp) -> JSONValue {
      .object(["dateTime": .string(String(time.description.prefix(19))), "timeZone": .string("UTC")])
    }
    var writer = JSONWriter()
    writer.value(
      .object([
        "availabilityViewInterval": .integer(GraphSchedules.interval), "endTime": time(window.end),
        "schedules": .array(mailboxes.map { .string($0) }), "startTime": time(window.start),
      ]))
    let user = OAuthTokens.encoded(user)
    let path =
      (base.path.hasSuffix("/") ? String(base.path.dropLast()) : base.path)
      + "/users/\(user)/calendar/getSchedule"
    let response = try retrying.run {
      try connection.request(
        "POST", path,
        fields: [
          "Content-Type": "application/json", "Accept": "application/json",
          "Prefer": "outlook.timezone=\"UTC\"",
        ], body: writer.bytes)
    }
    let value = try? JSONValue(parsing: response.body)
    guard response.status == 200 else {
      let words = [value?["error"]?["code"]?.string, value?["error"]?["message"]?.string]
        .compactMap { $0 }.joined(separator: ": ")
      throw FetchFailure(
        "Graph answered \(response.status)" + (words.isEmpty ? "" : " (\(words.prefix(300)))"))
    }
    guard case .array(let schedules)? = value?["value"] else {
      throw FetchFailure("Graph's answer cannot be read")
    }
    return schedules
  }

  /// Of one mailbox. What is not understood is busy or a failure, never free.
  static func periods(of schedule: JSONValue, in window: FetchWindow) throws(FetchFailure) -> Set<Period> {
    if let error = schedule["error"], error != .null {
      throw FetchFailure(
        "Graph says: "
          + (error["message"]?.string ?? error["responseCode"]?.string ?? "there is no such mailbox"))
    }
    guard case .array(let items)? = schedule["scheduleItems"] else {
      guard let view = schedule["availabilityView"]?.string else {
        throw FetchFailure("Graph says nothing about its times")
      }
      return periods(ofView: view, from: window.start.secondsSinceEpoch)
    }
    var periods: Set<Period> = []
    for item in items {
      guard let kind = kind(of: item["status"]?.string) else { continue }
      guard let start = seconds(item["start"]), let end = seconds(item["end"]), start <= end else {
        throw FetchFailure("Graph gives a time that cannot be read, or is not in UTC")
      }
      if start < end { periods.insert(Period(start: start, end: end, kind: kind)) }
    }
    return periods
  }

  /// nil: free.
  private static func kind(of status: String?) -> Period.Kind? {
    switch status?.lowercased() {
    case "free", "workingelsewhere": nil
    case "tentative": .tentative
    case "oof": .away
    default: .busy
    }
  }

  /// A sign for each hour: 0 free, 1 tentative, 2 busy, 3 out of office, 4 working elsewhere.
  static func periods(ofView view: String, from start: Int) -> Set<Period> {
    var periods: Set<Period> = []
    for (index, sign) in view.enumerated() where sign != "0" && sign != "4" {
      let from = start + index * interval * 60
      periods.insert(
        Period(
          start: from, end: from + interval * 60, kind: sign == "1" ? .tentative : sign == "3" ? .away : .busy
        ))
    }
    return periods
  }

  /// `{"dateTime":"2026-10-05T08:00:00.0000000","timeZone":"UTC"}`
  private static func seconds(_ value: JSONValue?) -> Int? {
    guard let text = value?["dateTime"]?.string,
      let zone = value?["timeZone"]?.string,
      ["utc", "etc/utc", "etc/gmt", "gmt", "tzone://microsoft/utc"].contains(zone.lowercased())
    else { return nil }
    let bare = text.hasSuffix("Z") ? String(text.dropLast()) : text
    let parts = bare.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first, parts.count == 1 || parts[1].allSatisfy({ $0.isASCII && $0.isNumber })
    else { return nil }
    return Timestamp(rfc3339: whole + "Z")?.secondsSinceEpoch
  }

  /// The periods as a calendar of one VFREEBUSY.
  static func calendar(_ periods: [Period], of mailbox: String, in window: FetchWindow) -> [UInt8] {
    func text(_ seconds: Int) -> String { FetchWindow.text(Timestamp(secondsSinceEpoch: seconds, offset: 0)) }
    let uid = String(StableHash("\(mailbox) \(window.startText)".utf8).fnv, radix: 16)
    let lines =
      [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tandem//Tandem//EN", "METHOD:PUBLISH", "BEGIN:VFREEBUSY",
        "UID:\(uid)", "DTSTAMP:\(window.startText)", "DTSTART:\(window.startText)", "DTEND:\(window.endText)",
      ] + periods.map { "FREEBUSY;FBTYPE=\($0.kind.rawValue):\(text($0.start))/\(text($0.end))" }
      + ["END:VFREEBUSY", "END:VCALENDAR", ""]
    return Array(lines.joined(separator: "\r\n").utf8)
  }
}
