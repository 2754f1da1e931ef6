import Basics
import Programme
import RecordStream
import TestSupport
import Testing
import ToolSupport

@Suite struct StreamContentsTests {
  private func line(_ record: Record) -> String { String(decoding: record.line, as: UTF8.self) + "\n" }

  private func person(_ name: String) -> Record {
    .person(
      Person(
        id: PersonID("pl:1"), region: "pl", site: "Łódź", name: name, email: "a@b", role: .mentor,
        department: [], timeZone: "Europe/Warsaw"))
  }

  @Test func theLaterRecordCountsAndEveryGoodLinePasses() throws {
    let badge = "{\"record\":\"badge\",\"z\":1.50,\"a\":\"x\"}\n"
    let reply = "{\"answer\":\"accepted\",\"record\":\"reply\",\"sequence\":0,\"session\":\"s\"}\n"
    let first = line(person("Old")) + badge
    let second = reply + "{\"record\":\"person\"}\n{\"record\":\n" + line(person("New"))
    let (output, errors) = (Output.memory(), Output.memory())
    let console = Console(output: output, errors: errors, environment: [:])
    let contents = try StreamContents.read(
      [Input(name: "a", bytes: Array(first.utf8)), Input(name: "b", bytes: Array(second.utf8))],
      passingTo: output, on: console)
    #expect(contents.people[PersonID("pl:1")]?.name == "New")
    #expect(contents.replies == [SessionReply(answer: .accepted, session: "s", sequence: 0)])
    #expect(!contents.isClean)
    #expect(output.text == first + reply + line(person("New")))
    #expect(errors.text.contains("b:2:") && errors.text.contains("b:3:"))
  }
}
