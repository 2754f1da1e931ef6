import Basics
import Foundation
import Programme
import RecordStream
import Testing

/// A stream that may be shown, and the way back.
struct PseudonymTests {
  private func imported() throws -> (desk: Desk, files: [String], plain: Desk.Result) {
    let desk = try Desk()
    let files = try ["staff.csv", "google.csv", "midterm.csv"].map { try desk.take($0) }
    return (desk, files, desk.run(files))
  }

  @Test func nothingRevealsWhoItIs() throws {
    let (desk, files, plain) = try imported()
    let run = desk.run(files + ["--pseudonyms", desk.path("key.json")])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.count == plain.lines.count)
    for word in [
      "Ann", "Bob", "@x.example.com", "\"xx:1\"", "\"xx:3\"", "knitting", "hello", "really", "google.csv",
    ] {
      #expect(!run.output.contains(word), "\(word)")
    }
    // What the matcher needs stays.
    for word in ["data-privacy", "data privacy", "Engineering", "North", "mentor"] {
      #expect(run.output.contains(word), "\(word)")
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: desk.path("key.json"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func thereAndBackByteForByte() throws {
    let (desk, files, plain) = try imported()
    let run = desk.run(files + ["--pseudonyms", desk.path("key.json")])
    let shown = try desk.write(run.output.replacing("google.csv", with: "google.csv"), "shown.ndjson")
    let back = desk.run("--reveal", desk.path("key.json"), shown)
    #expect(back.status == 0)
    #expect(back.output == plain.output)
  }

  @Test func theSameKeyGivesTheSamePseudonyms() throws {
    let (desk, files, _) = try imported()
    let key = desk.path("key.json")
    let first = desk.run(files + ["--pseudonyms", key])
    let bytes = try desk.bytes("key.json")
    #expect(desk.run(files + ["--pseudonyms", key]).output == first.output)
    #expect(try desk.bytes("key.json") == bytes)
    // Another key, other pseudonyms: nobody computes them of a staff list.
    let other = desk.run(files + ["--pseudonyms", desk.path("other.json")])
    #expect(other.output != first.output)
  }

  @Test func laterToolsMayWorkOnWhatIsShown() throws {
    let (desk, files, plain) = try imported()
    let key = desk.path("key.json")
    let run = desk.run(files + ["--pseudonyms", key])
    let id = try #require(try run.record(0)["id"]?.string)
    let name = try #require(try run.record(0)["name"]?.string)
    let tandem =
      "{\"id\":\"c/\(id)\",\"mentor\":\"\(id)\",\"note\":\"\(name) <\(id)>\",\"record\":\"tandem\"}\n"
    let absence =
      "{\"from\":\"2026-12-01\",\"id\":\"\(id) 2026-12-01\",\"person\":\"\(id)\",\"record\":\"absence\","
      + "\"to\":\"2026-12-02\"}\n"
    let away = try desk.write(absence, "absence.ndjson")
    let known = desk.run("--reveal", key, away)
    #expect(!known.output.contains(id) && known.output.contains("\"id\":\"xx:"))
    #expect(desk.run(try desk.write(known.output, "away.ndjson"), "--pseudonyms", key).output == absence)
    let stream = try desk.write(tandem, "tandems.ndjson")
    let revealed = desk.run("--reveal", key, stream)
    let original = try #require(
      try plain.lines.map { try JSONValue(parsing: $0.utf8) }.first {
        revealed.output.contains($0["id"]?.string ?? "?")
      })
    let who = try #require(original["id"]?.string)
    let person = try #require(original["name"]?.string)
    #expect(
      revealed.output
        == "{\"id\":\"c/\(who)\",\"mentor\":\"\(who)\",\"note\":\"\(person) <\(who)>\",\"record\":\"tandem\"}\n"
    )
    // And what other tools made before is made pseudonymous by the key.
    let plainTandem = try desk.write(revealed.output, "plain.ndjson")
    #expect(desk.run(plainTandem, "--pseudonyms", key).output == tandem)
  }

  @Test func whatHoldsNoPseudonymKeepsItsBytes() throws {
    let (desk, files, _) = try imported()
    let key = desk.path("key.json")
    _ = desk.run(files + ["--pseudonyms", key])
    let text = "{\"record\": \"strange\", \"x\": 1.50, \"y\": \"Person ABCDEFGHJKMN [ABCDEFGHJKMN]\"}\n"
    #expect(desk.run("--reveal", key, try desk.write(text, "strange.ndjson")).output == text)
  }

  @Test func aFileThatIsNoKey() throws {
    let desk = try Desk()
    let stream = try desk.write("{\"record\":\"x\"}\n", "a.ndjson")
    let run = desk.run("--reveal", stream, stream.replacing("a.ndjson", with: "./a.ndjson"))
    #expect(run.status == 66)
    #expect(
      run.complaints == [
        "a.ndjson: error: no key of pseudonyms: it has no secret; name the file that --pseudonyms wrote"
      ])
  }

  @Test func aBadEscapeIsOneBadLine() throws {
    let desk = try Desk()
    let person = { (number: Int) in
      "{\"department\":[],\"email\":\"a\(number)@x.example.com\",\"id\":\"xx:\(number)\",\"name\":\"A\","
        + "\"record\":\"person\",\"region\":\"xx\",\"role\":\"mentor\",\"site\":\"S\",\"timeZone\":\"UTC\"}\n"
    }
    let bad = #"{"record":"note","text":"\ud83d"}"# + "\n"
    let stream = try desk.write(person(1) + bad + person(2), "a.ndjson")
    let complaint = "a.ndjson:2:26: error: half of a surrogate pair in \\u"
    let hidden = desk.run(stream, "--pseudonyms", desk.path("key"))
    #expect(hidden.status == 65 && hidden.lines.count == 2)
    #expect(hidden.complaints == [complaint])
    let revealed = desk.run("--reveal", desk.path("key"), try desk.write(hidden.output + bad, "b.ndjson"))
    #expect(revealed.status == 65)
    #expect(Set(revealed.lines) == Set((person(1) + person(2)).split(separator: "\n").map(String.init)))
    // What no tool rewrites is as bad as what one does.
    let passed = desk.run(stream)
    #expect(passed.status == 65 && passed.lines.count == 2)
    #expect(passed.complaints == [complaint])
  }
}
