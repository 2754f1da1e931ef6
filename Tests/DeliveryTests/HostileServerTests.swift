import Foundation
import TestSupport
import Testing

@testable import Delivery

/// A calendar server that is large, slow or malicious: what is refused, and why (CWE-400, CWE-409, CWE-113, CWE-918).
@Suite struct HostileServerTests {
  private let folder: WorkFolder

  init() throws { folder = try WorkFolder() }

  private func objects(_ way: String, _ more: [String] = [], login: Login? = nil) throws
    -> [CalDAVCollection.Object]
  {
    let server = try StandInServer(.hostile, folder: folder.path, [way] + more)
    let collection = try CalDAVCollection(
      CalDAVCollection.Place("http://127.0.0.1:\(server.port)/c/", login: login, attempts: 1) { _ in })
    #expect(try collection.exists())
    return try collection.objects()
  }

  private func error(_ way: String) throws -> CalDAVError? {
    do {
      _ = try objects(way)
      return nil
    } catch let error as CalDAVError {
      return error
    }
  }

  /// 11.5 MB: more than libxml2 looks ahead.
  @Test func anAnswerOverTenMegabytesIsRead() throws {
    let objects = try objects("many", ["12000"])
    #expect(objects.count == 12_000)
    #expect(objects.last?.path == "/c/11999.ics")
    #expect(
      objects.last.map { String(decoding: $0.bytes, as: UTF8.self) }?.contains("UID:other-11999@") == true)
  }

  @Test func whatUnfoldsToVeryMuchIsRefused() throws {
    #expect(
      try error("bomb")
        == .connection(.hostile("a few compressed bytes of its answer unfold to very many")))
  }

  @Test func whatTricklesInIsRefused() throws {
    let begun = ContinuousClock.now
    #expect(
      try error("drip")
        == .connection(.hostile("its answer trickles in, fewer than 1000 bytes in 15 seconds")))
    #expect(begun.duration(to: .now) < .seconds(60))
  }

  @Test(arguments: ["elsewhere", "above", "sibling"]) func whatIsOutsideOfTheCalendarIsRefused(_ way: String)
    throws
  {
    guard case .badAnswer(let reason)? = try error(way) else {
      Issue.record("\(way) was accepted")
      return
    }
    #expect(reason.hasPrefix("it names an event outside of the calendar ("))
  }

  @Test func whatWouldBeAnotherHeaderFieldIsRefused() throws {
    #expect(try error("header") == .badAnswer("an event has no usable ETag ('/c/1.ics')"))
  }

  @Test(arguments: ["entity", "deep"]) func markupThatGrowsIsRefused(_ way: String) throws {
    guard case .badAnswer? = try error(way) else {
      Issue.record("\(way) was accepted")
      return
    }
  }

  /// Neither the request nor the password goes where an answer points to.
  @Test func aRedirectIsNotFollowed() throws {
    let other = try WorkFolder()
    let bait = try StandInServer(.hostile, folder: other.path, ["many"])
    try folder.file("other", "\(bait.port)\n")
    #expect(
      throws: CalDAVError.noCalendar(
        "the calendar moved to 'http://127.0.0.1:\(bait.port)/c/': give that address")
    ) {
      try objects("moved", login: Login(user: "hr", password: "geheim"))
    }
    #expect(try folder.text("requests").contains("authorization"))
    #expect(!FileManager.default.fileExists(atPath: other.path + "/requests"))
  }

  @Test func hrefsAreConfined() throws {
    let place = try CalDAVCollection.Place("https://Cal.example:443/hr%40x/plan")
    #expect(place.origin == "https://cal.example")
    for good in ["/hr%40x/plan/a.ics", "/hr@x/plan/a%20b.ics", "https://CAL.example/hr@x/plan/a.ics"] {
      #expect(place.path(of: good)?.hasSuffix(".ics") == true, "\(good)")
    }
    for bad in [
      "", "a.ics", "/", "/hr@x/plan/", "/hr@x/plan", "/hr@x/plan/../a.ics", "/hr@x/plan/%2e%2e/a.ics",
      "/hr@x/plan/a%2Fb.ics", "/hr@x/planb/a.ics", "/other/a.ics", "http://cal.example/hr@x/plan/a.ics",
      "https://cal.example:8443/hr@x/plan/a.ics", "https://evil.example/hr@x/plan/a.ics",
      "//evil.example/hr@x/plan/a.ics", "https://u:p@cal.example/hr@x/plan/a.ics", "/hr@x/plan/a b.ics",
      "/hr@x/plan/a.ics\r\nX: y", "/hr@x/plan/ü.ics", "/hr@x/plan/a.ics#b", "/hr@x/plan/a.ics?b",
      "/hr@x/plan/a%0d%0a.ics", "/hr@x/plan/%zz.ics",
    ] {
      #expect(place.path(of: bad) == nil, "\(bad)")
    }
  }
}
