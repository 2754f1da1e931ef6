import Testing

@testable import Delivery

@Suite struct MultiStatusTests {
  private func read(_ text: String) throws -> [MultiStatus.Response] {
    var responses: [MultiStatus.Response] = []
    let reader = MultiStatus { responses.append($0) }
    // In pieces, as a network gives them.
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: 7) {
      try reader.feed(Array(bytes[start..<min(start + 7, bytes.count)]))
    }
    try reader.finish()
    return responses
  }

  @Test func whatIsThereIsReadWhateverItsPrefixes() throws {
    let responses = try read(
      """
      <?xml version="1.0"?>
      <d:multistatus xmlns:d="DAV:" xmlns:cal="urn:ietf:params:xml:ns:caldav" xmlns:x="urn:other">
        <d:response>
          <d:href>
            /a%20b/1.ics</d:href>
          <d:propstat>
            <d:prop><d:getetag>"1&amp;2"</d:getetag><cal:calendar-data>BEGIN:VCALENDAR&#13;
      <![CDATA[X:<y>]]></cal:calendar-data><x:getetag>no</x:getetag></d:prop>
            <d:status>HTTP/1.1 200 OK</d:status>
          </d:propstat>
          <d:propstat><d:prop><d:getetag>other</d:getetag></d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat>
        </d:response>
        <d:response><d:href>/gone</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>
        <d:response><d:href>/c/</d:href><d:propstat><d:prop><d:resourcetype><d:collection/><cal:calendar/></d:resourcetype>
          </d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>
      </d:multistatus>
      """)
    #expect(responses.map(\.href) == ["/a%20b/1.ics", "/gone", "/c/"])
    #expect(responses.map(\.status) == [200, 404, 200])
    #expect(responses[0].etag == "\"1&2\"")
    #expect(responses[0].calendar.map { String(decoding: $0, as: UTF8.self) } == "BEGIN:VCALENDAR\r\nX:<y>")
    #expect(responses.map(\.isCalendar) == [false, false, true])
  }

  @Test(arguments: [
    "", "no xml", "<html/>", "<multistatus/>", "<multistatus xmlns='DAV:'>",
    "<!DOCTYPE a [<!ENTITY b 'c'>]><multistatus xmlns='DAV:'>&b;</multistatus>",
  ])
  func whatIsNoneIsRefused(_ text: String) {
    #expect(throws: CalDAVError.self) { try read(text) }
  }
}
