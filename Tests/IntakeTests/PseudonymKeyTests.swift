import Basics
import Programme
import RecordStream
import Testing

@testable import Intake

struct PseudonymKeyTests {
  @Test func theFileReadsBackToTheSameBytes() throws {
    var key = PseudonymKey()
    let token = key.token(
      forID: "pl:1", name: "Zoë \"Z\"", email: "z@x.example.com", source: .object(["line": .integer(3)]))
    let sealed = key.seal("free\nwords")
    #expect(key.token(forID: "pl:1") == token && key.seal("free\nwords") == sealed)
    #expect(token.utf8.count == PseudonymKey.tokenLength && token != sealed)
    var again = try PseudonymKey(parsing: key.bytes)
    #expect(again.bytes == key.bytes)
    #expect(again.token(forID: "pl:1") == token && again.seal("free\nwords") == sealed)
    #expect(again.token(forID: "pl:2") == key.token(forID: "pl:2"), "what is new follows from the secret")
    #expect(again.id(of: token) == "pl:1")
    let forgotten = again.forget(id: "pl:1")
    #expect(forgotten && again.id(of: token) == nil)
  }

  @Test(arguments: ["", "{}", "[1]", "{\"secret\":\"12\",\"people\":[]}", "{\"secret\":\"zz\",\"people\":[]"])
  func noKeys(text: String) {
    #expect(throws: RecordError.self) { try PseudonymKey(parsing: Array(text.utf8)) }
  }

  @Test func twoKeysGiveTwoPseudonyms() {
    var (a, b) = (PseudonymKey(), PseudonymKey())
    #expect(a.token(forID: "pl:1") != b.token(forID: "pl:1"))
  }
}
