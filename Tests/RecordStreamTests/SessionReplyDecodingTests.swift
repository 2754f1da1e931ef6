import Basics
import Programme
import RecordStream
import TestSupport
import Testing

@Suite struct SessionReplyDecodingTests {
  private func read(_ line: String) -> (reply: SessionReply?, error: String?) {
    var found: SessionReply?
    var error: String?
    let reader = RecordReader(Input(name: "x", bytes: Array(line.utf8))) { error = $0.description }
    try? reader.forEachLine { if case .reply(let reply) = try $0.decode() { found = reply } }
    return (found, error)
  }

  @Test func whatPlanningNeedsIsRead() throws {
    let line =
      #"{"answer":"countered","attendee":"a@b","comment":"x","end":"2026-11-14T09:30:00+01:00","person":"de:2","#
      + #""record":"reply","sequence":3,"session":"c/a+b#2","start":"2026-11-14T08:00:00+01:00","uid":"u"}"#
    let reply = try #require(read(line).reply)
    #expect(reply.answer == .countered && reply.session == "c/a+b#2" && reply.sequence == 3)
    #expect(reply.person == PersonID("de:2"))
    #expect(reply.interval?.length == 90)
    let room = read(#"{"answer":"declined","record":"reply","sequence":0,"session":"s"}"#).reply
    #expect(room == SessionReply(answer: .declined, session: "s", sequence: 0))
  }

  @Test(arguments: [
    (
      #"{"answer":"maybe","record":"reply","sequence":0,"session":"s"}"#,
      "x:1:11: error: \"maybe\" is none of accepted, declined, "
    ),
    (
      #"{"answer":"accepted","record":"reply","session":"s"}"#,
      "x:1:1: error: the reply has no \"sequence\""
    ),
    (
      #"{"answer":"accepted","record":"reply","sequence":0,"session":"s","start":"noon"}"#,
      "x:1:74: error: \"noon\" is not a time with an offset; write it as 2026-10-05T10:00:00+02:00"
    ),
    (
      #"{"answer":"accepted","record":"reply","sequence":0}"#,
      "x:1:1: error: the reply has neither \"session\" nor \"workshop\": it answers nothing"
    ),
  ]) func whatIsWrongIsSaid(_ line: String, _ message: String) {
    #expect(read(line).reply == nil)
    #expect(read(line).error?.contains(message) == true)
  }
}
