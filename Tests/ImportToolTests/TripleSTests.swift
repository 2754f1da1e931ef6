import Basics
import Foundation
import Programme
import RecordStream
import Testing

/// triple-s as survey packages write it: a definition, and beside it the data.
struct TripleSTests {
  @Test(arguments: [("fixed.sss", "fixed.asc", "fixed width"), ("comma.sss", "comma.data.csv", "CSV")])
  func definitionAndData(definition: String, data: String, layout: String) throws {
    let desk = try Desk()
    let staff = try desk.take("staff.csv")
    let (named, beside) = (try desk.take(definition), try desk.take(data))
    // The definition alone finds its data; both may be named, in any order.
    var outputs: Set<String> = []
    for inputs in [[named], [named, beside], [beside, named]] {
      let run = desk.run([staff] + inputs)
      #expect(run.status == 0, "\(run.errors)")
      #expect(
        run.notes.contains(
          "\(data): note: form triple-s of xx; triple-s by \(definition), \(layout), windows-1252"),
        "\(run.errors)")
      outputs.insert(run.output)
    }
    #expect(outputs.count == 1)
    let run = desk.run(staff, named)
    let ann = try run.record(0)
    #expect(ann["role"]?.string == "mentor")
    #expect(ann["learn"]?.array == [.string("data-privacy")])
    #expect(ann["said"]?["learn"]?.array == [.string("data privacy"), .string("knitting")])
    #expect(ann["teach"]?.array == [.string("leadership"), .string("presentation")])
    #expect(ann["said"]?["comments"]?.array == [.string("Grüße")])
    let bob = try run.record(1)
    #expect(bob["role"]?.string == "either")
    #expect(bob["learn"]?.array == [])
    #expect(bob["interests"]?.array == [.string("e-bike")])
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    var name: String
    var row: String
    var complaint: String
    var testDescription: String { name }
  }

  static let good = "   120260802ann@x.example.com   1100 2110"

  @Test(arguments: [
    Bad(
      name: "code", row: "   220260803bob@x.example.com   7000 2110",
      complaint:
        "fixed.asc:2:33: error: row 2, column 4 (ROLE): '7' is not a value of the single variable ROLE: correct it, "
        + "or the definition"),
    Bad(
      name: "bits", row: "   220260803bob@x.example.com   2x00 2110",
      complaint:
        "fixed.asc:2:34: error: row 2, column 5 (LEARN): 'x00' is not a value of the multiple variable LEARN: "
        + "correct it, or the definition"),
    Bad(
      name: "spread", row: "   220260803bob@x.example.com   2000 9110",
      complaint:
        "fixed.asc:2:37: error: row 2, column 6 (TEACH): '911' is not a value of the multiple variable TEACH: "
        + "correct it, or the definition"),
    Bad(
      name: "date", row: "   2202608  bob@x.example.com   2000 2110",
      complaint:
        "fixed.asc:2:5: error: row 2, column 2 (DATE): '202608' is not a value of the date variable DATE: correct "
        + "it, or the definition"),
    Bad(
      name: "number", row: "  x220260803bob@x.example.com   2000 2110",
      complaint:
        "fixed.asc:2:1: error: row 2, column 1 (SERIAL): 'x2' is not a value of the quantity variable SERIAL: "
        + "correct it, or the definition"),
    Bad(
      name: "cut", row: "   220260803bob@x.example.com   210",
      complaint:
        "fixed.asc:2:34: error: row 2, column 5 (LEARN): the record ends after 35 characters, inside the variable "
        + "LEARN: it was cut off, export it again"),
  ])
  func badRecords(_ bad: Bad) throws {
    let desk = try Desk()
    let staff = try desk.take("staff.csv")
    let definition = try desk.take("fixed.sss")
    try desk.write(TripleSTests.good + "\n" + bad.row + "\n", "fixed.asc")
    let run = desk.run(staff, definition, "--rejects", desk.path("rejects.dat"))
    #expect(run.complaints == [bad.complaint])
    #expect(run.status == 65 && run.lines.count == 1)
    #expect(try desk.text("rejects.dat") == bad.row + "\n")
    // Mended, the rejects are the definition's data, though the old ones still stand beside it.
    try desk.write("   220260803bob@x.example.com   2000 2110\n", "rejects.dat")
    try FileManager.default.removeItem(atPath: desk.path("staff.csv"))
    let again = desk.run(definition, desk.path("rejects.dat"))
    #expect(
      again.notes.first?.hasPrefix("rejects.dat: note: form triple-s of xx; triple-s by fixed.sss") == true)
  }

  @Test(arguments: [
    (
      "type=\"single\"", "type=\"picture\"",
      "d.sss:10:38: error: the triple-s definition cannot be used, the type 'picture' of variable 4 is none of single, multiple, quantity, character, logical, date, time: fix it, or export it again"
    ),
    (
      "start=\"33\"", "start=\"0\"",
      "d.sss:10:92: error: the triple-s definition cannot be used, the position of variable ROLE is no pair of whole numbers, the first from 1: fix it, or export it again"
    ),
  ])
  func badDefinitions(old: String, new: String, complaint: String) throws {
    let desk = try Desk()
    let text = try String(contentsOf: Desk.fixtures.appending(path: "fixed.sss"), encoding: .utf8)
    let run = desk.run(try desk.write(text.replacing(old, with: new), "d.sss"))
    let place = complaint.prefix { $0 != " " }.split(separator: ":")
    #expect(run.complaints.first?.hasSuffix(complaint.drop { $0 != " " }) == true, "\(run.errors)")
    #expect(run.complaints.first?.hasPrefix("d.sss:\(place[1]):") == true, "\(run.errors)")
    #expect(run.status == 65 && run.output.isEmpty)
  }

  @Test func withoutData() throws {
    let desk = try Desk()
    let text = try String(contentsOf: Desk.fixtures.appending(path: "comma.sss"), encoding: .utf8)
    let run = desk.run(try desk.write(text, "d.sss"))
    #expect(
      run.complaints == [
        "d.sss: error: the triple-s definition has no data beside it (comma.data.csv, d.asc, d.dat, d.csv): name its "
          + "data file after it"
      ])
    #expect(run.status == 65)
    let none = desk.run(try desk.write("<sss><survey><record ident='A'/></survey></sss>", "n.sss"))
    #expect(
      none.complaints == [
        "n.sss: error: the triple-s definition cannot be used, it defines no variable: fix it, or export it again"
      ])
    let tree = desk.run(try desk.write("<sss><hierarchy/></sss>", "h.sss"))
    #expect(
      tree.complaints.first?.contains("it is hierarchical, which is not read: export each level by itself")
        == true)
    let hostile = desk.run(try desk.write("<!DOCTYPE sss [<!ENTITY e 'x'>]><sss/>", "e.sss"))
    #expect(hostile.complaints.first?.contains("declares the entity 'e'") == true, "\(hostile.errors)")
  }

  @Test func answersOfASurvey() throws {
    let desk = try Desk()
    try desk.write(
      """
      kind: survey
      format: csv
      survey: pulse
      fields: {response: ID}
      questions:
        mood: {kind: likert, points: 5, columns: MOOD}
        best: {kind: choice, columns: BEST, choices: [Talks, Visits]}
        tools: {kind: choices, columns: TOOLS, choices: [Mail, "Teams, chat"]}
        hours: {kind: number, columns: HOURS}
        again: {kind: choice, columns: AGAIN, choices: ["0", "1"]}
      """, "Config/regions/xx/forms/pulse.yaml")
    func variable(_ name: String, _ type: String, _ start: Int, _ finish: Int, _ labels: [String] = [])
      -> String
    {
      "<variable ident='\(start)' type='\(type)'><name>\(name)</name><position start='\(start)' finish='\(finish)'/>"
        + (labels.isEmpty
          ? ""
          : "<values>"
            + labels.enumerated().map { "<value code='\($0 + 1)'>\($1)</value>" }.joined() + "</values>")
        + "</variable>"
    }
    let definition = try desk.write(
      "<sss version='1.1'><survey><record ident='A'>" + variable("ID", "quantity", 1, 2)
        + variable("MOOD", "single", 3, 3, ["a", "b", "c", "d", "e"])
        + variable("BEST", "single", 4, 4, ["Talks", "Visits"])
        + variable("TOOLS", "multiple", 5, 6, ["Mail", "Teams, chat"]) + variable("HOURS", "quantity", 7, 10)
        + variable("AGAIN", "logical", 11, 11) + "</record></survey></sss>", "pulse.xml")
    try desk.write(" 15211 2.51\n 2  00   \n", "pulse.dat")
    let run = desk.run(definition)
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      try run.record(0)["answers"]
        == .object([
          "again": .string("1"), "best": .string("Visits"), "hours": .double(2.5), "mood": .integer(5),
          "tools": .array([.string("Mail"), .string("Teams, chat")]),
        ]))
    #expect(
      try run.record(1)["answers"]
        == .object(["again": .null, "best": .null, "hours": .null, "mood": .null, "tools": .null]))
  }
}
